"""What the history knows of a roadmap over time: first days of cards, tasks done by day, values of KPIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from lfroadmap.roadmap.model import Kpi, Roadmap

Values = Sequence[tuple[datetime, str]]
"""The current values that a KPI has had, as typed, in the order of time."""


def with_current(values: Values, kpi: Kpi, now: datetime) -> Values:
    """The values of a KPI, and the current one as of now where it is newer."""
    last = values[-1][1] if values else ""
    return values if kpi.current == last else (*values, (now, kpi.current))


class Earlier(NamedTuple):
    """A roadmap as it was at an earlier moment, for what changed since."""

    name: str
    """The name of the snapshot; empty for a day that nobody named."""
    day: date
    roadmap: Roadmap


class Activity(NamedTuple):
    """A roadmap over time, up to one moment."""

    first_days: Mapping[str, date] = {}
    """Id of a card -> the first day on which something in it changed."""
    done: tuple[tuple[date, int], ...] = ()
    """Days on which the number of tasks done changed, each with the number at its end, in order."""
    values: Mapping[str, Values] = {}
    """Id of a KPI -> its values."""
    slipped: Mapping[str, tuple[date, ...]] = {}
    """Id of a card -> the days that it was due on before, in the order of time."""
    planned: tuple[tuple[date, int], ...] = ()
    """Days on which the number of tasks changed, each with the number at its end, in order; before them, with
    the first day of the calendar, the number that there was at first."""
    earlier: Earlier | None = None
    """The last named snapshot, or a month ago; None where the history knows neither."""

    def values_of(self, kpi: Kpi, now: datetime) -> Values:
        """The values of a KPI with its current one, which may be newer than the history."""
        return with_current(self.values.get(kpi.id, ()), kpi, now)

    def done_by(self, today: date, done: int) -> tuple[tuple[date, int], ...]:
        """The tasks done by day, with `done` of them today."""
        return (*(entry for entry in self.done if entry[0] < today), (today, done))

    def planned_by(self, today: date, total: int) -> tuple[tuple[date, int], ...]:
        """The tasks in the plan by day, with `total` of them today; empty where the past is not known."""
        before = tuple(entry for entry in self.planned if entry[0] < today)
        return (*before, (today, total)) if before else ()

    def follow(self, before: Roadmap, after: Roadmap, today: date) -> Activity:
        """Take in an edit: a card that it is the first to change begins today."""
        old = {card.id: card for stage in before.stages for card in stage.cards}
        fresh = {
            card.id: today
            for stage in after.stages
            for card in stage.cards
            if card.id not in self.first_days and old.get(card.id) is not card
        }
        return self._replace(first_days={**self.first_days, **fresh}) if fresh else self

    def settle(self, kpis: Sequence[Kpi], now: datetime) -> Activity:
        """Keep the current values of the KPIs as values of now: they are saved."""
        values = {kpi.id: self.values_of(kpi, now) for kpi in kpis}
        return self if values == dict(self.values) else self._replace(values=values)
