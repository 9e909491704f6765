"""The roadmap as an Excel workbook: an overview and more named tables, right to left in Hebrew.

Days are days, shares are shares, ticks are checkboxes; typed text stays text, and nothing in the
workbook is a formula. A cell that is an address of the web or of mail is a link.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date
from typing import TYPE_CHECKING

from lfroadmap.bidi.cutting import cut
from lfroadmap.bidi.marks import LRM, PDF, RLE
from lfroadmap.errors import RoadmapError
from lfroadmap.export.context import ExportContext
from lfroadmap.export.xlsx_charts import value_charts
from lfroadmap.export.xlsx_formats import SHARES, Formats, as_shown, plain_text
from lfroadmap.export.xlsx_lists import Lists
from lfroadmap.export.xlsx_tables import NAMES, tables_of, widths_of
from lfroadmap.report.formatting import format_extent, format_health
from lfroadmap.report.palette import palette
from lfroadmap.report.tables import Cell, Table, overview
from lfroadmap.roadmap.health import WORST_FIRST, Health, late_items, roadmap_health
from lfroadmap.roadmap.links import address_of
from lfroadmap.roadmap.progress import StandingTone, tally
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import Direction, direction, one_line

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_FIRST_MONTH = (1900, 3)
"""Before it Excel counts a day that never was, and other programs do not."""
_LATE = ("late", "late_tasks")
_TONES: dict[Health, StandingTone] = {"late": "late", "at_risk": "risk", "done": "done"}
_LINE, _AIR, _HEAD, _HIGHEST = 15, 3, 36, 400
"""Heights of a line, of the padding, of the headings, and of the highest row in Excel, in points."""
_WRAPPED = 1.2
"""Length of a text that wraps, whose lines end before words, by that of its letters."""
_BAR = palette("paper")["cursor"]
_SHORT = 100
"""Maximal number of characters where Excel takes 255: in file properties and page headers."""
_WHOLE = "A1:XFD1048576"
_MOST_LINKS = 60_000
"""Links of a sheet; Excel opens no file with more than 65,530."""
_FILLED_SHARE, _CLOSED_SHARE = 0.5, 0.9
"""Shares of the work that are done when all cells are written, and when the library has closed the file."""
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')


def workbook(context: ExportContext) -> bytes:
    """The whole file; raises RoadmapError where the library that writes it is not installed."""
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise RoadmapError("needs_xlsx") from error
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, {**options, "strings_to_numbers": False})
    writer = _Writer(book, context)
    writer.overview()
    all_tables = tables_of(context)
    rows = max(sum(len(table.rows) for table in all_tables), 1)
    for table in all_tables:
        writer.table(table, len(table.rows) / rows)
    book.close()
    context.progress.reach(_CLOSED_SHARE)
    growing = _with_growing_rows(out)
    context.progress.reach(1.0)
    return growing


def _with_growing_rows(written: io.BytesIO) -> bytes:
    """The workbook with automatic row heights; the library fixes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as growing:
        for part in parts.infolist():
            data = parts.read(part)
            is_sheet = part.filename.startswith("xl/worksheets/sheet")
            growing.writestr(part, _FIXED_HEIGHT.sub(rb"\1", data) if is_sheet else data)
    return out.getvalue()


class _Writer:
    """Writes one workbook."""

    def __init__(self, book: Workbook, context: ExportContext) -> None:
        self.book = book
        self.context = context
        self.words = context.words
        self.formats = Formats(book, self.words.direction, self.words.day_format)
        self.lists = Lists(context.roadmap, context.words)
        labels = Labels(context.roadmap.template, self.words.language)
        self.title = plain_text(one_line(labels.of(context.roadmap)))
        self.late = {item.node.id for item in late_items(context.roadmap, context.today)}
        self.healths = {format_health(health, self.words): health for health in WORST_FIRST}
        self.links: Counter[str] = Counter()
        """Links by sheet."""
        created = context.written().astimezone(UTC).replace(tzinfo=None)
        about = {
            "title": _short(self.title),
            "author": _short(plain_text(context.author)),
            "created": created,
        }
        book.set_properties(about)

    def sheet(self, name: str) -> Worksheet:
        """A new sheet that reads and prints in the direction of the language."""
        sheet = self.book.add_worksheet(self.words(f"sheet.{name}"))
        start, end = ("R", "L") if self.words.direction == "rtl" else ("L", "R")
        if self.words.direction == "rtl":
            sheet.right_to_left()
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.65)
        if name != "overview":  # the title is in the sheet already
            way = direction(self.title, self.words.direction)
            sheet.set_header(f"&{start}{_on_paper(self.title, way)}", {"margin": 0.35})
        sheet.set_footer(f"&{start}&A&{end}&P / &N", {"margin": 0.3})
        return sheet

    def overview(self) -> None:
        """The sheet with the progress and health, overall and by stage."""
        sheet = self.sheet("overview")
        sheet.hide_gridlines(2)
        context = self.context
        table = overview(context.roadmap, self.words, context.today, context.thresholds.risk_days)
        self.fill(sheet, table, self.facts(sheet, table))

    def facts(self, sheet: Worksheet, stages: Table) -> int:
        """The title and the most important facts; returns the first row for the stages."""
        sheet.set_row(0, 3 * _LINE)
        sheet.write_string(0, 0, self.title, self.formats.title(self.title))
        context, (done, total) = self.context, tally(self.context.roadmap)
        health, late = roadmap_health(context.roadmap, context.today, context.thresholds.risk_days)
        days = [row[-1] for row in stages.rows if isinstance(row[-1], date)]
        facts: list[tuple[str, str, Cell]] = [
            ("report.as_of", "", context.today),
            ("report.overall", "progress", tally(context.roadmap).share),
            ("health.title", "health", format_health(health, self.words)),
            ("report.tasks", "", self.words("report.of", done=done, total=total)),
            ("sheet.late", "late", late.cards),
            ("sheet.late_tasks", "late_tasks", late.tasks),
            ("sheet.next", "", min(days, default="")),
        ]
        if context.part:
            facts.append(("report.extent", "", format_extent(context.choices.owner, self.words)))
        if context.moment:
            facts.append(("sheet.made", "", context.moment.replace(tzinfo=None)))
        shown = {"health": format_health(health, self.words)}
        for row, (name, column, value) in enumerate(facts, 1):
            sheet.write_string(row, 0, self.words(name), self.formats.label())
            tone = self.tone(column, {column: value} | shown) if column else None
            cell_format = self.formats.fact(column, value, tone)
            self.write(sheet, row, 1, value, cell_format)
        self.tones(sheet, (2, 1, 2, 1), neutral=True)
        return len(facts) + 2

    def table(self, table: Table, part: float) -> None:
        """A sheet with one table; `part` is its share of all rows."""
        sheet = self.sheet(table.name)
        self.fill(sheet, table, 0, part)
        if table.titles:  # the columns of fields have no room on paper
            plain = len(table.columns) - len(table.titles)
            sheet.print_area(0, 0, max(len(table.rows), 1), plain - 1)
        self.lists.add(sheet, table)
        if table.name == "kpi_values":
            value_charts(self.book, sheet, table, self.words, self.formats.day)

    def fill(self, sheet: Worksheet, table: Table, top: int, part: float = 0.0) -> None:
        """Write a table from a row on, with its headings frozen and repeated on every page.

        The ids, which an import needs, are hidden.
        """
        rows = table.rows or (("",) * len(table.columns),)  # Excel takes no table without a row
        widths = widths_of(table)
        self.heads(sheet, table, top, top + len(rows))
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, widths[column], None, {"hidden": column == "id"})
            if column in SHARES:
                place = (top + 1, at, top + len(rows), at)
                self.tones(sheet, place, neutral=column == "progress")
        progress = self.context.progress
        end = progress.share + _FILLED_SHARE * part
        for row, cells in enumerate(progress.track(rows, len(rows), progress.share, end), top + 1):
            self.row(sheet, row, dict(zip(table.columns, cells, strict=True)), widths)

    def heads(self, sheet: Worksheet, table: Table, top: int, last: int) -> None:
        headings = zip(table.heads(self.words), table.columns, strict=True)
        heads = [{"header": head, "header_format": self.formats.head(column)} for head, column in headings]
        about = {"name": NAMES[table.name], "style": None, "columns": heads}
        sheet.add_table(top, 0, last, len(heads) - 1, about)
        sheet.set_row(top, _HEAD)  # some headings take two lines
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        sheet.ignore_errors({"number_stored_as_text": _WHOLE})  # no mark at a target of `+8%`

    def row(self, sheet: Worksheet, row: int, cells: Mapping[str, Cell], widths: Mapping[str, int]) -> None:
        """Write a row of a table, as high as its visible text."""
        shown = {column: as_shown(cell, self.words.direction) for column, cell in cells.items()}
        lines = max(_lines(cell, widths[column]) for column, cell in shown.items() if column != "id")
        sheet.set_row(row, min(lines * _LINE + _AIR, _HIGHEST))
        for at, (column, cell) in enumerate(shown.items()):
            cell_format = self.formats.cell(column, cell, self.tone(column, cells), is_tall=lines > 1)
            self.write(sheet, row, at, cell, cell_format)

    def tone(self, column: str, cells: Mapping[str, Cell]) -> StandingTone | None:
        """The tone of a cell by its row; rules of the sheet color the shares above 0."""
        cell, health = cells[column], self.healths.get(str(cells.get("health", "")))
        if column == "health":
            return _TONES.get(health) if health else None
        if column == "progress":
            return "late" if health == "late" and not cell else None
        is_late = cells.get("id") in self.late if column in ("deadline", "due") else column in _LATE and cell
        return "late" if is_late else None

    def write(self, sheet: Worksheet, row: int, at: int, cell: Cell, cell_format: Format) -> None:
        """Write a value by its type."""
        if isinstance(cell, bool):
            sheet.insert_checkbox(row, at, cell, cell_format)
        elif isinstance(cell, date) and (cell.year, cell.month) >= _FIRST_MONTH:
            sheet.write_datetime(row, at, cell, cell_format)
        elif isinstance(cell, int | float):
            sheet.write_number(row, at, cell, cell_format)
        elif cell == "":
            sheet.write_blank(row, at, None, cell_format)
        elif (address := address_of(str(cell))) and self.links[sheet.name] < _MOST_LINKS:
            self.links[sheet.name] += 1
            sheet.write_url(row, at, address, cell_format, str(cell))
        else:
            sheet.write_string(row, at, str(cell), cell_format)

    def tones(self, sheet: Worksheet, place: tuple[int, int, int, int], *, neutral: bool) -> None:
        """A bar behind each share, and its figure in the tone of the report.

        Where 0 % is `neutral`, the cell's own format says whether it is late.
        """
        if neutral:
            zero = {"type": "cell", "criteria": "==", "value": 0, "stop_if_true": True}
            sheet.conditional_format(*place, zero)
        limits = self.context.thresholds
        orange, green = limits.orange / 100, limits.green / 100
        tones: dict[StandingTone, tuple[str, float]] = {
            "done": (">=", green), "risk": (">=", orange), "late": ("<", orange)
        }  # fmt: skip
        for tone, (criteria, limit) in tones.items():
            rule = {"type": "cell", "criteria": criteria, "value": limit, "format": self.formats.ink(tone)}
            sheet.conditional_format(*place, rule)
        bar = {"type": "data_bar", "bar_solid": True, "bar_color": _BAR, "data_bar_2010": True}
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        sheet.conditional_format(*place, bar | ends)


def _lines(cell: Cell, width: int) -> int:
    """Approximate number of lines of a cell; not every program sets the height itself."""
    if not isinstance(cell, str):
        return 1
    parts = (len(line) / _letters(line, width) for line in cell.split("\n"))
    return sum(1 if part <= 1 else math.ceil(part * _WRAPPED) for part in parts)


def _letters(line: str, width: int) -> float:
    """The number of letters of a line that fit, in the wider fonts that stand in for Excel's too."""
    return (width - 1) * (1.06 if line.isascii() else 1)


def _short(text: str) -> str:
    return cut(text, _SHORT)


def _on_paper(text: str, way: Direction) -> str:
    """The text as a line of a page header, which has no direction of its own.

    There `&` begins a code and is doubled; before `G` and `[` the library would still take it for a picture.
    """
    line = re.sub(r"&(?=[G\[])", f"&{LRM}", _short(text).replace("&", "&&"))
    return f"{RLE}{line}{PDF}" if way == "rtl" else line
