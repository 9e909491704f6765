"""Which windows have a roadmap open: each keeps a small file beside the roadmap's, and freshens it.

A comfort, not a lock: where the folder takes no files nobody is shown, and nothing else changes. A window
that was killed is told by its process being gone, or by a file that nobody freshens. What else bears the
name of such a file is never waited for, never followed, and read only as far as a sign of ours is long.
"""

from __future__ import annotations

import json
import os
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from lfroadmap.machine import milliseconds_now
from lfroadmap.store.history.change_entries import moment

BEAT = 4.0
"""Seconds between two signs of life."""
GONE = 20.0
"""Seconds without a sign of life after which a window on another machine counts as closed."""
GLANCE = 0.9
"""Seconds between two looks for other windows."""
MOST = 100
"""Signs that are read at one look, those that were freshened last: saving waits for it."""
LONGEST = 4096
"""Bytes of a sign; ours have about a hundred."""
LONGEST_NAME = 100
"""Characters of an author's or a machine's name."""
_LAST_PROCESS = 2**31 - 1
# an open must neither wait for the other end of a pipe nor follow a link away from the folder
_ONLY_LOOK = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


class Peer(NamedTuple):
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
        self._told = {"author": author[:LONGEST_NAME], "host": socket.gethostname()[:LONGEST_NAME],
                      "process": os.getpid(), "since": milliseconds_now()}  # fmt: skip
        self._beat = self._looked = -GONE
        self.others: tuple[Peer, ...] = ()

    def look(self) -> tuple[Peer, ...] | None:
        """Give a sign of life where it is time; the other windows where these have changed, else None."""
        now = time.monotonic()
        if now - self._looked < GLANCE:
            return None
        self._looked = now
        with suppress(OSError):
            if now - self._beat >= BEAT:
                self._give_sign()
                self._beat = now
        found = peers(self._path, own=self._sign, most=MOST)
        changed, self.others = found != self.others, found
        return found if changed else None

    def _give_sign(self) -> None:
        try:
            os.utime(self._sign)
        except FileNotFoundError:
            self._write_sign()

    def _write_sign(self) -> None:
        """Make the sign, readable for those who can read the roadmap; raises OSError."""
        mode = stat.S_IMODE(self._path.stat().st_mode) & 0o666
        handle = os.open(self._sign, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            os.write(handle, json.dumps(self._told).encode())
        finally:
            os.close(handle)

    def leave(self) -> None:
        """Take the sign away."""
        with suppress(OSError):
            self._sign.unlink(missing_ok=True)


def peers(path: Path, own: Path | None = None, most: int | None = None) -> tuple[Peer, ...]:
    """The windows that have the roadmap open, the oldest first; signs of those that are gone are cleared.

    With `most`, only so many signs are read, the freshest.
    """
    try:
        signs = _signs(path, own, most)
    except OSError:  # a folder that may not be listed shows nobody
        return ()
    return tuple(sorted(_live(signs, own), key=lambda window: (window.since, window.process)))


def _signs(path: Path, own: Path | None, most: int | None) -> list[Path]:
    """The files that look like signs of other windows; raises OSError."""
    begin, found = f".{path.name}.", []
    with os.scandir(path.parent) as entries:
        for entry in entries:
            if entry.name.startswith(begin) and entry.name.endswith(".window"):
                sign = path.parent / entry.name
                if sign != own and entry.is_file(follow_symlinks=False):
                    found.append(sign)
    return found if most is None or len(found) <= most else _freshest(found, most)


def _freshest(signs: list[Path], most: int) -> list[Path]:
    dated = []
    for sign in signs:
        with suppress(OSError):  # it has just been taken away
            dated.append((sign.lstat().st_mtime_ns, sign))
    return [sign for _, sign in sorted(dated, key=itemgetter(0), reverse=True)[:most]]


def _live(signs: list[Path], own: Path | None) -> Iterator[Peer]:
    for sign in signs:
        # whatever is no sign of ours is nobody's window, and is left where it lies
        with suppress(OSError, ValueError, LookupError, TypeError, RecursionError, OverflowError):
            window, freshened = _read(sign)
            if _lives(window, freshened, own):
                yield window
            else:
                sign.unlink()


def _read(sign: Path) -> tuple[Peer, float]:
    """The window that a sign tells of, and when it was freshened; whatever is wrong with it is raised."""
    handle = os.open(sign, _ONLY_LOOK)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LONGEST:
            raise ValueError("not a sign")
        facts = json.loads(os.read(handle, LONGEST))
    finally:
        os.close(handle)
    author, host, process, since = (facts[key] for key in ("author", "host", "process", "since"))
    if not (isinstance(author, str) and isinstance(host, str) and type(process) is type(since) is int):
        raise TypeError("not a sign")
    if not 0 < process <= _LAST_PROCESS:  # what is not above 0 would mean a group of processes
        raise ValueError("not a process")
    return Peer(author[:LONGEST_NAME], host[:LONGEST_NAME], process, moment(since)), status.st_mtime


def _lives(window: Peer, freshened: float, own: Path | None) -> bool:
    if window.host == socket.gethostname()[:LONGEST_NAME] and os.name != "nt":
        return _runs(window.process)
    # times of one file system are compared with one another, whatever the clocks of its users say
    now = own.stat().st_mtime if own and own.exists() else time.time()
    return now - freshened < GONE


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
