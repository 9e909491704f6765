"""The folder of a person's own programs, which are given each change."""

from __future__ import annotations

import os
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.settings import config_folder

FOLDER = "hooks"
"""Its name beside the settings."""


def has_hooks() -> bool:
    """True if there is such a folder."""
    try:
        return (config_folder() / FOLDER).is_dir()
    except (RoadmapError, OSError):  # no home, or none that can be looked into
        return False


def hooks_in(config: Path) -> tuple[Path, ...]:
    """The programs in it, in the order in which they run."""
    try:
        entries = sorted((config / FOLDER).iterdir(), key=lambda each: each.name)
    except OSError:  # no folder, no hooks
        return ()
    return tuple(
        each for each in entries if each.name[0] != "." and each.is_file() and os.access(each, os.X_OK)
    )
