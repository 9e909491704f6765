"""The lines around the tabs: the header above, the tabs, the keys below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.report.formatting import HEALTH_SIGNS, HEALTH_TONES
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.health import Health
from lfroadmap.roadmap.progress import Tally, Thresholds
from lfroadmap.ui.context import TabId
from lfroadmap.ui.widgets.row_drawing import (
    BAR_EMPTY,
    BAR_FULL,
    Cell,
    bar,
    bar_marks,
    cells_width,
    cut_longest,
    reading_x,
    row,
    spread,
)
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
        """The words behind the sign of the tone: no color is needed to tell them apart."""
        return f"{SIGNS.get(self.tone, '')} {self.text}".strip()


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
        self.saved = SavedMark("", "muted")
        self._mark_width = 0

    def show(self, title: str, counted: Tally, late: str, *, is_late: bool) -> None:
        """Show where the roadmap stands; `late` is how much in it is late, in words."""
        if (title, counted, late, is_late) != (self.title, self.counted, self.late, self.is_late):
            self.title, self.counted, self.late, self.is_late = title, counted, late, is_late
            self.refresh()

    def show_peers(self, peers: str) -> None:
        """Show who else has the roadmap open."""
        if peers != self.peers:
            self.peers = peers
            self.refresh()

    def mark(self, saved: SavedMark) -> None:
        """Show whether all is saved; the mark has a room of its own, so that nothing beside it moves."""
        if saved == self.saved:
            return
        self.saved = saved
        size = cell_len(saved.shown) + 2
        if size > self._mark_width:
            self._mark_width = size
            self.refresh()
        else:
            at = self.size.width - self._mark_width if screen_direction() == "ltr" else 0
            self.refresh(Region(at, 0, self._mark_width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        cells = [*self._meter(), *self._after_meter()]
        title = Cell(" " + self.title, 0, self.tone("text", bold=True))
        return row([title, *spread(cells)], width, self.rich_style)

    def _meter(self) -> list[Cell]:
        tone = self.tone_of(self.counted.tone(self.thresholds, late=self.is_late))
        length = max(min(20, self.size.width - 70 - cell_len(self.peers) - 2 * bool(self.peers)), 8)
        count = f" {self.counted.done}/{self.counted.total} "
        return [
            Cell(count, cell_len(count), self.tone("muted")),
            *bar(self.counted.share, length, tone, self.tone("border")),
            Cell(f" {self.counted.percent}%", 5, self.tone("text", bold=True), "end"),
        ]

    def _after_meter(self) -> list[Cell]:
        """What is late, who else is there, and whether all is saved."""
        width = self.size.width
        late = f"  {self.late}" if self.late else ""
        peers = f"  {self.peers}" if self.peers else ""
        return [
            Cell(late, cell_len(late), self.tone("late")),
            Cell(peers, min(cell_len(peers), max(width // 4, 10)), self.tone("accent")),
            Cell("  ", 2, Style()),
            Cell(
                f" {self.saved.shown} ",
                min(self._mark_width, width // 2),
                self.tone(self.saved.tone),
                "end",
            ),
        ]

    def on_click(self, event: events.Click) -> None:
        """Open the list of what is late by a click on its number."""
        late, *rest = self._after_meter()
        end = self.size.width - sum(cell.width for cell in rest)
        if end - late.width <= reading_x(event.x, self.size.width) < end:
            self.post_message(self.LateChosen())


class Tab(NamedTuple):
    """One tab: where it leads, its name, and of a stage how much is done and how it goes."""

    id: TabId
    title: str
    short: str
    counted: Tally | None = None
    health: Health = "no_date"

    @property
    def sign(self) -> str:
        """The sign of a stage that needs a look; empty for another."""
        return HEALTH_SIGNS[self.health] if self.health in ("late", "at_risk") else ""


class TabBar(Toned):
    """The tabs, their names cut short when there is no room, over a rule that shows how far each stage is."""

    DEFAULT_CSS = """
    TabBar { height: 2; background: $lf-ground; }
    """

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, tab: TabId) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, thresholds: Thresholds) -> None:
        super().__init__()
        self.thresholds = thresholds
        self.tabs: tuple[Tab, ...] = ()
        self.active = TabId("")
        self.hovered = TabId("")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Two lines."""
        return 2

    def show(self, tabs: tuple[Tab, ...], active: TabId) -> None:
        """Show these tabs, one of them open; only those that changed are drawn."""
        before = self._places()
        self.tabs, self.active = tabs, active
        after = self._places()
        if [(x, width) for x, width, _ in before] != [(x, width) for x, width, _ in after]:
            self.refresh()
            return
        for old, new in zip(before, after, strict=True):
            if old != new:
                self._refresh_part(new[0], new[1])

    def _places(self) -> list[tuple[int, int, tuple[Tab, bool]]]:
        """Where each tab begins, how wide it is, and what is drawn there."""
        out, x = [], 0
        for tab, cells in self._cells(self.size.width):
            width = cells_width(cells)
            out.append((x, width, (tab, tab.id == self.active)))
            x += width
        return out

    def _refresh_part(self, x: int, width: int) -> None:
        left = x if screen_direction() == "ltr" else self.size.width - x - width
        self.refresh(Region(left, 0, width, 2))

    def _names(self, width: int) -> list[str]:
        """The longest form of the names that fits; where none does, the longest of the short are cut."""
        fixed = sum((6 if tab.counted else 2) + 2 * len(tab.sign) for tab in self.tabs)
        for names in ([tab.title for tab in self.tabs], [tab.short for tab in self.tabs]):
            if sum(map(cell_len, names)) + fixed + len(names) <= width:
                return names
        return cut_longest([tab.short for tab in self.tabs], width - fixed - len(self.tabs))

    def _cells(self, width: int) -> list[tuple[Tab, list[Cell]]]:
        """The cells of each tab, and a blank behind it."""
        out = []
        for tab, name in zip(self.tabs, self._names(width), strict=True):
            chosen = tab.id == self.active
            style = self.tones.block() if chosen else self._unchosen(tab)
            cells = [Cell(f" {name} ", cell_len(name) + 2, style)]
            if tab.counted:
                percent = f"{tab.counted.percent}% "
                cells.append(Cell(percent, len(percent), style))
            if tab.sign:
                tone = style if chosen else style + self.tone(HEALTH_TONES[tab.health])
                cells.append(Cell(f"{tab.sign} ", 2, tone))
            out.append((tab, [*cells, Cell("", 1, Style())]))
        return out

    def _unchosen(self, tab: Tab) -> Style:
        return self.tones.ground("raised") if tab.id == self.hovered else Style()

    def _rule(self, width: int) -> list[Cell]:
        """The line under the tabs; under each stage its bar."""
        line, out = self.tone("border"), []
        for tab, cells in self._cells(width):
            size = cells_width(cells) - 1
            done = bar_marks(tab.counted.share, size) if tab.counted else 0
            tone = tab.counted.tone(self.thresholds, late=tab.health == "late") if tab.counted else None
            out.append(Cell(BAR_FULL * done, done, self.tone_of(tone)))
            out.append(Cell(BAR_EMPTY * (size + 1 - done), size + 1 - done, line))
        rest = max(width - cells_width(out), 0)
        return spread([*out, Cell(BAR_EMPTY * rest, rest, line)])

    def render_line(self, y: int) -> Strip:
        """Draw the tabs, or the rule under them."""
        width = self.size.width
        if y:
            return row(self._rule(width), width, self.rich_style)
        cells = [cell for _, part in self._cells(width) for cell in part]
        return row([*cells, Cell("", 0, Style())], width, self.rich_style)

    def _tab_at(self, event: events.MouseEvent) -> Tab | None:
        mouse = reading_x(event.x, self.size.width)
        return next((tab for x, width, (tab, _) in self._places() if x <= mouse < x + width), None)

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse."""
        if tab := self._tab_at(event):
            self.post_message(self.Chosen(tab.id))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light the tab under the mouse."""
        tab = self._tab_at(event)
        self._hover(tab.id if tab else TabId(""))

    def on_leave(self) -> None:
        """Light no tab any more."""
        self._hover(TabId(""))

    def _hover(self, tab: TabId) -> None:
        if tab != self.hovered:
            changed, self.hovered = {tab, self.hovered}, tab
            for x, width, (each, _) in self._places():
                if each.id in changed:
                    self._refresh_part(x, width)


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

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Name these keys."""
        shown = [(hint.key, hint.name) for hint in hints]
        if shown != [(hint.key, hint.name) for hint in self.hints]:
            self.refresh()
        self.hints = tuple(hints)

    def _fitting(self, width: int) -> list[tuple[KeyHint, int]]:
        """The hints that have room, each with its columns; the last two, help and quit, have it first."""
        sized = [(hint, cell_len(hint.key) + cell_len(hint.name) + 3) for hint in self.hints]
        others, always = sized[:-2], sized[-2:]
        ends = accumulate(size for _, size in others)
        room = width - 1 - sum(size for _, size in always)
        return [entry for entry, end in zip(others, ends, strict=True) if end <= room] + always

    def render_line(self, y: int) -> Strip:
        """Draw the keys."""
        width = self.size.width
        cells = [Cell("", 1, Style())]
        for hint, size in self._fitting(width):
            key = cell_len(hint.key)
            cells.append(Cell(hint.key, key, self.tone("accent", bold=True)))
            cells.append(Cell(" " + hint.name, size - key, self.tone("muted")))
        return row([*cells, Cell("", 0, Style())], width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        x, mouse = 1, reading_x(event.x, self.size.width)
        for hint, size in self._fitting(self.size.width):
            x += size
            if mouse < x:
                hint.run()
                return
