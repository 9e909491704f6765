"""A person's settings for all roadmaps: language, theme, keys, dates. One TOML file, theirs to edit.

The modules by floor; each imports only modules of the rows before its own:

    key_syntax  keymaps
    key_uses
    values
    checks
    file
"""

from lfroadmap.settings.file import (
    EXTREME,
    config_folder,
    deepest_line,
    known_author,
    load,
    save,
    save_values,
)
from lfroadmap.settings.values import DIALECTS, OLD_EXPORT, Settings

__all__ = [
    "DIALECTS",
    "EXTREME",
    "OLD_EXPORT",
    "Settings",
    "config_folder",
    "deepest_line",
    "known_author",
    "load",
    "save",
    "save_values",
]
