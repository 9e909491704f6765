"""What is due: open cards and tasks with a day, apart by how soon that is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple, get_args

from lfroadmap.roadmap.portfolio import PlacedItem, Unreadable
from lfroadmap.roadmap.weeks import weeks_between

Span = Literal["late", "today", "week", "later"]
"""How soon something is due: its day is past, today, in the rest of this week, behind that."""
SPANS: tuple[Span, ...] = get_args(Span)
DAYS, MOST_DAYS = 14, 3650
"""Days ahead that are listed unless another number is asked for, and at most."""


class Due(NamedTuple):
    """What is due up to a day, of one owner only if `owner` is a name."""

    day: date
    days: int
    """Days ahead of `day` up to which something is listed; what is late always is."""
    first_weekday: int
    """The weekday on which a week begins, Monday is 0."""
    items: tuple[PlacedItem, ...]
    """The earliest first."""
    unreadable: tuple[Unreadable, ...] = ()
    """The files that cannot be read, so that what is due in them is not known."""
    owner: str | None = None

    def spans(self) -> dict[Span, tuple[PlacedItem, ...]]:
        """The items by how soon they are due; every span is there, also an empty one."""
        out: dict[Span, list[PlacedItem]] = {span: [] for span in SPANS}
        for each in self.items:
            out[span_of(each.item.day, self.day, self.first_weekday)].append(each)
        return {span: tuple(items) for span, items in out.items()}


def span_of(day: date, today: date, first_weekday: int) -> Span:
    """How soon a day is."""
    if day <= today:
        return "today" if day == today else "late"
    return "later" if weeks_between(today, day, first_weekday) else "week"


def within_days(items: Iterable[PlacedItem], today: date, days: int) -> tuple[PlacedItem, ...]:
    """The items whose day is past, or at most so many days ahead."""
    return tuple(each for each in items if (each.item.day - today).days <= days)
