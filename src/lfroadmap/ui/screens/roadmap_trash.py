"""The roadmaps in the bin, to be brought back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal

from textual.binding import BindingType

from lfroadmap.store.library.trash import TrashEntry
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.listing import ListingScreen
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words

Result = TrashEntry | Literal["empty"]
"""The roadmap to bring back, or that the bin is to be emptied."""


class RoadmapTrashScreen(ListingScreen[TrashEntry, Result | None]):
    """Ends with what to do, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("bin")
    place = "bin"

    def __init__(self, binned: Iterable[TrashEntry], words: Words, keys: Mapping[str, str]) -> None:
        super().__init__(words, keys, words("library_bin.title"), words("library_bin.none"))
        self.binned = tuple(binned)

    def on_mount(self) -> None:
        """Show what is in it, the latest first."""
        self.listed.show(self.binned)
        self.title_line.show(self.words.plural("library.count", len(self.binned)) if self.binned else "")

    def draw(self, entry: TrashEntry, width: int, tone: Tones) -> list[Cell]:
        """Draw its name and when it was removed."""
        at = f"{self.words.day(entry.at.date())} {entry.at:%H:%M} "
        return [Cell(f" {entry.name}", 0, tone("text", bold=True)), Cell(at, 18, tone("muted"), "end")]

    def action_enter(self) -> None:
        """Bring it back."""
        if entry := self.listed.selected:
            self.choose(entry)

    def action_empty(self) -> None:
        """Empty the bin."""
        if self.binned:
            self.choose("empty")
