"""The tones in which widgets draw: one set of styles, so that late, soon and done look alike everywhere."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.widget import Widget

from lfroadmap.ui.widgets.row_drawing import ink


class Toned(Widget):
    """A widget that draws in the named tones."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tone--red", "tone--orange", "tone--green", "tone--dim", "tone--track", "tone--strong", "tone--key",
        "tone--active",
    }  # fmt: skip
    DEFAULT_CSS = """
    Toned {
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

    def tone(self, name: str) -> Style:
        """The style of a tone; without its background, but for the active one, which is one."""
        style = self.get_component_rich_style(f"tone--{name}")
        return style if name == "active" else ink(style)

    def tone_of(self, style: str | None) -> Style:
        """The style of a share's tone or of a health; plain where it has none, dim where there is no date."""
        return self.tone("dim" if style == "empty" else style) if style else Style()
