"""The dashboard: a page of panels, with its keys and its mouse."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message

from lfroadmap.ui.commands import Place as CommandPlace
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.dashboard.layout import Place
from lfroadmap.ui.dashboard.panel import PanelId, Target
from lfroadmap.ui.widgets.panel_page import PanelPage
from lfroadmap.ui.widgets.row_drawing import onward, reading_x

WHEEL = 3
"""Lines by which the wheel scrolls a panel."""


class Dashboard(PanelPage, can_focus=True):
    """Tab goes from panel to panel, the arrows from line to line, Enter and a click to where a line leads."""

    hints: ClassVar[CommandPlace] = "overview"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("overview"),
        Binding("up", "line(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(-1)", show=False),
    ]

    class Entered(Message):
        """Somebody wants to go where a line leads."""

        def __init__(self, target: Target) -> None:
            super().__init__()
            self.target = target

    # moving

    def move_to(self, name: PanelId, entry: int) -> None:
        """Put the cursor on an entry of a panel and bring it into view."""
        window, before = self.window(name), self.at
        old, offset = window.cursor, window.offset
        self.at = name
        window.move_to(entry)
        self._extend(name)
        if before != name:
            self._redraw_panel(before)
            self._redraw_panel(name)
        elif window.offset != offset:
            self._redraw_panel(name)
        elif window.cursor != old:
            self._redraw_entry(name, old)
            self._redraw_entry(name, window.cursor)
        self._reveal(name)

    def _reveal(self, name: PanelId) -> None:
        place, window = self.place_of(name), self.window(name)
        if place.height <= self.size.height:
            region = Region(0, place.y, 1, place.height)
        else:
            line = window.line_of(window.cursor)
            top = 0 if line <= window.panel.heads else place.y + line + 1
            region = Region(0, top or place.y, 1, 2)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def action_line(self, step: int) -> None:
        """Move the cursor by entries, over the end of a panel into the next one."""
        window = self.window(self.at)
        to = window.cursor + step
        if 0 <= to < len(window.entries):
            self.move_to(self.at, to)
        elif (name := self._beside(step)) is not None:
            self.move_to(name, 0 if step > 0 else len(self.window(name).entries) - 1)

    def _beside(self, step: int) -> PanelId | None:
        """The next panel, or the one before; None at the end."""
        names = [place.id for place in self.places]
        to = names.index(self.at) + step
        return names[to] if 0 <= to < len(names) else None

    def action_panel(self, step: int) -> None:
        """Go to the next panel, or the one before; over the ends to what else there is, and around."""
        names = [place.id for place in self.places]
        to = names.index(self.at) + step
        if not 0 <= to < len(names):
            self.screen.focus_next() if step > 0 else self.screen.focus_previous()
        name = names[to % len(names)]
        self.move_to(name, self.window(name).cursor)

    def action_across(self, columns: int) -> None:
        """Go to the panel on the right or the left."""
        here, step = self.place_of(self.at), onward(columns)
        xs = sorted({place.x for place in self.places})
        to = xs.index(here.x) + step
        if not 0 <= to < len(xs):
            return
        line = here.y + self.window(self.at).line_of(self.window(self.at).cursor)
        beside = [place for place in self.places if place.x == xs[to]]
        name = next((place.id for place in beside if place.contains(place.x, line)), beside[-1].id)
        self.move_to(name, self.window(name).cursor)

    def action_page(self, pages: int) -> None:
        """Move the cursor by the lines of its panel that are seen."""
        window = self.window(self.at)
        seen = len({shown.entry for shown in window.lines() if shown.entry >= 0})
        self.move_to(self.at, max(0, min(window.cursor + pages * max(seen - 1, 1), len(window.entries) - 1)))

    def action_end(self, entry: int) -> None:
        """Move the cursor to the first entry of its panel, or to the last."""
        window = self.window(self.at)
        self.move_to(self.at, entry % max(len(window.entries), 1))

    def action_enter(self) -> None:
        """Go where the line of the cursor leads."""
        if target := self.window(self.at).target:
            self.post_message(self.Entered(target))

    @property
    def node(self) -> str:
        """Id of the node that the line of the cursor leads to; empty where there is none."""
        target = self.window(self.at).target if self.places else None
        return target.id if target and target.kind == "node" else ""

    # the mouse

    def _pointed(self, event: events.MouseEvent) -> Offset:
        """The place of the page under the mouse."""
        return Offset(reading_x(event.x, self.size.width), event.y + int(self.scroll_offset.y))

    def on_click(self, event: events.Click) -> None:
        """Go where a line leads, scroll by the lines that count what is hidden, or focus a panel."""
        pointed = self._pointed(event)
        found = self.under(*pointed)
        if found is None:
            return
        place, shown = found
        self.move_to(place.id, shown.entry if shown and shown.entry >= 0 else self.window(place.id).cursor)
        if shown and shown.step:
            self._scroll_panel(place, shown.step)
        elif shown and shown.entry >= 0:
            self.action_enter()
        elif place.id == "lately" and self.is_on_end(place, pointed):
            self.post_message(self.Entered(Target("history")))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light the line under the mouse."""
        self.point_at(self._pointed(event))

    def on_leave(self, event: events.Leave) -> None:
        """Light nothing."""
        self.point_at(None)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the panel under the mouse; at its end the page."""
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the panel under the mouse back; at its beginning the page."""
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        found = self.under(*self._pointed(event))
        if found and self._scroll_panel(found[0], lines):
            event.stop()
            event.prevent_default()

    def _scroll_panel(self, place: Place, lines: int) -> bool:
        if not self.window(place.id).scroll(lines):
            return False
        self._extend(place.id)
        self._follow_pointer()
        self._redraw_panel(place.id)
        return True

    # the focus

    def on_focus(self) -> None:
        """Show the cursor."""
        if self.places:
            self._redraw_panel(self.at)

    def on_blur(self) -> None:
        """Hide the cursor."""
        if self.places:
            self._redraw_panel(self.at)
