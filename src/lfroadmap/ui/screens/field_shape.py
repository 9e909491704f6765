"""The dialog for a field: its label, what is typed into it, what it stands for, its options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast, get_args

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.model import Kind, Role, TextDirection
from lfroadmap.ui.screens.dialog_box import ScrollingBox
from lfroadmap.ui.screens.entering import EntryDialog, entry
from lfroadmap.ui.widgets.chooser import Chooser
from lfroadmap.usecases.field_edits import FieldShape
from lfroadmap.words import Words


def typed_options(options: Sequence[str]) -> str:
    """The options in one line: between commas, or semicolons where a sign that separates is in one of them.

    A semicolon that is a part of an option is written twice.
    """
    if any(sign in option for option in options for sign in ",;"):
        return "; ".join(option.replace(";", ";;") for option in options) + ";"
    return ", ".join(options)


def read_options(typed: str) -> tuple[str, ...]:
    """The options of a line; where there is a semicolon in it, a comma is a part of an option."""
    if ";" not in typed:
        return tuple(option.strip() for option in typed.split(","))
    parts = typed.replace(";;", "\0").split(";")
    return tuple(part.replace("\0", ";").strip() for part in parts)


class FieldScreen(EntryDialog[FieldShape]):
    """Ends with the shape, or with None where nothing is to be changed."""

    CSS_PATH = ["dialog.tcss", "field_shape.tcss"]  # noqa: RUF012  Textual reads it
    AUTO_FOCUS = "#label"

    def __init__(
        self, words: Words, title: str, shape: FieldShape, check: Callable[[FieldShape], object]
    ) -> None:
        super().__init__(words, title)
        self.shape = shape
        self.check = check
        """Raises RoadmapError where the card cannot have a field of a shape."""

    def compose(self) -> ComposeResult:
        """Lay out a row for each part of the shape over the ways out."""
        shape = self.shape
        with ScrollingBox(self.question):
            yield self._row("label", entry(shape.label, "label"))
            yield self._row("kind", self._chooser("kind", get_args(Kind), shape.kind))
            options = self._row("options", entry(typed_options(shape.options), "options"))
            yield options
            yield self._row("role", self._chooser("role", get_args(Role), shape.role))
            yield self._row("direction", self._chooser("direction", get_args(TextDirection), shape.direction))
            yield self.answers()

    def _row(self, name: str, editor: Widget) -> Horizontal:
        label = Static(self.words(f"structure.field_{name}"), classes="label", markup=False)
        return Horizontal(label, editor, classes="row", id=f"row-{name}")

    def _chooser(self, name: str, options: tuple[str, ...], chosen: str) -> Chooser:
        return Chooser(
            options, chosen, lambda option: self.words(f"structure.{name}_{option or 'none'}"), name
        )

    def on_mount(self) -> None:
        """Show the options where the kind has them."""
        self._fit()

    @on(Chooser.Changed)
    def _fit(self) -> None:
        kind = self.query_one("#kind", Chooser).chosen
        self.query_one("#row-options").display = kind == "choice"
        self.query_one("#row-direction").display = kind in ("text", "long")

    def _entered(self) -> FieldShape:
        chosen = {name: self.query_one(f"#{name}", Chooser).chosen for name in ("kind", "role", "direction")}
        typed = self.query_one("#options", Input).value
        is_as_before = typed == typed_options(self.shape.options)
        return FieldShape(
            self.query_one("#label", Input).value,
            cast("Kind", chosen["kind"]),
            cast("Role", chosen["role"]),
            cast("TextDirection", chosen["direction"]),
            self.shape.options if is_as_before else read_options(typed),
        )

    def accept(self) -> None:
        """Take the shape; one that the card cannot have is refused with the reason."""
        shape = self._entered()
        try:
            self.check(shape)
        except RoadmapError as error:
            self.notify(self.words.error(error), severity="warning")
        else:
            self.dismiss(shape)
