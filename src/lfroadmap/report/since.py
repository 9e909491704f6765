"""What changed since an earlier moment, as a part of a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lfroadmap.report.comparison_summary import kpi_in_short, late_title
from lfroadmap.roadmap.activity import Earlier
from lfroadmap.roadmap.comparison import Comparison, compare
from lfroadmap.roadmap.late_changes import Days
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import one_line
from lfroadmap.words import SafeText, Words

_KPIS = 2
"""Most KPIs that are named with their values."""


def changed_since(earlier: Earlier | None, roadmap: Roadmap, today: date, words: Words) -> str:
    """The moment, and what changed since: tasks done, what became late, days, KPIs; empty for None."""
    if earlier is None:
        return ""
    found = compare(earlier.roadmap, roadmap, words.language, Days(earlier.day, today))
    what: str = SafeText(", ".join(_parts(found, words)))
    if not what:
        what = words("first.nothing" if found.is_empty else "first.details")
    if not earlier.name:
        return words("first.since_day", day=words.day(earlier.day), what=what)
    return words("first.since", name=one_line(earlier.name), day=words.day(earlier.day), what=what)


def _parts(found: Comparison, words: Words) -> Iterator[str]:
    if done := len(found.tasks_with("done")):
        yield words.plural("compared.tasks_done", done)
    if found.late_with("late"):
        yield late_title(found, "late", words)
    if slipped := sum((change.days or 0) > 0 for change in found.dates):
        yield words.plural("compared.slipped", slipped)
    measured = [change for change in found.kpis if change.before != change.after]
    yield from (kpi_in_short(change, words) for change in measured[:_KPIS])
    if len(measured) > _KPIS:
        yield words.plural("first.kpis", len(measured) - _KPIS)
