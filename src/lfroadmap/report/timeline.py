"""Deadlines on one timeline, for formats that draw it each in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rich.padding import Padding
from rich.text import Text

from lfroadmap.report.charts.lanes import Axis, Bar, month_line
from lfroadmap.report.charts.marks import Mark, Marks
from lfroadmap.report.charts.wires import Wire, with_wires
from lfroadmap.report.drawing import Drawing
from lfroadmap.report.formatting import HEALTH_SIGNS, HEALTH_TONES
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.health import Health
from lfroadmap.roadmap.progress import tone_of
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from rich.table import Table

TICKS = 5
"""Maximal number of labelled months; more would collide on a phone."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
"""Possible distances between labelled months, in months."""


class TimelineMark(NamedTuple):
    """A deadline, and the bar that leads to it."""

    label: str
    day: date
    text: str
    """The formatted day, the share of work done, and how late or near it is."""
    health: Health = "on_track"
    start: date | None = None
    """The day that the card begins, or the first day of work; None where none is before the deadline."""
    share: float = 0.0
    """The share of work done, 0.0 to 1.0."""
    before: tuple[date, ...] = ()
    """Days that it was due on before, in the order of time."""

    @property
    def begin(self) -> date:
        """The day with which its bar begins, or its day where it has none."""
        return self.start or self.day

    def nearest(self, day: date) -> date:
        """The end of its bar that is nearer to a day outside of it: its begin, or its day from behind."""
        return self.day if day > self.day else self.begin

    @property
    def tone(self) -> ToneName:
        """The tone of its health."""
        return HEALTH_TONES[self.health]

    @property
    def late(self) -> bool:
        """True if the day is past and not all is done."""
        return self.health == "late"


class Lane(NamedTuple):
    """The deadlines on one labelled line."""

    label: str
    note: str
    marks: tuple[TimelineMark, ...]
    group: str = ""
    """What it is a part of, where it has a heading: the stage of a card."""
    level: int = 0
    """1 for the lane of a task, below that of its card."""


class LaneLink(NamedTuple):
    """The places of two lanes with one mark each."""

    target: int
    """Of what is waited for."""
    waiting: int


class Timeline(NamedTuple):
    """Lanes on a common time axis with today in it; at least one lane."""

    title: str
    lanes: tuple[Lane, ...]
    today: date
    now: str
    """The word for today."""
    months: tuple[str, ...] = ()
    """The names of the months, for where there is room for names only; empty: months are numbers."""
    links: tuple[LaneLink, ...] = ()
    """Which lanes wait for which."""

    def linked(self, link: LaneLink) -> tuple[TimelineMark, TimelineMark]:
        """The mark that is waited for, and the one that waits."""
        return self.lanes[link.target].marks[0], self.lanes[link.waiting].marks[0]

    def marks(self) -> Iterator[TimelineMark]:
        """Every deadline, lane by lane."""
        return (mark for lane in self.lanes for mark in lane.marks)

    def span(self) -> tuple[date, date]:
        """Whole months from the first day to the month after the last."""
        days = [self.today]
        for mark in self.marks():
            days += [mark.day, *mark.before, *([mark.start] if mark.start else [])]
        return min(days).replace(day=1), _months_later(max(days), 1)

    def share(self, day: date) -> float:
        """The position of a day, 0.0 at the beginning to 1.0 at the end."""
        first, last = self.span()
        return (day - first).days / (last - first).days

    def ticks(self, most: int = TICKS) -> list[tuple[float, str]]:
        """The labelled months, at most so many, each with its position."""
        return [(self.share(day), f"{day.month}/{day.year}") for day in self._months(most)]

    def named_ticks(self, most: int) -> list[tuple[float, str]]:
        """As `ticks`, but with the names of the months, and with each year where it is first named."""
        months = self._months(most)
        years = [None, *(day.year for day in months)]
        names = (
            f"{self._name(day)} {day.year}" if day.year != before else self._name(day)
            for day, before in zip(months, years, strict=False)
        )
        return [(self.share(day), name) for day, name in zip(months, names, strict=True)]

    def _months(self, most: int) -> list[date]:
        first, last = self.span()
        months = (last.year - first.year) * 12 + last.month - first.month
        step = next((step for step in _STEPS if months <= step * most), months)
        return [_months_later(first, n) for n in range(0, max(months, 1), step)]

    def axis(self, width: int) -> Axis:
        """The columns of the timeline."""
        months = self._months(max(width // 4, 1))
        return Axis(width, self.share(self.today), tuple(map(self.share, months)))

    def scale(self, width: int) -> Marks:
        """The names of the months over their columns; of a January its year, where there are several."""
        size = max((len(name) for name in self.months), default=6) + 1
        months = self._months(max(width // size, 1))
        several = len({day.year for day in months}) > 1
        names = [(self.share(day), self._name(day, with_year=several)) for day in months]
        return (Mark(month_line(self.axis(width), names, size), "muted"),)

    def _name(self, day: date, *, with_year: bool = False) -> str:
        if not self.months:
            return f"{day.month}/{day.year % 100:02}"
        return str(day.year) if with_year and day.month == 1 else self.months[day.month - 1]

    def lane(self, lane: Lane, width: int) -> Marks:
        """A lane with its bars."""
        return self.axis(width).lane(map(self._bar, lane.marks))

    def linked_lane(self, at: int, width: int) -> Marks:
        """The lane at a place with its bars, and what it has of the lines from lanes to those that wait."""
        bars = self.lane(self.lanes[at], width)
        return with_wires(bars, self._wires(at, width)) if self.links else bars

    def above(self, at: int, width: int) -> Marks:
        """What the line of a heading above a lane has of those lines."""
        return with_wires((Mark(" " * width, "border"),), self._wires(at, width, is_heading=True))

    def _wires(self, at: int, width: int, *, is_heading: bool = False) -> Iterator[Wire]:
        axis = self.axis(width)
        for link in self.links:
            target, waiting = self.linked(link)
            first, last = sorted(link)
            if not first <= at <= last or at == (first if is_heading else link.target):
                continue
            tone: ToneName = "risk" if waiting.begin < target.day else "muted"
            bar = axis.column(self.share(waiting.begin)), axis.column(self.share(waiting.day))
            is_end = at == link.waiting and not is_heading
            yield Wire(
                axis.column(self.share(target.day)), tone, bar if is_end else None, link.target < link.waiting
            )

    def _bar(self, mark: TimelineMark) -> Bar:
        return Bar(
            self.share(mark.day),
            HEALTH_SIGNS[mark.health],
            mark.tone,
            self.share(mark.start) if mark.start else None,
            mark.share,
            tone_of(mark.share * 100),
            is_late=mark.late,
            ghosts=tuple(map(self.share, mark.before)),
        )

    def __rich__(self) -> Table:
        from rich.table import Table  # noqa: PLC0415 - the screen draws the lanes without one

        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        for ratio in (2, 3, None):
            table.add_column(ratio=ratio, overflow="fold")
        table.add_row("", Drawing(lambda width: [self.scale(width)]), "")
        group = ""
        for at, lane in enumerate(self.lanes):
            if lane.group != group:
                group = lane.group
                heading = self._drawn(self.above, at) if self.links else ""
                table.add_row(Text(one_line(group), "bold"), heading, "")
            name = Padding(Text(one_line(lane.label), "muted"), (0, 0, 0, 2 * lane.level))
            table.add_row(name, self._drawn(self.linked_lane, at), Text(one_line(lane.note)))
        return table

    @staticmethod
    def _drawn(draw: Callable[[int, int], Marks], at: int) -> Drawing:
        return Drawing(lambda width: [draw(at, width)])


def _months_later(day: date, months: int) -> date:
    """The first of the month that many months later; the last possible day where it would be beyond."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1) if year <= date.max.year else date.max
