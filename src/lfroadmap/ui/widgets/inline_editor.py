"""An input laid over a row or a cell while it is being edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.text import one_line
from lfroadmap.ui.commands import Place

How = Literal["enter", "tab", "back", "cancel", "blur"]
"""How an editor was left: Enter, Tab, Shift+Tab, Escape, or for another widget."""


class InlineEditor(BidiInput):
    """One line that is edited where it stands.

    `typed` is called with the text at each change, `left` once with how it was left and the last text.
    With `replacing` the first letter takes the place of what is there.
    """

    DEFAULT_CSS = """
    InlineEditor, InlineEditor:focus {
        position: absolute;
        height: 1;
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
        left: Callable[[How, str], None],
        *,
        replacing: bool = False,
    ) -> None:
        shown = one_line(text)
        self._told = shown  # the input tells of its first value while it is built
        self._typed = typed
        self._left: Callable[[How, str], None] | None = left
        super().__init__(shown, select_on_focus=replacing)
        self.cursor_blink = False
        self.place(region)

    def place(self, region: Region) -> None:
        """Put the input over a part of what it stands in."""
        self.styles.offset = region.offset
        self.styles.width = region.width

    def watch_value(self, value: str) -> None:
        """Tell of each change at once."""
        if value != self._told and self._left is not None:
            self._told = value
            self._typed(value)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted, and no escape sequences."""
        event.prevent_default()
        event.stop()
        self.replace(one_line(event.text), *self.selection)

    def action_stay(self) -> None:
        """Keep to the row: the list around it would move its cursor away from the editor."""

    def action_leave(self, how: How) -> None:
        """Stop editing."""
        left, self._left = self._left, None
        if left is not None:
            left(how, self.value)
            self.remove()

    def on_blur(self, event: events.Blur) -> None:
        """Going elsewhere leaves the editor with what was typed; an unfocused window does not."""
        if self.app.app_focus:
            self.action_leave("blur")
