"""The dialog that asks for the name of a template, and whether what people filled in comes along."""

from __future__ import annotations

from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from lfroadmap.errors import RoadmapError
from lfroadmap.ui.screens.dialog_box import DialogBox
from lfroadmap.ui.screens.entering import EntryDialog, entry
from lfroadmap.ui.widgets.chooser import Chooser
from lfroadmap.usecases.own_templates import check_name
from lfroadmap.words import Words

STRUCTURE, ANSWERS = "structure", "answers"


class SaveChoices(NamedTuple):
    """How a roadmap is saved as a template."""

    name: str
    answers: bool
    """True if what people filled in comes along."""


class SaveTemplateScreen(EntryDialog[SaveChoices]):
    """Ends with the choices, or with None; a name that no template can have stays, with the reason."""

    CSS_PATH = ["dialog.tcss", "save_template.tcss"]  # noqa: RUF012  Textual reads it
    AUTO_FOCUS = "#name"

    def __init__(self, words: Words, name: str) -> None:
        super().__init__(words, words("save_template.title"))
        self.before = name

    def compose(self) -> ComposeResult:
        """Lay out the name over what is kept, and the ways out."""
        words = self.words
        with DialogBox(self.question):
            yield Static(words("save_template.name"), classes="label", markup=False)
            yield entry(self.before, "name")
            problem = Static("", id="problem", markup=False)
            problem.display = False
            yield problem
            yield Static(words("save_template.content"), classes="label", markup=False)
            yield Chooser((STRUCTURE, ANSWERS), STRUCTURE, self._label, "content")
            yield self.answers()

    def _label(self, option: str) -> str:
        return self.words(f"save_template.{option}")

    @on(Input.Changed, "#name")
    def _forget_problem(self) -> None:
        self.query_one("#problem").display = False

    def accept(self) -> None:
        """Take the choices, or say below the name why it cannot be taken."""
        field, problem = self.query_one("#name", Input), self.query_one("#problem", Static)
        try:
            name = check_name(field.value.strip())
        except RoadmapError as error:
            problem.update(self.words.error(error))
            problem.display = True
            field.focus()
        else:
            self.dismiss(SaveChoices(name, self.query_one("#content", Chooser).chosen == ANSWERS))
