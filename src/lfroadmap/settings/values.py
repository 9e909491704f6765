"""The settings as values, and what each of them may be."""

from __future__ import annotations

from dataclasses import dataclass, field

from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS, Thresholds
from lfroadmap.settings.keymaps import KEYMAPS
from lfroadmap.state import ExportState
from lfroadmap.words import DATE_FORMATS, WEEK_STARTS, DateFormat, Language, WeekStart

DEFAULT_THEME = "deep"
THEMES = (
    "deep", "paper", "atom-one-dark", "atom-one-light", "ansi-dark", "ansi-light", "catppuccin-frappe",
    "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox",
    "monokai", "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light",
    "textual-ansi", "textual-dark", "textual-light", "tokyo-night",
)  # fmt: skip
"""The themes of this version: the product's own, and Textual's."""
DIALECTS = ("auto", "plain", "explicit", "lrm", "kitty", "word", "mlterm")
"""What `bidi` may be: the dialects of `lfroadmap.bidi`, and `auto` to find out at each start."""
GLYPHS = ("auto", "full", "plain", "ascii")
"""The signs that the screen is drawn with; `auto` takes plain ones where there are sixteen colors."""
DATES, WEEKS = DATE_FORMATS, WEEK_STARTS
KEYMAP_NAMES = tuple(KEYMAPS)
LONGEST_RISK = 365
"""Most days before its day in which something can be at risk."""
LONGEST_AUTHOR = 60
"""Most characters of the name of an author."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as read; what the file does not say has these values."""

    language: Language | None = None
    """None: the language of the locale."""
    theme: str = DEFAULT_THEME
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    keys: dict[str, str] = field(default_factory=dict)
    """Id of a command -> its keys, comma-separated, as `ctrl+e,f5`."""
    bidi: str = "auto"
    """How this terminal is spoken to in right-to-left text; `auto` finds out."""
    glyphs: str = "auto"
    old_export: ExportState | None = None
    """The choices of the last export, which earlier versions kept here; the state's come before them."""
    author: str = ""
    """The name that others see on changes and notes; empty: that of the account."""
    date_format: DateFormat = "auto"
    week_starts: WeekStart = "auto"
    keymap: str = "standard"

    @property
    def all_keys(self) -> dict[str, str]:
        """The keys of the keymap with the person's own over them."""
        return {**KEYMAPS[self.keymap], **self.keys}


OLD_EXPORT = {
    "export_format": "format",
    "export_folder": "folder",
    "export_open": "open_after",
    "export_long": "long_texts",
    "export_history": "history",
    "export_stages": "stages",
}
"""Settings of earlier versions that are in the state now, and their names there."""
