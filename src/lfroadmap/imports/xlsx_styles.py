"""Which numbers in a workbook are days, times or durations: only the formats of their cells tell."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from lfroadmap.imports.xlsx_package import LISTED, Package, PartReader

_FORMATS = 100_000
"""Most formats of cells; Excel takes 65,490."""
_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The number formats of days and times that are known by number."""
_DURATION = 46
_NOT_SHOWN = re.compile(r'"[^"]*+"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*+\]', re.IGNORECASE)


class Styles(PartReader):
    """Which formats of cells show days or times."""

    def __init__(self, package: Package, part: str) -> None:
        super().__init__(
            {"numFmt": self.format, "cellXfs": self.begin, "xf": self.cell}, {"cellXfs": self.finish}
        )
        self._package, self._part = package, part
        self._codes: dict[str, str] = {}
        self._kinds: list[str] = []
        """Of each format of cells: `day`, `duration`, or nothing."""
        self._in_cells = False
        if package.has(part):
            package.read(part, self)

    def format(self, attributes: dict[str, str]) -> None:
        """A number format that somebody made."""
        if len(self._codes) >= LISTED:
            raise self._package.too_large(self._part)
        self._codes[attributes.get("numFmtId", "")] = _kind(attributes.get("formatCode", "")[:1000])

    def begin(self, attributes: dict[str, str]) -> None:
        """The formats of cells, behind those of styles that have a name."""
        self._in_cells = True

    def cell(self, attributes: dict[str, str]) -> None:
        """The format of a cell."""
        if not self._in_cells:
            return
        if len(self._kinds) >= _FORMATS:
            raise self._package.too_large(self._part)
        key = attributes.get("numFmtId", "0")
        known = int(key) if key.isdecimal() and len(key) < 4 else 0
        built_in = "duration" if known == _DURATION else "day" if known in _DAYS else ""
        self._kinds.append(self._codes.get(key, built_in))

    def shown(self, style: int, number: float, starts: date) -> str:
        """The day, time or duration that a number stands for; empty where it is a number."""
        kind = self._kinds[style] if style < len(self._kinds) else ""
        if not kind:
            return ""
        days, rest = divmod(number, 1)
        time = timedelta(milliseconds=round(rest * 86_400_000))
        if kind == "duration":
            return str(timedelta(days=days) + time)
        if days == 0 and time.days == 0:
            return str((datetime.min + time).time())
        if 0 < number < 60 and starts.year == 1899:  # Excel counts a day that never was behind these
            days += 1
        return (starts + timedelta(days=days + time.days)).isoformat()


def _kind(code: str) -> str:
    """What a number format makes of a number: `day`, `duration`, or nothing."""
    bare = _NOT_SHOWN.sub("", code.split(";", 1)[0]).lower()
    if re.search(r"\[[hms]+\]", bare):
        return "duration"
    return "day" if re.search("[dmhys]", bare) else ""
