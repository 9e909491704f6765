"""What the rows of a table will change in a roadmap, told row by row."""

from __future__ import annotations

from collections.abc import Iterable

from lfroadmap.report.nodes import Facts, Grid, Node, Report, Section, Value, told_at_most
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.table_import import TableImport
from lfroadmap.roadmap.table_rows import Outcome, Rows, Step
from lfroadmap.text import arrow
from lfroadmap.words import Words

SHOWN: tuple[Outcome, ...] = ("skip", "change", "add")
"""What is told row by row, what needs a look first; rows that change nothing are only counted."""

LONGEST = 300
"""Characters of a text that a screen shows."""


def import_preview(
    merge: TableImport, tables: tuple[Rows, ...], name: str, words: Words, most: int | None = None
) -> Report:
    """The preview of a merge from the file `name`.

    With `most`, for a screen that must not wait, more rows of a part are only counted and long texts are cut.
    """
    return Report(
        words("merge.title"),
        words.language,
        words.direction,
        _facts(merge, tables, name, words),
        tuple(_sections(merge, words, most)),
    )


def _facts(merge: TableImport, tables: tuple[Rows, ...], name: str, words: Words) -> Facts:
    titles = ", ".join(table.title or words(f"sheet.{table.table}") for table in tables)
    counts = [
        words.plural(f"merge.{outcome}", count)
        for outcome in (*SHOWN, "same")
        if (count := len(merge.that(outcome)))
    ]
    told = " · ".join(counts) or words("merge.no_rows")
    return Facts(
        (
            (words("merge.file"), Value(name)),
            (words("merge.tables"), Value(titles)),
            (words("merge.rows"), Value(told)),
        )
    )


def _sections(merge: TableImport, words: Words, most: int | None) -> Iterable[Node]:
    heads = tuple(words(f"merge.{head}") for head in ("what", "line", "change_head"))
    for outcome in SHOWN:
        steps = merge.that(outcome)
        if steps:
            cut = None if most is None else LONGEST
            rows = tuple(
                (Value(step.what[:cut] or "—"), Value(str(step.line)), _told(step, words, cut))
                for step in steps
            )
            body = told_at_most(Grid(heads, rows), most, words)
            yield Section(words.plural(f"merge.{outcome}", len(steps)), body, outcome)


def _told(step: Step, words: Words, cut: int | None) -> Value:
    if step.outcome == "skip":
        return Value(words(f"merge.why_{step.reason}"), "red")
    lines = [f"{words(f'sheet.{change[0]}')}: {_values(*change[1:], words, cut)}" for change in step.changes]
    return Value("\n".join(lines) or words(f"merge.new_{step.table}"))


def _values(then: str, now: str, words: Words, cut: int | None) -> str:
    shown = _shown(now, words, cut)
    return f"{_shown(then, words, cut)} {arrow(then, now, words.direction)} {shown}" if then else shown


def _shown(typed: str, words: Words, cut: int | None) -> str:
    day = iso_day(typed)
    short = typed if cut is None or len(typed) <= cut else f"{typed[:cut]}…"
    return words.day(day) if day else short or "—"
