"""Writing an export to its destination, atomically, and never over another file without `force`."""

from __future__ import annotations

import errno
import os
import re
from datetime import date
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.export.pipes import Stop, is_stream, never, write_stream
from lfroadmap.files import ReadOnlyFile, write_whole
from lfroadmap.paths import absolute, resolved
from lfroadmap.text import one_line

_MAX_NAME = 120
"""Maximal number of bytes of a roadmap's name in a file's name."""


def default_name(name: str, suffix: str, day: date) -> str:
    """The default name, as `liquid-funnel-2026-03-31.html`: the name in lower case with dashes, the day."""
    slug = re.sub(r"[^\w.]+", "-", name.lower()).strip("-._")
    short = slug.encode(errors="ignore")[:_MAX_NAME].decode(errors="ignore").rstrip("-._")
    return f"{short or 'roadmap'}-{day.isoformat()}{suffix}"


def write_file(
    data: bytes, destination: Path, *, force: bool = False, private: bool = False, stop: Stop = never
) -> Path:
    """Write a whole file and return its full path; raises RoadmapError.

    It is written beside its destination and flushed to the disk before it appears under its name. Without
    `force` an existing file stays as it is, also one created meanwhile; with it the new file keeps the
    permissions of the old. A pipe or a device (`/dev/null`) is written to directly, until `stop` ends the
    waiting for a reader.

    A `private` file is readable for its owner only, and always new: no link, pipe or device in its place
    is followed.
    """
    destination = absolute(destination)
    try:
        if not private and is_stream(destination):
            write_stream(data, destination, stop)
            return destination
        target = destination if private else resolved(destination)
        _check(target)
        write_whole(target, data, replace=force and not private, private=private)
    except (OSError, ValueError) as error:  # ValueError: NUL in a path
        raise _as_roadmap_error(error, destination) from error
    return target


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where it is not there; raises RoadmapError."""
    try:
        absolute(folder).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _as_roadmap_error(error, absolute(folder)) from error


def _check(target: Path) -> None:
    """Raise OSError for an impossible destination, before anything is written."""
    if target.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not target.parent.is_dir():
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))


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


def _as_roadmap_error(error: OSError | ValueError, path: Path) -> RoadmapError:
    if isinstance(error, ValueError):
        return RoadmapError("bad_file_name", path=one_line(str(path)))
    if isinstance(error, ReadOnlyFile):
        return RoadmapError("read_only_file", path=one_line(str(error.filename)))
    key = _KEYS.get(error.errno or 0, "cannot_write")
    shown = one_line(str(path.parent if key == "no_folder" else path))
    return RoadmapError(key, path=shown, reason=error.strerror)
