"""Choosing what to write, of which part, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from lfroadmap.roadmap.scope import WHOLE, Scope
from lfroadmap.text import one_line
from lfroadmap.ui.paths import path_of
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import ScrollingBox, button
from lfroadmap.ui.screens.file_field import FileField
from lfroadmap.ui.widgets.check_box import CheckBox
from lfroadmap.words import Words

ALL = "all"
"""Stands for every format, into a folder."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What is to be written."""

    format: str
    """A name out of the table of formats, or `ALL`."""
    path: Path
    """The file; with `ALL` the folder."""
    typed: str
    """The path as it was typed."""
    scope: Scope = WHOLE
    history: bool = False
    """With the changes that led there."""
    open_after: bool = False


@dataclass(frozen=True, slots=True)
class LastExport:
    """The last choice, with which the screen begins."""

    format: str = ""
    scope: Scope = WHOLE
    history: bool = False
    open_after: bool = False
    typed: str = ""
    """The path as it was typed; empty for the default one, as in an export that did not fail."""


def _row(label: str, editor: Widget) -> Horizontal:
    """A row of the dialog: the label in a column of its own."""
    return Horizontal(Static(label, classes="label", markup=False), editor, classes="row")


class ExportScreen(BaseModal[ExportChoice | None]):
    """Ends with what to write, or with None."""

    CSS_PATH = ["dialog.tcss", "export.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]

    def __init__(
        self,
        words: Words,
        formats: tuple[str, ...],
        stages: tuple[tuple[str, str], ...],
        default: Callable[[str], Path],
        last: LastExport,
        *,
        keys: Mapping[str, str],
    ) -> None:
        super().__init__()
        self.words = words
        self.keys = keys
        self.formats = (*formats, ALL)
        self.stages = stages
        self.default = default
        self.last = last
        self.chosen = last.format if last.format in self.formats else formats[0]

    def compose(self) -> ComposeResult:
        """Lay out the formats over the file's name, the part and the ways out."""
        words = self.words
        with ScrollingBox(words("export.title")):
            options = (Option(Content(words(f"export.{name}")), id=name) for name in self.formats)
            yield _row(words("export.as"), OptionList(*options, id="formats"))
            typed = self.last.typed or str(self.default(self.chosen))
            yield _row(words("export.where"), FileField(words, self.keys, typed, self._in_folder))
            marks = (CheckBox(one_line(title), stage in self._kept()) for title, stage in self.stages)
            yield _row(words("export.part"), VerticalScroll(*marks, id="stages", can_focus=False))
            with Horizontal(classes="checks"):
                yield CheckBox(words("export.long"), not self.last.scope.brief, id="long")
                yield CheckBox(words("export.history"), self.last.history, id="history")
                yield CheckBox(words("export.open"), self.last.open_after, id="open")
            with Horizontal(classes="answers"):
                yield button(words("dialog.cancel"), "cancel", "Esc")
                yield button(words("export.write"), "write", "Enter")

    def on_mount(self) -> None:
        """Begin with the formats, on the last choice; after a failure with the file."""
        formats = self.query_one("#formats", OptionList)
        formats.highlighted = self.formats.index(self.chosen)
        (self.query_one("#file") if self.last.typed else formats).focus()

    def _in_folder(self, folder: Path) -> Path:
        """The file of the same name in another folder; the folder itself where all formats go."""
        if self.chosen == ALL:
            return folder
        return folder / path_of(self.query_one("#file", Input).value).name

    @on(OptionList.OptionHighlighted, "#formats")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Name the file after the format as long as nobody named it otherwise."""
        file = self.query_one("#file", Input)
        wanted = event.option_id or self.chosen
        if file.value == str(self.default(self.chosen)):
            file.value = str(self.default(wanted))
        self.chosen = wanted

    @on(OptionList.OptionSelected, "#formats")
    @on(Input.Submitted)
    def _accept(self) -> None:
        typed = self.query_one("#file", Input).value.strip()
        stages = self._picked()
        if stages == frozenset():
            self.notify(self.words("export.no_stage"), severity="warning")
        elif typed:
            long, history, opens = (
                self.query_one(f"#{name}", CheckBox).value for name in ("long", "history", "open")
            )
            scope = Scope(stages, not long)
            self.dismiss(ExportChoice(self.chosen, path_of(typed), typed, scope, history, opens))

    def _kept(self) -> frozenset[str]:
        """The stages that were chosen the last time, as far as they are here; all, where none of them is."""
        here = frozenset(stage for _, stage in self.stages)
        return here & (self.last.scope.stages or here) or here

    def _picked(self) -> frozenset[str] | None:
        """The stages that are checked; None where all are."""
        marks = self.query("#stages CheckBox").results(CheckBox)
        pairs = zip(self.stages, marks, strict=True)
        picked = frozenset(stage for (_, stage), mark in pairs if mark.value)
        return None if len(picked) == len(self.stages) else picked

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "write":
            self._accept()
        else:
            self.dismiss(None)

    def action_give_up(self) -> None:
        """Write nothing."""
        self.dismiss(None)
