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

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.scope import WHOLE, Scope
from lfroadmap.text import one_line
from lfroadmap.ui.paths import path_of
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import ScrollingBox, button
from lfroadmap.ui.screens.file_field import FileField
from lfroadmap.ui.widgets.check_box import CheckBox
from lfroadmap.ui.widgets.completion import complete_owner, completes
from lfroadmap.words import SafeText, Words

HISTORY = "csv-history"
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
    owner: str = ""
    """The person whose part it is; empty: everything."""


@dataclass(frozen=True, slots=True)
class LastExport:
    """The last choice, with which the screen begins."""

    format: str = ""
    scope: Scope = WHOLE
    history: bool = False
    open_after: bool = False
    owner: str = ""
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
        default: Callable[[str, str], Path],
        last: LastExport,
        *,
        keys: Mapping[str, str],
        owners: tuple[str, ...],
        owner_called: Callable[[str], str],
    ) -> None:
        """`default` is the file of a format and an owner; `owner_called` raises RoadmapError for no one."""
        super().__init__()
        self.words = words
        self.keys = keys
        self.formats = (*formats, ALL)
        self.stages = stages
        self.default = default
        self.owners, self.owner_called = owners, owner_called
        self.last = last
        self.chosen = last.format if last.format in self.formats else formats[0]
        self.proposed = str(default(self.chosen, last.owner))
        """The path that is in the field as long as nobody typed another."""

    def compose(self) -> ComposeResult:
        """Lay out the formats over the file's name, the part and the ways out."""
        words = self.words
        with ScrollingBox(words("export.title")):
            options = (Option(Content(words(f"export.{name}")), id=name) for name in self.formats)
            yield _row(words("export.as"), OptionList(*options, id="formats"))
            typed = self.last.typed or self.proposed
            yield _row(words("export.where"), FileField(words, self.keys, typed, self._in_folder))
            marks = (CheckBox(one_line(title), stage in self._kept()) for title, stage in self.stages)
            yield _row(words("export.part"), VerticalScroll(*marks, id="stages", can_focus=False))
            yield _row(words("export.whose"), self._owner_field()).add_class("whose")
            with Horizontal(classes="checks"):
                yield CheckBox(words("export.long"), not self.last.scope.brief, id="long")
                yield CheckBox(words("export.history"), self.last.history, id="history")
                yield CheckBox(words("export.open"), self.last.open_after, id="open")
            with Horizontal(classes="answers"):
                yield button(words("dialog.cancel"), "cancel", "Esc")
                yield button(words("export.write"), "write", "Enter")

    def _owner_field(self) -> BidiInput:
        placeholder = self.words("export.everybody")
        field = BidiInput(self.last.owner, placeholder, id="owner", compact=True)
        field.complete = completes(complete_owner, self.owners)
        return field

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
        self.chosen = event.option_id or self.chosen
        self._propose()

    @on(Input.Changed, "#owner")
    def _propose(self) -> None:
        """Name the file after the format and the owner, as long as nobody named it otherwise."""
        file, before = self.query_one("#file", Input), self.proposed
        self.proposed = str(self.default(self.chosen, self._owner() or ""))
        if file.value == before:
            file.value = self.proposed

    def _owner(self, report: Callable[[RoadmapError], None] | None = None) -> str | None:
        """The owner whom the field names, empty for everybody; None where it names no one."""
        typed = self.query_one("#owner", Input).value.strip()
        try:
            return self.owner_called(typed) if typed else ""
        except RoadmapError as error:
            if report:
                report(error)
            return None

    @on(OptionList.OptionSelected, "#formats")
    @on(Input.Submitted)
    def _accept(self) -> None:
        typed = self.query_one("#file", Input).value.strip()
        stages, owner = self._picked(), self._owner(self._refuse)
        long, history, opens = (
            self.query_one(f"#{name}", CheckBox).value for name in ("long", "history", "open")
        )
        if stages == frozenset():
            self.notify(self.words("export.no_stage"), severity="warning")
        elif owner and (history or self.chosen == HISTORY):
            self.notify(self.words("export.owner_history"), severity="warning")
        elif typed and owner is not None:
            scope = Scope(stages, not long)
            self.dismiss(ExportChoice(self.chosen, path_of(typed), typed, scope, history, opens, owner))

    def _refuse(self, error: RoadmapError) -> None:
        self.notify(SafeText(self.words.error(error)), severity="warning", timeout=15)

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
