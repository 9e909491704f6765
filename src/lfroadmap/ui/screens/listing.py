"""A screen that is a list: a title, what narrows it, the lines, the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.roadmap.matching import query_words
from lfroadmap.text import one_line
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.screens.key_hints import show_keys
from lfroadmap.ui.widgets.chrome import Footer, OneLine
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


class ListField(BidiInput):
    """A field above a list, or above the past."""

    hints: ClassVar[Place] = "filter"
    BINDINGS: ClassVar[list[BindingType]] = bindings("filter")

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__(placeholder=placeholder, id=name)
        self.cursor_blink = False


class ListingScreen(BaseScreen[R], Generic[T, R]):
    """Shows a list of `T`, which subclasses fill, and ends with an `R`."""

    # not a file of its own: where one is loaded, Textual styles all widgets of all screens once more
    DEFAULT_CSS = """
    ListingScreen .filters { height: 1; margin: 0 1 1 1; }
    ListingScreen .filters Input {
        height: 1; border: none; padding: 0 1; width: 1fr; background: $lf-raised;
    }
    ListingScreen .filters #since { width: 34; margin-left: 2; }
    """
    AUTO_FOCUS = "EntryList"

    def __init__(self, words: Words, keys: Mapping[str, str], title: str, hint: str) -> None:
        super().__init__()
        self.words = words
        self.keys = keys
        self.title_line = TitleLine(title)
        self.listed: EntryList[T] = EntryList(self.draw, hint)
        self.footer = Footer()
        self._columns: dict[str, tuple[list[T], int, int]] = {}
        """Name of a column -> the entries that were measured, how many there were, and the columns."""

    def draw(self, entry: T, width: int, tone: Tones) -> list[Cell]:
        """Make the cells of a line."""
        raise NotImplementedError

    def column(self, name: str, text_of: Callable[[T], str], most: int) -> int:
        """Columns of the longest of these texts in the list, with a free one before it; at most `most`."""
        entries = self.listed.entries
        known = self._columns.get(name)
        if known is None or known[0] is not entries or known[1] != len(entries):
            longest = max((cell_len(one_line(text_of(entry))) for entry in entries), default=0)
            known = self._columns[name] = (entries, len(entries), longest + 1)
        return min(known[2], most)

    def forget_columns(self) -> None:
        """Measure the columns again: the texts of the entries are others."""
        self._columns.clear()

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
        show_keys(self.footer, self, self.words, self.keys, up=True)

    @on(EntryList.Entered)
    async def _entered(self) -> None:
        await self.run_action("enter")

    def action_take_field(self) -> None:
        """Go from a field to the list."""
        self.set_focus(self.listed)


class FilteredScreen(ListingScreen[T, R]):
    """A list that words narrow, in a field above it."""

    def __init__(
        self, words: Words, keys: Mapping[str, str], title: str, hint: str, placeholder: str
    ) -> None:
        super().__init__(words, keys, title, hint)
        self.field = ListField(placeholder, "filter")

    def above(self) -> list[Widget]:
        """Make the filter."""
        return [Horizontal(self.field, classes="filters")]

    @property
    def wanted(self) -> list[str]:
        """The folded words of the filter."""
        return query_words(self.field.value)

    def narrow(self) -> None:
        """Show what fits the filter."""
        raise NotImplementedError

    @on(Input.Changed)
    def _typed(self) -> None:
        if not self.has_ended:
            self.narrow()

    def action_take_field(self) -> None:
        """Apply the filter now, and go to the list."""
        super().action_take_field()
        self.narrow()

    def action_filter(self) -> None:
        """Go to the filter."""
        self.set_focus(self.field)

    def action_level_up(self) -> None:
        """Take the filter away; without one, go back."""
        if self.focused is self.listed and not self.field.value:
            self.dismiss(None)
            return
        self.field.value = ""
        self.set_focus(self.listed)
