"""A server in a process of its own, as people start it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Self

from lfroadmap.team.server.tokens import Tokens
from terminal import environment

URL = re.compile(r"wss?://[^\s]*?:(\d+)")


class RoomServer:
    """`lfroadmap serve` in a folder; `start` again goes on with what is there."""

    rooms_file = "rooms.db"

    def __init__(self, home: Path) -> None:
        self.home, self.folder = home, home / "server"
        home.mkdir(exist_ok=True)
        self.env = environment(home)
        self.port = 0
        self.process: subprocess.Popen[str] | None = None
        self._log = home / "log"

    def command(self, *argv: str) -> list[str]:
        return [sys.executable, "-m", "lfroadmap", "serve", *argv, "--data", str(self.folder)]

    def start_command(self, *argv: str) -> list[str]:
        return self.command("--port", str(self.port), *argv)

    def run(self, *argv: str) -> subprocess.CompletedProcess[str]:
        """A command that ends by itself."""
        return subprocess.run(
            self.command(*argv), env=self.env, capture_output=True, text=True, check=False, timeout=60
        )

    def token(self, name: str, room: str, *, read_only: bool = False) -> str:
        tokens = Tokens(self.folder)
        try:
            return tokens.add(name, room, read_only=read_only)
        finally:
            tokens.close()

    def start(self, *argv: str) -> Self:
        """Start it, at the port of before where it had one, and wait until it takes connections."""
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                self.start_command(*argv),
                env=self.env, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        assert self.process.stdout is not None
        with self.process.stdout as output:
            found = URL.search(output.readline())
        assert found, self.log
        self.port = int(found[1])
        return self

    @property
    def log(self) -> str:
        """What it has reported."""
        return self._log.read_text("utf-8")

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    def health(self) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=10) as answer:
            return answer.status, answer.read().decode()

    def send_signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        os.kill(self.process.pid, number)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it by a signal; the status it ended with."""
        assert self.process is not None
        process, self.process = self.process, None
        process.send_signal(signal.SIGCONT)
        process.send_signal(number)
        return process.wait(30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *of: object) -> None:
        if self.process is not None:
            self.stop(signal.SIGKILL)


def token_file(server: RoomServer, name: str, room: str, *, read_only: bool = False) -> Path:
    """The file of a token for a room."""
    file = server.home / f"{name}.token"
    file.write_text(server.token(name, room, read_only=read_only))
    return file
