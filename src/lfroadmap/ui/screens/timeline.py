"""The stops of a roadmap's past: before the first change, and behind each one."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from lfroadmap.roadmap.model import Roadmap


class Walk(Protocol):
    """A walk through a roadmap's past; see the store."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all changes, oldest first."""

    def time(self, number: int) -> datetime | None:
        """When a change was made."""

    def number_at(self, when: datetime) -> int:
        """The last change at a moment, 0 before the first."""

    def at(self, number: int) -> Roadmap:
        """The roadmap behind a change."""


class Timeline:
    """The stops from the first to the last; a place on it is the index of one."""

    def __init__(self, past: Walk) -> None:
        self._past = past
        self.stops = (0, *past.numbers)
        """The number of the last change included at each stop."""

    @property
    def last(self) -> int:
        """The place of the roadmap of today."""
        return len(self.stops) - 1

    def stop_of(self, number: int) -> int:
        """The place behind a change."""
        return max((at for at, stop in enumerate(self.stops) if stop <= number), default=0)

    def stop_at(self, when: datetime) -> int:
        """The place of a moment."""
        return self.stop_of(self._past.number_at(when))

    def time(self, at: int) -> datetime | None:
        """When the change before a place was made; None before the first."""
        return self._past.time(self.stops[at]) if at else None

    def roadmap(self, at: int) -> Roadmap:
        """The roadmap at a place; raises RoadmapError."""
        return self._past.at(self.stops[at])

    def another_day(self, at: int, step: int) -> int:
        """The nearest place of another day, towards today with `step` 1, back with -1."""
        here, place = self.time(at), at
        while 0 < place + step < len(self.stops):
            place += step
            then = self.time(place)
            if here is None or (then is not None and then.date() != here.date()):
                break
        return place if place + step > 0 or step > 0 else 0
