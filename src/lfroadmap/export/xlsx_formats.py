"""The formats of the cells of a workbook, by column and type of value."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from lfroadmap.bidi.ltr_words import with_marks
from lfroadmap.report.formulas import is_formula
from lfroadmap.report.palette import palette
from lfroadmap.report.tables import Cell, Share
from lfroadmap.roadmap.progress import StandingTone
from lfroadmap.text import Direction, clean, direction
from lfroadmap.words import DateFormat

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]

SHARES = ("progress", "way")
"""Columns of percentages."""
_FIGURES = (
    "done_tasks", "all_tasks", "late", "late_tasks", "baseline", "target", "current", "done_by", "due_by",
    "planned_by", "count", "value", "days", "spend", "customers", "months", "numerator", "denominator",
    "days_late", "baseline_number", "current_number", "number",
)  # fmt: skip
"""Columns whose figures are aligned."""
_DAYS = ("deadline", "start", "done_on", "due", "next", "day", "since")
_PAPER = palette("paper")
_RULE, _HEAD, _HEAD_RULE, _MUTED = "#DDE2EC", _PAPER["raised"], _PAPER["border"], _PAPER["muted"]
_DAY_FORMATS: dict[DateFormat, str] = {
    "YYYY-MM-DD": "yyyy-mm-dd", "D.M.YYYY": "d.m.yyyy", "D/M/YYYY": "d\\/m\\/yyyy", "D MMM YYYY": "d mmm yyyy"
}  # fmt: skip
"""The slash has a sign before it, as a bare one is drawn as the sign of the reader's country."""
_ORDERS: dict[Direction, int] = {"ltr": 1, "rtl": 2}
_KINDS: dict[str, dict[str, object]] = {
    "tick": {"checkbox": True, "num_format": '"☑";;"☐"'},
    "number": {"num_format": "General"},
    "share": {"num_format": "0.0%", "bold": True},
    "exact_share": {"num_format": "0.00%"},
    "empty": {"text_wrap": True},
    "ltr": {"text_wrap": True, "reading_order": _ORDERS["ltr"]},
    "rtl": {"text_wrap": True, "reading_order": _ORDERS["rtl"]},
}
"""Properties by type of value.

The number format of a tick is for programs without checkboxes, which take TRUE for 1; Excel leaves TRUE
and FALSE as they are.
"""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAX_CELL = 32_767
"""Maximal number of UTF-16 units of a cell."""


def as_shown(cell: Cell, base: Direction) -> Cell:
    """A cell as it is written: in a right-to-left text signed words have marks, which keep them whole."""
    if not isinstance(cell, str):
        return cell
    text = plain_text(cell)
    return with_marks(text) if direction(text, base) == "rtl" else text


def plain_text(text: str) -> str:
    """The text without characters that a cell cannot have."""
    text = _NO_XML.sub("\ufffd", clean(text))
    if len(text) * 2 <= _MAX_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * _MAX_CELL].decode("utf-16-le", "ignore")


class Formats:
    """The formats of one workbook, each created once."""

    def __init__(self, book: Workbook, base: Direction, days: DateFormat) -> None:
        self.book = book
        self.base = base
        self.day = _DAY_FORMATS[days]
        """How days are written."""
        self.kinds = _KINDS | {
            "day": {"num_format": self.day},
            "moment": {"num_format": f"{self.day} hh:mm"},
        }
        self.made: dict[tuple[object, ...], Format] = {}

    def head(self, column: str) -> Format:
        """The format of a column heading."""
        properties = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": _HEAD}
        return self.make(properties | {"bottom": 1, "bottom_color": _HEAD_RULE} | self.side(column))

    def cell(self, column: str, cell: Cell, tone: StandingTone | None, *, is_tall: bool) -> Format:
        """The format of a cell in a table, also of an empty one, as values may be typed there later."""
        kind, quoted = self.kind(column, cell), _quote_prefix(cell)
        key = (column, kind, tone, is_tall, bool(quoted))
        if key not in self.made:
            properties: dict[str, object] = {
                "bottom": 1,
                "bottom_color": _RULE,
                "valign": "top" if is_tall else "vcenter",
            }
            properties |= self.side(column) | self.kinds[kind] | _font_color(tone) | quoted
            self.made[key] = self.make(properties)
        return self.made[key]

    def fact(self, column: str, cell: Cell, tone: StandingTone | None) -> Format:
        """The format of a value over a table."""
        return self.make(self.side("") | self.kinds[self.kind(column, cell)] | _font_color(tone))

    def label(self) -> Format:
        """The format of the name of a fact."""
        return self.make({"font_color": _MUTED} | self.side(""))

    def title(self, text: str) -> Format:
        """The format of the roadmap's title."""
        order = _ORDERS[direction(text, self.base)]
        properties = {"bold": True, "font_size": 16, "valign": "vcenter", "reading_order": order}
        return self.make(properties | self.side("") | _quote_prefix(text))

    def ink(self, tone: StandingTone) -> Format:
        """The format that a rule applies for a tone."""
        return self.make(_font_color(tone))

    def make(self, properties: dict[str, object]) -> Format:
        """The one format with these properties."""
        key = tuple(properties.items())
        if key not in self.made:
            self.made[key] = self.book.add_format(properties)
        return self.made[key]

    def side(self, column: str) -> dict[str, object]:
        """The alignment of a column; the filter arrow is at the end of its heading."""
        start, end = ("right", "left") if self.base == "rtl" else ("left", "right")
        if column == "done":
            return {"align": "center"}
        side = end if column in SHARES else "right" if column in _FIGURES else start
        return {"align": side, "indent": 2 if side == end else 1}

    def kind(self, column: str, cell: Cell) -> str:
        """The type of the value."""
        if isinstance(cell, str):
            if cell:
                return direction(cell, self.base)
            return "day" if column in _DAYS else "share" if column in SHARES else "empty"
        if isinstance(cell, bool):
            return "tick"
        if isinstance(cell, date):
            return "moment" if isinstance(cell, datetime) else "day"
        if isinstance(cell, Share):
            return "exact_share"
        return "share" if column in SHARES else "number"


def _quote_prefix(cell: Cell) -> dict[str, object]:
    """The property that keeps a text from becoming a formula when its cell is edited."""
    return {"quote_prefix": True} if isinstance(cell, str) and is_formula(cell) else {}


def _font_color(tone: StandingTone | None) -> dict[str, object]:
    return {"font_color": _PAPER[tone]} if tone else {}
