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
from lfroadmap.paths import absolute, is_endless, resolved
from lfroadmap.text import one_line

_LONGEST = 120
"""Most bytes of a roadmap's name in a file's name."""


def default_name(name: str, suffix: str, day: date) -> str:
    """`liquid-funnel-2026-03-31.html`: the name in small letters with dashes, and the day."""
    slug = re.sub(r"[^\w.]+", "-", name.lower()).strip("-._")
    short = slug.encode(errors="ignore")[:_LONGEST].decode(errors="ignore").rstrip("-._")
    return f"{short or 'roadmap'}-{day.isoformat()}{suffix}"


def put(data: bytes, destination: Path, *, force: bool = False) -> Path:
    """Write a whole file and return its full path; raises RoadmapError.

    It is written beside its place and flushed to the disk before it appears there under its name. Without
    `force` a file that is there stays as it is, also one that appeared just now. A pipe or a device
    (`/dev/null`) is written to as it is.
    """
    destination = absolute(destination)
    try:
        if is_endless(destination):
            destination.write_bytes(data)
            return destination
        target = resolved(destination)
        _check(target, force)
        _place(data, target, force)
    except (OSError, ValueError) as error:  # ValueError: NUL in a path
        raise _explained(error, destination) from error
    return target


def _check(target: Path, force: bool) -> None:
    """Say at once what is wrong, before anything is written."""
    if target.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not target.parent.is_dir():
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
    if not force and target.exists():
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))


def _place(data: bytes, target: Path, force: bool) -> None:
    beside = target.with_name(f".lfroadmap-{secrets.token_hex(6)}.tmp")
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


def _explained(error: OSError | ValueError, path: Path) -> RoadmapError:
    if isinstance(error, ValueError):
        return RoadmapError("bad_file_name", path=one_line(str(path)))
    key = _KEYS.get(error.errno or 0, "cannot_write")
    shown = one_line(str(path.parent if key == "no_folder" else path))
    return RoadmapError(key, path=shown, reason=error.strerror)
