"""The line above the flows: the day of the figures and the filters, or how far a measuring is."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip

from lfroadmap.key_names import shown_key
from lfroadmap.ui.flows.state import Working
from lfroadmap.ui.widgets.chrome import OneLine
from lfroadmap.ui.widgets.row_drawing import Cell, bar, reading_x, row, spread
from lfroadmap.words import Words

BAR = 20
"""Columns of the bar of a measuring."""
FILTERS = {"since": "flow_period", "channel": "flow_channel", "segment": "flow_segment"}
"""Filter -> the command that chooses it."""


class Shown(NamedTuple):
    """What the line says."""

    day: str = ""
    """The day of the figures, in words."""
    filters: tuple[tuple[str, str], ...] = ()
    """Filters with their values in words; one that is not set has the word for all."""
    working: Working | None = None


class FlowsStatus(OneLine):
    """A click on a filter chooses it; while something is measured, a click calls it off."""

    DEFAULT_CSS = """
    FlowsStatus { background: $lf-raised; }
    """

    class Chosen(Message):
        """A command was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, words: Words, keys: dict[str, str]) -> None:
        """`keys`: id of a command -> its key as it is bound."""
        super().__init__()
        self.words, self.keys = words, keys
        self.shown = Shown()

    def show(self, shown: Shown) -> None:
        """Say something else."""
        if shown != self.shown:
            self.shown = shown
            self.refresh()

    def _chips(self) -> list[tuple[str, str]]:
        """The commands with their texts, in the order of the line."""
        if self.shown.working:
            return [("call_off", f" {self.words('flows_tab.call_off')} ")]
        return [
            (
                FILTERS[name],
                f" {shown_key(self.keys[FILTERS[name]])} {self.words(f'flows_tab.{name}', value=value)} ",
            )
            for name, value in self.shown.filters
        ]

    def render_line(self, y: int) -> Strip:
        """Draw the filters and the day, or the bar of what is under way."""
        working = self.shown.working
        set_filters = {FILTERS[n] for n, value in self.shown.filters if value != self.words("flows_tab.all")}
        cells: list[Cell] = []
        for command, text in self._chips():
            tone = self.tone("accent") if working or command in set_filters else self.tone("text")
            cells.append(Cell(text, cell_len(text), tone))
        if working:
            if working.percent >= 0:
                cells += bar(working.percent / 100, BAR, self.tone("accent"), self.tone("border"))
            cells.append(Cell(f" {working.text}", 0, self.tone("text")))
        else:
            cells.append(Cell(f"{self.shown.day} ", 0, self.tone("muted"), "end"))
        return row(spread(cells[:-1]) + cells[-1:], self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Choose the filter under the mouse, or call off what is under way."""
        at = reading_x(event.x, self.size.width)
        for command, text in self._chips():
            at -= cell_len(text)
            if at < 0:
                self.post_message(self.Chosen(command))
                return
