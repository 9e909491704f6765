"""How the cells of a workbook look: their formats by column and by what stands in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from lfroadmap.report.formulas import is_formula
from lfroadmap.report.tables import Cell
from lfroadmap.roadmap.progress import Tone
from lfroadmap.text import Direction, direction

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]

SHARES = ("progress", "way")
"""Columns of percents."""
_FIGURES = ("done_tasks", "all_tasks", "late", "baseline", "target", "current")
"""Columns whose figures stand under each other."""
_DAYS = ("deadline", "done_on", "due", "next")
_INKS: dict[Tone, str] = {"red": "#B3202C", "orange": "#8A4B00", "green": "#136C3E"}
_RULE, _HEAD, _HEAD_RULE, _MUTED = "#DDE2EC", "#EEF1F8", "#7C89A6", "#566077"
_ORDERS: dict[Direction, int] = {"ltr": 1, "rtl": 2}
_KINDS: dict[str, dict[str, object]] = {
    "tick": {"checkbox": True, "num_format": '"☑";;"☐"'},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "day": {"num_format": "yyyy-mm-dd"},
    "number": {"num_format": "General"},
    "share": {"num_format": "0%", "bold": True},
    "empty": {"text_wrap": True},
    "ltr": {"text_wrap": True, "reading_order": _ORDERS["ltr"]},
    "rtl": {"text_wrap": True, "reading_order": _ORDERS["rtl"]},
}
"""What a cell asks for by what stands in it.

The number format of a tick is for programs that know no checkboxes and take TRUE for 1; Excel leaves TRUE
and FALSE as they are.
"""


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, base: Direction) -> None:
        self.book = book
        self.base = base
        self.made: dict[tuple[object, ...], Format] = {}

    def head(self, column: str) -> Format:
        """Of the head of a column."""
        look = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": _HEAD}
        return self.make(look | {"bottom": 1, "bottom_color": _HEAD_RULE} | self.side(column))

    def cell(self, column: str, cell: Cell, tone: Tone | None, *, is_tall: bool) -> Format:
        """Of a cell of a table, also an empty one: what is typed there later is to look like the rest."""
        kind, quoted = self.kind(column, cell), _quoted(cell)
        key = (column, kind, tone, is_tall, bool(quoted))
        if key not in self.made:
            look = {"bottom": 1, "bottom_color": _RULE, "valign": "top" if is_tall else "vcenter"}
            self.made[key] = self.make(look | self.side(column) | _KINDS[kind] | _inked(tone) | quoted)
        return self.made[key]

    def fact(self, column: str, cell: Cell, tone: Tone | None) -> Format:
        """Of a value over a table."""
        return self.make(self.side("") | _KINDS[self.kind(column, cell)] | _inked(tone))

    def label(self) -> Format:
        """Of the name of a fact."""
        return self.make({"font_color": _MUTED} | self.side(""))

    def title(self, text: str) -> Format:
        """Of the roadmap's title."""
        order = _ORDERS[direction(text, self.base)]
        look = {"bold": True, "font_size": 16, "valign": "vcenter", "reading_order": order}
        return self.make(look | self.side("") | _quoted(text))

    def ink(self, tone: Tone) -> Format:
        """Of what a rule finds to be of a tone."""
        return self.make(_inked(tone))

    def make(self, properties: dict[str, object]) -> Format:
        """The one format of these properties."""
        key = tuple(properties.items())
        if key not in self.made:
            self.made[key] = self.book.add_format(properties)
        return self.made[key]

    def side(self, column: str) -> dict[str, object]:
        """Where the cells of a column begin; the arrow of a filter stands at the end of its head."""
        start, end = ("right", "left") if self.base == "rtl" else ("left", "right")
        if column == "done":
            return {"align": "center"}
        side = end if column in SHARES else "right" if column in _FIGURES else start
        return {"align": side, "indent": 2 if side == end else 1}

    def kind(self, column: str, cell: Cell) -> str:
        """What sort of value it is."""
        if isinstance(cell, str):
            if cell:
                return direction(cell, self.base)
            return "day" if column in _DAYS else "share" if column in SHARES else "empty"
        if isinstance(cell, bool):
            return "tick"
        if isinstance(cell, date):
            return "moment" if isinstance(cell, datetime) else "day"
        return "share" if column in SHARES else "number"


def _quoted(cell: Cell) -> dict[str, object]:
    """What keeps a text from becoming a formula when its cell is edited and left again."""
    return {"quote_prefix": True} if isinstance(cell, str) and is_formula(cell) else {}


def _inked(tone: Tone | None) -> dict[str, object]:
    return {"font_color": _INKS[tone]} if tone else {}
