"""The lines of a portfolio: its roadmaps, what is late and next in all of them, and the people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len

from lfroadmap.report.formatting import count_late
from lfroadmap.roadmap.owner_shares import Share
from lfroadmap.roadmap.portfolio import Member, PlacedItem, Portfolio, Unreadable
from lfroadmap.roadmap.progress import Thresholds, iso_day, tone_of
from lfroadmap.ui.screens.placed_lines import PlacedLines
from lfroadmap.ui.screens.roadmap_cells import (
    WITH_LONG_BAR,
    change_cells,
    describe_problem,
    name_and_title,
    name_cells,
    standing_cells,
)
from lfroadmap.ui.widgets.row_drawing import Cell, bar, cells_width
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words

TASKS, LATE, RISK = 12, 24, 6
"""Columns of tasks done and of what is late of a person, and of how much is at risk in a roadmap."""


class Heading(NamedTuple):
    """The title of a part, or a free line."""

    text: str = ""
    note: str = ""


class Unread(NamedTuple):
    """A roadmap that is being read."""

    name: str


Line = Heading | Unread | Member | Unreadable | PlacedItem | Share


def draw_unread(line: Heading | Unread, tone: Tones) -> list[Cell]:
    """The cells of a line for which no roadmap has to be read."""
    if isinstance(line, Unread):
        return [Cell(f" {line.name}", 0, tone("text", bold=True)), Cell("… ", 2, tone("muted"))]
    size = cell_len(line.text) + 2
    return [Cell(f" {line.text} ", size, tone("accent", bold=True)), Cell(line.note, 0, tone("muted"))]


def draw_unreadable(line: Unreadable, width: int, words: Words, tone: Tones) -> list[Cell]:
    """The cells of a file that cannot be read: its name, and why."""
    reason = f"▲ {describe_problem(line.error, words)} "
    size = min(cell_len(reason), width * 2 // 3)
    return [Cell(f" {line.name}", 0, tone("text", bold=True)), Cell(reason, size, tone("late"))]


class PortfolioLines:
    """The lines of a portfolio in one language, and how each is drawn."""

    def __init__(self, portfolio: Portfolio, words: Words, thresholds: Thresholds) -> None:
        self.portfolio, self.words, self.thresholds = portfolio, words, thresholds
        items = (*portfolio.late, *portfolio.next)
        self._items = PlacedLines(items, portfolio.day, words)

    def all(self) -> Iterator[Line]:
        """Every line, in reading order; parts without any are left out."""
        found, words = self.portfolio, self.words
        parts: tuple[tuple[str, tuple[Line, ...]], ...] = (
            ("portfolio.roadmaps", found.rows),
            ("portfolio.late", found.late),
            ("portfolio.next", found.next),
            ("report.owners", found.shares),
        )
        for key, lines in parts:
            if lines:
                yield Heading()
                yield Heading(words(key), str(len(lines)))
                yield from lines

    def text(self, line: Line) -> str:
        """The words by which a line is found; of a heading none."""
        match line:
            case Member():
                return " ".join(name_and_title(line.name, line))
            case PlacedItem():
                return self._items.text(line)
            case Share():
                return line.usual_name or self.words("report.nobody")
            case Unreadable():
                return line.name
            case _:
                return ""

    def draw(self, line: Line, width: int, tone: Tones) -> list[Cell]:
        """The cells of a line."""
        match line:
            case Member():
                return self._member_cells(line, width, tone)
            case Unreadable():
                return draw_unreadable(line, width, self.words, tone)
            case PlacedItem():
                return self._items.cells(line, width, tone)
            case Share():
                return self._share_cells(line, width, tone)
            case _:
                return draw_unread(line, tone)

    def _member_cells(self, member: Member, width: int, tone: Tones) -> list[Cell]:
        risk = f" ■ {member.at_risk.total}" if member.at_risk.total else ""
        cells = [
            *standing_cells(member, self.words, self.thresholds, width, tone),
            *([Cell(risk, RISK, tone("risk"))] if width >= WITH_LONG_BAR else []),
            *change_cells(member, "", self.words, (width, 0), tone),
        ]
        texts, ink = name_and_title(member.name, member), tone("text", bold=True)
        return [*name_cells(texts, width - cells_width(cells), ink, tone), *cells]

    def _share_cells(self, share: Share, width: int, tone: Tones) -> list[Cell]:
        counted, first = share.tally, iso_day(share.first_day)
        late = count_late(share.late_count, self.words)
        size = 12 if width >= WITH_LONG_BAR else 8
        ink = tone(tone_of(counted.percent, self.thresholds) if counted.total else "border")
        day = self.words.day(first) if first else ""
        name = share.usual_name or self.words("report.nobody")
        return [
            Cell(f" {name}", 0, tone("text" if share.name else "risk", bold=bool(share.name))),
            *bar(counted.share, size, ink, tone("border")),
            Cell(f"{counted.done}/{counted.total}" if counted.total else "—", TASKS, tone("text"), "end"),
            Cell(f"  ▲ {late}" if late else "", LATE, tone("late")),
            Cell(f" {day}", 12, tone("muted")),
        ]
