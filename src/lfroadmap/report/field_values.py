"""The value of a card's field in a report: a day with its distance, a choice, a text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from lfroadmap.report.formatting import HEALTH_TONES, format_days
from lfroadmap.report.nodes import Value
from lfroadmap.report.values import format_value
from lfroadmap.roadmap.health import day_health
from lfroadmap.roadmap.model import Card, Field
from lfroadmap.roadmap.progress import card_tally, iso_day
from lfroadmap.roadmap.schedule import starts_behind
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words


class FieldFormatter(NamedTuple):
    """Formats values as of `today`, within `risk_days` of which a day is at risk."""

    labels: Labels
    words: Words
    today: date
    risk_days: int

    def value(self, card: Card, field: Field) -> Value:
        """The value of a field of a card; a start behind the deadline says so."""
        if field.kind == "date":
            counted = card_tally(card)
            is_done = counted.total > 0 and counted.done == counted.total
            shown = self.day(field.value, counting=field.role == "deadline" and not is_done)
            is_behind = field.role == "start" and starts_behind(card)
            return (
                replace(shown, style="risk", note=self.words("report.start_behind")) if is_behind else shown
            )
        if field.kind == "choice" and field.value:
            return format_value(self.labels.option(field, field.value))
        return format_value(field.value, direction=field.direction)

    def day(self, typed: str, *, counting: bool = True) -> Value:
        """A valid day as formatted, with its distance from today; any other text as typed."""
        day = iso_day(typed)
        if day is None:
            return format_value(typed)
        if not counting:
            return Value(self.words.day(day))
        health = day_health(typed, self.today, self.risk_days)
        tone = HEALTH_TONES[health] if health in ("late", "at_risk") else ""
        return Value(self.words.day(day), tone, format_days((day - self.today).days, self.words))
