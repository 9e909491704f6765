"""Measuring again: how often, and whether the sources have changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lfroadmap.errors import UsageError
from lfroadmap.flows.sources.clickhouse import is_clickhouse
from lfroadmap.flows.sources.files import PIPED, find_files

Stamp = tuple[tuple[str, int, int, int], ...]
"""Path, inode, size and time of the last change of each file."""
_EVERY = re.compile(r"(\d{1,6})\s*([smhd])", re.ASCII | re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
LONGEST = 31 * 86_400
"""Seconds between two looks at most."""


def every_of(typed: str) -> float:
    """The seconds of `1h`, `30m` or `45s`; raises UsageError."""
    found = _EVERY.fullmatch(typed.strip())
    seconds = int(found[1]) * _SECONDS[found[2].lower()] if found else 0
    if not 0 < seconds <= LONGEST:
        raise UsageError("watch_every", typed=typed[:80])
    return seconds


def is_watchable(sources: Sequence[str]) -> bool:
    """True for sources that can be read again."""
    return PIPED not in sources


def stamp_of(sources: Sequence[str]) -> Stamp | None:
    """The files of the sources as they are; None for a server, which does not say what changed.

    Raises RoadmapError where a source names no file.
    """
    if any(map(is_clickhouse, sources)):
        return None
    stamps = []
    for path in find_files(sources).paths:
        try:
            found = path.stat()
        except OSError:  # it was replaced just now: the next look finds it
            stamps.append((str(path), 0, 0, 0))
        else:
            stamps.append((str(path), found.st_ino, found.st_size, found.st_mtime_ns))
    return tuple(stamps)
