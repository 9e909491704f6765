"""The first lines of a report: how it stands in one sentence, and what is due in the days ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lfroadmap.report.formatting import count_late
from lfroadmap.report.nodes import Value
from lfroadmap.roadmap.health import DatedItem, HealthSummary
from lfroadmap.roadmap.progress import Tally
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import SafeText, Words

DAYS = 14
"""Days ahead whose cards and tasks are named."""
MOST = 50
"""Most cards and tasks of the days ahead."""


@dataclass(frozen=True, slots=True)
class FirstSentence:
    """Makes the sentence of how a roadmap stands on a day."""

    labels: Labels
    words: Words
    today: date

    def of(
        self,
        summary: HealthSummary,
        counted: Tally,
        ahead: Sequence[DatedItem],
        changed: str = "",
    ) -> Value:
        """How it goes, what changed lately as far as that is known, and what comes next."""
        words, late = self.words, count_late(summary.late, self.words)
        parts = [words(f"first.{summary.health}", percent=counted.percent, what=late)]
        if changed:
            parts.append(changed)
        if ahead:
            what, day = one_line(self.labels.of(ahead[0].node)), words.day(ahead[0].day)
            parts.append(words("first.next", what=what, day=day))
        return Value(SafeText("; ".join(parts) + "."))


def in_days_ahead(items: Sequence[DatedItem], today: date) -> tuple[DatedItem, ...]:
    """The open cards and tasks from today on whose day is near."""
    return tuple(item for item in items if 0 <= (item.day - today).days <= DAYS)
