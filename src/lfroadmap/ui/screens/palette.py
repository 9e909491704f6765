"""The palette: a field, and below it what is found by the words in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.search_index import Found, Target
from lfroadmap.ui.widgets.found_list import FoundList
from lfroadmap.words import Words

Search = Callable[[str], Sequence[Found]]
"""The results of a query, the best first; it must be quick, as it is called at each key."""


class PaletteScreen(BaseModal[Target | None]):
    """Ends with the target that was chosen, or with None."""

    CSS_PATH = "palette.tcss"
    AUTO_FOCUS = "#query"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "choose", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("ctrl+home", "go(0)", show=False, priority=True),
        Binding("ctrl+end", "go(-1)", show=False, priority=True),
    ]

    def __init__(self, search: Search, words: Words, placeholder: str) -> None:
        super().__init__()
        self._search = search
        self._found_by = ""
        self.field = BidiInput(placeholder=placeholder, id="query")
        self.field.cursor_blink = False
        self.results = FoundList(words, words("search.none"))

    def compose(self) -> ComposeResult:
        """Stack the field and the results."""
        with Vertical(id="palette"):
            yield self.field
            with VerticalScroll(can_focus=False):
                yield self.results

    def on_mount(self) -> None:
        """Show what can be chosen before anything is typed."""
        self.results.show(self._search(""))

    @on(Input.Changed, "#query")
    def _find(self) -> None:
        """Show what is found by the words in the field."""
        if self.field.value != self._found_by:
            self._found_by = self.field.value
            self.results.show(self._search(self._found_by))
            self.results.reveal()

    @on(FoundList.Chosen)
    def action_choose(self) -> None:
        """Choose the result under the cursor; at once, so that keys typed ahead go where it leads."""
        self._find()  # the last letters may not have been reported yet
        if found := self.results.selected:
            self.dismiss(found.target)

    def action_move(self, rows: int) -> None:
        """Move the cursor of the results by rows."""
        self.results.action_move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor of the results by a screen of them."""
        self.results.action_page(pages)

    def action_go(self, index: int) -> None:
        """Move the cursor to the first result, or to the last."""
        self.results.action_go(index)

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """Leave by a click beside the palette."""
        if self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.dismiss(None)
