"""A connection to a server that can be cut: a proxy of one person's own."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Literal


class Link:
    """Passes on what comes while it is whole; one that is cut ends all connections, and takes none."""

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.is_whole = True
        self._passes = {way: threading.Event() for way in ("there", "back")}
        for passes in self._passes.values():
            passes.set()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        with self._lock:
            self.is_whole = False
            self._close_all()

    def mend(self) -> None:
        self.is_whole = True

    def hold(self, way: Literal["there", "back"]) -> None:
        """Let nothing through in one direction, as where a network loses what goes that way."""
        self._passes[way].clear()

    def release(self) -> None:
        """Let through what was held."""
        for passes in self._passes.values():
            passes.set()

    def end(self) -> None:
        self.release()
        self.cut()
        self._listening.close()

    def _close_all(self) -> None:
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:  # the test has ended
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._server_port), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                self._open |= {near, far}
                if not self.is_whole:
                    self._close_all()
            for one, other, way in ((near, far, "there"), (far, near, "back")):
                threading.Thread(target=self._pass, args=(one, other, self._passes[way]), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, passes: threading.Event) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                passes.wait()
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._open.discard(source)
        source.close()
