"""A comparison as a file: a page to send, or JSON for programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from lfroadmap.report.comparison_report import Ends, comparison_report
from lfroadmap.report.nodes import Report
from lfroadmap.roadmap.comparison import Comparison
from lfroadmap.roadmap.health import HealthSummary
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS, Tally, Thresholds
from lfroadmap.roadmap.shifts import Shift
from lfroadmap.text import clean
from lfroadmap.words import Words

FORMAT = "lfroadmap-comparison"
VERSION = 5


@dataclass(frozen=True, slots=True)
class ComparisonContext:
    """A comparison with the names of its two states, in one language."""

    comparison: Comparison
    ends: Ends
    words: Words
    thresholds: Thresholds = DEFAULT_THRESHOLDS

    def report(self, most: int | None = None) -> Report:
        """The comparison as nodes, with at most so many rows of each part."""
        return comparison_report(self.comparison, self.ends, self.words, self.thresholds, most)


def _html(context: ComparisonContext) -> bytes:
    from lfroadmap.export.html import COMPARISON_PAGE, page  # noqa: PLC0415 - only a page needs it

    return page(context.report(), None, context.words, kind=COMPARISON_PAGE).encode()


def _json(context: ComparisonContext) -> bytes:
    head = {"format": FORMAT, "version": VERSION, "language": context.words.language}
    ends = {"from": clean(context.ends.then), "to": clean(context.ends.now)}
    body = head | ends | {"changed": not context.comparison.is_empty} | _plain(context.comparison)
    return f"{json_text(body)}\n".encode()


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever a value of the comparison comes to as JSON
    if isinstance(value, Tally):
        return {"done": value.done, "total": value.total, "percent": value.percent}
    if isinstance(value, HealthSummary):
        health, late = value
        return {"health": health, "late_cards": late.cards, "late_tasks": late.tasks}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        out = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return out | {"points": value.points} if isinstance(value, Shift) else out
    return value


COMPARISONS: dict[str, Callable[[ComparisonContext], bytes]] = {"html": _html, "json": _json}
"""The sorts of file that a comparison can be written as."""
