"""A table of the roadmap as CSV: UTF-8 with a byte order mark for Excel, no cell that becomes a formula."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.report.formulas import guard
from lfroadmap.report.tables import Cell, Table
from lfroadmap.text import clean
from lfroadmap.words import Words


def sheet(table: Table, words: Words, progress: ExportProgress) -> bytes:
    """The table with a row of headings; days as YYYY-MM-DD, TRUE and FALSE, a share as `0.25`, unrounded."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.heads(words))
    rows = progress.track(table.rows, len(table.rows))
    writer.writerows([_format(row[0], is_first=True), *map(_format, row[1:])] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _number(number: float) -> str:
    """A number as exact as it is, without an exponent."""
    digits = f"{Decimal(repr(number)):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _format(cell: Cell, *, is_first: bool = False) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return _number(cell)
    return guard(clean(cell), is_first=is_first) if isinstance(cell, str) else str(cell)
