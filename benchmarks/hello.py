"""The smallest Textual app that takes a key: what all figures are compared with."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input


class Hello(App[None]):
    """One input."""

    BINDINGS = [("ctrl+q", "quit", "Quit")]  # noqa: RUF012  Textual reads it

    def compose(self) -> ComposeResult:
        """Make the input; it does not blink, as the program's do not."""
        field = Input(placeholder="Hello, world")
        field.cursor_blink = False
        yield field


if __name__ == "__main__":
    Hello().run()
