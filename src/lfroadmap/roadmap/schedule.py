"""Cards with a deadline and open tasks with a due day, and the edits that move their days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import iso_day, role_value
from lfroadmap.text import match_key, one_line

Grouping = Literal["stage", "owner"]
GROUPINGS: tuple[Grouping, ...] = ("stage", "owner")
"""What a timeline can be grouped by; the first is the usual one."""
Unit = Literal["day", "week", "month"]
"""By how much a day is moved at a time."""


class Scheduled(NamedTuple):
    """A card with a deadline, or an open task with a due day."""

    card: Card
    """The card, or the one that the task is in."""
    task: Task | None
    day: date
    start: date | None = None
    """The first day that is typed into a card's field for it, also one behind its deadline."""

    @property
    def node(self) -> Card | Task:
        """The card or the task."""
        return self.task or self.card

    @property
    def owner(self) -> str:
        """The owner of the task, or else of the card; as typed, without blanks around it."""
        own = one_line(self.task.owner).strip() if self.task else ""
        return own or one_line(role_value(self.card, "owner")).strip()


class Group(NamedTuple):
    """What belongs to a stage, or to an owner."""

    stage: Stage | None
    """None in a grouping by owner."""
    owner: str
    """Empty in a grouping by stage, and for nobody."""
    items: tuple[Scheduled, ...]


class Schedule:
    """What is scheduled in a roadmap that is being edited; only cards that changed are looked at again."""

    def __init__(self, roadmap: Roadmap) -> None:
        self._cards: dict[str, tuple[Card, tuple[Scheduled, ...]]] = {}
        self.follow(roadmap)

    def follow(self, roadmap: Roadmap) -> None:
        """Take in the roadmap as it is now."""
        self.roadmap = roadmap
        before, self._cards = self._cards, {}
        for card in (card for stage in roadmap.stages for card in stage.cards):
            old = before.get(card.id)
            self._cards[card.id] = old if old and old[0] is card else (card, tuple(scheduled(card)))

    def groups(self, by: Grouping) -> Iterator[Group]:
        """What has a day, by stage or by owner."""
        return self.by_owner() if by == "owner" else self.by_stage()

    def by_stage(self) -> Iterator[Group]:
        """The stages in which something has a day, each with that in reading order."""
        for stage in self.roadmap.stages:
            items = tuple(item for card in stage.cards for item in self._cards[card.id][1])
            if items:
                yield Group(stage, "", items)

    def by_owner(self) -> Iterator[Group]:
        """The owners by name, each with what is theirs in reading order; what nobody has comes last."""
        names: dict[str, str] = {}
        found: dict[str, list[Scheduled]] = {}
        for card in (card for stage in self.roadmap.stages for card in stage.cards):
            for item in self._cards[card.id][1]:
                key = match_key(item.owner)
                names.setdefault(key, item.owner)
                found.setdefault(key, []).append(item)
        for key in sorted(found, key=lambda key: (not key, key)):
            yield Group(None, names[key], tuple(found[key]))


def scheduled(card: Card) -> Iterator[Scheduled]:
    """The card, if it has a deadline, and then its open tasks that have a day, in reading order."""
    if day := iso_day(role_value(card, "deadline")):
        yield Scheduled(card, None, day, iso_day(role_value(card, "start")))
    for task in card.tasks:
        if task.due and not task.done and (day := iso_day(task.due)):
            yield Scheduled(card, task, day)


def starts_behind(card: Card) -> bool:
    """True if the first day that is typed into a card's field for it is behind its deadline."""
    start, deadline = iso_day(role_value(card, "start")), iso_day(role_value(card, "deadline"))
    return bool(start and deadline and start > deadline)


def span(items: Iterable[Scheduled], today: date) -> tuple[date, date]:
    """The first and the last day of all of them and of today."""
    days = [today]
    for item in items:
        days += [item.day, *([item.start] if item.start else [])]
    return min(days), max(days)


def moved(day: date, unit: Unit, steps: int) -> date:
    """A day so many units later, or earlier; as far as the calendar goes.

    The last of a month stands for a day that the other month lacks: a month after 31 January is 28 February.
    """
    if unit != "month":
        to = day.toordinal() + steps * (7 if unit == "week" else 1)
        return date.fromordinal(min(max(to, 1), date.max.toordinal()))
    from calendar import monthrange  # noqa: PLC0415 - nothing moves at the start

    year, month = divmod(day.year * 12 + day.month - 1 + steps, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if steps < 0 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def role_field(card: Card, role: str) -> Field | None:
    """The first field of a card with a role; None where there is none."""
    return next((field for field in card.fields if field.role == role), None)
