"""The dialog that asks for a roadmap's name."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from lfroadmap.errors import RoadmapError
from lfroadmap.ui.screens.dialog_box import DialogBox
from lfroadmap.ui.screens.entering import entry
from lfroadmap.ui.screens.naming import NameScreen
from lfroadmap.words import Words


class RoadmapNameScreen(NameScreen):
    """Ends with a name that a roadmap can have, or with None; one that is refused stays, with the reason."""

    def __init__(
        self,
        words: Words,
        title: str,
        name: str,
        check: Callable[[str], None],
        *,
        about: str,
    ) -> None:
        """`check` raises RoadmapError for a name that cannot be taken."""
        super().__init__(words, title, name, about=about)
        self._check = check
        self._refused: str | None = None
        """What was refused last, as it was typed."""

    def compose(self) -> ComposeResult:
        """Lay out the field, and room for the reason."""
        with DialogBox(self.question):
            yield Static(self.about, classes="body", markup=False)
            yield entry(self.before, "name")
            problem = Static("", id="problem", markup=False)
            problem.display = False
            yield problem
            yield self.answers()

    @on(Input.Changed, "#name")
    def _forget_problem(self) -> None:
        # the letters before Enter are reported behind it
        self.query_one("#problem").display = self.query_one("#name", Input).value == self._refused

    def accept(self) -> None:
        """Take the name, or say below it why it cannot be taken."""
        field, problem = self.query_one("#name", Input), self.query_one("#problem", Static)
        name = field.value.strip()
        try:
            self._check(name)
        except RoadmapError as error:
            self._refused = field.value
            problem.update(self.words.error(error))
            problem.display = True
            field.focus()
        else:
            self.dismiss(name)
