"""KPIs that turned the wrong way between their last two measured values, in words."""

from __future__ import annotations

from collections.abc import Sequence

from lfroadmap.report.flows.figures import format_day
from lfroadmap.report.formatting import with_unit
from lfroadmap.report.nodes import Grid, Value
from lfroadmap.roadmap.kpi_turns import KpiTurn
from lfroadmap.text import arrow, one_line
from lfroadmap.words import SafeText, Words

SHOWN = 3
"""KPIs that are named at the head of a report; more of them are counted."""


def describe_turn(turn: KpiTurn, words: Words) -> str:
    """A KPI, its two values and the day of the last one: `Close rate: 47% → 43% (2026-07-04)`."""
    before, after = (one_line(with_unit(typed, turn.unit)) for typed in (turn.before, turn.after))
    return words(
        "kpi.turned_from",
        measure=one_line(turn.measure),
        before=before,
        arrow=SafeText(arrow(before, after, words.direction)),
        after=after,
        day=SafeText(format_day(turn.day, words)),
    )


def describe_turns(turns: Sequence[KpiTurn], words: Words) -> str:
    """The first KPIs that turned, a line each, and how many more did; empty for none."""
    lines = [describe_turn(turn, words) for turn in turns[:SHOWN]]
    lines += [words.plural("compared.more", len(turns) - SHOWN)] if len(turns) > SHOWN else []
    return SafeText("\n".join(lines))


def turned_grid(turns: Sequence[KpiTurn], words: Words) -> Grid:
    """A row for each KPI that turned the wrong way, with both values and their days."""
    heads = tuple(words(f"compared.{head}") for head in ("measure", "then", "now"))
    rows = (
        (
            Value(turn.measure),
            Value(with_unit(turn.before, turn.unit), note=format_day(turn.day_before, words)),
            Value(with_unit(turn.after, turn.unit), "late", format_day(turn.day, words)),
        )
        for turn in turns
    )
    return Grid(heads, tuple(rows))
