"""The stamp of a roadmap's file: another one says that its content may have changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from lfroadmap.store.folder.companions import LOGS, resolve_link

SETTLED = 2_000_000_000
"""Nanoseconds after which another change has another time on every disk; FAT has steps of two seconds."""
_MOST = 2**80
"""No number of a file is as high."""


class FileStamp(NamedTuple):
    """What the file system says about a file; times in nanoseconds since 1970."""

    inode: int
    size: int
    modified: int
    changed: int
    """Time of the last change of its content, its name or its permissions; no program can set it."""


class Stamp(NamedTuple):
    """The stamps of a roadmap's file and of the logs beside it, which may have commits of their own."""

    file: FileStamp
    logs: tuple[FileStamp | None, ...]
    """In the order of `LOGS`; None for one that is missing or empty."""

    @property
    def changed(self) -> float:
        """The time of the last change of the content, in seconds since 1970."""
        return max(each.modified for each in (self.file, *self.logs[:1]) if each) / 1e9

    def is_settled(self, now: int) -> bool:
        """True if a change at the time `now`, in nanoseconds, or later would give another stamp."""
        times = (time for each in (self.file, *self.logs) if each for time in each[2:])
        return max(times) < now - SETTLED


def stamp_of(path: Path) -> Stamp:
    """The stamp of the file at `path`; raises OSError."""
    file = str(resolve_link(path))
    return Stamp(_stamp(os.stat(file)), tuple(_stamp_of_log(file + end) for end in LOGS))  # noqa: PTH116 - 50 at once


def stamp_from(value: object) -> Stamp:
    """The stamp that JSON made a list; raises ValueError."""
    if type(value) is not list or len(value) != len(Stamp._fields) or type(value[1]) is not list:
        raise ValueError("no stamp")
    file, logs = _from_list(value[0]), tuple(None if each is None else _from_list(each) for each in value[1])
    if len(logs) != len(LOGS):
        raise ValueError("no stamp")
    return Stamp(file, logs)


def _from_list(value: object) -> FileStamp:
    if type(value) is not list or len(value) != len(FileStamp._fields):
        raise ValueError("no stamp")
    if any(type(number) is not int or abs(number) > _MOST for number in value):
        raise ValueError("no stamp")
    return FileStamp(*value)


def _stamp(status: os.stat_result) -> FileStamp:
    return FileStamp(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _stamp_of_log(path: str) -> FileStamp | None:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:  # there is none, or it was taken into the file just now
        return None
    return _stamp(status) if status.st_size else None
