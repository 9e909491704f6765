"""A dialog with one field: the name of something that is added, copied or renamed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input, Static

from lfroadmap.ui.screens.dialog_box import DialogBox
from lfroadmap.ui.screens.entering import EntryDialog, entry
from lfroadmap.words import Words


class NameScreen(EntryDialog[str]):
    """Ends with the name, or with None where nothing is to be changed."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = "#name"

    def __init__(self, words: Words, title: str, name: str = "", *, about: str = "") -> None:
        super().__init__(words, title)
        self.before, self.about = name, about

    def compose(self) -> ComposeResult:
        """Lay out the field between what it names and the ways out."""
        with DialogBox(self.question):
            if self.about:
                yield Static(self.about, classes="body", markup=False)
            yield entry(self.before, "name")
            yield self.answers()

    def accept(self) -> None:
        """Take the name; one without words is refused, and the field stays."""
        field = self.query_one("#name", Input)
        if name := " ".join(field.value.split()):
            self.dismiss(name)
        else:
            self.notify(self.words("error.title_empty"), severity="warning")
            field.focus()
