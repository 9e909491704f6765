"""The person who reads, for commands that change nothing."""

from __future__ import annotations

from lfroadmap.errors import RoadmapError
from lfroadmap.settings import config_folder
from lfroadmap.store.identity import known_identity


def reader() -> str:
    """The id of this person, by which others are distinguished from them; empty where none was made yet."""
    try:
        return known_identity(config_folder()).actor
    except RoadmapError:
        return ""
