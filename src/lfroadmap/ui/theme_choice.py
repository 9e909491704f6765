"""The look of the app by a person's settings."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App

from lfroadmap.settings import Settings


class Themes:
    """The colors in which the app draws; it keeps its own choice for the next time."""

    def __init__(self, app: App[None], follow: Callable[[Settings], None]) -> None:
        self._app = app
        self.follow = follow
        """Takes theme, signs and keys from other settings at once; `Shell.set_language` shows the rest."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all themes."""
        return tuple(sorted(self._app.available_themes))

    def choose(self, name: str) -> None:
        """Draw in a theme."""
        self._app.theme = name

    def toggle_dark(self) -> None:
        """Go from a dark theme to the light one, or back."""
        self._app.theme = "paper" if self._app.current_theme.dark else "deep"
