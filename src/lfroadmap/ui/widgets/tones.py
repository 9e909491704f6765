"""The tones in which widgets draw: one set of styles, so that late, soon and done look alike everywhere.

A screen has them, and not each widget: Textual styles a node for every named style of every widget, which
was a fifth of the time to the first picture.
"""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget

from lfroadmap.ui.widgets.row_drawing import ink

TONES = {
    "tone--red", "tone--orange", "tone--green", "tone--dim", "tone--track", "tone--strong", "tone--key",
    "tone--active",
}  # fmt: skip
"""The component classes of a screen."""
TONES_CSS = """
BaseScreen, BaseModal {
    & > .tone--red { color: $text-error; }
    & > .tone--orange { color: $text-warning; }
    & > .tone--green { color: $text-success; }
    & > .tone--dim { color: $text-muted; }
    & > .tone--track { color: $foreground 25%; }
    & > .tone--strong { text-style: bold; }
    & > .tone--key { color: $text-accent; text-style: bold; }
    & > .tone--active { background: $primary; color: $text; text-style: bold; }
}
"""


class Toned(Widget):
    """A widget that draws in the tones of its screen."""

    def tone(self, name: str) -> Style:
        """The style of a tone; without its background, but for the active one, which is one."""
        style = self.screen.get_component_rich_style(f"tone--{name}")
        return style if name == "active" else ink(style)

    def tone_of(self, style: str | None) -> Style:
        """The style of a share's tone or of a health; plain where it has none, dim where there is no date."""
        return self.tone("dim" if style == "empty" else style) if style else Style()
