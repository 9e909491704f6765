"""A short "Start here" for a new roadmap: three steps, each of which leads to its place."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.strip import Strip

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.context import Context
from lfroadmap.ui.start_here import Step, is_over, steps_of
from lfroadmap.ui.widgets.line_list import LineList
from lfroadmap.ui.widgets.panel import Panel
from lfroadmap.ui.widgets.row_drawing import Cell, reading_x, row


class StartHere(Panel, Vertical):
    """The steps in a panel; not displayed once all are done, or somebody hid it."""

    DEFAULT_CSS = """
    StartHere { height: auto; }
    .-wide StartHere { margin: 0 1; }
    """

    def __init__(self, roadmap: Roadmap, context: Context) -> None:
        super().__init__()
        self.context = context
        self.panel_title = context.words("start.title")
        self._hide = f"{context.words('start.hide')} ✕"
        self._is_hidden = context.hides_start()
        self._tour_ended = context.tour_ended()
        self.steps = StepList(steps_of(roadmap, context.labels), context)
        self.display = self.steps.can_focus = self._is_needed()

    def compose(self) -> ComposeResult:
        """Put the steps into the panel."""
        yield self.steps

    def upper(self, width: int) -> list[Cell]:
        """What hides the steps by a click."""
        return [Cell(self._hide, cell_len(self._hide), self.tone("muted"))]

    def lower(self, width: int) -> list[Cell]:
        """The offer of a tour, until the person took one."""
        if self._tour_ended:
            return []
        offer = self.context.words("tour.offer")
        return [Cell(offer, min(cell_len(offer), width), self.tone("accent"))]

    async def on_click(self, event: events.Click) -> None:
        """Hide the steps by a click at the end of the upper edge; begin the tour by one on the lower."""
        width, height = self.outer_size
        if event.y == height - 1 and not self._tour_ended:
            await self.app.run_action("screen.tour()")
        elif event.y == 0 and reading_x(event.x, width) >= width - cell_len(self._hide) - 4:
            self.hide()

    def _is_needed(self) -> bool:
        return not self._is_hidden and not is_over(self.steps.steps)

    def show(self, roadmap: Roadmap) -> None:
        """Show what is done by now."""
        if not self._is_hidden:
            self.steps.show(steps_of(roadmap, self.context.labels))
            self._display(self._is_needed())

    def end_offer(self) -> None:
        """Offer the tour no more."""
        self._tour_ended = True
        self.refresh()

    def hide(self) -> None:
        """Hide it for good, and the offer of the tour with it."""
        self._is_hidden = True
        if not self._tour_ended:
            self._tour_ended = True
            self.context.end_tour()
        self._display(False)
        self.context.hide_start()

    def _display(self, shown: bool) -> None:
        if self.steps.has_focus and not shown:
            self.screen.focus_next()
        self.display = self.steps.can_focus = shown


class StepList(LineList):
    """The steps, with a cursor."""

    hints: ClassVar[Place] = "start"
    BINDINGS: ClassVar[list[BindingType]] = bindings("start")

    def __init__(self, steps: tuple[Step, ...], context: Context) -> None:
        super().__init__()
        self.steps = steps
        self.context = context
        self.cursor = next((at for at, step in enumerate(steps) if not step.is_done), 0)

    def show(self, steps: tuple[Step, ...]) -> None:
        """Show the steps as they are now; the cursor goes on from one that is done."""
        if steps == self.steps:
            return
        self.steps = steps
        if steps and steps[min(self.cursor, len(steps) - 1)].is_done:
            self.cursor = next((at for at, step in enumerate(steps) if not step.is_done), 0)
        self.remeasure()

    def row_count(self) -> int:
        """A row for each step."""
        return len(self.steps)

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a step: its mark, its words, its place."""
        step = self.steps[index]
        mark, tone = (
            ("✓", self.tone("done")) if step.is_done else (str(index + 1), self.tone("accent", bold=True))
        )
        text = self.context.words(f"start.{step.name}")
        cells = [
            Cell(f"   {mark}  ", 6, tone),
            Cell(text, min(cell_len(text), width - 6), self.tone("muted") if step.is_done else Style()),
            Cell(f"  {step.place}", 0, self.tone("muted")),
        ]
        return [row(cells, width, base)]

    def action_move(self, rows: int) -> None:
        """Move the cursor; from the last step on to what stands below."""
        if rows > 0 and self.cursor == len(self.steps) - 1:
            self.screen.focus_next()
        else:
            super().action_move(rows)

    async def action_enter(self) -> None:
        """Go where the step is done; an action, so that what is typed behind the key lands there."""
        if self.steps:
            await self.app.run_action(f"screen.go_to({self.steps[self.cursor].node!r})")

    def action_hide(self) -> None:
        """Hide the steps for good."""
        self.query_ancestor(StartHere).hide()

    async def on_click(self, event: events.Click) -> None:
        """Go there by a click."""
        await self.action_enter()
