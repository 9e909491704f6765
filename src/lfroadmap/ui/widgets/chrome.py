"""The lines around the tabs: the header above, the tabs, the keys below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.progress import Tally, Thresholds
from lfroadmap.ui.widgets.row_drawing import (
    Cell,
    bar,
    reading_x,
    row,
    spread,
)
from lfroadmap.ui.widgets.structure_wanted import wanted_by
from lfroadmap.ui.widgets.tones import Toned

SIGNS: dict[ToneName, str] = {"done": "✓", "late": "▲", "risk": "■"}
"""Signs of the tones in which the saved mark is shown."""


class OneLine(Toned):
    """A widget of one line, drawn by itself."""

    DEFAULT_CSS = """
    OneLine { height: 1; }
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line."""
        return 1


class SavedMark(NamedTuple):
    """The saved mark: its words and their tone."""

    text: str
    tone: ToneName

    @property
    def shown(self) -> str:
        """The words behind the sign of the tone: they differ without color too."""
        return f"{SIGNS.get(self.tone, '')} {self.text}".strip()


class MarkLine(OneLine):
    """The saved mark at the end of the header: a widget of its own, as each letter changes nothing else."""

    DEFAULT_CSS = """
    MarkLine { layer: mark; dock: right; width: 0; max-width: 50%; background: $lf-raised; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.saved = SavedMark("", "muted")
        self.needed = 0
        """Columns of the longest mark so far, so that nothing beside it moves."""

    def show(self, saved: SavedMark) -> None:
        """Show another mark."""
        if saved == self.saved:
            return
        self.saved = saved
        size = cell_len(saved.shown) + 2
        if size > self.needed:
            self.needed = size
            self.styles.width = size
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the mark."""
        width = self.size.width
        cells = [Cell(f" {self.saved.shown} ", width, self.tone(self.saved.tone), "end")]
        return row(spread(cells), width, self.rich_style)


NEWS_FOR = 5.0
"""Seconds for which the header says who changed something elsewhere."""


class Header(OneLine):
    """The title, how much is done, what is late, and whether all of it is saved."""

    DEFAULT_CSS = """
    Header { background: $lf-raised; }
    """

    class LateChosen(Message):
        """The number of what is late was clicked."""

    def __init__(self, title: str, thresholds: Thresholds) -> None:
        super().__init__()
        self.title = title
        self.thresholds = thresholds
        self.counted = Tally(0, 0)
        self.is_late = False
        self.late = ""
        self.peers = ""
        self.news = ""
        """What is said in place of who else is there, for a while."""
        self._news_timer: Timer | None = None
        self.mark_line = MarkLine()
        """The saved mark, which the screen lays over the end of the header."""

    def show(self, title: str, counted: Tally, late: str, *, is_late: bool) -> None:
        """Show where the roadmap stands; `late` is how much in it is late, in words."""
        if (title, counted, late, is_late) == (self.title, self.counted, self.late, self.is_late):
            return
        self.title, self.counted, self.late, self.is_late = title, counted, late, is_late
        self.refresh()

    def show_peers(self, peers: str) -> None:
        """Show who else has the roadmap open."""
        if peers != self.peers:
            self.peers = peers
            self.refresh()

    def show_news(self, news: str) -> None:
        """Say for a while what was changed elsewhere."""
        self.news = news
        self.refresh()
        if self._news_timer is not None:
            self._news_timer.stop()
        self._news_timer = self.set_timer(NEWS_FOR, partial(self.show_news, "")) if news else None

    def mark(self, saved: SavedMark) -> None:
        """Show whether all is saved."""
        before = self.mark_line.needed
        self.mark_line.show(saved)
        if self.mark_line.needed != before:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        cells = [*self._meter(), *self._after_meter()]
        title = Cell(" " + self.title, 0, self.tone("text", bold=True))
        return row([title, *spread(cells)], width, self.rich_style)

    def _meter(self) -> list[Cell]:
        tone = self.tone_of(self.counted.tone(self.thresholds, late=self.is_late))
        others = self.news or self.peers
        length = max(min(20, self.size.width - 70 - cell_len(others) - 2 * bool(others)), 8)
        count = f" {self.counted.done}/{self.counted.total} "
        return [
            Cell(count, cell_len(count), self.tone("muted")),
            *bar(self.counted.share, length, tone, self.tone("border")),
            Cell(f" {self.counted.percent}%", 5, self.tone("text", bold=True), "end"),
        ]

    def _after_meter(self) -> list[Cell]:
        """What is late, who else is there, and the room of the saved mark."""
        width = self.size.width
        late = f"  {self.late}" if self.late else ""
        others = self.news or self.peers
        peers = f"  {others}" if others else ""
        return [
            Cell(late, cell_len(late), self.tone("late")),
            Cell(peers, min(cell_len(peers), max(width // 4, 10)), self.tone("accent")),
            Cell("  ", 2, Style()),
            Cell("", min(self.mark_line.needed, width // 2), Style()),
        ]

    def on_click(self, event: events.Click) -> None:
        """Open the list of what is late by a click on its number, rename by a double click elsewhere."""
        late, *rest = self._after_meter()
        end = self.size.width - sum(cell.width for cell in rest)
        if end - late.width <= reading_x(event.x, self.size.width) < end:
            self.post_message(self.LateChosen())
        elif wanted := wanted_by(event, "roadmap", ""):
            self.post_message(wanted)


class KeyHint(NamedTuple):
    """A key and what it does."""

    key: str
    name: str
    run: Callable[[], object]


class Footer(OneLine):
    """The keys that matter where the focus is; they can be clicked too."""

    DEFAULT_CSS = """
    Footer { background: $lf-raised; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.hints: tuple[KeyHint, ...] = ()
        self.ends: tuple[KeyHint, ...] = ()
        self.begun = ""
        """The key that waits for the next one."""

    def show_begun(self, key: str) -> None:
        """Show the key that waits for the next one in place of the others; an empty one: none does."""
        self.begun = key
        self.refresh()

    def show(self, hints: Sequence[KeyHint], ends: Sequence[KeyHint]) -> None:
        """Name these keys; those of `ends` stand at the end of the line and have room first."""
        before = [(hint.key, hint.name) for hint in (*self.hints, *self.ends)]
        self.hints, self.ends = tuple(hints), tuple(ends)
        if before != [(hint.key, hint.name) for hint in (*hints, *ends)]:
            self.refresh()

    def _placed(self, width: int) -> list[tuple[KeyHint, int]]:
        """The hints that have room, each with the column where it begins, in the order of reading."""
        every = (*self.hints, *self.ends)
        gap = 2 if sum(map(_columns, every)) + 2 * len(every) <= width else 1
        at = width - sum(_columns(hint) + gap for hint in self.ends) + gap - 1
        placed, x = [], 1
        for hint in self.hints:
            if x + _columns(hint) + gap > at:
                break
            placed.append((hint, x))
            x += _columns(hint) + gap
        for hint in self.ends:
            placed.append((hint, at))
            at += _columns(hint) + gap
        return placed

    def render_line(self, y: int) -> Strip:
        """Draw the keys."""
        width, cells, x = self.size.width, [], 0
        if self.begun:
            cells = [Cell(f" {self.begun} …", 0, self.tone("accent", bold=True))]
            return row(cells, width, self.rich_style)
        for hint, at in self._placed(width):
            cells += [Cell("", at - x, Style())] if at > x else []
            cells.append(Cell(hint.key, cell_len(hint.key), self.tone("accent", bold=True)))
            cells.append(Cell(" " + hint.name, cell_len(hint.name) + 1, self.tone("muted")))
            x = at + _columns(hint)
        return row([*cells, Cell("", 0, Style())], width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        mouse = reading_x(event.x, self.size.width)
        for hint, at in self._placed(self.size.width):
            if at <= mouse < at + _columns(hint):
                hint.run()
                return


def _columns(hint: KeyHint) -> int:
    """The columns of a hint."""
    return cell_len(hint.key) + 1 + cell_len(hint.name)
