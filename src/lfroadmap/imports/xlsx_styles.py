"""The cell formats that show numbers as days, times, durations or percentages."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from lfroadmap.imports.xlsx_package import MAX_LISTED, Package, PartReader

_MAX_FORMATS = 100_000
"""Maximal number of cell formats; Excel takes 65,490."""
_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The built-in number formats of days and times."""
_DURATION = 46
_PERCENTS = (9, 10)
_LITERALS = re.compile(r'"[^"]*+"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*+\]', re.IGNORECASE)


class Styles(PartReader):
    """The cell formats that show days, times or percentages."""

    def __init__(self, package: Package, part: str) -> None:
        super().__init__(
            {"numFmt": self.format, "cellXfs": self.begin, "xf": self.cell}, {"cellXfs": self.finish}
        )
        self._package, self._part = package, part
        self._codes: dict[str, str] = {}
        self._kinds: list[str] = []
        """For each cell format: `day`, `duration`, `percent`, or empty."""
        self._in_cells = False
        if package.has(part):
            package.read(part, self)

    def format(self, attributes: dict[str, str]) -> None:
        """A custom number format."""
        if len(self._codes) >= MAX_LISTED:
            raise self._package.too_large(self._part)
        self._codes[attributes.get("numFmtId", "")] = _kind(attributes.get("formatCode", "")[:1000])

    def begin(self, attributes: dict[str, str]) -> None:
        """The start of the cell formats, behind those of named styles."""
        self._in_cells = True

    def cell(self, attributes: dict[str, str]) -> None:
        """A cell format."""
        if not self._in_cells:
            return
        if len(self._kinds) >= _MAX_FORMATS:
            raise self._package.too_large(self._part)
        key = attributes.get("numFmtId", "0")
        format_id = int(key) if key.isdecimal() and len(key) < 4 else 0
        self._kinds.append(self._codes.get(key, _built_in(format_id)))

    def format_number(self, style: int, number: float, epoch: date) -> str:
        """The day, time, duration or percentage for a number; empty where it is a plain number."""
        kind = self._kinds[style] if style < len(self._kinds) else ""
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


def _kind(code: str) -> str:
    """The type of a number format: `day`, `duration`, `percent`, or empty."""
    bare = _LITERALS.sub("", code.split(";", 1)[0]).lower()
    if re.search(r"\[[hms]+\]", bare):
        return "duration"
    return "percent" if "%" in bare else "day" if re.search("[dmhys]", bare) else ""
