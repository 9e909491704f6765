"""The name of the person who works here, as changes, notes and other people's screens show it."""

from __future__ import annotations

from lfroadmap import machine
from lfroadmap.settings import known_author


def author() -> str:
    """The author's name of the settings, or else that of the account."""
    return known_author() or machine.author()
