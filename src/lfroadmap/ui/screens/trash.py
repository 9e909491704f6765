"""The bin: what was removed, to be brought back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.style import Style
from textual.binding import BindingType

from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.listing import ListingScreen
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.usecases.removed import RemovedEntry
from lfroadmap.words import Words


@dataclass(frozen=True, slots=True)
class TrashResult:
    """The result: bring one thing back, or empty the bin."""

    act: Literal["back", "empty"]
    what: RemovedEntry | None = None


WITH_AUTHOR, WITH_HOME = 88, 66
"""Columns from which a line says who removed it, and where it stood."""


class TrashScreen(ListingScreen[RemovedEntry, TrashResult | None]):
    """Ends with what to do, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("bin")
    place = "bin"

    def __init__(self, binned: Iterable[RemovedEntry], words: Words, keys: Mapping[str, str]) -> None:
        super().__init__(words, keys, words("bin.title"), words("bin.none"))
        self.binned = tuple(binned)

    def on_mount(self) -> None:
        """Show what is in it."""
        self.listed.show(self.binned)
        self.title_line.show(self.words.plural("bin.count", len(self.binned)) if self.binned else "")

    def draw(self, entry: RemovedEntry, width: int, tone: Tones) -> list[Cell]:
        """Draw what it is, where it stood, when and by whom it went; where it is narrow the last go first."""
        at = f" {self.words.day(entry.at.date())} {entry.at:%H:%M} "
        kinds = self.column("kind", lambda each: f"{each.kind} ", 16)
        homes = self.column("home", lambda each: each.home, max(width // 4, 12))
        authors = self.column("author", lambda each: each.author, max(width // 6, 12))
        cells = [
            Cell(f" {entry.kind} ", kinds, tone("muted")),
            Cell(entry.name, 0, tone("text", bold=True)),
            Cell(f" {entry.home}", homes, Style() if entry.can_return else tone("risk")),
            Cell(at, 19, tone("muted")),
            Cell(f" {entry.author}", authors, tone("muted")),
        ]
        if width < WITH_AUTHOR:
            del cells[4]
        if width < WITH_HOME:
            del cells[2]
        return cells

    def action_enter(self) -> None:
        """Bring it back."""
        removed = self.listed.selected
        if removed is None:
            return
        if removed.can_return:
            self.choose(TrashResult("back", removed))
        else:
            self.notify(self.words("bin.homeless", home=removed.home), severity="warning")

    def action_empty(self) -> None:
        """Empty the bin."""
        if self.binned:
            self.choose(TrashResult("empty"))
