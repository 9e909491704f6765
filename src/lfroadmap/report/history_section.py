"""The history as the last section of a report, and as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence

from lfroadmap.report.change_log import HistoryLine
from lfroadmap.report.day_grid import DayGrid
from lfroadmap.report.first_fills import describe, runs
from lfroadmap.report.nodes import Section, Value
from lfroadmap.report.tables import Cell, Table
from lfroadmap.words import Words

MAX_CHANGES = 1_000
"""Maximal number of changes in a report; a table has all of them."""
COLUMNS = (
    "time", "author", "card", "change", "before", "after", "change_id", "change_kind", "node", "attribute",
)  # fmt: skip
"""The columns of the table in reading order; the head of one is the text `sheet.<column>`."""


def section(lines: Sequence[HistoryLine], words: Words) -> Section:
    """The newest changes by day, a row each and a first fill one row, with the number of omitted ones."""
    title, groups = words("report.history"), tuple(runs(lines))
    if not groups:
        return Section(title, (Value(words("report.no_changes"), "muted"),), "history")
    heads = tuple(words(f"report.{head}") for head in ("when", "who", "where", "what"))
    shown, rest = groups[:MAX_CHANGES], len(groups) - MAX_CHANGES
    days = tuple(words.day(run[0].at.date()) for run in shown)
    grid = DayGrid(heads, tuple(_row(run, words) for run in shown), days=days)
    more = (Value(words.plural("compared.more", rest), "muted"),) if rest > 0 else ()
    return Section(title, (grid, *more), "history")


def _row(run: Sequence[HistoryLine], words: Words) -> tuple[Value, ...]:
    line = run[0]
    where, what = line.change.card.strip() or "—", line.change.sentence
    if len(run) > 1:
        where, what = describe(run, words)
    return (
        Value(f"{line.at:%H:%M}"),
        Value(line.author.strip() or "—"),
        Value(where),
        Value(what),
    )


def table(lines: Sequence[HistoryLine]) -> Table:
    """Every change, the newest first; times are local and without a zone, as spreadsheets have none."""
    return Table("history", COLUMNS, tuple(map(_cells, lines)))


def _cells(line: HistoryLine) -> tuple[Cell, ...]:
    change = line.change
    at = line.at.replace(microsecond=0, tzinfo=None)
    ids = (line.number, change.action, change.node, change.place)
    return (at, line.author, change.card, change.sentence, change.old, change.new, *ids)
