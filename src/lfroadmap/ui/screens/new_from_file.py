"""The dialog that asks for a file of which a new roadmap is made."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from lfroadmap.ui.screens.dialog_box import DialogBox
from lfroadmap.ui.screens.entering import EntryDialog
from lfroadmap.ui.screens.file_field import FileField
from lfroadmap.words import Words


class NewFromFileScreen(EntryDialog[str]):
    """Ends with the file as it was typed, or with None."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = "#file"

    def __init__(self, words: Words, keys: Mapping[str, str], typed: str = "") -> None:
        """`typed` stands in the field at first."""
        super().__init__(words, words("library.import"))
        self.keys, self.typed = keys, typed

    def compose(self) -> ComposeResult:
        """Lay out the field for the path."""
        with DialogBox(self.question):
            yield Static(self.words("library.import_about"), classes="body", markup=False)
            yield Static(self.words("library.file"), classes="label", markup=False)
            yield FileField(self.words, self.keys, self.typed, selects=False)
            yield self.answers()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.accept()

    def accept(self) -> None:
        """End with the path, where there is one."""
        if typed := self.query_one("#file", Input).value.strip():
            self.dismiss(typed)
