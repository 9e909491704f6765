"""Drawing the rows of the Timeline tab as lines of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len

from lfroadmap.report.charts.day_axis import DayAxis, Label
from lfroadmap.report.charts.lanes import Span
from lfroadmap.report.charts.wires import Wire
from lfroadmap.report.formatting import HEALTH_SIGNS, HEALTH_TONES, format_days, format_short_day, format_when
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.progress import tone_of
from lfroadmap.roadmap.schedule import Scheduled
from lfroadmap.text import dots, one_line
from lfroadmap.ui.dashboard.cells import Cell, Line, drawing, gap, said
from lfroadmap.ui.timeline.links import Link
from lfroadmap.ui.timeline.rows import TimeBoard, TimeRow

FRAME = 4
"""Columns of a row that its frame and the cursor's mark take."""
_NAMES = ((160, 44), (120, 38), (100, 34), (84, 28))
"""Least width, and the columns of names from it on; in a narrower one `LEAST_NAME`."""
LEAST_NAME = 24
WITH_WHEN, WHEN = 110, 18
"""Width from which a column says how far the days are, and its columns."""


class Preview(NamedTuple):
    """A card or task as it would be if the mouse let go of it now."""

    id: str
    item: Scheduled
    days: int
    """By how much it is moved."""


def _as_seen(item: Scheduled, preview: Preview | None) -> Scheduled:
    """The item, or what the preview has in its place."""
    return preview.item if preview and preview.id == item.node.id else item


class TimeDrawing:
    """Draws in so many columns, the frame included."""

    def __init__(self, board: TimeBoard, axis: DayAxis, width: int) -> None:
        self.board = board
        self.width = width
        self.name = next((size for least, size in _NAMES if width >= least), LEAST_NAME)
        self.when = WHEN if width >= WITH_WHEN else 0
        self.axis = axis._replace(width=max(width - FRAME - self.name - 1 - self.when, 1))
        self.week_start = board.words.first_weekday

    # above and below the rows

    def heads(self) -> tuple[Line, Line]:
        """The two lines of the time above the rows."""
        months = tuple(self.board.words("date.months").split())
        above, below = self.axis.heads(months, self.board.today, self.week_start)
        return self._labels(above), self._labels(below)

    def _labels(self, labels: Sequence[Label]) -> Line:
        cells = [gap(self.name + 1)]
        at = 0
        for label in labels:
            cells += [gap(label.column - at)] if label.column > at else []
            cells.append(said(label.text, "accent" if label.is_now else "muted"))
            at = label.column + cell_len(label.text)
        return tuple(cells)

    def end(self, grouping: str, undated: int) -> Line:
        """At the end of the upper edge: how it is grouped, by what the time goes, and today."""
        words, today = self.board.words, self.board.today
        day = format_short_day(today, today, words)
        texts = [words(f"timeline_tab.by_{grouping}"), words(f"timeline_tab.{self.axis.scale}")]
        if undated and self.width >= WITH_WHEN:
            texts.insert(0, words.plural("report.undated", undated))
        cells = [said(dots(texts, words.direction), "muted"), gap(2), Cell("│", 1, "accent", drawn=True)]
        return (*cells, gap(1), said(f"{words('days.today')} {day}", "accent"))

    def foot(self, row: TimeRow | None, preview: Preview | None) -> Line:
        """At the end of the lower edge: what the row under the cursor is about."""
        if row is None or row.item is None:
            return ()
        moving = preview if preview and preview.id == row.id else None
        item = moving.item if moving else row.item
        texts = [*self._moving(moving), *self._about(item)] if moving else [*self._about(item)]
        text = one_line(dots(texts, self.board.words.direction))
        tone = "accent" if moving else self._tone(item)
        return (Cell(text, min(cell_len(text), self.width - 8), tone, bold=bool(moving)),)

    def _moving(self, preview: Preview) -> Iterator[str]:
        words = self.board.words
        if preview.days:
            key = "timeline_tab.later" if preview.days > 0 else "timeline_tab.earlier"
            yield words.plural(key, abs(preview.days))
        else:
            yield words("timeline_tab.not_moved")

    def _about(self, item: Scheduled) -> Iterator[str]:
        words, board = self.board.words, self.board
        yield f"{HEALTH_SIGNS[board.health_of(item)]} {words.day(item.day)}"
        if board.health_of(item) != "done":
            yield format_days((item.day - board.today).days, words)
        if item.task is None:
            yield f"{board.counts.card(item.card.id).percent}%"
            if item.start:
                behind = item.start > item.day
                yield words(
                    f"timeline_tab.{'start_behind' if behind else 'starts'}", day=words.day(item.start)
                )
        yield item.owner or words("report.nobody")
        if waiting := board.waiting(item):
            yield waiting
        if ghosts := board.ghosts(item):
            yield words("report.moved_from", day=words.day(ghosts[0]))
        if item.task:
            yield board.labels.of(item.card)

    def _tone(self, item: Scheduled) -> ToneName:
        health = self.board.health_of(item)
        return HEALTH_TONES[health] if health in ("late", "at_risk") else "muted"

    # the rows

    def empty(self) -> Line:
        """Where there are no rows: what will be here."""
        return (Cell(self.board.words("timeline_tab.empty"), 0, "muted"),)

    def line(self, row: TimeRow, preview: Preview | None, wires: Sequence[Wire] = ()) -> Line:
        """The line of a row; as the preview has it, where it is of this row."""
        if row.item is None:
            return self._heading(row, wires)
        item = _as_seen(row.item, preview)
        span = self._span(item, row.item.day if item is not row.item else None)
        lane = self.axis.lane(span, *self._now, wires)
        return (*self._name(row), gap(1), *drawing(lane), *self._when(item))

    def wires(
        self, at: int, rows: Sequence[TimeRow], links: Iterable[Link], cursor: int, preview: Preview | None
    ) -> Iterator[Wire]:
        """What the row at a place has of the lines between rows, those of the cursor's row first."""
        for link in sorted(links, key=lambda link: cursor not in link):
            target, waiting = rows[link.target].item, rows[link.waiting].item
            if target is None or waiting is None or at == link.target or not link.touches(at, at):
                continue
            target, waiting = _as_seen(target, preview), _as_seen(waiting, preview)
            begin = self.board.begin(waiting) or waiting.day
            tone: ToneName = "accent" if cursor in link else "risk" if begin < target.day else "muted"
            bar = (self._first_column(waiting), self.axis.column(waiting.day))
            on_it = at == link.waiting
            yield Wire(self.axis.column(target.day), tone, bar if on_it else None, link.target < link.waiting)

    def _first_column(self, item: Scheduled) -> int:
        begin = self.board.begin(item)
        return self.axis.begin(begin) if begin else self.axis.column(item.day)

    @property
    def _now(self) -> tuple[date, int]:
        return self.board.today, self.week_start

    def _heading(self, row: TimeRow, wires: Sequence[Wire]) -> Line:
        tone: ToneName = "text" if row.group.stage or row.group.owner else "risk"
        name = Cell(row.heading(self.board), self.name, tone, bold=True)
        lane = drawing(self.axis.lane(None, *self._now, wires))
        return (name, gap(1), *lane, *([gap(self.when)] if self.when else []))

    def _name(self, row: TimeRow) -> Line:
        item = row.item
        assert item is not None
        level = 2 if item.task and row.group.stage else 1
        quiet = item.task is not None or self.board.health_of(item) == "done"
        label = one_line(self.board.labels.of(item.node))
        return gap(level), Cell(label, self.name - level, "muted" if quiet else "text")

    def _span(self, item: Scheduled, before: date | None) -> Span:
        board, column = self.board, self.axis.column
        health, begin = board.health_of(item), board.begin(item)
        counted = board.counts.card(item.card.id)
        ghosts = [*board.ghosts(item), *([before] if before and before != item.day else [])]
        return Span(
            column(item.day),
            HEALTH_SIGNS[health],
            HEALTH_TONES[health],
            self.axis.begin(begin) if begin else None,
            0.0 if item.task else counted.share,
            tone_of(counted.percent, board.thresholds),
            health == "late",
            tuple(map(column, ghosts)),
        )

    def _when(self, item: Scheduled) -> Line:
        if not self.when:
            return ()
        if self.board.health_of(item) == "done":
            return (Cell(self.board.words("health.done"), self.when, "muted", at_end=True),)
        text = format_when((item.day - self.board.today).days, self.board.words)
        return (Cell(text, self.when, self._tone(item), at_end=True),)

    # the mouse

    def column(self, x: int) -> int:
        """The column of the time at a column of the frame, from the side on which reading begins."""
        return x - 2 - self.name - 1

    def part(self, item: Scheduled, column: int) -> str:
        """What is at a column of a row: the `end` of its bar, its typed `start`, the `bar`, or nothing."""
        end = self.axis.column(item.day)
        near = 1 if self.axis.scale == "days" else 0
        if abs(column - end) <= near:
            return "end"
        if item.start is None or item.start >= item.day:
            return ""
        begin = self.axis.begin(item.start)
        if begin <= column <= begin + near:
            return "start"
        return "bar" if begin < column < end else ""
