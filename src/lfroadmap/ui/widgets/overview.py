"""The overview: a line for each stage, card and KPI; Enter goes there."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.strip import Strip

from lfroadmap.report.formatting import (
    HEALTH_TONES,
    format_days,
    format_health,
    format_late,
    format_standing,
    format_target,
    with_unit,
)
from lfroadmap.roadmap.health import Health, HealthSummary, day_health
from lfroadmap.roadmap.model import Card, Kpi, Roadmap, Stage
from lfroadmap.roadmap.progress import Counts, Tally, days_left, iso_day, role_value, standing
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.context import KPIS, OVERVIEW, Context, TabId
from lfroadmap.ui.widgets.line_list import LineList
from lfroadmap.ui.widgets.row_drawing import Cell, bar, row, spread

WIDE, MIDDLE = 120, 90
"""Columns from which everything is written in full, and from which there are bars."""
NOTHING = Tally(0, 0)
HEALTH_WIDTH = 14


class Entry(NamedTuple):
    """A line of the overview, and where it leads."""

    tab: TabId
    node: Stage | Card | Kpi
    counted: Tally = NOTHING
    summary: HealthSummary = HealthSummary("no_date")


class OverviewList(LineList):
    """The lines of the overview."""

    hints: ClassVar[Place] = "overview"
    BINDINGS: ClassVar[list[BindingType]] = bindings("overview")

    class Entered(Message):
        """Somebody wants to go to a line's tab, to a card there."""

        def __init__(self, tab: TabId, node: str) -> None:
            super().__init__()
            self.tab = tab
            self.node = node

    def __init__(self, roadmap: Roadmap, counts: Counts, context: Context) -> None:
        super().__init__()
        self.context = context
        self.entries = _entries(roadmap, counts, context)

    def show(self, roadmap: Roadmap, counts: Counts) -> None:
        """Show the roadmap as it is now."""
        self.entries = _entries(roadmap, counts, self.context)
        self.remeasure()

    def row_count(self) -> int:
        """One row an entry."""
        return len(self.entries)

    def row_height(self, index: int, width: int) -> int:
        """A stage, and the first KPI, have a free line above."""
        return 2 if index and self._opens_part(index) else 1

    def _opens_part(self, index: int) -> bool:
        node = self.entries[index].node
        return isinstance(node, Stage) or (
            isinstance(node, Kpi) and not isinstance(self.entries[index - 1].node, Kpi)
        )

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw an entry."""
        entry = self.entries[index]
        node = entry.node
        if isinstance(node, Stage):
            cells = self._stage(node, entry, width)
        elif isinstance(node, Card):
            cells = self._card(node, entry, width)
        else:
            cells = self._kpi(node, width)
        line = row(cells, width, base)
        return [Strip.blank(width, self.rich_style), line] if self.row_height(index, width) == 2 else [line]

    def _stage(self, stage: Stage, entry: Entry, width: int) -> list[Cell]:
        strong, late = self.tone("text", bold=True), format_late(entry.summary.late, self.context.words)
        return [
            Cell(" " + self.context.labels.of(stage), 0, strong),
            *spread([Cell(f"  {late}" if late else "", cell_len(late) + 2, self.tone("late"))]),
            Cell("", 2, Style()),
            *self._meter(entry, width, strong),
            self._health(entry.summary.health),
        ]

    def _meter(self, entry: Entry, width: int, style: Style) -> list[Cell]:
        counted = entry.counted
        share = counted.tone(self.context.thresholds, late=entry.summary.health == "late")
        tone = style + self.tone_of(share)  # the color is the share's, also of a strong line
        percent = Cell(f"{counted.percent}%", 6, tone, "end")
        if width < MIDDLE:
            return [percent]
        return [*spread(bar(counted.share, 14, tone, self.tone("border"))), percent]

    def _health(self, health: Health) -> Cell:
        text = "  " + format_health(health, self.context.words)
        return Cell(text, HEALTH_WIDTH, self.tone_of(HEALTH_TONES[health]))

    def _card(self, card: Card, entry: Entry, width: int) -> list[Cell]:
        who = 22 if width >= WIDE else 16 if width >= MIDDLE else 12
        return [
            Cell("   " + self.context.labels.of(card), 0, Style()),
            Cell(role_value(card, "owner") or "—", who, Style()),
            self._deadline_cell(card, entry.summary.health, wide=width >= WIDE),
            *self._meter(entry, width, Style()),
            self._health(entry.summary.health),
        ]

    def _deadline_cell(self, card: Card, health: Health, *, wide: bool) -> Cell:
        """The deadline, in the tone of its own day: a late task makes no day late."""
        days = self.context.thresholds.risk_days
        own = day_health(role_value(card, "deadline"), self.context.today(), days)
        style = self.tone_of(HEALTH_TONES["done" if health == "done" else own])
        return Cell("  " + self._deadline(card, wide=wide), 30 if wide else 13, style)

    def _deadline(self, card: Card, *, wide: bool) -> str:
        value = role_value(card, "deadline")
        day = iso_day(value)
        if day is None:
            return value or "—"
        shown = self.context.words.day(day)
        left = days_left(card, self.context.today())
        return f"{shown}  {format_days(left, self.context.words)}" if wide and left is not None else shown

    def _kpi(self, kpi: Kpi, width: int) -> list[Cell]:
        labels, words = self.context.labels, self.context.words
        target = labels.kpi(kpi, "target")
        stands, unit = standing(kpi, target), labels.kpi(kpi, "unit")
        tone = stands.tone
        arrow = "→" if words.direction == "ltr" else "←"
        wide = width >= WIDE
        room = 30 if wide else 24 if width >= MIDDLE else 16
        goal = format_target(target, kpi.baseline, unit, words)
        shown = goal if cell_len(goal) <= room else target  # a number that is cut is another number
        return [
            Cell("   " + labels.of(kpi), 0, Style()),
            Cell(with_unit(kpi.current, unit) or "—", 12 if wide else 9, Style(), "end"),
            Cell(f" {arrow} ", 3, Style()),
            Cell(shown or "—", room, Style()),
            Cell("  " + format_standing(stands, words), 24, self.tone(tone or "muted")),
        ]

    def action_enter(self) -> None:
        """Go to the stage, card or KPI of the line."""
        if self.entries:
            entry = self.entries[self.cursor]
            self.post_message(self.Entered(entry.tab, entry.node.id))

    def on_click(self, event: events.Click) -> None:
        """Go there by a double click."""
        if event.chain == 2:
            self.action_enter()


class OverviewPane(VerticalScroll, can_focus=False):
    """The overview's tab."""

    DEFAULT_CSS = """
    OverviewPane { height: 1fr; scrollbar-size-vertical: 1; padding: 0 1; }
    """

    def __init__(self, roadmap: Roadmap, counts: Counts, context: Context) -> None:
        super().__init__(OverviewList(roadmap, counts, context))
        self.tab = OVERVIEW

    def show(self, roadmap: Roadmap, counts: Counts) -> None:
        """Show the roadmap as it is now."""
        self.query_one(OverviewList).show(roadmap, counts)


def _entries(roadmap: Roadmap, counts: Counts, context: Context) -> tuple[Entry, ...]:
    out, health = [], context.health
    for stage in roadmap.stages:
        tab = TabId(stage.id)
        out.append(Entry(tab, stage, counts.stages[stage.id], health.stages[stage.id]))
        out += [Entry(tab, card, counts.card(card.id), health.card(card.id)) for card in stage.cards]
    return (*out, *(Entry(KPIS, kpi) for kpi in roadmap.kpis))
