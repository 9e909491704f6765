"""A question with a few answers, as a dialog over the screen."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import DialogBox, button, fit_side_by_side
from lfroadmap.ui.shell import Answer
from lfroadmap.ui.widgets.row_drawing import onward
from lfroadmap.words import safe


class Dialog(BaseModal[str]):
    """Ends with the id of the answer; Escape gives the last one, which should change nothing."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("right", "across(1)", show=False),
        Binding("left", "across(-1)", show=False),
    ]

    def __init__(self, title: str, body: str, answers: tuple[Answer, ...]) -> None:
        super().__init__()
        self.question = title
        self.body = body
        self.answers = answers

    def compose(self) -> ComposeResult:
        """Lay out the question over its answers."""
        with DialogBox(self.question) as box:
            if not box.panel_title:
                yield Static(self.question, classes="title", markup=False)
            yield Static(safe(self.body), classes="body", markup=False)
            buttons = [
                button(answer.text, answer.id, "" if answer is not self.answers[-1] else "Esc")
                for answer in self.answers
            ]
            with Horizontal(classes="answers") as row:
                row.set_class(not fit_side_by_side(buttons, self.app.size.width), "stacked")
                yield from buttons

    def on_mount(self) -> None:
        """Begin on the answer that changes nothing."""
        self.query_one(f"#{self.answers[-1].id}").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id)

    def action_across(self, answers: int) -> None:
        """Go to the answer to the right or to the left."""
        go = self.focus_next if onward(answers) > 0 else self.focus_previous
        go()

    def action_give_up(self) -> None:
        """Answer with what changes nothing."""
        self.dismiss(self.answers[-1].id)
