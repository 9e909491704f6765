"""The list of what an owner has: open cards and tasks, those with a day first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType

from lfroadmap.report.formatting import HEALTH_SIGNS, HEALTH_TONES, format_when
from lfroadmap.roadmap.health import day_health
from lfroadmap.roadmap.task_index import OwnedItem
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.listing import ListingScreen
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words


class OwnedScreen(ListingScreen[OwnedItem, str | None]):
    """Ends with the id of the card or task to go to, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("late")
    place = "late"

    def __init__(
        self,
        items: Sequence[OwnedItem],
        labels: Labels,
        words: Words,
        keys: Mapping[str, str],
        day: tuple[date, int],
    ) -> None:
        """`day` is today, and the days within which a day is a risk."""
        owner = " ".join(one_line(items[0].owner).split()) if items else ""
        title = words("owned.title", owner=owner) if owner else words("owned.nobody")
        super().__init__(words, keys, title, words("owned.none"))
        self.items = items
        self.labels = labels
        self.today, self.risk_days = day

    def on_mount(self) -> None:
        """Show the items and how many they are."""
        self.listed.show(self.items)
        self.title_line.show(self.words.plural("owned.count", len(self.items)))

    def draw(self, entry: OwnedItem, width: int, tone: Tones) -> list[Cell]:
        """Draw the state, the card or task, its place, and its day in words."""
        words = self.words
        places = self.column("place", self._place_of, max(width // 4, 12))
        day = entry.day
        health = day_health(day.isoformat() if day else "", self.today, self.risk_days)
        when = f" {format_when((day - self.today).days, words)}" if day else f" {words('health.no_date')}"
        state = tone(HEALTH_TONES[health])
        return [
            Cell(f" {HEALTH_SIGNS[health]} ", 3, state),
            Cell(words("late.task" if entry.task else "late.card"), 9, tone("muted")),
            Cell(self.labels.of(entry.task or entry.card), 0, tone("text")),
            Cell(f" {self._place_of(entry)}", places, tone("muted")),
            Cell(
                when, max(cell_len(when), 20), tone("muted") if health in ("on_track", "no_date") else state
            ),
        ]

    def _place_of(self, entry: OwnedItem) -> str:
        return self.labels.of(entry.card if entry.task else entry.stage)

    def action_enter(self) -> None:
        """Go to the card or task under the cursor."""
        if item := self.listed.selected:
            self.dismiss((item.task or item.card).id)
