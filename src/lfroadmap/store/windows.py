"""Which windows have a roadmap open: each keeps a small file beside the roadmap's, and freshens it.

A comfort, not a lock: where the folder takes no files nobody is shown, and nothing else changes. A window
that was killed is told by its process being gone, or by a file that nobody freshens.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from lfroadmap.store.entries import moment

BEAT = 4.0
"""Seconds between two signs of life."""
GONE = 20.0
"""Seconds without a sign of life after which a window on another machine counts as closed."""
GLANCE = 0.9
"""Seconds between two looks for other windows."""


class Window(NamedTuple):
    """A program that has the roadmap open."""

    author: str
    host: str
    process: int
    since: datetime


class Presence:
    """A window's sign, and what it sees of others. Belongs to the writer's thread but for `others`."""

    def __init__(self, path: Path, author: str) -> None:
        self._path = path
        self._sign = path.with_name(f".{path.name}.{os.urandom(4).hex()}.window")
        self._told = {"author": author, "host": socket.gethostname(), "process": os.getpid(),
                      "since": time.time_ns() // 1_000_000}  # fmt: skip
        self._beat = self._looked = -GONE
        self.others: tuple[Window, ...] = ()

    def look(self) -> tuple[Window, ...] | None:
        """Give a sign of life where it is time; the other windows where these have changed, else None."""
        now = time.monotonic()
        if now - self._looked < GLANCE:
            return None
        self._looked = now
        with suppress(OSError):
            if now - self._beat >= BEAT:
                self._give_sign()
                self._beat = now
        found = windows(self._path, own=self._sign)
        changed, self.others = found != self.others, found
        return found if changed else None

    def _give_sign(self) -> None:
        if self._sign.exists():
            os.utime(self._sign)
        else:
            self._sign.write_text(json.dumps(self._told), encoding="utf-8")

    def leave(self) -> None:
        """Take the sign away."""
        with suppress(OSError):
            self._sign.unlink(missing_ok=True)


def windows(path: Path, own: Path | None = None) -> tuple[Window, ...]:
    """The windows that have the roadmap open, the oldest first; signs of those that are gone are cleared."""
    try:
        found = list(_live(path, own))
    except OSError:  # a folder that may not be listed shows nobody
        return ()
    return tuple(sorted(found, key=lambda window: (window.since, window.process)))


def _live(path: Path, own: Path | None) -> Iterator[Window]:
    for sign in path.parent.glob(f".{_literal(path.name)}.*.window"):
        if sign == own:
            continue
        with suppress(OSError, ValueError, KeyError, TypeError):
            held = json.loads(sign.read_bytes())
            window = Window(
                str(held["author"]), str(held["host"]), int(held["process"]), moment(int(held["since"]))
            )
            if _lives(window, sign, own):
                yield window
            else:
                sign.unlink()


def _literal(name: str) -> str:
    return "".join(f"[{c}]" if c in "[*?" else c for c in name)


def _lives(window: Window, sign: Path, own: Path | None) -> bool:
    if window.host == socket.gethostname() and os.name != "nt":
        return _runs(window.process)
    # times of one file system are compared with one another, whatever the clocks of its users say
    now = own.stat().st_mtime if own and own.exists() else time.time()
    return now - sign.stat().st_mtime < GONE


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
