"""The moment from which a report lists changes: the last named snapshot, or a month ago."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from lfroadmap.roadmap.activity import Earlier
from lfroadmap.store.history.queries import marks
from lfroadmap.store.history.time_travel import TimeTravel

DAYS = 30
"""Days back where no snapshot has a name."""


def earlier(path: Path, day: date, upto: int | None = None) -> Earlier | None:
    """The roadmap at that moment before the change `upto` and the `day`; raises BrokenStore.

    A snapshot of just the state that is reported shows no change, and the one before it counts. None
    where the history begins later, and where a change on the way back is damaged.
    """
    travel = TimeTravel(path)
    last = travel.last if upto is None else upto
    named = (mark for mark in marks(path) if mark.name.strip() and mark.change < last)
    mark = next(named, None)
    if mark is not None:
        name, then, number = mark.name, min(mark.at.date(), day), mark.change
    else:
        name, then = "", day - timedelta(DAYS)
        number = min(travel.number_at(datetime.combine(then, time.max).astimezone()), last)
    if mark is None and not number:
        return None
    roadmap = travel.at(number)
    return None if travel.unreadable else Earlier(name, then, roadmap)
