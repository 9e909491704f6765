"""The roadmap as an Excel workbook: an overview and three named tables, right to left in Hebrew.

Days are days, shares are shares, ticks are checkboxes; what was typed stays text, and nothing in the
workbook is a formula or a link.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from datetime import UTC, date
from functools import cached_property
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.export.formats import Snapshot
from lfroadmap.report.tables import Cell, Table, tables
from lfroadmap.roadmap.progress import Tally, overdue, stage_tally, tally
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import clean, direction, one_line

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_LONGEST = 32_767
"""Most characters of a cell."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMES = {"cards": "Cards", "tasks": "Tasks", "kpis": "KPIs"}
"""Table -> its name in the workbook, by which queries and formulas find it in any language."""
_WIDTHS = {
    "id": 12, "stage": 28, "card": 30, "owner": 18, "deadline": 12, "progress": 14, "done_tasks": 10,
    "all_tasks": 10, "goals": 44, "details": 44, "task": 60, "done": 8, "done_on": 12, "due": 12,
    "measure": 30, "definition": 38, "baseline": 12, "target": 18, "current": 14, "better": 18, "unit": 9,
    "standing": 18, "way": 14,
}  # fmt: skip
_LINE, _HIGHEST = 15, 400
"""Heights of a line, and of the highest row that Excel takes, in points."""
_SHARES = ("progress", "way")
_INKS = {"red": "#B3202C", "orange": "#965000", "green": "#136C3E"}
_BAR = "#C9D6F2"
_TITLE_ROWS = 5
"""Rows over the stages on the overview."""


def workbook(snapshot: Snapshot) -> bytes:
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
    for table in tables(snapshot.roadmap, snapshot.words).values():
        writer.table(table)
    book.close()
    return out.getvalue()


class _Writer:
    """Fills one workbook."""

    def __init__(self, book: Workbook, snapshot: Snapshot) -> None:
        self.book = book
        self.snapshot = snapshot
        self.words = snapshot.words
        self.is_rtl = self.words.direction == "rtl"
        self.labels = Labels(snapshot.roadmap.template, self.words.language)
        self.title = one_line(self.labels.of(snapshot.roadmap))
        created = snapshot.written().astimezone(UTC).replace(tzinfo=None)
        about = {"title": _plain(self.title), "author": _plain(snapshot.author), "created": created}
        book.set_properties(about)

    def format(self, **properties: object) -> Format:
        side = "right" if self.is_rtl else "left"
        return self.book.add_format({"valign": "top", "align": side, **properties})

    @cached_property
    def texts(self) -> dict[str, Format]:
        """The format of a text by the way it reads."""
        orders = {"ltr": 1, "rtl": 2}
        return {way: self.format(text_wrap=True, reading_order=order) for way, order in orders.items()}

    @cached_property
    def day(self) -> Format:
        return self.format(num_format="yyyy-mm-dd")

    @cached_property
    def number(self) -> Format:
        return self.format(num_format="General")

    @cached_property
    def share(self) -> Format:
        return self.format(num_format="0%", bold=True)

    @cached_property
    def tick(self) -> Format:
        return self.book.add_format({"valign": "top", "align": "center", "checkbox": True})

    def sheet(self, name: str) -> Worksheet:
        """A new sheet that reads and prints as the language does."""
        sheet = self.book.add_worksheet(self.words(f"sheet.{name}"))
        if self.is_rtl:
            sheet.right_to_left()
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def overview(self) -> None:
        """Where the roadmap stands, overall and by stage."""
        sheet = self.sheet("overview")
        for column, width in enumerate((44, 24, 16, 16)):
            sheet.set_column(column, column, width)
        self.head(sheet)
        heads = ("stage", "progress", "done_tasks", "all_tasks")
        bold = self.format(bold=True, bottom=1)
        for column, head in enumerate(heads):
            sheet.write_string(_TITLE_ROWS, column, self.words(f"sheet.{head}"), bold)
        stages = self.snapshot.roadmap.stages
        rows = [(self.words("report.overall"), tally(self.snapshot.roadmap))]
        rows += [(self.labels.of(stage), stage_tally(stage)) for stage in stages]
        for row, (name, counted) in enumerate(rows, _TITLE_ROWS + 1):
            self.row(sheet, row, heads, _tallied(name, counted))
        self.tones(sheet, 1, _TITLE_ROWS + 1, _TITLE_ROWS + len(rows))

    def head(self, sheet: Worksheet) -> None:
        """The title, the day, the time of writing, what is late."""
        sheet.set_row(0, 2 * _LINE)
        sheet.write_string(0, 0, _plain(self.title), self.format(bold=True, font_size=16))
        late = len(overdue(self.snapshot.roadmap, self.snapshot.today))
        facts: list[tuple[str, Cell]] = [
            (self.words("report.as_of"), self.snapshot.today),
            (self.words("report.late"), late),
        ]
        if self.snapshot.moment:
            facts.append((self.words("sheet.made"), f"{self.snapshot.moment:%Y-%m-%d %H:%M}"))
        for row, (name, value) in enumerate(facts, 1):
            self.row(sheet, row, ("", ""), (name, value))

    def table(self, table: Table) -> None:
        """A sheet with one table, its heads frozen; the ids, which an import needs, are hidden."""
        sheet = self.sheet(table.name)
        last = max(1, len(table.rows))
        bold = self.format(bold=True, bottom=1, text_wrap=True)  # not every program knows the table's style
        columns = [{"header": head, "header_format": bold} for head in table.heads(self.words)]
        style = {"name": _NAMES[table.name], "style": "Table Style Light 1", "columns": columns}
        sheet.add_table(0, 0, last, len(columns) - 1, style)
        sheet.set_row(0, 2 * _LINE)  # some heads take two lines
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _WIDTHS[column], None, {"hidden": column == "id"})
            if column in _SHARES:
                self.tones(sheet, at, 1, last)
        for row, cells in enumerate(table.rows, 1):
            self.row(sheet, row, table.columns, cells)

    def row(self, sheet: Worksheet, row: int, columns: Sequence[str], cells: Sequence[Cell]) -> None:
        lines = max(map(_lines, columns, cells))
        if lines > 1:
            sheet.set_row(row, min(lines * _LINE, _HIGHEST))
        for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            self.cell(sheet, row, at, cell, is_share=column in _SHARES)

    def cell(self, sheet: Worksheet, row: int, at: int, cell: Cell, *, is_share: bool) -> None:
        """Write a value as what it is; Excel knows no day before 1900."""
        if isinstance(cell, bool):
            sheet.insert_checkbox(row, at, cell, self.tick)
        elif isinstance(cell, date) and cell.year >= 1900:
            sheet.write_datetime(row, at, cell, self.day)
        elif isinstance(cell, int | float):
            sheet.write_number(row, at, cell, self.share if is_share else self.number)
        elif cell:
            text = _plain(str(cell))
            sheet.write_string(row, at, text, self.texts[direction(text, self.words.direction)])

    def tones(self, sheet: Worksheet, column: int, first: int, last: int) -> None:
        """A bar behind each share, its figure in the tone of the report."""
        orange, green = (limit / 100 for limit in self.snapshot.thresholds)
        rules = {"green": (">=", green), "orange": (">=", orange), "red": ("<", orange)}
        place = (first, column, last, column)
        blank = {"type": "blanks", "stop_if_true": True}
        sheet.conditional_format(*place, blank)
        for tone, (criterion, limit) in rules.items():
            ink = self.book.add_format({"font_color": _INKS[tone]})
            rule = {"type": "cell", "criteria": criterion, "value": limit, "format": ink}
            sheet.conditional_format(*place, rule)
        bar = {"type": "data_bar", "bar_solid": True, "bar_color": _BAR, "data_bar_2010": True}
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        sheet.conditional_format(*place, bar | ends)


def _lines(column: str, cell: Cell) -> int:
    """About how many lines a cell takes; some programs make no room for them by themselves."""
    width = _WIDTHS.get(column, _LONGEST)
    return sum(max(1, math.ceil(len(line) / width)) for line in str(cell).split("\n"))


def _tallied(name: str, counted: Tally) -> tuple[Cell, ...]:
    return (name, counted.percent / 100, counted.done, counted.total)


def _plain(text: str) -> str:
    """The text as a cell can hold it."""
    return _NO_XML.sub("\ufffd", clean(text))[:_LONGEST]
