"""The moments that were marked: by a name of one's own, or before something that changed much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.style import Style
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from lfroadmap.store.history.change_entries import MarkedMoment
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.listing import ListField, ListingScreen
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words


@dataclass(frozen=True, slots=True)
class SnapshotsResult:
    """The result: make a snapshot of this name, or open or restore an existing one."""

    act: Literal["new", "open", "restore"]
    name: str = ""
    mark: MarkedMoment | None = None


class SnapshotsScreen(ListingScreen[MarkedMoment, SnapshotsResult | None]):
    """Ends with what to do, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("snapshots")
    place = "snapshots"

    def __init__(self, marks: Iterable[MarkedMoment], words: Words, keys: Mapping[str, str]) -> None:
        super().__init__(words, keys, words("snapshots.title"), words("snapshots.empty"))
        self.marks = tuple(marks)

    def above(self) -> list[Widget]:
        """Make the field for a new name."""
        return [Horizontal(ListField(self.words("snapshots.name"), "name"), classes="filters")]

    def on_mount(self) -> None:
        """Show the snapshots."""
        self.show(self.marks)

    def show(self, marks: Iterable[MarkedMoment]) -> None:
        """Show these snapshots; the focus is on the list, and the field is gone."""
        self.marks = tuple(marks)
        self.listed.show(self.marks)
        self.title_line.show(self.words.plural("snapshots.count", len(self.marks)) if self.marks else "")
        self._close_field()

    def _close_field(self) -> None:
        self.query_one("#name", Input).value = ""
        self.set_focus(self.listed)
        self.query_one(".filters").display = False

    def draw(self, entry: MarkedMoment, width: int, tone: Tones) -> list[Cell]:
        """Draw when, by whom, and what it is called."""
        at = f" {self.words.day(entry.at.date())} {entry.at:%H:%M}"
        name = entry.name or self.words(f"snapshots.before_{entry.kind}")
        return [
            Cell(at, 20, tone("muted")),
            Cell(name, 0, tone("text", bold=True) if entry.name else Style()),
            Cell(f" {entry.author}", self.column("author", _author_of, max(width // 5, 18)), tone("muted")),
        ]

    def action_new(self) -> None:
        """Ask for a name."""
        self.query_one(".filters").display = True
        self.set_focus(self.query_one("#name", Input))

    def action_take_field(self) -> None:
        """Make a snapshot of the name."""
        if name := self.query_one("#name", Input).value.strip():
            self.choose(SnapshotsResult("new", name))

    def action_enter(self) -> None:
        """Show the roadmap as it was then."""
        self._leave("open")

    def action_restore(self) -> None:
        """Bring the roadmap of then back."""
        self._leave("restore")

    def _leave(self, act: Literal["open", "restore"]) -> None:
        if mark := self.listed.selected:
            self.choose(SnapshotsResult(act, mark=mark))

    def action_level_up(self) -> None:
        """Leave the field; else go back."""
        if self.focused is self.listed:
            self.dismiss(None)
            return
        self._close_field()


def _author_of(entry: MarkedMoment) -> str:
    return entry.author
