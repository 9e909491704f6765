"""The rows of the Timeline tab: a heading for each stage or owner, and below it what has a day there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from lfroadmap.report.relation_texts import RelationTexts
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.health import Health, HealthCounts, task_health
from lfroadmap.roadmap.progress import Counts, Thresholds
from lfroadmap.roadmap.schedule import Group, Scheduled
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import Words


class TimeBoard(NamedTuple):
    """What the rows are drawn of, beside the schedule."""

    words: Words
    labels: Labels
    thresholds: Thresholds
    today: date
    counts: Counts
    health: HealthCounts
    dependencies: Dependencies
    first_days: Mapping[str, date] = {}
    """Id of a card -> the first day on which something in it changed."""
    slipped: Mapping[str, tuple[date, ...]] = {}
    """Id of a card or task -> the days that it was due on before, in the order of time."""

    def health_of(self, item: Scheduled) -> Health:
        """The health of a card or a task."""
        if item.task:
            return task_health(item.task, self.today, self.thresholds.risk_days)
        return self.health.card(item.card.id).health

    def begin(self, item: Scheduled) -> date | None:
        """The first day of a card, typed or else of its first change; None where none is before its day."""
        days = () if item.task else (item.start, self.first_days.get(item.card.id))
        return next((day for day in days if day and day < item.day), None)

    def waiting(self, item: Scheduled) -> str:
        """How it stands with what a card or a task waits for, in words; empty where it waits for nothing."""
        if self.dependencies.is_empty:
            return ""
        state = RelationTexts(self.dependencies, self.labels, self.words).state(item.node.id)
        return str(state) if state else ""

    def ghosts(self, item: Scheduled) -> tuple[date, ...]:
        """The days that it was due on before."""
        return tuple(day for day in self.slipped.get(item.node.id, ()) if day != item.day)


class TimeRow(NamedTuple):
    """A row: a heading, or a card or task with its day."""

    item: Scheduled | None
    group: Group
    """What the heading is of, or what the item is in."""

    @property
    def id(self) -> str:
        """Id of the card or task; empty for a heading."""
        return self.item.node.id if self.item else ""

    def heading(self, board: TimeBoard) -> str:
        """The name of the stage or the owner."""
        if self.group.stage:
            return one_line(board.labels.of(self.group.stage))
        return self.group.owner or board.words("report.nobody")

    def is_about(self, node_id: str) -> bool:
        """True for the id of its card or task, or of a field of its card."""
        if self.item is None or self.item.task:
            return self.id == node_id
        card = self.item.card
        return node_id == card.id or any(field.id == node_id for field in card.fields)


def rows(groups: Iterable[Group]) -> Iterator[TimeRow]:
    """The rows of the groups."""
    for group in groups:
        yield TimeRow(None, group)
        yield from (TimeRow(item, group) for item in group.items)
