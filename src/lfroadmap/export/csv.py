"""A table of the roadmap as CSV: UTF-8 with a mark that Excel knows, no cell that a sheet would calculate."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime

from lfroadmap.export.pace import Pace
from lfroadmap.report.tables import Cell, Table
from lfroadmap.text import clean
from lfroadmap.words import Words

_CALCULATES = re.compile(r"'*\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d,.]*%?")


def sheet(table: Table, words: Words, pace: Pace) -> bytes:
    """The table with a head row; days as YYYY-MM-DD, TRUE and FALSE, a share as `0.25`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.heads(words))
    rows = pace.through(table.rows, len(table.rows))
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _written(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".")
    return guard(clean(cell)) if isinstance(cell, str) else str(cell)


def guard(text: str) -> str:
    """The text with an apostrophe before it where a sheet would take it for a formula.

    A plain number or percent, such as `+20%`, stays; `unguard` takes the apostrophe off again.
    """
    return f"'{text}" if _CALCULATES.match(text) and not _NUMBER.fullmatch(text) else text


def unguard(text: str) -> str:
    """What `guard` was given."""
    return text[1:] if text.startswith("'") and _CALCULATES.match(text) else text
