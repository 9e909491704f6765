"""A part of the time in columns, by days, weeks or months, with the names above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from lfroadmap.report.charts.lanes import MONTH, TODAY, Span, draw_span
from lfroadmap.report.charts.marks import Mark, Marks, joined
from lfroadmap.report.charts.wires import Wire, draw_wire

Scale = Literal["days", "weeks", "months"]
SCALES: Final[tuple[Scale, ...]] = get_args(Scale)
"""From the finest."""
_STEPS: Final[dict[Scale, tuple[int, int]]] = {"days": (3, 1), "weeks": (1, 1), "months": (1, 4)}
"""Scale -> columns, and the days that take them."""
MONDAY = 0


class Label(NamedTuple):
    """A text above a column; it ends before the next one."""

    column: int
    text: str
    is_now: bool = False
    """True above today."""


class DayAxis(NamedTuple):
    """The days from `first` on, in so many columns."""

    scale: Scale
    first: int
    """Ordinal of the first day; may be before the calendar begins."""
    width: int

    def column(self, day: date) -> int:
        """The column in which a day's sign is; outside of the width for a day that is not shown."""
        columns, days = _STEPS[self.scale]
        return (day.toordinal() - self.first) * columns // days + columns // 2

    def begin(self, day: date) -> int:
        """The column with which a day begins."""
        columns, days = _STEPS[self.scale]
        return (day.toordinal() - self.first) * columns // days

    def ordinal(self, column: int) -> int:
        """The ordinal of the day of a column, the first of several."""
        columns, days = _STEPS[self.scale]
        return self.first + column * days // columns

    @property
    def last(self) -> int:
        """The ordinal of the last day that is shown."""
        columns, days = _STEPS[self.scale]
        return self.first + max(self.width * days // columns - 1, 0)

    @property
    def middle(self) -> date:
        """The day in the middle."""
        return _day(self.ordinal(self.width // 2))

    def days(self, columns: int) -> int:
        """The days that so many columns stand for; less than a column's none."""
        per, days = _STEPS[self.scale]
        return int(columns * days / per)

    def moved(self, columns: int) -> DayAxis:
        """The time so many columns later; where a column is less than a day, by a day at least."""
        days = self.days(columns)
        return self._replace(first=_within(self.first + (days or (columns > 0) - (columns < 0)), self))

    def around(self, day: date, share: float = 0.5) -> DayAxis:
        """The time with a day at a share of its width."""
        first = day.toordinal() - self.days(int(self.width * share))
        return self._replace(first=_within(first - first % _STEPS[self.scale][1], self))

    def holds(self, first: date, last: date) -> bool:
        """True if the days from the first to the last are so few that they have room."""
        return self.begin(last) - self.begin(first) < self.width

    # drawing

    def lane(
        self, span: Span | None, today: date, week_start: int = MONDAY, wires: Iterable[Wire] = ()
    ) -> Marks:
        """A lane with a bar and wires, over a grid of weeks or months and today's line."""
        cells = [Mark(" ", "border")] * self.width
        for at in self._grid(week_start):
            cells[at] = Mark(MONTH, "border")
        now = self.column(today)
        if 0 <= now < self.width:
            cells[now] = Mark(TODAY, "accent")
        if span:
            draw_span(span, cells, now)
        for wire in wires:
            draw_wire(wire, cells)
        return joined(cells)

    def _grid(self, week_start: int) -> Iterator[int]:
        starts = self._weeks(week_start) if self.scale == "days" else self._months()
        return (at for day in starts if 0 <= (at := self.begin(day)) < self.width)

    def heads(self, months: tuple[str, ...], today: date, week_start: int) -> tuple[list[Label], list[Label]]:
        """The labels of the two lines above: months over days or weeks, or years over months."""
        if self.scale == "months":
            years = [day for day in self._months() if day.month == 1]
            below = [Label(self.begin(day), months[day.month - 1]) for day in self._months()]
            named = [Label(self.begin(day), str(day.year)) for day in years]
            return self._labels(named, str(_day(self.first).year)), self._labels(below)
        named = [Label(self.begin(day), _month(day, months)) for day in self._months()]
        days = self._each_day() if self.scale == "days" else self._weeks(week_start)
        below = [Label(self.begin(day), f"{day.day:2}", day == today) for day in days]
        return self._labels(named, _month(_day(self.first), months)), self._labels(below)

    def _labels(self, labels: Iterable[Label], first: str = "") -> list[Label]:
        """The labels that have room; `first` is said of the begin, where nothing else is."""
        out = [each for each in labels if each.column >= 0 and each.column + len(each.text) <= self.width]
        if first and (not out or out[0].column > len(first)):
            out.insert(0, Label(0, first))
        ends = [*(each.column for each in out[1:]), self.width + 1]
        return [each for each, end in zip(out, ends, strict=False) if each.column + len(each.text) < end]

    def _each_day(self) -> Iterator[date]:
        return map(date.fromordinal, range(max(self.first, 1), min(self.last, date.max.toordinal()) + 1))

    def _weeks(self, week_start: int) -> Iterator[date]:
        first = max(self.first, 1)
        skipped = (week_start - _day(first).weekday()) % 7
        return map(date.fromordinal, range(first + skipped, min(self.last, date.max.toordinal()) + 1, 7))

    def _months(self) -> Iterator[date]:
        day, last = _day(self.first), _day(self.last)
        at = day.year * 12 + day.month - 1 + (day.day > 1)
        for month in range(at, last.year * 12 + last.month):
            yield date(month // 12, month % 12 + 1, 1)


def _month(day: date, months: tuple[str, ...]) -> str:
    return f"{months[day.month - 1]} {day.year}"


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def _within(first: int, axis: DayAxis) -> int:
    """A first day with which the end of the calendar is not left behind."""
    return max(1, min(first, date.max.toordinal() - axis.days(axis.width)))
