"""The roadmap as an Excel workbook: an overview and three more named tables, right to left in Hebrew.

Days are days, shares are shares, ticks are checkboxes; what was typed stays text, and nothing in the
workbook is a formula or a link.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, date
from typing import TYPE_CHECKING

from lfroadmap.bidi.marks import LRM, PDF, RLE
from lfroadmap.errors import RoadmapError
from lfroadmap.export.context import ExportContext
from lfroadmap.export.xlsx_formats import SHARES, Formats
from lfroadmap.report.history_section import table as changes
from lfroadmap.report.tables import Cell, Table, overview, tables
from lfroadmap.roadmap.progress import Tone, overdue, tally
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import Direction, clean, direction, one_line

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_LONGEST = 32_767
"""Most UTF-16 units of a cell."""
_FIRST_MONTH = (1900, 3)
"""Before it Excel counts a day that never was, and other programs do not."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMES = {
    "overview": "Overview", "cards": "Cards", "tasks": "Tasks", "kpis": "KPIs", "history": "Changes"
}  # fmt: skip
"""Table -> its name in the workbook, by which queries and formulas find it in any language."""
_WIDTHS = {
    "id": 12, "stage": 36, "card": 40, "owner": 18, "deadline": 12, "progress": 13, "done_tasks": 11,
    "all_tasks": 11, "late": 11, "next": 16, "goals": 42, "details": 42, "task": 62, "done": 8,
    "done_on": 12, "due": 12, "measure": 28, "definition": 40, "baseline": 13, "target": 18, "current": 12,
    "better": 22, "unit": 8, "standing": 20, "way": 13, "time": 18, "author": 16, "change": 60, "before": 36,
    "after": 36,
}  # fmt: skip
_WIDTHS_OF_OVERVIEW = {"stage": 40, "progress": 26}
_LINE, _AIR, _HEAD, _HIGHEST = 15, 3, 36, 400
"""Heights of a line, of the air below, of the heads, and of the highest row that Excel takes, in points."""
_BAR = "#D0DCF5"
_SHORT = 100
"""Most characters where Excel takes 255: in the properties of a file, and at the head of a printed page."""
_WHOLE = "A1:XFD1048576"
_FILLED, _CLOSED = 0.5, 0.9
"""Shares of the work that are done when all cells are told, and when the library has written them down."""
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')


def workbook(snapshot: ExportContext) -> bytes:
    """The whole file; raises RoadmapError where the library that writes it is not installed."""
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise RoadmapError("needs_xlsx") from error
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, {**options, "strings_to_numbers": False})
    writer = _Writer(book, snapshot)
    writer.overview()
    told = _tables(snapshot)
    rows = max(sum(len(table.rows) for table in told), 1)
    for table in told:
        writer.table(table, len(table.rows) / rows)
    book.close()
    snapshot.pace.reach(_CLOSED)
    grown = _growing(out)
    snapshot.pace.reach(1.0)
    return grown


def _tables(snapshot: ExportContext) -> list[Table]:
    """The tables that have a sheet of their own."""
    told = [*tables(snapshot.roadmap, snapshot.words).values()]
    return told if snapshot.history is None else [*told, changes(snapshot.history)]


def _growing(written: io.BytesIO) -> bytes:
    """The workbook with rows that grow with what is typed into them; the library fixes their heights."""
    out = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as grown:
        for part in parts.infolist():
            data = parts.read(part)
            is_sheet = part.filename.startswith("xl/worksheets/sheet")
            grown.writestr(part, _FIXED_HEIGHT.sub(rb"\1", data) if is_sheet else data)
    return out.getvalue()


class _Writer:
    """Fills one workbook."""

    def __init__(self, book: Workbook, snapshot: ExportContext) -> None:
        self.book = book
        self.snapshot = snapshot
        self.words = snapshot.words
        self.formats = Formats(book, self.words.direction)
        labels = Labels(snapshot.roadmap.template, self.words.language)
        self.title = _plain(one_line(labels.of(snapshot.roadmap)))
        self.late = {card.id for card in overdue(snapshot.roadmap, snapshot.today)}
        created = snapshot.written().astimezone(UTC).replace(tzinfo=None)
        about = {"title": _short(self.title), "author": _short(_plain(snapshot.author)), "created": created}
        book.set_properties(about)

    def sheet(self, name: str) -> Worksheet:
        """A new sheet that reads and prints as the language does."""
        sheet = self.book.add_worksheet(self.words(f"sheet.{name}"))
        start, end = ("R", "L") if self.words.direction == "rtl" else ("L", "R")
        if self.words.direction == "rtl":
            sheet.right_to_left()
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.65)
        if name != "overview":  # the title stands there already
            way = direction(self.title, self.words.direction)
            sheet.set_header(f"&{start}{_on_paper(self.title, way)}", {"margin": 0.35})
        sheet.set_footer(f"&{start}&A&{end}&P / &N", {"margin": 0.3})
        return sheet

    def overview(self) -> None:
        """Where the roadmap stands, overall and by stage."""
        sheet = self.sheet("overview")
        sheet.hide_gridlines(2)
        table = overview(self.snapshot.roadmap, self.words, self.snapshot.today)
        self.fill(sheet, table, self.facts(sheet, table))

    def facts(self, sheet: Worksheet, stages: Table) -> int:
        """The title and what is asked first; returns the row at which the stages may begin."""
        sheet.set_row(0, 3 * _LINE)
        sheet.write_string(0, 0, self.title, self.formats.title(self.title))
        done, total = tally(self.snapshot.roadmap)
        days = [row[-1] for row in stages.rows if isinstance(row[-1], date)]
        facts: list[tuple[str, str, Cell]] = [
            ("report.as_of", "", self.snapshot.today),
            ("report.overall", "progress", done * 100 // total / 100 if total else 0),
            ("report.tasks", "", self.words("report.of", done=done, total=total)),
            ("sheet.late", "late", len(overdue(self.snapshot.roadmap, self.snapshot.today))),
            ("sheet.next", "", min(days, default="")),
        ]
        if self.snapshot.part:
            facts.append(("report.extent", "", self.words("report.part")))
        if self.snapshot.moment:
            facts.append(("sheet.made", "", self.snapshot.moment.replace(tzinfo=None)))
        for row, (name, column, value) in enumerate(facts, 1):
            sheet.write_string(row, 0, self.words(name), self.formats.label())
            look = self.formats.fact(column, value, self.tone(column, value))
            self.write(sheet, row, 1, value, look)
        self.tones(sheet, (2, 1, 2, 1))
        return len(facts) + 2

    def table(self, table: Table, part: float) -> None:
        """A sheet with one table, whose rows are that part of all rows."""
        self.fill(self.sheet(table.name), table, 0, part)

    def fill(self, sheet: Worksheet, table: Table, top: int, part: float = 0.0) -> None:
        """Write a table from a row on, its heads frozen and on every page.

        The ids, which an import needs, are hidden.
        """
        rows = table.rows or (("",) * len(table.columns),)  # Excel takes no table without a row
        widths = _WIDTHS | (_WIDTHS_OF_OVERVIEW if table.name == "overview" else {})
        self.heads(sheet, table, top, top + len(rows))
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, widths[column], None, {"hidden": column == "id"})
            if column in SHARES:
                self.tones(sheet, (top + 1, at, top + len(rows), at))
        pace = self.snapshot.pace
        reached = pace.share + _FILLED * part
        for row, cells in enumerate(pace.through(rows, len(rows), pace.share, reached), top + 1):
            self.row(sheet, row, dict(zip(table.columns, cells, strict=True)), widths)

    def heads(self, sheet: Worksheet, table: Table, top: int, last: int) -> None:
        named = zip(table.heads(self.words), table.columns, strict=True)
        heads = [{"header": head, "header_format": self.formats.head(column)} for head, column in named]
        about = {"name": _NAMES[table.name], "style": None, "columns": heads}
        sheet.add_table(top, 0, last, len(heads) - 1, about)
        sheet.set_row(top, _HEAD)  # some heads take two lines
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        sheet.ignore_errors({"number_stored_as_text": _WHOLE})  # no mark at a target of `+8%`

    def row(self, sheet: Worksheet, row: int, cells: Mapping[str, Cell], widths: Mapping[str, int]) -> None:
        """Write a row of a table, as high as what is seen of it."""
        shown = {column: _plain(cell) if isinstance(cell, str) else cell for column, cell in cells.items()}
        lines = max(_lines(cell, widths[column]) for column, cell in shown.items() if column != "id")
        sheet.set_row(row, min(lines * _LINE + _AIR, _HIGHEST))
        for at, (column, cell) in enumerate(shown.items()):
            tone = self.tone(column, cell, cells.get("id", ""))
            self.write(sheet, row, at, cell, self.formats.cell(column, cell, tone, is_tall=lines > 1))

    def tone(self, column: str, cell: Cell, node: Cell = "") -> Tone | None:
        """Red for what is late, a card by its id; shares have theirs by rules of the sheet."""
        is_late = node in self.late if column == "deadline" else column == "late" and cell
        return "red" if is_late else None

    def write(self, sheet: Worksheet, row: int, at: int, cell: Cell, look: Format) -> None:
        """Write a value as what it is."""
        if isinstance(cell, bool):
            sheet.insert_checkbox(row, at, cell, look)
        elif isinstance(cell, date) and (cell.year, cell.month) >= _FIRST_MONTH:
            sheet.write_datetime(row, at, cell, look)
        elif isinstance(cell, int | float):
            sheet.write_number(row, at, cell, look)
        elif cell == "":
            sheet.write_blank(row, at, None, look)
        else:
            sheet.write_string(row, at, str(cell), look)

    def tones(self, sheet: Worksheet, place: tuple[int, int, int, int]) -> None:
        """A bar behind each share, its figure in the tone of the report."""
        orange, green = (limit / 100 for limit in self.snapshot.thresholds)
        tones: dict[Tone, tuple[str, float]] = {
            "green": (">=", green), "orange": (">=", orange), "red": ("<", orange)
        }  # fmt: skip
        for tone, (criteria, limit) in tones.items():
            rule = {"type": "cell", "criteria": criteria, "value": limit, "format": self.formats.ink(tone)}
            sheet.conditional_format(*place, rule)
        bar = {"type": "data_bar", "bar_solid": True, "bar_color": _BAR, "data_bar_2010": True}
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        sheet.conditional_format(*place, bar | ends)


def _lines(cell: Cell, width: int) -> int:
    """About how many lines a cell takes; not every program makes room for them by itself."""
    if not isinstance(cell, str):
        return 1
    return sum(max(1, math.ceil(len(line) / _letters(line, width))) for line in cell.split("\n"))


def _letters(line: str, width: int) -> float:
    """How many letters of a line fit; widths are counted in figures, than which most letters are narrower."""
    return (width - 1) * (1.12 if line.isascii() else 1)


def _plain(text: str) -> str:
    """The text as a cell can hold it."""
    text = _NO_XML.sub("\ufffd", clean(text))
    if len(text) * 2 <= _LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _on_paper(text: str, way: Direction) -> str:
    """The text as a line at the head of a page, which knows no direction of its own.

    There `&` begins a code and is doubled; before `G` and `[` the library would still take it for a picture.
    """
    line = re.sub(r"&(?=[G\[])", f"&{LRM}", _short(text).replace("&", "&&"))
    return f"{RLE}{line}{PDF}" if way == "rtl" else line
