"""A table of the roadmap as CSV: UTF-8 with a byte order mark for Excel, no cell that becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.report.formatting import format_health
from lfroadmap.report.formulas import guard
from lfroadmap.report.tables import Cell, Table
from lfroadmap.roadmap.health import WORST_FIRST
from lfroadmap.text import clean
from lfroadmap.words import Words


def sheet(table: Table, words: Words, progress: ExportProgress, *, stable: bool = False) -> bytes:
    """The table with a row of headings; days as YYYY-MM-DD, TRUE and FALSE, a share as `0.25`, unrounded.

    `stable` headings, and healths, are the same in every language and version: `done_on`, `at_risk`.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(guard, table.columns) if stable else table.heads(words))
    rows = progress.track(_stable(table, words) if stable else table.rows, len(table.rows))
    writer.writerows([_format(row[0], is_first=True), *map(_format, row[1:])] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _stable(table: Table, words: Words) -> Iterator[tuple[Cell, ...]]:
    """The rows with the names of healths for programs."""
    names: dict[Cell, Cell] = {format_health(health, words): health for health in WORST_FIRST}
    at = table.columns.index("health") if "health" in table.columns else None
    for row in table.rows:
        yield row if at is None else (*row[:at], names.get(row[at], row[at]), *row[at + 1 :])


def _number(number: float) -> str:
    """A number as exact as it is, without an exponent."""
    digits = f"{Decimal(repr(number)):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _format(cell: Cell, *, is_first: bool = False) -> str:
    if isinstance(cell, str):
        return _text(cell, is_first)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return _number(cell) if isinstance(cell, float) else str(cell)


@lru_cache(maxsize=512)
def _text(text: str, is_first: bool) -> str:
    """The text of a cell; stages, cards, owners and healths are the same in many rows."""
    return guard(clean(text), is_first=is_first)
