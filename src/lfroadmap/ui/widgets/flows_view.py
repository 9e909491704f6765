"""The page of flows with its keys and its mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.flows.parts import Part
from lfroadmap.ui.flows.state import FlowsState
from lfroadmap.ui.widgets.pointed_page import PointedPage
from lfroadmap.ui.widgets.row_drawing import onward


class FlowsView(PointedPage, can_focus=True):
    """The arrows go from figure to figure, Tab from part to part, Enter and a click explain a figure."""

    hints: ClassVar[Place] = "flows"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list"),
        *bindings("flows"),
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
    ]

    class Entered(Message):
        """Somebody wants to know what a figure is."""

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    class CalledOff(Message):
        """What is under way is not wanted any more."""

    def __init__(self, state: FlowsState) -> None:
        """The cursor's place is put into `state` at once: the next key may be about it."""
        super().__init__()
        self.state = state

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the key of calling off to the screen where there is nothing to call off."""
        return self.state.working is not None if action == "call_off" else True

    def action_call_off(self) -> None:
        """Call off what is under way."""
        self.post_message(self.CalledOff())

    @property
    def target(self) -> str:
        """What the line of the cursor stands for; empty for nothing."""
        return self.stops[self.cursor].target if self.stops else ""

    def show(self, parts: Sequence[Part]) -> None:
        """Show other parts."""
        super().show(parts)
        self.state.at = self.target

    # moving

    def move_to(self, index: int) -> None:
        """Put the cursor on a stop and bring it into view."""
        if not self.stops:
            return
        index = max(0, min(index, len(self.stops) - 1))
        before, self.cursor = self.cursor, index
        if self.stops[before].part != self.stops[index].part:
            self.redraw_part(self.stops[before].part)
            self.redraw_part(self.stops[index].part)
        else:
            self.redraw_stop(before)
            self.redraw_stop(index)
        self._reveal()
        self.state.at = self.target

    def _reveal(self) -> None:
        stop, region = self.stops[self.cursor], self.region_of(self.cursor)
        if stop.line <= self.size.height // 2:  # with the title of its part, where that has room
            region = region.grow((stop.line, 0, 1, 0))
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def action_move(self, rows: int) -> None:
        """Move the cursor by figures; where there are none, scroll."""
        if not self.stops:
            self.scroll_relative(y=rows, animate=False, force=True, immediate=True)
        elif self.cursor + rows >= len(self.stops):
            self.place_all()
        self.move_to(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Scroll by a window, with the cursor on the first figure that is seen then."""
        self.place_all()
        self.scroll_relative(
            y=pages * max(self.size.height - 2, 1), animate=False, force=True, immediate=True
        )
        top = int(self.scroll_offset.y)
        seen = [n for n in range(len(self.stops)) if self._is_seen(n, top)]
        if seen:
            column = self.placed[self.stops[self.cursor].part].x
            beside = [n for n in seen if self.placed[self.stops[n].part].x == column]
            self._light(min(beside or seen, key=lambda n: self.region_of(n).y * pages))

    def _is_seen(self, index: int, top: int) -> bool:
        region = self.region_of(index)
        return top <= region.y and region.bottom <= top + self.size.height

    def _light(self, index: int) -> None:
        """Put the cursor on a stop that is seen."""
        self.cursor = index
        self.refresh()
        self.state.at = self.target

    def action_go(self, index: int) -> None:
        """Go to the first figure, or to the last."""
        self.place_all()
        if self.stops:
            self.move_to(index % len(self.stops))
        if index == 0 or not self.stops:
            y = 0 if index == 0 else self.max_scroll_y
            self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def action_section(self, step: int) -> None:
        """Go to the next part, or the one before, around the ends."""
        self.place_all()
        firsts = {stop.part: n for n, stop in reversed(list(enumerate(self.stops)))}
        if firsts:
            order = sorted(firsts)
            here = order.index(self.stops[self.cursor].part)
            self.move_to(firsts[order[(here + step) % len(order)]])

    def action_across(self, columns: int) -> None:
        """Go to the part on the right or the left, at the same height."""
        if not self.stops:
            return
        step, here = onward(columns), self.region_of(self.cursor)
        others = [n for n in range(len(self.stops)) if (self.region_of(n).x - here.x) * step > 0]
        if others:
            self.move_to(min(others, key=self._distance))

    def _distance(self, index: int) -> tuple[int, int]:
        here, there = self.region_of(self.cursor), self.region_of(index)
        return abs(there.x - here.x), abs(there.y - here.y)

    def action_enter(self) -> None:
        """Explain the figure of the cursor."""
        if self.target:
            self.post_message(self.Entered(self.target))

    # the mouse

    def on_click(self, event: events.Click) -> None:
        """Explain the figure under the mouse."""
        index = self.stop_at(event)
        if index >= 0:
            self.move_to(index)
            self.action_enter()

    # the focus

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()
        self.state.at = self.target

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()
