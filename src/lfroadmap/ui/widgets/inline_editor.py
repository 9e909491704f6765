"""An input over a row or a cell while it is edited in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region

from lfroadmap.bidi.textual.wrapped_inputs import WrappedInput
from lfroadmap.text import one_line
from lfroadmap.ui.commands import Place, bindings

Kind = Literal["line", "cell"]
"""A line goes on behind the text that is there; the first letter in a cell replaces it."""
Exit = Literal["enter", "tab", "back", "cancel", "blur"]
"""How an editor is left: Enter, Tab, Shift+Tab, Escape, or because another widget took the focus."""
FORWARD: frozenset[Exit] = frozenset(("enter", "tab", "back"))
"""The ways out on which a text that cannot be read keeps the editor open."""


def right(text: str) -> str:
    """The reason why a text that can be anything is wrong: none."""
    return ""


class InlineEditor(WrappedInput, inherit_css=False):
    """One text that is edited where it stands, in as many lines as its region has.

    `typed` is called with the text at each change; `left` once, with the way out and the last text. `wrong`
    returns why a text cannot be taken, or an empty text. `pasted` may take a paste of several lines; it
    returns False where it does not.
    """

    COMPONENT_CLASSES = WrappedInput.COMPONENT_CLASSES
    DEFAULT_CSS = """
    InlineEditor {
        position: absolute;
        pointer: text;
        scrollbar-size-horizontal: 0;
        background: $lf-cursor;
        color: $lf-on-cursor;
        & > .input--cursor {
            background: $input-cursor-background;
            color: $input-cursor-foreground;
            text-style: $input-cursor-text-style;
        }
        & > .input--selection { background: $input-selection-background; color: $input-selection-foreground; }
        & > .input--suggestion { color: $text-disabled; }
        &:ansi {
            & > .input--cursor { background: ansi_white; color: ansi_black; }
            & > .input--suggestion { text-style: dim; color: ansi_default; }
        }
    }
    """
    hints: ClassVar[Place] = "editing"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("editing"),
        Binding("pageup,pagedown", "stay", show=False),
    ]

    def __init__(
        self,
        text: str,
        region: Region,
        typed: Callable[[str], None],
        left: Callable[[Exit, str], None],
        *,
        kind: Kind = "line",
        wrong: Callable[[str], str] = right,
        pasted: Callable[[str], bool] | None = None,
        complete: Callable[[str], str] | None = None,
    ) -> None:
        shown = one_line(text)
        self._reported = shown  # the input reports its first value while it is built
        self._typed = typed
        self._left: Callable[[Exit, str], None] | None = left
        self._wrong, self._pasted = wrong, pasted
        self.complete = complete
        super().__init__(shown, select_on_focus=kind == "cell")
        self.cursor_blink = False
        self.place(region)

    def place(self, region: Region) -> None:
        """Cover a region of the parent."""
        self.styles.offset = region.offset
        self.styles.width, self.styles.height = region.size

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Style nothing again: without the focus it is about to go."""

    def watch_value(self, value: str) -> None:
        """Report each change at once."""
        if value != self._reported and self._left is not None:
            self._reported = value
            self._typed(value)

    def on_paste(self, event: events.Paste) -> None:
        """Insert all lines of a paste as one, without escape sequences, unless it is taken line by line."""
        event.prevent_default()
        event.stop()
        if self._pasted is None or not self._pasted(event.text):
            self.replace(one_line(event.text), *self.selection)

    def action_stay(self) -> None:
        """Ignore a key by which the list around would move its cursor away from the editor."""

    def action_tab(self) -> None:
        """Take the completion, or go on to the next."""
        if not self.take_completion():
            self.action_leave("tab")

    def action_leave(self, way: Exit) -> None:
        """Stop editing; say what is wrong instead where the text cannot be taken."""
        if way in FORWARD and self._left is not None and (reason := self._wrong(self.value)):
            self.notify(reason, severity="warning", markup=False)
            return
        left = self._left
        self.close()
        if left is not None:
            left(way, self.value)

    def close(self) -> None:
        """Go without a report."""
        if self._left is not None:
            self._left = None
            self.remove()

    def on_blur(self, event: events.Blur) -> None:
        """Stop editing when another widget takes the focus; not when the window loses it."""
        if self.app.app_focus:
            self.action_leave("blur")
