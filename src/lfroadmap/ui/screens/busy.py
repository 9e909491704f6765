"""Something takes a while: how far it is, and a way to call it off."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, ProgressBar, Static

from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import DialogBox, button
from lfroadmap.words import Words

Look = Callable[[], tuple[float, str]]
"""Reports which share of the work is done, and its current step."""
AGAIN = 0.1
"""Seconds from one look to the next."""


class Busy(BaseModal[None]):
    """Shows how far it is; Escape and the button call it off."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(
        self, words: Words, look: Look, cancel: Callable[[], None], title: str = "export.busy"
    ) -> None:
        """`title` is a key of the words."""
        super().__init__()
        self.words = words
        self.title_key = title
        self.look = look
        self.cancel = cancel
        self.over = False
        """It is done, and nothing is to be shown any more."""

    def compose(self) -> ComposeResult:
        """Lay out the bar over the way out."""
        with DialogBox(self.words(self.title_key)):
            yield Static(id="step", markup=False)
            yield ProgressBar(1.0, show_eta=False)
            with Horizontal(classes="answers"):
                yield button(self.words("dialog.cancel"), "cancel", "Esc")

    def on_mount(self) -> None:
        """Show how far it came before this screen was opened."""
        self._show()
        self.set_interval(AGAIN, self._show)

    def _show(self) -> None:
        share, step = self.look()
        self.query_one("#step", Static).update(step)
        self.query_one(ProgressBar).update(progress=share)

    def end(self) -> None:
        """Go away, if it came at all."""
        self.over = True
        self.dismiss()

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_cancel()

    def action_cancel(self) -> None:
        """Call it off."""
        self.cancel()
