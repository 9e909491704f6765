"""Writing to the terminal: what it takes in a moment, and on a thread the rest, which nobody waits for."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final, TextIO

BEHIND = 4096
"""Bytes that wait to be sent, above which no further frame is drawn."""
MOST_BYTES = 1 << 20
"""Bytes that wait to be sent, above which nothing more is taken."""
STALLED = 0.5
"""Seconds in which the terminal takes nothing, after which the end of the program does not wait for it."""
LONGEST = 2.0
"""Seconds that the end of the program waits for the terminal at most."""
MOMENT = 0.003
"""Seconds in which a terminal that was not behind may make room for the rest of a frame."""
_LOOK = 0.1
"""Seconds between two looks at the flags while the terminal takes nothing."""
_PIECE = 1024
"""Bytes in one write that may block."""
_CANCEL = b"\x18"
"""Ends an escape sequence of which only a part was sent."""
_DROP: Final = object()
"""Marks the place in the queue up to which everything is dropped."""


class Output(threading.Thread):
    """Takes the place of Textual's WriterThread, which blocks its caller when the terminal stalls.

    `on_gone` is called on this thread when the terminal is gone; `on_drained` when everything was sent
    after `skip_frame`.
    """

    def __init__(self, file: TextIO, on_gone: Callable[[], None], on_drained: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="textual-output")
        self._encoding, self._errors = file.encoding, file.errors or "strict"
        self._shared = file.fileno()
        self._own = _reopened(self._shared)
        self._on_gone, self._on_drained = on_gone, on_drained
        self._queue: SimpleQueue[bytes | object | None] = SimpleQueue()
        self._queued = 0
        self._sent = 0
        """Bytes that were sent or dropped; only this thread writes it, as only the other writes `_queued`."""
        self._skipped = self._dropping = False
        self._draws = threading.get_ident()
        self._is_stopping = False
        self.is_gone = False
        """True if the terminal can no longer be written to."""
        self.is_cut_off = False
        """True if the thread was stopped before the terminal had taken everything."""

    # called by the thread that draws

    def write(self, text: str) -> None:
        """Send what the terminal takes at once and queue the rest.

        A text is dropped where the terminal is gone or has been stalled for long.
        """
        data = text.encode(self._encoding, self._errors)
        if self.is_gone or self.unsent > MOST_BYTES:
            return
        if rest := data[self._taken_at_once(data) :]:
            self._queued += len(rest)
            self._queue.put(rest)

    def _taken_at_once(self, data: bytes) -> int:
        """Bytes that the terminal took within a moment; none where others wait, or it could block.

        This thread often goes on with what follows a frame, and the other one would get the interpreter
        only five milliseconds after it asked for it.
        """
        is_free = not (self.unsent or self._dropping or self._is_stopping)
        if self._own is None or not is_free or threading.get_ident() != self._draws:
            return 0
        taken, end = 0, time.monotonic() + MOMENT
        with suppress(OSError):  # gone: the other thread finds that out, and says so
            while taken < len(data):
                try:
                    taken += os.write(self._own, data[taken:])
                except BlockingIOError:  # some take eight kilobytes at a time
                    left = end - time.monotonic()
                    if left < 0 or not select.select([], [self._own], [], left)[1]:
                        break
        return taken

    def flush(self) -> None:
        """Do nothing: what is queued is sent."""

    @property
    def unsent(self) -> int:
        """Bytes that were queued and are not sent yet."""
        return self._queued - self._sent

    @property
    def is_behind(self) -> bool:
        """True if the terminal does not keep up, so that frames should be skipped."""
        return self.unsent > BEHIND or self.is_gone

    def skip_frame(self) -> None:
        """Have `on_drained` called when there is room for the frame that is not drawn now."""
        self._skipped = True
        self._queue.put(b"")  # everything may have been sent by now: wakes the thread

    def drop_unsent(self) -> None:
        """Drop what a terminal that does not keep up has not taken, so that the end need not wait for it."""
        if self.is_behind:
            self._dropping = True
            self._queue.put(_DROP)

    def stop(self) -> None:
        """Send what is queued while the terminal takes it, then end the thread."""
        self._is_stopping = True
        self._queue.put(None)
        end, sent = time.monotonic() + LONGEST, -1
        while self.is_alive() and sent != self._sent and time.monotonic() < end:
            sent = self._sent
            self.join(STALLED)
        self.is_cut_off = self.is_alive() or self.is_gone

    # this thread

    def run(self) -> None:
        """Send what is queued until stopped."""
        goes_on = True
        while goes_on:
            data, goes_on = self._next()
            self._send(data)
            if self._skipped and goes_on and self.unsent == 0 and not self.is_gone:
                self._skipped = False
                self._on_drained()
        if self._own is not None:
            os.close(self._own)

    def _next(self) -> tuple[bytes, bool]:
        """All that is queued, once there is something; and whether more may come."""
        pieces: list[bytes] = []
        piece = self._queue.get()
        while piece is not None:
            if isinstance(piece, bytes):
                pieces.append(piece)
            else:
                self._sent += sum(map(len, pieces)) - len(_CANCEL)
                self._dropping, pieces = False, [_CANCEL]
            try:
                piece = self._queue.get_nowait()
            except Empty:
                return b"".join(pieces), True
        return b"".join(pieces), False

    def _send(self, data: bytes) -> None:
        """Write the bytes; drop them where the terminal is gone, or on request."""
        left = memoryview(data)
        try:
            while left and not self._dropping and not self.is_gone:
                taken = self._write(left)
                left = left[taken:]
                self._sent += taken
        except OSError:  # EIO: the terminal is gone, and the owner is notified
            self.is_gone = True
            self._on_gone()
        self._sent += len(left)

    def _write(self, data: memoryview) -> int:
        """Write what the terminal takes now, or wait a moment; returns how many bytes it took."""
        try:
            if self._own is None:
                return os.write(self._shared, data[:_PIECE])
            return os.write(self._own, data)
        except BlockingIOError:
            _, writable, _ = select.select([], [self._own or self._shared], [], _LOOK)
            if writable:
                time.sleep(0.001)  # there may be room, but too little for the next character
            return 0


def _reopened(descriptor: int) -> int | None:
    """The terminal opened once more, without blocking; None where that is not allowed.

    The descriptor that the program was given is shared with the shell, which must not be made non-blocking.
    """
    try:
        own = os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError:  # a terminal of another account, or of another mount of /dev: writes will block
        return None
    if os.fstat(own).st_rdev == os.fstat(descriptor).st_rdev:
        return own
    os.close(own)
    return None
