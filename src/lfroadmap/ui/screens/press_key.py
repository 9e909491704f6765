"""A dialog that asks for a key: it shows what was pressed, and says whether it is free."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from lfroadmap.key_names import shown_key
from lfroadmap.settings.key_syntax import parse_keys
from lfroadmap.ui.key_layouts import LATIN_LETTERS
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import DialogBox, button
from lfroadmap.words import SafeText, Words


class Verdict(NamedTuple):
    """Whether a key can be taken, and what there is to say about it."""

    can_be_taken: bool
    text: str


class PressKeyScreen(BaseModal[str | None]):
    """Ends with the keys as the settings write them, or with None."""

    CSS_PATH = "dialog.tcss"
    DEFAULT_CSS = """
    PressKeyScreen { align: center middle; }
    PressKeyScreen #pressed { margin-bottom: 1; text-style: bold; color: $lf-accent; }
    """

    def __init__(self, words: Words, title: str, judge: Callable[[str], Verdict]) -> None:
        super().__init__()
        self.words, self.question, self.judge = words, title, judge
        self.keys = ""
        """What was pressed, as the settings write it."""

    def compose(self) -> ComposeResult:
        """Lay out what was pressed between the question and the ways out."""
        words = self.words
        with DialogBox(self.question) as box:
            if not box.panel_title:
                yield Static(self.question, classes="title", markup=False)
            yield Static(words("settings.press"), classes="body", markup=False)
            yield Static("…", id="pressed", markup=False)
            verdict = Static("", id="verdict", classes="body", markup=False)
            verdict.display = False
            yield verdict
            with Horizontal(classes="answers"):
                yield button(words("dialog.cancel"), "cancel", "Esc")
                yield button(words("structure.keep"), "keep", "Enter")

    def take_key(self, event: events.Key) -> None:
        """Take a key: Enter and Escape end the dialog, Backspace begins again, any other one is meant."""
        key = LATIN_LETTERS.get(event.key, event.key)
        if key == "escape":
            self.dismiss(None)
        elif key == "enter":
            self._accept()
        elif key == "backspace":
            self._show("")
        elif parse_keys(key):
            follows = len(self.keys) == 1 and len(key) == 1
            self._show(f"{self.keys} {key}" if follows else key)

    def _show(self, keys: str) -> None:
        self.keys = keys
        verdict = self.query_one("#verdict", Static)
        self.query_one("#pressed", Static).update(SafeText(shown_key(keys)) if keys else "…")
        verdict.display = bool(keys)
        if keys:
            judged = self.judge(keys)
            verdict.set_class(not judged.can_be_taken, "-refused")
            verdict.update(judged.text)

    def _accept(self) -> None:
        """End with what was pressed, if it can be taken; what is said stays on the screen else."""
        if self.keys and self.judge(self.keys).can_be_taken:
            self.dismiss(self.keys)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "keep":
            self._accept()
        else:
            self.dismiss(None)
