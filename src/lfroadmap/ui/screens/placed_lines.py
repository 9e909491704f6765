"""The lines of cards and tasks with a day, each with its roadmap, its owner and how soon it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len

from lfroadmap.report.formatting import HEALTH_SIGNS, HEALTH_TONES, format_when
from lfroadmap.roadmap.portfolio import PlacedItem
from lfroadmap.ui.screens.roadmap_cells import WITH_LONG_BAR
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words


class PlacedLines:
    """The lines of these items on one day in one language, and how each is drawn."""

    def __init__(self, items: Sequence[PlacedItem], today: date, words: Words) -> None:
        self._today, self._words = today, words
        self._whens = max((cell_len(self._when(item)) for item in items), default=0) + 2
        self._has_tasks = any(item.item.task for item in items)

    def text(self, placed: PlacedItem) -> str:
        """The words by which an item is found: its name and card, its roadmap, its owner."""
        item, labels = placed.item, placed.member.labels
        own = labels.of(item.node)
        what = f"{own} · {labels.of(item.card)}" if item.task else own
        return " ".join((what, placed.member.name, placed.owner))

    def _when(self, placed: PlacedItem) -> str:
        """The day of an item in words."""
        return format_when((placed.item.day - self._today).days, self._words)

    def cells(self, placed: PlacedItem, width: int, tone: Tones) -> list[Cell]:
        """The cells of an item's line."""
        health, item = placed.health, placed.item
        state = tone(HEALTH_TONES[health] if health in ("late", "at_risk") else "muted")
        name = placed.member.labels.of(item.node)
        place = f" {placed.member.labels.of(item.card)}" if item.task else ""
        places = width // 5 if self._has_tasks and width >= WITH_LONG_BAR else 0
        return [
            Cell(f" {HEALTH_SIGNS[health]} ", 3, tone(HEALTH_TONES[health])),
            Cell(name, 0, tone("text", bold=not item.task)),
            *([Cell(place, places, tone("muted"))] if places else []),
            Cell(f" {placed.member.name}", width // 5, tone("muted")),
            Cell(f" {placed.owner or '—'}", width // 6, tone("muted" if placed.owner else "risk")),
            Cell(f" {self._when(placed)}", self._whens, state),
        ]
