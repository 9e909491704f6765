"""The themes of the app."""

from __future__ import annotations

from textual.app import App


class Themes:
    """The colors in which the app draws; it keeps its own choice for the next time."""

    def __init__(self, app: App[None]) -> None:
        self._app = app

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
