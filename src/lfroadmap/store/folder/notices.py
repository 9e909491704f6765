"""Notices to a person beside the result: an interrupted command, a file that was set aside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Notice(NamedTuple):
    """A message under `recovery`, with its facts."""

    key: str
    facts: dict[str, object]


Notify = Callable[[Notice], None]


def notice(key: str, **facts: object) -> Notice:
    """A notice with its facts."""
    return Notice(key, facts)


def left_out_notice(path: Path, things: int) -> Notice:
    """The notice that some things in a file could not be read, and are not shown."""
    return notice("left_out", path=path, n=things)


def ignore(_: Notice) -> None:
    """Drop the notice, for callers that look at the files afterwards."""
