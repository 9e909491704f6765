"""The interface of the screen to the command line, which must not import it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.settings import Settings
from lfroadmap.store.library.library import Library
from lfroadmap.words import Language

if TYPE_CHECKING:
    from lfroadmap.bidi.dialect import Dialect
    from lfroadmap.bidi.probe import Detected
    from lfroadmap.store.store import Store


class ScreenRequest(NamedTuple):
    """The roadmap to show, and how."""

    store: Store
    library: Library
    name: str
    settings: Settings
    language: Language
    dialect: Dialect
    """The encoding of right-to-left text for this terminal."""
    detected: Detected | None
    """What the terminal answered; None where it was not asked."""


Screen = Callable[[ScreenRequest], int]
"""Shows a roadmap until it is left, and returns the exit status."""
ScreenLoader = Callable[[], Screen]
"""Imports the screen; called while the terminal is being asked."""
