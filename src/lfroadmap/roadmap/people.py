"""The people of a portfolio: what each has, how much of it is late, and how much is due week by week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from lfroadmap.roadmap.owner_shares import Share
from lfroadmap.roadmap.portfolio import Portfolio
from lfroadmap.roadmap.same_people import Alike, alike
from lfroadmap.roadmap.task_index import owned_items
from lfroadmap.roadmap.weeks import week_start, weeks_between
from lfroadmap.text import match_key

WEEKS = 6
"""Weeks that are counted each by itself, this one first."""


class Amount(NamedTuple):
    """A number of open cards and tasks."""

    cards: int = 0
    tasks: int = 0

    @property
    def total(self) -> int:
        """Cards and tasks together."""
        return self.cards + self.tasks


class Load(NamedTuple):
    """What a person has open, by when it is due; each thing counts once."""

    late: Amount = Amount()
    weeks: tuple[Amount, ...] = (Amount(),) * WEEKS
    """Due in this week, today included and what is late not, and in each of the next ones."""
    later: Amount = Amount()
    undated: Amount = Amount()
    """Without a day that is understood."""

    @property
    def total(self) -> int:
        """All that is open."""
        return sum(each.total for each in (self.late, *self.weeks, self.later, self.undated))


class Person(NamedTuple):
    """What one person has; the empty name is for what has no owner."""

    share: Share
    load: Load

    @property
    def name(self) -> str:
        """The name as it is written most often."""
        return self.share.usual_name


class People(NamedTuple):
    """The people of a portfolio, first who is late with most; what has no owner is last."""

    day: date
    weeks: tuple[date, ...]
    """The first days of the weeks that are counted."""
    people: tuple[Person, ...]
    alike: tuple[Alike, ...]
    """Pairs of names that may be the same person."""


def people_of(portfolio: Portfolio, first_weekday: int) -> People:
    """The people who have something in the roadmaps that can be read."""
    day = portfolio.day
    loads: dict[str, _Counter] = {}
    keys: dict[str, str] = {}
    for member in portfolio.members:
        for item in owned_items(member.roadmap):
            key = keys.get(item.owner)
            if key is None:
                key = keys[item.owner] = match_key(item.owner)
            counter = loads.setdefault(key, _Counter(day, first_weekday))
            counter.add(item.day, is_task=item.task is not None)
    none = _Counter(day, first_weekday)
    people = tuple(Person(share, loads.get(match_key(share.name), none).load()) for share in portfolio.shares)
    names = [person.name for person in people if person.name]
    return People(day, week_starts(day, first_weekday), people, alike(names))


def week_starts(day: date, first_weekday: int) -> tuple[date, ...]:
    """The first days of the weeks that are counted from a day on; those that the calendar has."""
    first, room = week_start(day, first_weekday), date.max.toordinal()
    return tuple(first + timedelta(7 * n) for n in range(WEEKS) if first.toordinal() + 7 * n <= room)


class _Counter:
    """Counts what one person has open."""

    def __init__(self, today: date, first_weekday: int) -> None:
        self._today, self._first_weekday = today, first_weekday
        self._counts: dict[str | int, list[int]] = {}

    def add(self, day: date | None, *, is_task: bool) -> None:
        """Count one card or task."""
        self._counts.setdefault(self._place(day), [0, 0])[is_task] += 1

    def _place(self, day: date | None) -> str | int:
        if day is None or day < self._today:
            return "late" if day else "undated"
        week = weeks_between(self._today, day, self._first_weekday)
        return week if week < WEEKS else "later"

    def load(self) -> Load:
        """All that was counted."""
        weeks = tuple(self._amount(week) for week in range(WEEKS))
        return Load(self._amount("late"), weeks, self._amount("later"), self._amount("undated"))

    def _amount(self, place: str | int) -> Amount:
        return Amount(*self._counts.get(place, (0, 0)))
