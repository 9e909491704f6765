"""The tabs on one line, over a rule that shows how far each stage is."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.report.formatting import HEALTH_SIGNS, HEALTH_TONES
from lfroadmap.roadmap.health import Health
from lfroadmap.roadmap.progress import Tally, Thresholds
from lfroadmap.ui.context import TabId
from lfroadmap.ui.widgets.row_drawing import (
    BAR_EMPTY,
    BAR_FULL,
    Cell,
    bar_marks,
    cells_width,
    cut_longest,
    reading_x,
    row,
    spread,
)
from lfroadmap.ui.widgets.tones import Toned


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
