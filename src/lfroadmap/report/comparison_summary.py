"""The summary of a comparison in a line, with the names of what matters most."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from lfroadmap.report.formatting import count_late, with_unit
from lfroadmap.roadmap.comparison import TASK_WORDS, Comparison, KpiChange
from lfroadmap.roadmap.health import Late
from lfroadmap.roadmap.late_changes import LATE_WORDS, LateWord
from lfroadmap.text import arrow, one_line
from lfroadmap.words import SafeText, Words

_NAMED = 3
"""Most names of one kind in the summary."""


def summary_of(comparison: Comparison, words: Words) -> str:
    """Points gained, what became late, tasks done, dates slipped and KPIs measured."""
    if comparison.is_empty:
        return words("compared.nothing")
    points = comparison.overall.points
    parts = [words("compared.points", points=f"{points:+d}")] if points else []
    for late_word in LATE_WORDS:
        if changes := comparison.late_with(late_word):
            names = _named((one_line(change.text) for change in changes), len(changes))
            parts.append(SafeText(f"{late_title(comparison, late_word, words)} ({names})"))
    parts += [
        words.plural(f"compared.tasks_{word}", count)
        for word in TASK_WORDS
        if (count := len(comparison.tasks_with(word)))
    ]
    if turned := len(comparison.turned):
        parts.append(words.plural("compared.turned_some", turned))
    if slipped := sum((change.days or 0) > 0 for change in comparison.dates):
        parts.append(words.plural("compared.slipped", slipped))
    if measured := [change for change in comparison.kpis if change.before != change.after]:
        parts.append(_named((kpi_in_short(change, words) for change in measured), len(measured)))
    return " · ".join(parts) or words("compared.details")


def late_title(comparison: Comparison, word: LateWord, words: Words) -> str:
    """The title of a part: `2 cards, 1 task became late`."""
    changes = comparison.late_with(word)
    cards = [change.card for change in changes].count("")
    return words(f"compared.{word}", what=count_late(Late(cards, len(changes) - cards), words))


def kpi_in_short(change: KpiChange, words: Words) -> str:
    """The name of a KPI with its values before and now."""
    then, now = (one_line(with_unit(text, change.unit)) or "—" for text in (change.before, change.after))
    return f"{one_line(change.measure)}: {then} {arrow(then, now, words.direction)} {now}"


def _named(names: Iterable[str], count: int) -> str:
    """The first names of several, and how many there are more."""
    first = ", ".join(islice(names, _NAMED))
    return SafeText(f"{first} +{count - _NAMED}" if count > _NAMED else first)
