"""The tasks of a roadmap by day and by owner; after an edit only the changed tasks are read again."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from heapq import merge
from itertools import accumulate
from typing import NamedTuple, TypeVar

from lfroadmap.roadmap.health import DatedItem, day_health, is_late
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import changed_tasks, iso_day, role_value

T = TypeVar("T")


class Load(NamedTuple):
    """The tasks of one owner, and the late ones among the open."""

    done: int = 0
    total: int = 0
    late: int = 0

    @property
    def open(self) -> int:
        """Tasks that are not done."""
        return self.total - self.done

    @property
    def share(self) -> float:
        """Tasks done of all, 0.0 to 1.0."""
        return self.done / self.total if self.total else 0.0

    def plus(self, other: Load) -> Load:
        """Two loads as one."""
        return Load(self.done + other.done, self.total + other.total, self.late + other.late)


class Plan(NamedTuple):
    """How many tasks are due by day."""

    due: dict[date, int]
    """Day -> tasks due on it: by their own day, or else by their card's deadline."""
    undated: int
    """Tasks that have neither."""


class OwnedItem(NamedTuple):
    """An open card or task and its owner."""

    owner: str
    day: date | None
    stage: Stage
    card: Card
    task: Task | None = None
    """None for the card itself."""


def owned_by(roadmap: Roadmap, is_owner: Callable[[str], bool]) -> list[OwnedItem]:
    """The open cards and tasks of an owner: those with a day first, then the others in their order."""
    items = [item for item in owned_items(roadmap) if is_owner(item.owner)]
    return sorted(items, key=lambda item: item.day or date.max)


def owned_items(roadmap: Roadmap) -> Iterator[OwnedItem]:
    """The open cards and tasks in reading order; a task is its own owner's, or else its card's."""
    for stage in roadmap.stages:
        for card in stage.cards:
            deputy = role_value(card, "owner")
            if not card.tasks or not all(task.done for task in card.tasks):
                yield OwnedItem(deputy, iso_day(role_value(card, "deadline")), stage, card)
            for task in card.tasks:
                if not task.done:
                    owner = task.owner if task.owner.strip() else deputy
                    yield OwnedItem(owner, iso_day(task.due), stage, card, task)


class TaskIndex:
    """Open tasks and cards by day, tasks by owner, and all tasks by the day that they are due.

    `follow` compares by identity: an edit leaves the other cards, and the other tasks of a card, the same
    objects.
    """

    def __init__(self, roadmap: Roadmap, today: date) -> None:
        self._today = today
        self._cards: dict[str, _CardTasks] = {}
        self._stages: tuple[Stage, ...] = ()
        self.follow(roadmap, today)

    def follow(self, roadmap: Roadmap, today: date) -> None:
        """Read what is not the same object as before; on another day everything."""
        before = self._cards if today == self._today else {}
        self._today, self._stages = today, roadmap.stages
        self._cards = {
            card.id: _followed(before.get(card.id), card, today)
            for stage in roadmap.stages
            for card in stage.cards
        }

    def agenda(self) -> Iterator[DatedItem]:
        """Open cards and tasks with a day, the earliest first; read no further than they are used."""
        parts = []
        for number, stage in enumerate(self._stages):
            for at, card in enumerate(stage.cards):
                parts.append(self._cards[card.id].dated(stage, (number, at)))
        return (entry[2] for entry in merge(*parts, key=lambda entry: entry[:2]))

    def agenda_size(self) -> int:
        """How many cards and tasks the agenda has."""
        return sum(len(each.open_days) + (each.card_day is not None) for each in self._cards.values())

    def dated_size(self) -> int:
        """How many cards and tasks have a day, also those that are done."""
        tasks = sum(
            count for each in self._cards.values() for due, count in each.dues.items() if iso_day(due)
        )
        return tasks + sum(
            iso_day(role_value(each.card, "deadline")) is not None for each in self._cards.values()
        )

    def at_risk(self, risk_days: int) -> int:
        """How many cards and tasks of the agenda have their day within so many days from today."""
        return sum(each.within(self._today, risk_days) for each in self._cards.values())

    def next_task(self, card: Card) -> Task | None:
        """The open task of a card whose day comes first, or else the first one; None where all are done."""
        dated = self._cards[card.id].open_days
        return card.tasks[dated[0][1]] if dated else next((t for t in card.tasks if not t.done), None)

    def plan(self) -> Plan:
        """The tasks by the day that they are due."""
        due: Counter[date] = Counter()
        undated = 0
        for each in self._cards.values():
            deadline = iso_day(role_value(each.card, "deadline"))
            for typed, count in each.dues.items():
                day = iso_day(typed) or deadline
                if day:
                    due[day] += count
                else:
                    undated += count
        return Plan(dict(due), undated)

    def done_by_day(self) -> tuple[tuple[date, int], ...]:
        """The days on which tasks were done, as they say, each with all done by its end, in order."""
        days: Counter[date] = Counter()
        undated = 0
        for each in self._cards.values():
            for typed, count in each.done_days.items():
                if day := iso_day(typed):
                    days[day] += count
                else:
                    undated += count
        order = sorted(days)
        counts = accumulate(days[day] for day in order)
        return tuple((day, undated + count) for day, count in zip(order, counts, strict=True))

    def loads(self) -> dict[str, Load]:
        """Owner as typed -> tasks: a task's own owner, or else its card's."""
        out: dict[str, Load] = {}
        for each in self._cards.values():
            deputy = role_value(each.card, "owner")
            for (owner, done, late), count in each.owners.items():
                name = owner if owner.strip() else deputy
                added = Load(count * done, count, count * late)
                out[name] = out.get(name, Load()).plus(added)
        return out


class _CardTasks:
    """What is counted of one card's tasks."""

    def __init__(self, card: Card, today: date) -> None:
        self.card = card
        self.dues: Counter[str] = Counter()
        self.done_days: Counter[str] = Counter()
        self.owners: Counter[tuple[str, bool, bool]] = Counter()
        """Owner as typed, done, late -> tasks."""
        self.open_days: list[tuple[str, int]] = []
        """Day and place of each open task with a valid day, sorted."""
        for at, task in enumerate(card.tasks):
            self._count(task, today, 1)
            if _is_dated(task):
                self.open_days.append((task.due, at))
        self.open_days.sort()

    def follow(self, card: Card, today: date) -> None:
        """Take in the card after an edit that left the number of its tasks."""
        before, self.card = self.card.tasks, card
        for at in changed_tasks(before, card.tasks):
            old, new = before[at], card.tasks[at]
            self._count(old, today, -1)
            self._count(new, today, 1)
            if _is_dated(old):
                del self.open_days[bisect_left(self.open_days, (old.due, at))]
            if _is_dated(new):
                insort(self.open_days, (new.due, at))

    def _count(self, task: Task, today: date, number: int) -> None:
        _add(self.dues, task.due, number)
        if task.done:
            _add(self.done_days, task.done_on, number)
        _add(self.owners, (task.owner, task.done, is_late(task, today)), number)

    @property
    def card_day(self) -> date | None:
        """The deadline of an open card."""
        is_open = not self.owners or any(not done for _, done, _ in self.owners)
        return iso_day(role_value(self.card, "deadline")) if is_open else None

    def dated(self, stage: Stage, place: tuple[int, int]) -> Iterator[tuple[str, tuple[int, ...], DatedItem]]:
        """The card and its tasks by day, each with what orders it."""
        day, card = self.card_day, self.card
        own = [(day.isoformat(), -1)] if day else []
        for due, at in merge(own, self.open_days):
            task = None if at < 0 else card.tasks[at]
            yield due, (*place, at), DatedItem(date.fromisoformat(due), stage, card, task)

    def within(self, today: date, days: int) -> int:
        """Open tasks and the open card whose day is today or one of the next days."""
        own = day_health(self.card_day.isoformat(), today, days) if self.card_day else "no_date"
        last = date.fromordinal(min(today.toordinal() + days, date.max.toordinal())).isoformat()
        first, end = bisect_left(self.open_days, (today.isoformat(), -1)), (last + "~", -1)
        return bisect_left(self.open_days, end) - first + (own == "at_risk")


def _add(counter: Counter[T], key: T, number: int) -> None:
    counter[key] += number
    if not counter[key]:
        del counter[key]


def _followed(old: _CardTasks | None, card: Card, today: date) -> _CardTasks:
    if old is None or len(old.card.tasks) != len(card.tasks):
        return _CardTasks(card, today)
    if old.card is not card:
        old.follow(card, today)
    return old


def _is_dated(task: Task) -> bool:
    return not task.done and bool(task.due) and iso_day(task.due) is not None
