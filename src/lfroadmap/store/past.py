"""What a roadmap was at an earlier moment: its changes taken back, the last one first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.rows import Change


class Past:
    """A roadmap as it is, and the log of how it came to that."""

    def __init__(self, roadmap: Roadmap, changes: Sequence[Change]) -> None:
        self.roadmap = roadmap
        self._changes = changes

    @property
    def begins(self) -> datetime | None:
        """The moment of the first change; None where nothing was ever changed."""
        return _moment(self._changes[0]) if self._changes else None

    def at(self, moment: datetime) -> Roadmap:
        """The roadmap as it was at a moment (with a time zone); before its first change, as it was made.

        A burst of typing counts from when it ended. Raises BrokenStore where the log cannot be read.
        """
        roadmap = self.roadmap
        for change in reversed(self._changes):
            if _moment(change) <= moment:
                break
            roadmap = _taken_back(change, roadmap)
        return roadmap


def _moment(change: Change) -> datetime:
    return datetime.fromtimestamp(change.at / 1000).astimezone()


def _taken_back(change: Change, roadmap: Roadmap) -> Roadmap:
    try:
        return load_edit(change.inverse).on(roadmap)
    except ValueError as error:
        raise BrokenStore("history_unreadable", seq=change.seq) from error
