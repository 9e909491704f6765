"""An input over a row or a cell while it is edited in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.text import one_line
from lfroadmap.ui.commands import Place

Kind = Literal["line", "cell"]
"""A line goes on behind the text that is there; the first letter in a cell replaces it."""
Exit = Literal["enter", "tab", "back", "cancel", "blur"]
"""How an editor is left: Enter, Tab, Shift+Tab, Escape, or because another widget took the focus."""


class InlineEditor(BidiInput):
    """One text that is edited where it stands.

    `typed` is called with the text at each change; `left` once, with the way out and the last text.
    """

    DEFAULT_CSS = """
    InlineEditor, InlineEditor:focus {
        position: absolute;
        border: none;
        padding: 0;
        background: $surface-lighten-2;
    }
    """
    hints: ClassVar[Place] = "app"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave('enter')", show=False),
        Binding("tab", "leave('tab')", show=False, priority=True),
        Binding("shift+tab", "leave('back')", show=False, priority=True),
        Binding("escape", "leave('cancel')", show=False),
        Binding("up,down,pageup,pagedown", "stay", show=False),
    ]

    def __init__(
        self,
        text: str,
        region: Region,
        typed: Callable[[str], None],
        left: Callable[[Exit, str], None],
        *,
        kind: Kind = "line",
    ) -> None:
        shown = one_line(text)
        self._reported = shown  # the input reports its first value while it is built
        self._typed = typed
        self._left: Callable[[Exit, str], None] | None = left
        super().__init__(shown, select_on_focus=kind == "cell")
        self.cursor_blink = False
        self.place(region)

    def place(self, region: Region) -> None:
        """Cover a region of the parent."""
        self.styles.offset = region.offset
        self.styles.width, self.styles.height = region.size

    def watch_value(self, value: str) -> None:
        """Report each change at once."""
        if value != self._reported and self._left is not None:
            self._reported = value
            self._typed(value)

    def on_paste(self, event: events.Paste) -> None:
        """Insert all lines of a paste as one, without escape sequences."""
        event.prevent_default()
        event.stop()
        self.replace(one_line(event.text), *self.selection)

    def action_stay(self) -> None:
        """Ignore a key by which the list around would move its cursor away from the editor."""

    def action_leave(self, way: Exit) -> None:
        """Stop editing."""
        left, self._left = self._left, None
        if left is not None:
            left(way, self.value)
            self.remove()

    def on_blur(self, event: events.Blur) -> None:
        """Stop editing when another widget takes the focus; not when the window loses it."""
        if self.app.app_focus:
            self.action_leave("blur")
