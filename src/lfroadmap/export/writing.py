"""Putting an export where it was asked for: whole or not at all, and never over another file unasked."""

from __future__ import annotations

import errno
import os
import re
import secrets
from contextlib import suppress
from datetime import date
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.export.pipes import Stop, is_stream, never, pour
from lfroadmap.text import one_line

_LONGEST = 120
"""Most bytes of a roadmap's name in a file's name."""
_unfinished: set[Path] = set()
"""Files that are being written beside their places."""


def default_name(name: str, suffix: str, day: date) -> str:
    """`liquid-funnel-2026-03-31.html`: the name in small letters with dashes, and the day."""
    slug = re.sub(r"[^\w.]+", "-", name.lower()).strip("-._")
    short = slug.encode(errors="ignore")[:_LONGEST].decode(errors="ignore").rstrip("-._")
    return f"{short or 'roadmap'}-{day.isoformat()}{suffix}"


def put(data: bytes, destination: Path, *, force: bool = False, stop: Stop = never) -> Path:
    """Write a whole file and return its full path; raises RoadmapError.

    It is written beside its place and flushed to the disk before it appears there under its name. Without
    `force` a file that is there stays as it is, also one that appeared just now. A pipe or a device
    (`/dev/null`) is written to as it is, until `stop` says to wait no longer for a reader.
    """
    try:
        if is_stream(destination):
            pour(data, destination, stop)
            return destination.absolute()
        target = destination.resolve()
        _check(target, force)
        _place(data, target, force)
    except (OSError, ValueError) as error:  # ValueError: NUL in a path
        raise _explained(error, destination) from error
    return target


def _check(target: Path, force: bool) -> None:
    """Say at once what is wrong, before anything is written."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "", str(target))
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "", str(target))
    if not force and target.exists():
        raise FileExistsError(errno.EEXIST, "", str(target))


def _place(data: bytes, target: Path, force: bool) -> None:
    beside = target.with_name(f".lfroadmap-{secrets.token_hex(6)}.tmp")
    _unfinished.add(beside)
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if force:
            beside.replace(target)
        else:
            _appear(beside, target)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
        _unfinished.discard(beside)


def remove_unfinished() -> None:
    """Remove what threads are writing, as the program ends in the middle of it."""
    for beside in tuple(_unfinished):
        with suppress(OSError):  # it is finished, or its disk is gone
            beside.unlink()


def _appear(beside: Path, target: Path) -> None:
    """Give the file its name unless the name is taken; there is no moment between looking and doing."""
    try:
        target.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links (FAT, some network disks): take the name, then fill it
        target.touch(exist_ok=False)
        try:
            beside.replace(target)
        except OSError:
            target.unlink()
            raise


_KEYS = {
    errno.EEXIST: "file_exists",
    errno.EISDIR: "is_folder",
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "no_permission",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.ENAMETOOLONG: "bad_file_name",
}


def _explained(error: OSError | ValueError, destination: Path) -> RoadmapError:
    path = destination.absolute()
    if isinstance(error, ValueError):
        return RoadmapError("bad_file_name", path=one_line(str(path)))
    key = _KEYS.get(error.errno or 0, "cannot_write")
    shown = one_line(str(path.parent if key == "no_folder" else path))
    return RoadmapError(key, path=shown, reason=error.strerror)
