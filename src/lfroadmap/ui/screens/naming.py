"""A dialog with one field: the name of something that is added, copied or renamed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import DialogBox, button
from lfroadmap.words import Words


class NameScreen(BaseModal[str | None]):
    """Ends with the name, or with None where nothing is to be changed."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        # at once: a field would report it a turn later, and take the letters that are typed behind it
        Binding("enter", "accept", show=False, priority=True),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, words: Words, title: str, name: str = "", *, about: str = "") -> None:
        super().__init__()
        self.words, self.question, self.name_before, self.about = words, title, name, about

    def compose(self) -> ComposeResult:
        """Lay out the field between what it names and the ways out."""
        with DialogBox(self.question):
            if self.about:
                yield Static(self.about, classes="body", markup=False)
            yield BidiInput(self.name_before, id="name", compact=True, select_on_focus=False)
            with Horizontal(classes="answers"):
                yield button(self.words("dialog.cancel"), "cancel", "Esc")
                yield button(self.words("structure.keep"), "keep", "Enter")

    def action_accept(self) -> None:
        """Press the button that has the focus, or take the name."""
        if isinstance(self.focused, Button):
            self.focused.press()
        else:
            self._accept()

    def _accept(self) -> None:
        """Take the name; one without words is refused, and the field stays."""
        name = " ".join(self.query_one("#name", Input).value.split())
        if name:
            self.dismiss(name)
        else:
            self.notify(self.words("error.title_empty"), severity="warning")
            self.query_one("#name").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "keep":
            self._accept()
        else:
            self.dismiss(None)

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)
