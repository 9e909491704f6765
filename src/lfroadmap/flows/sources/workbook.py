"""The sheet of a workbook that has events; openpyxl reads it row by row."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.flows.sources.engine import need_library
from lfroadmap.flows.sources.heads import Pairs, known_heads
from lfroadmap.imports.layout import HEADING_ROWS

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook  # type: ignore[import-untyped]

_SAMPLE_ROWS = 200
_LARGEST = 4 << 30
"""Bytes of all parts together: more is no sheet, but a file made to fill the disk."""
Row = tuple[int, list[str]]


def sheet_form(path: Path, chosen: Pairs) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The headings of the sheet with most known ones, and its first rows; raises BrokenSnapshot."""
    at, first = _best(path, chosen)
    rows = list(islice((row for row in _rows(path, at) if row[0] >= first), _SAMPLE_ROWS))
    if not rows:
        raise BrokenSnapshot("snapshot_empty")
    return tuple(rows[0][1]), tuple(tuple(cells) for _, cells in rows[1:])


def copy_sheet(path: Path, heads: Sequence[str]) -> Iterator[Row]:
    """The rows below these headings, each with its number in the sheet."""
    for at in range(len(_titles(path))):
        rows = _rows(path, at)
        if any(tuple(cells) == tuple(heads) for _, cells in islice(rows, HEADING_ROWS)):
            is_below = False
            for number, cells in _rows(path, at):
                if is_below:
                    yield number, cells
                is_below = is_below or tuple(cells) == tuple(heads)
            return


def _best(path: Path, chosen: Pairs) -> tuple[int, int]:
    """The sheet and the row of the headings, both by the number of known ones."""
    best = (-1, 0, 1)
    for at in range(len(_titles(path))):
        for number, cells in islice(_rows(path, at), HEADING_ROWS):
            known = known_heads(cells, chosen)
            if known > best[0]:
                best = (known, at, number)
    return best[1], best[2]


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    """The workbook, whatever its file is called; raises BrokenSnapshot for one that cannot be read."""
    need_library("openpyxl", "flows_needs_openpyxl")
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra

    # it warns of looks that it does not know, and only the cells are read here
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    with ExitStack() as stack:
        try:
            with zipfile.ZipFile(path) as package:
                if sum(part.file_size for part in package.infolist()) > _LARGEST:
                    raise BrokenSnapshot("table_workbook")
            file = stack.enter_context(path.open("rb"))  # of a path openpyxl wants the name to end in .xlsx
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
            raise BrokenSnapshot("table_workbook") from error
        stack.callback(book.close)
        yield book


def _titles(path: Path) -> list[str]:
    with _opened(path) as book:
        return [sheet.title for sheet in book.worksheets]


def _rows(path: Path, at: int) -> Iterator[Row]:
    """The rows of a sheet that are not blank."""
    with _opened(path) as book:
        sheet = book.worksheets[at]
        sheet.reset_dimensions()  # what a file says of its size is often wrong
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [_text(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield number, cells


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat(" ", "milliseconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case float():
            return f"{int(cell)}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case _:
            return str(cell)
