"""The moments that were marked: by a name of one's own, or before something that changed much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.style import Style
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.store.history.change_entries import MarkedMoment
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.listing import ListingScreen
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

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("snapshots"), Binding("escape", "close", show=False)]
    place = "snapshots"

    def __init__(self, marks: Iterable[MarkedMoment], words: Words, keys: Mapping[str, str]) -> None:
        super().__init__(words, keys, words("snapshots.title"), words("snapshots.empty"))
        self.marks = tuple(marks)

    def above(self) -> list[Widget]:
        """Make the field for a new name."""
        name = BidiInput(placeholder=self.words("snapshots.name"), id="name")
        name.cursor_blink = False
        return [Horizontal(name, classes="filters")]

    def on_mount(self) -> None:
        """Show the snapshots."""
        self.query_one(".filters").display = False
        self.listed.show(self.marks)
        self.title_line.show(self.words.plural("snapshots.count", len(self.marks)) if self.marks else "")

    def draw(self, entry: MarkedMoment, width: int, tone: Tones) -> list[Cell]:
        """Draw when, by whom, and what it is called."""
        at = f" {self.words.day(entry.at.date())} {entry.at:%H:%M}"
        name = entry.name or self.words(f"snapshots.before_{entry.kind}")
        return [
            Cell(at, 20, tone("muted")),
            Cell(name, 0, tone("text", bold=True) if entry.name else Style()),
            Cell(entry.author, 18, tone("muted")),
        ]

    def action_new(self) -> None:
        """Ask for a name."""
        self.query_one(".filters").display = True
        self.set_focus(self.query_one("#name", Input))

    @on(Input.Submitted, "#name")
    def _named(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(SnapshotsResult("new", event.value.strip()))

    def action_enter(self) -> None:
        """Show the roadmap as it was then."""
        self._leave("open")

    def action_restore(self) -> None:
        """Bring the roadmap of then back."""
        self._leave("restore")

    def _leave(self, act: Literal["open", "restore"]) -> None:
        if mark := self.listed.selected:
            self.dismiss(SnapshotsResult(act, mark=mark))

    def action_close(self) -> None:
        """Leave the field; else go back."""
        if self.focused is self.listed:
            self.dismiss(None)
            return
        self.set_focus(self.listed)
        self.query_one(".filters").display = False
