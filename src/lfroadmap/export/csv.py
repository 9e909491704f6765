"""A table of the roadmap as CSV: UTF-8 with a mark that Excel knows, no cell that a sheet would calculate."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.report.formulas import guard
from lfroadmap.report.tables import Cell, Table
from lfroadmap.text import clean
from lfroadmap.words import Words


def sheet(table: Table, words: Words, pace: ExportProgress) -> bytes:
    """The table with a head row; days as YYYY-MM-DD, TRUE and FALSE, a share as `0.25`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.heads(words))
    rows = pace.through(table.rows, len(table.rows))
    writer.writerows([_written(row[0], is_first=True), *map(_written, row[1:])] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _written(cell: Cell, *, is_first: bool = False) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".")
    return guard(clean(cell), is_first=is_first) if isinstance(cell, str) else str(cell)
