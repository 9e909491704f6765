"""Something takes a while: how far it is, and a way to call it off."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, ProgressBar, Static

from lfroadmap.words import Words


class Busy(ModalScreen[None]):
    """Shows `total` steps; Escape and the button call it off."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, words: Words, total: int, cancel: Callable[[], None]) -> None:
        super().__init__()
        self.words = words
        self.total = total
        self.cancel = cancel
        self.step = (0, "")

    def compose(self) -> ComposeResult:
        """Lay out the bar over the way out."""
        with Vertical(id="dialog"):
            yield Static(self.words("export.busy"), classes="title", markup=False)
            yield Static(id="step", markup=False)
            yield ProgressBar(self.total, show_eta=False)
            with Horizontal(classes="answers"):
                yield Button(self.words("dialog.cancel"), id="cancel")

    def on_mount(self) -> None:
        """Show how far it came before this was laid over the screen."""
        self.show(*self.step)

    def show(self, done: int, name: str) -> None:
        """Tell that `done` steps are done, and what is at hand."""
        self.step = done, name
        if self.is_mounted:
            self.query_one("#step", Static).update(name)
            self.query_one(ProgressBar).update(progress=done)

    def end(self) -> None:
        """Go away, if it came at all."""
        if self.is_current:
            self.dismiss()

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_cancel()

    def action_cancel(self) -> None:
        """Call it off."""
        self.cancel()
