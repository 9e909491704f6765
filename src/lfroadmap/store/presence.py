"""The windows that have a roadmap open: each keeps a small file beside the roadmap's, and touches it.

It is informative, not a lock: where the folder takes no files no window is shown, and nothing else changes.
A killed window is recognised by its ended process, or by a file that is no longer touched. Other things
under such a name are never waited for, never followed, and read only up to the length of our files.
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
from typing import NamedTuple, Protocol

from lfroadmap.machine import milliseconds_now
from lfroadmap.store.history.change_entries import local_time

HEARTBEAT = 4.0
"""Seconds between two touches of the file."""
EXPIRY = 20.0
"""Seconds without a touch after which a window on another machine counts as closed."""
LOOK_INTERVAL = 0.9
"""Seconds between two looks for other windows."""
MAX_READ = 100
"""Files that are read at one look, the latest first: saving waits for it."""
MAX_BYTES = 4096
"""Maximal number of bytes of such a file; ours have about a hundred."""
MAX_NAME = 100
"""Maximal number of characters of an author's or a machine's name."""
_LAST_PROCESS = 2**31 - 1
# opening must neither block on a pipe nor follow a link out of the folder
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


class Peer(NamedTuple):
    """A window that has the roadmap open."""

    author: str
    host: str
    process: int
    since: datetime


class Presence(Protocol):
    """Shows others that this window is there, and who else is. Belongs to one thread except for `peers`."""

    peers: tuple[Peer, ...]
    """The others as they were last seen."""

    def refresh(self) -> tuple[Peer, ...] | None:
        """Show this window again when it is time; returns the others where they have changed, else None."""
        ...

    def leave(self) -> None:
        """Show this window no longer; can be called again."""
        ...


class FilePresence:
    """Presence by a file of each window beside the roadmap's."""

    def __init__(self, path: Path, author: str) -> None:
        self._path = path
        self._file = path.with_name(f".{path.name}.{os.urandom(4).hex()}.window")
        self._content: dict[str, object] = {
            "author": author[:MAX_NAME],
            "host": socket.gethostname()[:MAX_NAME],
            "process": os.getpid(),
            "since": milliseconds_now(),
        }
        self._written: dict[str, object] | None = None
        """What the file says; None before it is there."""
        self._refreshed = self._looked = -EXPIRY
        self.peers: tuple[Peer, ...] = ()

    def rename(self, author: str) -> None:
        """Show another name from the next look on; may be called on any thread."""
        self._content = self._content | {"author": author[:MAX_NAME]}

    def refresh(self) -> tuple[Peer, ...] | None:
        """Touch the file when it is time; returns the other windows where they have changed, else None."""
        now = time.monotonic()
        if now - self._looked < LOOK_INTERVAL:
            return None
        self._looked = now
        with suppress(OSError):
            if now - self._refreshed >= HEARTBEAT or self._content is not self._written:
                self._touch()
                self._refreshed = now
        found = peers(self._path, own=self._file, limit=MAX_READ)
        changed, self.peers = found != self.peers, found
        return found if changed else None

    def _touch(self) -> None:
        if self._content is not self._written:
            self._file.unlink(missing_ok=True)
        try:
            os.utime(self._file)
        except FileNotFoundError:
            self._write()

    def _write(self) -> None:
        """Create the file, readable for those who can read the roadmap; raises OSError."""
        mode = stat.S_IMODE(self._path.stat().st_mode) & 0o666
        content = self._content
        handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            os.write(handle, json.dumps(content).encode())
        finally:
            os.close(handle)
        self._written = content

    def leave(self) -> None:
        """Delete the file."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)


def peers(path: Path, own: Path | None = None, limit: int | None = None) -> tuple[Peer, ...]:
    """The windows that have the roadmap open, the oldest first; files of closed windows are deleted.

    With `limit`, only so many files are read, the latest.
    """
    try:
        files = _peer_files(path, own, limit)
    except OSError:  # a folder that may not be listed shows no windows
        return ()
    return tuple(sorted(_live(files, own), key=lambda peer: (peer.since, peer.process)))


def _peer_files(path: Path, own: Path | None, limit: int | None) -> list[Path]:
    """The presence files of other windows; raises OSError."""
    prefix, found = f".{path.name}.", []
    with os.scandir(path.parent) as entries:
        for entry in entries:
            if entry.name.startswith(prefix) and entry.name.endswith(".window"):
                file = path.parent / entry.name
                if file != own and entry.is_file(follow_symlinks=False):
                    found.append(file)
    return found if limit is None or len(found) <= limit else _newest(found, limit)


def _newest(files: list[Path], limit: int) -> list[Path]:
    dated = []
    for file in files:
        with suppress(OSError):  # just deleted
            dated.append((file.lstat().st_mtime_ns, file))
    return [file for _, file in sorted(dated, key=itemgetter(0), reverse=True)[:limit]]


def _live(files: list[Path], own: Path | None) -> Iterator[Peer]:
    for file in files:
        # anything that is not a presence file of ours is left where it is
        with suppress(OSError, ValueError, LookupError, TypeError, RecursionError, OverflowError):
            peer, modified = _read(file)
            if _is_open(peer, modified, own):
                yield peer
            else:
                file.unlink()


def _read(file: Path) -> tuple[Peer, float]:
    """The window of a file, and the time of its last touch; raises various errors for other files."""
    handle = os.open(file, _OPEN_FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            raise ValueError("not a presence file")
        facts = json.loads(os.read(handle, MAX_BYTES))
    finally:
        os.close(handle)
    author, host, process, since = (facts[key] for key in ("author", "host", "process", "since"))
    if not (isinstance(author, str) and isinstance(host, str) and type(process) is type(since) is int):
        raise TypeError("not a presence file")
    if not 0 < process <= _LAST_PROCESS:  # numbers up to 0 would mean groups of processes
        raise ValueError("not a process")
    return Peer(author[:MAX_NAME], host[:MAX_NAME], process, local_time(since)), status.st_mtime


def _is_open(peer: Peer, modified: float, own: Path | None) -> bool:
    if peer.host == socket.gethostname()[:MAX_NAME] and os.name != "nt":
        return _is_running(peer.process)
    # times of one file system are compared with one another, independent of its users' clocks
    now = own.stat().st_mtime if own and own.exists() else time.time()
    return now - modified < EXPIRY


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
