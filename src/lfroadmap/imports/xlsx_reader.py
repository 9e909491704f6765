"""The sheets of a workbook as rows of texts: the visible content of the cells, as it would be typed.

Only the names of the sheets, the texts, the formats that make a number a day or a percentage, the cells and
their merged ranges are read, within the limits of the package; charts, comments, names and the like are
never opened.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime

from lfroadmap.bidi.ltr_words import without_added_marks
from lfroadmap.errors import BrokenSnapshot
from lfroadmap.imports.sheet import Merge, Sheet
from lfroadmap.imports.xlsx_package import MAX_LISTED, Package, PartReader
from lfroadmap.imports.xlsx_styles import Styles
from lfroadmap.imports.xlsx_texts import SharedTexts, TextReader, unescape
from lfroadmap.roadmap.foreign_days import EPOCH
from lfroadmap.roadmap.table_rows import CellFault, NumberCell, NumberedRow

_MAX_CELLS = 32 * 1024 * 1024
"""Maximal number of characters of all cells together."""
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,8}):([A-Z]{1,3})(\d{1,8})", re.ASCII)
_BEHIND_MERGES = ("conditionalFormatting", "dataValidations", "hyperlinks")
"""Elements that stand behind all merged ranges."""


def sheets(data: bytes, columns: int) -> Iterator[Sheet]:
    """The sheets with their non-empty rows, up to `columns`.

    The rows of a sheet must be read before the next one is requested. Raises BrokenSnapshot.
    """
    package = Package(data)
    main = _targets(package, "_rels/.rels", "/officeDocument", "").values()
    path = next((name for name in main if package.has(name)), "xl/workbook.xml")
    if not package.has(path):
        raise BrokenSnapshot("table_workbook")
    yield from _Workbook(package, path, columns).sheets()


def _targets(package: Package, path: str, kind: str, folder: str) -> dict[str, str]:
    """Id -> name of each part of a kind in a list of relations."""
    targets: dict[str, str] = {}

    def relation(attributes: dict[str, str]) -> None:
        if len(targets) >= MAX_LISTED:
            raise package.too_large(path)
        if attributes.get("Type", "").endswith(kind) and attributes.get("TargetMode") != "External":
            target = posixpath.join("/", folder, attributes.get("Target", ""))
            targets[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    if package.has(path):
        package.read(path, PartReader({"Relationship": relation}))
    return targets


class _Workbook:
    """The shared parts of a workbook."""

    def __init__(self, package: Package, path: str, columns: int) -> None:
        folder, _, name = path.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{name}.rels")

        def part(kind: str) -> str:
            return next(iter(_targets(package, rels, kind, folder).values()), "")

        self.package, self.path, self.columns = package, path, columns
        self.parts = _targets(package, rels, "/worksheet", folder)
        self.names: list[tuple[str, str, bool]] = []
        self.epoch = EPOCH
        self.remaining = _MAX_CELLS
        """Characters that may still be read; a shared text counts once for each cell with it."""
        package.read(path, PartReader({"sheet": self.sheet, "workbookPr": self.properties}))
        self.texts = SharedTexts(package, part("/sharedStrings"))
        self.styles = Styles(package, part("/styles"))

    def sheet(self, attributes: dict[str, str]) -> None:
        if len(self.names) >= MAX_LISTED:
            raise self.package.too_large(self.path)
        ids = (value for name, value in attributes.items() if name.rpartition(":")[2] == "id")
        is_hidden = attributes.get("state", "visible") != "visible"
        self.names.append((attributes.get("name", "")[:255], next(ids, ""), is_hidden))

    def properties(self, attributes: dict[str, str]) -> None:
        if attributes.get("date1904") in ("1", "true"):
            self.epoch = date(1904, 1, 1)

    def sheets(self) -> Iterator[Sheet]:
        """The worksheets in order, without chart sheets."""
        for title, key, is_hidden in self.names:
            part = self.parts.get(key, "")
            if self.package.has(part):
                reader = _Sheet(self, part)
                reader.sheet = Sheet(title, reader.rows(), is_hidden, has_faults=True, first_day=self.epoch)
                yield reader.sheet

    def value(self, kind: str, style: int, text: str) -> str:
        """The visible content of a cell, as it would be typed."""
        if kind == "s":
            return without_added_marks(self.texts[int(text)]) if text.isdecimal() and len(text) < 10 else ""
        if kind == "b":
            return "TRUE" if text.strip() in ("1", "true") else "FALSE"
        if kind in ("str", "inlineStr", "e"):
            return CellFault(text) if kind == "e" else without_added_marks(unescape(text))
        if kind == "d":
            with suppress(ValueError):  # another format of days: it stays as it is
                return datetime.fromisoformat(text.strip()).date().isoformat()
            return text
        return self.number(text.strip(), style)

    def number(self, text: str, style: int) -> str:
        """A number, or the day or time in its format."""
        try:
            number = float(text)
            whole = int(number)
        except (ValueError, OverflowError):  # not a number, or infinite
            return text
        with suppress(OverflowError):  # no day of our calendar: the number itself
            if shown := self.styles.format_number(style, number, self.epoch):
                return shown
        if text.isdecimal():
            shown = text.lstrip("0") or "0"
        else:
            shown = str(whole) if number == whole and abs(number) < 1e15 else repr(number)
        currency = self.styles.currency(style)
        return NumberCell(shown, currency) if currency or "." in shown else shown


class _Sheet(TextReader):
    """The cells of one sheet, row by row."""

    def __init__(self, book: _Workbook, part: str) -> None:
        super().__init__(
            book.package,
            part,
            {
                "row": self.begin_row,
                "c": self.begin_cell,
                "f": self.formula,
                "mergeCell": self.merge,
                **dict.fromkeys(_BEHIND_MERGES, self.leave),
            },
            {"c": self.end_cell, "row": self.end_row, "sheetData": self.end_cells, "mergeCells": self.finish},
        )
        self.sheet = Sheet("", iter(()))
        self._book = book
        self._rows: list[NumberedRow] = []
        self._cells: list[str] = []
        self._columns = {_letters(number): number for number in range(1, book.columns + 1)}
        self._row = self._column = 0
        self._place = ""
        self._is_formula = False
        self._attributes: dict[str, str] = {}

    def rows(self) -> Iterator[NumberedRow]:
        """The non-empty rows."""
        for _ in self._package.parse(self._part, self):
            yield from self._rows
            self._rows.clear()

    def begin_row(self, attributes: dict[str, str]) -> None:
        self._row = _number(attributes.get("r", "")) or self._row + 1
        self._place = ""
        self._column = 0
        self._cells = []
        if attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_rows += 1

    def begin_cell(self, attributes: dict[str, str]) -> None:
        """Start a cell; its attributes are parsed only if it has content, as most may be empty."""
        self._attributes = attributes
        self._is_formula = False
        if place := attributes.get("r", ""):
            self._place = place
        else:
            self._column, self._place = self._column_number() + 1, ""
        self.clear()

    def formula(self, attributes: dict[str, str]) -> None:
        """Note a formula, whose result may be missing."""
        self._is_formula = True

    def _column_number(self) -> int:
        """The number of the cell's column, from 1."""
        if self._place:
            letters = self._place.rstrip("0123456789")
            self._column = self._columns.get(letters, self._book.columns + 1)
        return self._column

    def end_cell(self) -> None:
        if not (self._chunks or self._is_formula) or self._column_number() > self._book.columns:
            return
        kind, style = self._attributes.get("t", "n"), _number(self._attributes.get("s", ""))
        if self._chunks:
            value = self._book.value(kind, style, self.content)
        else:
            value = "" if kind == "str" else CellFault("")  # a formula may come to an empty text
        if len(value) > self._book.remaining:
            raise self._package.too_large(self._part)
        self._book.remaining -= len(value)
        self._cells += [""] * (self._column - len(self._cells))
        self._cells[self._column - 1] = value

    def end_row(self) -> None:
        if any(cell or cell.__class__ is CellFault for cell in self._cells):
            self._rows.append((self._row, self._cells))

    def end_cells(self) -> None:
        """Only merged ranges are read behind the cells."""
        self.skip("row", "c", "f", "t", "v", "rPh")

    def leave(self, attributes: dict[str, str]) -> None:
        """Leave the part where no merged ranges can follow."""
        self.finish()

    def merge(self, attributes: dict[str, str]) -> None:
        """Note a merged range."""
        if len(self.sheet.merges) >= MAX_LISTED:
            raise self._package.too_large(self._part)
        found = _RANGE.fullmatch(attributes.get("ref", "")[:40])
        left, right = (self._columns.get(found[n], 0) for n in (1, 3)) if found else (0, 0)
        if found and left:
            last = right or self._book.columns
            self.sheet.merges.append(Merge(_number(found[2]), _number(found[4]), left - 1, last - 1))


def _number(text: str) -> int:
    """A positive number as written in the parts; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _letters(number: int) -> str:
    """The name of a column: the 28th is AB."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
