"""The base of the dialogs in which something is entered: Enter takes it, Escape leaves."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import button
from lfroadmap.words import Words

R = TypeVar("R")


def entry(text: str, name: str) -> BidiInput:
    """A field of a dialog, with the cursor behind its text."""
    field = BidiInput(text, id=name, compact=True, select_on_focus=False)
    field.cursor_blink = False
    return field


class EntryDialog(BaseModal[R | None]):
    """Ends with what was entered, or with None where nothing is to be changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        # at once: a field would report it a turn later, and take the letters that are typed behind it
        Binding("enter", "accept", show=False, priority=True),
    ]

    def __init__(self, words: Words, title: str) -> None:
        super().__init__()
        self.words, self.question = words, title

    def answers(self) -> Horizontal:
        """The ways out."""
        words = self.words
        cancel, keep = (
            button(words("dialog.cancel"), "cancel", "Esc"),
            button(words("structure.keep"), "keep", "Enter"),
        )
        return Horizontal(cancel, keep, classes="answers")

    def accept(self) -> None:
        """End with what was entered, or say why it cannot be taken."""
        raise NotImplementedError

    def action_accept(self) -> None:
        """Press the button that has the focus, or take what was entered."""
        if isinstance(self.focused, Button):
            self.focused.press()
        else:
            self.accept()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "keep":
            self.accept()
        else:
            self.dismiss(None)

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)
