"""The cell formats that show numbers as days, times, durations, percentages or amounts of a currency."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from lfroadmap.imports.xlsx_package import MAX_LISTED, Package, PartReader
from lfroadmap.roadmap.calculators.numbers import currency_sign

_MAX_FORMATS = 100_000
"""Maximal number of cell formats; Excel takes 65,490."""
_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The built-in number formats of days and times."""
_DURATION = 46
_PERCENTS = (9, 10)
_LITERALS = re.compile(r'"[^"]*+"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*+\]', re.IGNORECASE)
_SIGNS = re.compile(r'\[\$([^\]-]*)[^\]]*+\]|"([^"]*+)"|([^\w\s])')
"""What may be the sign of a currency in the code of a format: `[$€-2]`, `"NIS"`, `$`."""


class _CellFormat(NamedTuple):
    """How a cell shows its number."""

    kind: str
    """`day`, `duration`, `percent`, or empty."""
    currency: str = ""
    """The sign of a currency."""


class Styles(PartReader):
    """The cell formats that show days, times, percentages or amounts of a currency."""

    def __init__(self, package: Package, part: str) -> None:
        super().__init__(
            {"numFmt": self.format, "cellXfs": self.begin, "xf": self.cell}, {"cellXfs": self.finish}
        )
        self._package, self._part = package, part
        self._codes: dict[str, _CellFormat] = {}
        self._formats: list[_CellFormat] = []
        self._in_cells = False
        if package.has(part):
            package.read(part, self)

    def format(self, attributes: dict[str, str]) -> None:
        """A custom number format."""
        if len(self._codes) >= MAX_LISTED:
            raise self._package.too_large(self._part)
        self._codes[attributes.get("numFmtId", "")] = _format_of(attributes.get("formatCode", "")[:1000])

    def begin(self, attributes: dict[str, str]) -> None:
        """The start of the cell formats, behind those of named styles."""
        self._in_cells = True

    def cell(self, attributes: dict[str, str]) -> None:
        """A cell format."""
        if not self._in_cells:
            return
        if len(self._formats) >= _MAX_FORMATS:
            raise self._package.too_large(self._part)
        key = attributes.get("numFmtId", "0")
        format_id = int(key) if key.isdecimal() and len(key) < 4 else 0
        self._formats.append(self._codes.get(key, _CellFormat(_built_in(format_id))))

    def currency(self, style: int) -> str:
        """The sign of the currency that a cell shows beside its number; empty where it shows none."""
        return self._formats[style].currency if style < len(self._formats) else ""

    def format_number(self, style: int, number: float, epoch: date) -> str:
        """The day, time, duration or percentage for a number; empty where it is a plain number."""
        kind = self._formats[style].kind if style < len(self._formats) else ""
        if not kind:
            return ""
        if kind == "percent":
            return f"{round(number * 100, 9):.15g}%"
        days, rest = divmod(number, 1)
        time = timedelta(milliseconds=round(rest * 86_400_000))
        if kind == "duration":
            return str(timedelta(days=days) + time)
        if days == 0 and time.days == 0:
            return str((datetime.min + time).time())
        if 0 < number < 60 and epoch.year == 1899:  # Excel counts a day that never was behind these
            days += 1
        return (epoch + timedelta(days=days + time.days)).isoformat()


def _built_in(format_id: int) -> str:
    """The type of a built-in number format."""
    if format_id == _DURATION:
        return "duration"
    return "percent" if format_id in _PERCENTS else "day" if format_id in _DAYS else ""


def _format_of(code: str) -> _CellFormat:
    """The format that a code means; built-in codes name no currency, as theirs is that of the computer."""
    shown = code.split(";", 1)[0]
    signs = (currency_sign("".join(filter(None, found))) for found in _SIGNS.findall(shown))
    return _CellFormat(_kind(shown), next(filter(None, signs), ""))


def _kind(shown: str) -> str:
    """The type of the first part of a number format: `day`, `duration`, `percent`, or empty."""
    bare = _LITERALS.sub("", shown).lower()
    if re.search(r"\[[hms]+\]", bare):
        return "duration"
    return "percent" if "%" in bare else "day" if re.search("[dmhys]", bare) else ""
