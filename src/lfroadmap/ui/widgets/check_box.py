"""A box to check that shows without colors too whether it is checked."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Checkbox


class CheckBox(Checkbox):
    """A checkbox of one row: an X when checked, empty when not."""

    DEFAULT_CSS = """
    CheckBox { margin-right: 3; }
    """

    def __init__(self, label: str, value: bool, *, id: str | None = None) -> None:
        super().__init__(Content(label), value, id=id, compact=True)

    def render(self) -> Content:
        """Draw the box as it stands; Textual distinguishes the two by color alone."""
        self.BUTTON_INNER = "X" if self.value else " "
        return super().render()
