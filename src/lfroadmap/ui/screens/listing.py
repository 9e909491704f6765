"""A screen that is a list: a title, what narrows it, the lines, the keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from rich.cells import cell_len
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from lfroadmap.ui.commands import Command, Place, in_footer, shown_key
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.widgets.chrome import Footer, KeyHint, OneLine
from lfroadmap.ui.widgets.entry_list import EntryList, EntryScroll
from lfroadmap.ui.widgets.row_drawing import Cell, row
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words

T = TypeVar("T")
R = TypeVar("R")


class TitleLine(OneLine):
    """The title of a screen, and a count."""

    DEFAULT_CSS = """
    TitleLine { background: $panel; text-style: bold; margin: 0 0 1 0; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.note = ""

    def show(self, note: str) -> None:
        """Show how much there is."""
        if note != self.note:
            self.note = note
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        note = f" {self.note} " if self.note else ""
        cells = [Cell(" " + self.title, 0, Style())]
        if note:
            cells.append(Cell(note, min(cell_len(note), max(self.size.width - 14, 1)), self.tone("muted")))
        return row(cells, self.size.width, self.rich_style)


class ListingScreen(BaseScreen[R], Generic[T, R]):
    """Shows a list of `T`, which subclasses fill, and ends with an `R`."""

    place: Place
    """Where the screen's own commands stand in the table of commands."""
    CSS_PATH = "listing.tcss"
    AUTO_FOCUS = "EntryList"

    def __init__(self, words: Words, keys: Mapping[str, str], title: str, hint: str) -> None:
        super().__init__()
        self.words = words
        self.keys = keys
        self.title_line = TitleLine(title)
        self.listed: EntryList[T] = EntryList(self.draw, hint)
        self.footer = Footer()

    def draw(self, entry: T, width: int, tone: Tones) -> list[Cell]:
        """Make the cells of a line."""
        raise NotImplementedError

    def above(self) -> list[Widget]:
        """Make what stands between the title and the list."""
        return []

    def compose(self) -> ComposeResult:
        """Stack the lines."""
        yield self.title_line
        yield from self.above()
        yield EntryScroll(self.listed)
        yield self.footer

    def on_descendant_focus(self) -> None:
        """Name the keys that matter here."""
        self.footer.show([self._hint(command.id, command.keys, command.action) for command in self._hinted()])

    def _hinted(self) -> list[Command]:
        return in_footer((self.place,))

    def _hint(self, name: str, keys: str, action: str) -> KeyHint:
        shown = shown_key(self.keys.get(name, keys))
        return KeyHint(shown, self.words(f"command.{name}"), lambda: self.call_later(self.run_action, action))

    @on(EntryList.Entered)
    async def _entered(self) -> None:
        await self.run_action("enter")

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.set_focus(self.listed)

    def action_close(self) -> None:
        """Go back to the roadmap."""
        self.dismiss(None)
