"""Choosing what file to write, and where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from lfroadmap.bidi.inputs import BidiInput
from lfroadmap.words import Words

Choice = tuple[str, Path]
"""A format's name, and the file to write."""


class ExportScreen(ModalScreen[Choice | None]):
    """Ends with the format and the file, or with None."""

    CSS_PATH = ["dialog.tcss", "export.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]

    def __init__(self, words: Words, formats: tuple[str, ...], default: Callable[[str], Path]) -> None:
        super().__init__()
        self.words = words
        self.formats = formats
        self.default = default
        self.chosen = formats[0]

    def compose(self) -> ComposeResult:
        """Lay out the formats over the file's name."""
        words = self.words
        with Vertical(id="dialog"):
            yield Static(words("export.title"), classes="title", markup=False)
            yield OptionList(*(Option(Content(words(f"export.{name}")), id=name) for name in self.formats))
            yield Static(words("export.where"), markup=False)
            file = BidiInput(str(self.default(self.chosen)), id="file")
            file.field_direction = "ltr"
            yield file
            with Horizontal(classes="answers"):
                yield Button(words("export.write"), id="write", variant="primary")
                yield Button(words("dialog.cancel"), id="cancel")

    def on_mount(self) -> None:
        """Begin with the formats."""
        self.query_one(OptionList).focus()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Name the file after the format as long as nobody named it otherwise."""
        file = self.query_one("#file", Input)
        if file.value == str(self.default(self.chosen)):
            file.value = str(self.default(event.option_id or self.chosen))
        self.chosen = event.option_id or self.chosen

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def _accept(self) -> None:
        typed = self.query_one("#file", Input).value.strip()
        if typed:
            self.dismiss((self.chosen, Path(typed).expanduser()))

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "write":
            self._accept()
        else:
            self.dismiss(None)

    def action_give_up(self) -> None:
        """Write nothing."""
        self.dismiss(None)
