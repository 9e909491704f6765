"""The preview of a table import, row by row."""

from __future__ import annotations

from collections.abc import Iterable

from lfroadmap.report.nodes import Facts, Grid, Node, Report, Section, Value, limit_rows
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.table_import import TableImport
from lfroadmap.roadmap.table_rows import Outcome, RowImport, Rows
from lfroadmap.text import arrow
from lfroadmap.words import Words

SHOWN: tuple[Outcome, ...] = ("skip", "change", "add")
"""Outcomes that are listed row by row, the problems first; unchanged rows are only counted."""

MAX_TEXT = 300
"""Characters of a text that a screen shows."""


def import_preview(
    table_import: TableImport, tables: tuple[Rows, ...], name: str, words: Words, limit: int | None = None
) -> Report:
    """The preview of an import from the file `name`.

    With `limit`, for a screen that must not wait, further rows are only counted and long texts are cut.
    """
    return Report(
        words("merge.title"),
        words.language,
        words.direction,
        _facts(table_import, tables, name, words),
        tuple(_sections(table_import, words, limit)),
    )


def _facts(table_import: TableImport, tables: tuple[Rows, ...], name: str, words: Words) -> Facts:
    titles = ", ".join(table.title or words(f"sheet.{table.table}") for table in tables)
    counts = [
        words.plural(f"merge.{outcome}", count)
        for outcome in (*SHOWN, "same")
        if (count := len(table_import.with_outcome(outcome)))
    ]
    summary = " · ".join(counts) or words("merge.no_rows")
    return Facts(
        (
            (words("merge.file"), Value(name)),
            (words("merge.tables"), Value(titles)),
            (words("merge.rows"), Value(summary)),
        )
    )


def _sections(table_import: TableImport, words: Words, limit: int | None) -> Iterable[Node]:
    heads = tuple(words(f"merge.{head}") for head in ("what", "line", "change_head"))
    for outcome in SHOWN:
        imports = table_import.with_outcome(outcome)
        if imports:
            cut = None if limit is None else MAX_TEXT
            grid_rows = tuple(
                (Value(row.what[:cut] or "—"), Value(str(row.line)), _describe(row, words, cut))
                for row in imports
            )
            body = limit_rows(Grid(heads, grid_rows), limit, words)
            yield Section(words.plural(f"merge.{outcome}", len(imports)), body, outcome)


def _describe(row: RowImport, words: Words, cut: int | None) -> Value:
    if row.outcome == "skip":
        return Value(words(f"merge.why_{row.reason}"), "late")
    lines = [f"{words(f'sheet.{change[0]}')}: {_values(*change[1:], words, cut)}" for change in row.changes]
    return Value("\n".join(lines) or words(f"merge.new_{row.table}"))


def _values(then: str, now: str, words: Words, cut: int | None) -> str:
    shown = _shown(now, words, cut)
    return f"{_shown(then, words, cut)} {arrow(then, now, words.direction)} {shown}" if then else shown


def _shown(typed: str, words: Words, cut: int | None) -> str:
    day = iso_day(typed)
    short = typed if cut is None or len(typed) <= cut else f"{typed[:cut]}…"
    return words.day(day) if day else short or "—"
