"""The list of what is late: cards and tasks, the longest late first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import BindingType

from lfroadmap.report.formatting import HEALTH_SIGNS, format_days, format_late
from lfroadmap.roadmap.health import DatedItem, count_items
from lfroadmap.roadmap.templates import Labels
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.listing import ListingScreen
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words

SIGN, DAY, KIND, OWNER, LATE = 3, 12, 9, 14, 20
"""Columns of the parts of a line."""
LONGEST_DAY = 16
"""Columns of the longest day in any format, with a free one before it."""
TAKEN = SIGN + KIND + OWNER + LATE
NAMES, SHORTEST_NAME, LONGEST_PLACE = 44, 14, 36
"""Columns that a name and its place need before the day is shown, a name before its place, and a place."""


class LateScreen(ListingScreen[DatedItem, str | None]):
    """Ends with the id of the card or task to go to, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("late")
    place = "late"

    def __init__(
        self,
        items: Callable[[], Sequence[DatedItem]],
        labels: Labels,
        words: Words,
        today: Callable[[], date],
        keys: Mapping[str, str],
    ) -> None:
        super().__init__(words, keys, words("late.title"), words("late.none"))
        self._read = items
        self.items = items()
        self.labels = labels
        self.today = today

    def on_mount(self) -> None:
        """Show the items."""
        self._show()

    def follow_day(self) -> None:
        """Show what is late on another day."""
        self.items = self._read()
        self._show()

    def _show(self) -> None:
        """Show the items and how many they are, cards and tasks named apart."""
        self.listed.show(self.items)
        self.title_line.show(format_late(count_items(self.items), self.words))

    def draw(self, entry: DatedItem, width: int, tone: Tones) -> list[Cell]:
        """Draw the day, the card or task, its place, its owner, and how late it is.

        Where there is little room the day goes first, for how late it is says the same, then the place.
        """
        words = self.words
        longest = max(DAY, self.column("day", lambda each: words.day(each.day), LONGEST_DAY))
        day = longest if width >= TAKEN + longest + NAMES else 0
        names = max(width - TAKEN - day, 0)
        places = self.column("place", self._place_of, max(names * 2 // 5, LONGEST_PLACE))
        shown = min(names * 2 // 5, places) if names >= 2 * SHORTEST_NAME else 0
        owners = self.column("owner", _owner_of, max(width // 6, OWNER)) if day else OWNER
        cells = [
            Cell(f" {HEALTH_SIGNS['late']} ", SIGN, tone("late")),
            Cell(words.day(entry.day), day, tone("muted")),
            Cell(words("late.task" if entry.task else "late.card"), KIND, tone("muted")),
            Cell(f" {self._place_of(entry)}", shown, tone("muted")),
            Cell(f" {_owner_of(entry)}", owners, tone("muted")),
            Cell(f" {format_days((entry.day - self.today()).days, words)}", LATE, tone("late")),
        ]
        drawn = [cell for cell in cells if cell.width]
        name = Cell(self.labels.of(entry.node), 0, tone("text", bold=True))
        return [*drawn[: 2 + bool(day)], name, *drawn[2 + bool(day) :]]

    def _place_of(self, entry: DatedItem) -> str:
        return self.labels.of(entry.card if entry.task else entry.stage)

    def action_enter(self) -> None:
        """Go to the card or task under the cursor."""
        if item := self.listed.selected:
            self.dismiss(item.node.id)


def _owner_of(entry: DatedItem) -> str:
    return entry.owner or "—"
