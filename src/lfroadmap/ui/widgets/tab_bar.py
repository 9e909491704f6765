"""The tabs on one line, over a rule that shows how far each stage is."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from lfroadmap.bidi.cutting import cut
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
    changed_columns,
    cut_longest,
    reading_x,
    row,
    spread,
)
from lfroadmap.ui.widgets.structure_wanted import wanted_by
from lfroadmap.ui.widgets.tones import Toned

HERE = "●"
"""The sign before the names of colleagues, at the tab and the card where they are."""
LEAST_NAME, LONGEST_NAME = 5, 16
"""Columns of a name that is cut so that all tabs have room, and of one where they have none."""


class Tab(NamedTuple):
    """One tab: where it leads, its name, and of a stage how much is done and how it goes."""

    id: TabId
    title: str
    short: str
    counted: Tally | None = None
    health: Health = "no_date"
    people: str = ""
    """The colleagues who are there; a blank where there is room for their sign alone."""

    @property
    def sign(self) -> str:
        """The sign of a stage that needs a look; empty for another."""
        return HEALTH_SIGNS[self.health] if self.health in ("late", "at_risk") else ""

    @property
    def fixed(self) -> int:
        """The columns beside its name."""
        return (6 if self.counted else 2) + 2 * len(self.sign) + sum(map(cell_len, self.people_texts))

    @property
    def people_texts(self) -> list[str]:
        """The sign and the names of who is there; the sign is not ordered with a name that is Hebrew."""
        return [f"{HERE} ", *([f"{self.people} "] if self.people.strip() else [])] if self.people else []


def _are_distinct(names: list[str], shown: list[str]) -> bool:
    """True unless two different names are shown alike."""
    return len(set(shown)) == len(set(names))


class _Made(NamedTuple):
    """The lines of the bar, and what they were made of."""

    state: object
    placed: list[tuple[Tab, list[Cell]]]
    lines: tuple[list[Cell], list[Cell]]


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
        self._shown: tuple[Tab, ...] = ()
        """The tabs as there is room for them."""
        self.active = TabId("")
        self.hovered = TabId("")
        self._first = 0
        """The first tab that was shown, where there was no room for all."""
        self._made: _Made | None = None
        """The lines as they were made last."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Two lines."""
        return 2

    def show(self, tabs: tuple[Tab, ...], active: TabId) -> None:
        """Show these tabs, one of them open; only those that changed are drawn."""
        if (tabs, active) == (self.tabs, self.active):
            return
        before = [self._line(y) for y in range(2)]
        self.tabs, self.active = tabs, active
        for y, old in enumerate(before):
            self._refresh_changed(y, old, self._line(y))

    def _refresh_changed(self, y: int, before: list[Cell], after: list[Cell]) -> None:
        """Draw the part of a line again in which its cells are others than before."""
        x, columns = changed_columns(before, after, self.size.width)
        if columns:
            left = x if screen_direction() == "ltr" else self.size.width - x - columns
            self.refresh(Region(left, y, columns, 1))

    def _line(self, y: int) -> list[Cell]:
        """The cells of a line."""
        return self._make(self.size.width).lines[y]

    def _make(self, width: int) -> _Made:
        """The lines in a width; made once for all that ask, until something in them is another."""
        state = (width, self.tabs, self.active, self.hovered, self.tones, screen_direction())
        if self._made is None or self._made.state != state:
            placed = self._lay_out(width)
            names = [cell for _, cells in placed for cell in cells]
            self._made = _Made(state, placed, (names, self._rule(placed, width)))
        return self._made

    def _names(self, width: int) -> tuple[list[str], int]:
        """The longest form of the names that fits, and the blanks between the tabs.

        Where none fits, not even without blanks, the longest of the short are cut. Empty where they would be
        cut so much that nobody could read or distinguish them.
        """
        fixed = sum(tab.fixed for tab in self._shown)
        for names in ([tab.title for tab in self.tabs], [tab.short for tab in self.tabs]):
            if sum(map(cell_len, names)) + fixed + len(names) <= width:
                return names, 1
        short = [tab.short for tab in self._shown]
        if sum(cells_width(self._tab_cells(tab, tab.short, 0)) for tab in self._shown) - 1 <= width:
            return short, 0  # the last one ends with the line
        return self._cut(short, fixed, width), 0

    def _cut(self, short: list[str], fixed: int, width: int) -> list[str]:
        """The short names, the longest cut; empty where nobody could read or distinguish them."""
        shown = cut_longest(short, width - fixed)
        total = sum(map(cell_len, shown)) + fixed
        cut_names = {after for before, after in zip(short, shown, strict=True) if after != before}
        readable = all(cell_len(name) >= LEAST_NAME for name in cut_names)
        return shown if total <= width and readable and _are_distinct(short, shown) else []

    def laid_out(self, width: int) -> list[tuple[Tab, list[Cell]]]:
        """The tabs on the line, each with its cells and a blank behind them."""
        return self._make(width).placed

    def _lay_out(self, width: int) -> list[tuple[Tab, list[Cell]]]:
        """Lay out the tabs.

        Where there is no room for all, those around the open one, between signs that open the next hidden.
        """
        self._shown = _with_people(self.tabs, width)
        names, gap = self._names(width)
        if names:
            named = zip(self._shown, names, strict=True)
            shown = [(tab, self._tab_cells(tab, name, gap)) for tab, name in named]
            return shown if gap else _ending(shown, width)
        all_cells = [self._tab_cells(tab, cut(tab.short, LONGEST_NAME)) for tab in self._shown]
        first, end = self._window([cells_width(cells) for cells in all_cells], width - 4)
        shown = list(zip(self.tabs, all_cells, strict=True))[first:end]
        before, after = ("‹", "›") if screen_direction() == "ltr" else ("›", "‹")
        if first > 0:
            shown.insert(0, self._sign_of_more(before, self.tabs[first - 1]))
        if end < len(self.tabs):
            shown.append(self._sign_of_more(after, self.tabs[end]))
        return shown

    def _window(self, sizes: list[int], width: int) -> tuple[int, int]:
        """The first tab that is shown and the one behind the last, with the open one between."""
        active = next((at for at, tab in enumerate(self.tabs) if tab.id == self.active), 0)
        first = min(self._first, active)
        while first < active and sum(sizes[first : active + 1]) > width:
            first += 1
        while first > 0 and sum(sizes[first - 1 :]) <= width:
            first -= 1
        end = first + 1
        while end < len(sizes) and sum(sizes[first : end + 1]) <= width:
            end += 1
        self._first = first
        return first, end

    def _sign_of_more(self, sign: str, hidden: Tab) -> tuple[Tab, list[Cell]]:
        cells = [Cell(sign, 1, self.tone("accent", bold=True)), Cell("", 1, Style())]
        return Tab(hidden.id, hidden.title, sign), cells

    def _tab_cells(self, tab: Tab, name: str, gap: int = 1) -> list[Cell]:
        """The cells of a tab, and so many blanks behind it."""
        chosen = tab.id == self.active
        unchosen = self.tones.ground("raised") if tab.id == self.hovered else Style()
        style = self.tones.block() if chosen else unchosen
        cells = [Cell(f" {name} ", cell_len(name) + 2, style)]
        if tab.counted:
            percent = f"{tab.counted.percent}% "
            cells.append(Cell(percent, len(percent), style))
        if tab.sign:
            tone = style if chosen else style + self.tone(HEALTH_TONES[tab.health])
            cells.append(Cell(f"{tab.sign} ", 2, tone))
        there = style if chosen else style + self.tone("accent", bold=True)
        cells += [Cell(text, cell_len(text), there) for text in tab.people_texts]
        return [*cells, *([Cell("", gap, Style())] if gap else [])]

    def _rule(self, placed: list[tuple[Tab, list[Cell]]], width: int) -> list[Cell]:
        """The line under the tabs; under each stage its bar."""
        line, out = self.tone("border"), []
        for tab, cells in placed:
            gap = 0 if cells[-1].text else 1
            size = cells_width(cells) - gap
            done = bar_marks(tab.counted.share, size) if tab.counted else 0
            tone = tab.counted.tone(self.thresholds, late=tab.health == "late") if tab.counted else None
            out.append(Cell(BAR_FULL * done, done, self.tone_of(tone)))
            out.append(Cell(BAR_EMPTY * (size + gap - done), size + gap - done, line))
        rest = max(width - cells_width(out), 0)
        return spread([*out, Cell(BAR_EMPTY * rest, rest, line)])

    def render_line(self, y: int) -> Strip:
        """Draw the tabs, or the rule under them."""
        return row([*self._line(y), Cell("", 0, Style())], self.size.width, self.rich_style)

    def _tab_at(self, event: events.MouseEvent) -> Tab | None:
        end, mouse = 0, reading_x(event.x, self.size.width)
        for tab, cells in self.laid_out(self.size.width):
            end += cells_width(cells)
            if mouse < end:
                return tab
        return None

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse; a double click renames a stage, the right button has a menu."""
        if (tab := self._tab_at(event)) is None:
            return
        wanted = wanted_by(event, "stage", tab.id) if tab.counted else None
        self.post_message(wanted or self.Chosen(tab.id))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light the tab under the mouse."""
        tab = self._tab_at(event)
        self._hover(tab.id if tab else TabId(""))

    def on_leave(self) -> None:
        """Light no tab any more."""
        self._hover(TabId(""))

    def _hover(self, tab: TabId) -> None:
        if tab != self.hovered:
            self.hovered = tab
            self.refresh(Region(0, 0, self.size.width, 1))


def _with_people(tabs: tuple[Tab, ...], width: int) -> tuple[Tab, ...]:
    """The tabs with the names of who is there where all have room for them, else with their signs."""
    if sum(cell_len(tab.short) + tab.fixed for tab in tabs) <= width:
        return tabs
    return tuple(tab._replace(people=tab.people and " ") for tab in tabs)


def _ending(shown: list[tuple[Tab, list[Cell]]], width: int) -> list[tuple[Tab, list[Cell]]]:
    """The tabs with the last one's blank at its end taken away where it has no room."""
    tab, (*before, last) = shown[-1]
    if sum(cells_width(cells) for _, cells in shown) <= width:
        return shown
    return [*shown[:-1], (tab, [*before, last._replace(text=last.text[:-1], width=last.width - 1)])]
