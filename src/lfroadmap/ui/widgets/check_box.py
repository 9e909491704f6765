"""A box to check that shows without colors too whether it is checked."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Checkbox


class CheckBox(Checkbox):
    """A checkbox of one row: `[X]` when checked, `[ ]` when not."""

    BUTTON_LEFT = ""
    BUTTON_INNER = "[ ]"  # is measured before the first drawing
    BUTTON_RIGHT = ""
    BUTTON_INNER = "[ ]"

    DEFAULT_CSS = """
    CheckBox {
        margin-right: 3;
        background: $lf-ground;
        & > .toggle--button, &:focus > .toggle--button { color: $lf-text; background: $lf-ground; }
        &.-on > .toggle--button, &.-on:focus > .toggle--button { color: $lf-done; background: $lf-ground; }
        &:focus > .toggle--label { color: $lf-on-cursor; background: $lf-cursor; text-style: none; }
        &:hover > .toggle--label { background: $lf-raised; }
    }
    """

    def __init__(self, label: str, value: bool, *, id: str | None = None) -> None:
        super().__init__(Content(label), value, id=id, compact=True)

    def render(self) -> Content:
        """Draw the box as it stands; Textual distinguishes the two by color alone."""
        self.BUTTON_INNER = "[X]" if self.value else "[ ]"
        return super().render()
