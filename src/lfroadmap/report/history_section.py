"""The history as the last part of a report, and as a table for sheets."""

from __future__ import annotations

from collections.abc import Sequence

from lfroadmap.report.change_log import HistoryLine
from lfroadmap.report.nodes import Grid, Section, Value, told_at_most
from lfroadmap.report.tables import Cell, Table
from lfroadmap.words import Words

MOST = 1_000
"""Changes that a report tells; a table has them all."""
COLUMNS = ("time", "author", "card", "change", "before", "after")
"""The columns of the table in reading order; the head of one is the text `sheet.<column>`."""


def section(lines: Sequence[HistoryLine], words: Words) -> Section:
    """The newest changes, a row each; how many older ones there are is told."""
    heads = tuple(words(f"report.{head}") for head in ("when", "who", "where", "what"))
    grid = Grid(heads, tuple(_row(line, words) for line in lines))
    body = told_at_most(grid, MOST, words) if lines else (Value(words("report.no_changes"), "empty"),)
    return Section(words("report.history"), body, "history")


def _row(line: HistoryLine, words: Words) -> tuple[Value, ...]:
    when = f"{words.day(line.at.date())} {line.at:%H:%M}"
    return (
        Value(when),
        Value(line.author.strip() or "—"),
        Value(line.change.card.strip() or "—"),
        Value(line.change.sentence),
    )


def table(lines: Sequence[HistoryLine]) -> Table:
    """Every change, the newest first; times are local and have no zone, as sheets know none."""
    return Table("history", COLUMNS, tuple(map(_cells, lines)))


def _cells(line: HistoryLine) -> tuple[Cell, ...]:
    told = line.change
    at = line.at.replace(microsecond=0, tzinfo=None)
    return (at, line.author, told.card, told.sentence, told.old, told.new)
