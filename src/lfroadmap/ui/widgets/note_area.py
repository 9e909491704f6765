"""The area in which a note is written: each change is reported at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.widgets.text_area import Edit, EditResult

from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.widgets.text_area import PlainTextArea


class NoteArea(PlainTextArea):
    """Reports the whole text with each change of a person's."""

    hints: ClassVar[Place] = "note"
    BINDINGS: ClassVar[list[BindingType]] = bindings("note")

    def __init__(self, placeholder: str, typed: Callable[[str], None]) -> None:
        self._typed: Callable[[str], None] | None = None
        super().__init__("", placeholder)
        self._typed = typed

    def edit(self, edit: Edit) -> EditResult:
        """Do the edit and report the text."""
        result = super().edit(edit)
        if self._typed:
            self._typed(self.text)
        return result

    def fill(self, text: str) -> None:
        """Show another text, with the cursor at its end; nothing is reported."""
        typed, self._typed = self._typed, None
        self.load_text(text)
        self.move_cursor(self.document.end)
        self._typed = typed

    def action_new_line(self) -> None:
        """Begin another line."""
        self.insert("\n")
