"""The list of themes, from which one is chosen by what it looks like."""

from __future__ import annotations

from textual.command import CommandPalette


class ThemePalette(CommandPalette):
    """Textual's palette in the frame of the product's dialogs."""

    CSS_PATH = "theme_palette.tcss"
