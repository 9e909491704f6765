"""A card: its title and progress, its form, its checklist."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.strip import Strip

from lfroadmap.report.formatting import (
    HEALTH_SIGNS,
    HEALTH_STYLES,
    describe_card_health,
    format_health,
)
from lfroadmap.roadmap.health import HealthSummary, card_health
from lfroadmap.roadmap.model import Card, Field
from lfroadmap.roadmap.progress import Tally, card_tally
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.context import Cause, Context
from lfroadmap.ui.widgets.card_form import CardForm
from lfroadmap.ui.widgets.checklist import Checklist
from lfroadmap.ui.widgets.chrome import OneLine
from lfroadmap.ui.widgets.row_drawing import Cell, bar, row, spread


class MeterLine(OneLine):
    """One line: a name, its health, and how much is done: `Goals  ▲ late  4/6 ━━━━╌╌ 67%`."""

    DEFAULT_CSS = """
    MeterLine { background: $panel; text-style: bold; }
    """

    def __init__(self, title: str, counted: Tally, summary: HealthSummary, context: Context) -> None:
        super().__init__()
        self.title = title
        self.counted = counted
        self.summary = summary
        self.context = context

    def show(self, title: str, counted: Tally, summary: HealthSummary) -> None:
        """Show another name, count or health."""
        if (title, counted, summary) != (self.title, self.counted, self.summary):
            self.title, self.counted, self.summary = title, counted, summary
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        late = self.summary.health == "late"
        tone = self.tone_of(self.counted.tone(self.context.thresholds, late=late))
        length = 12 if width >= 48 else 6
        count = f"{self.counted.done}/{self.counted.total}"
        percent = f"{self.counted.percent}%"
        measure = [
            Cell(count + " ", len(count) + 1, Style(bold=False)),
            *bar(self.counted.share, length, tone, self.tone("track")),
            Cell(percent + " ", 6, tone, "end"),
        ]
        title = " " + self.title
        health = self._health(width - cell_len(title) - sum(cell.width for cell in measure))
        return row([Cell(title, 0, Style()), *spread([health, *measure])], width, self.rich_style)

    def _health(self, room: int) -> Cell:
        """The health in words where the title leaves room for them, else its sign."""
        words, health = self.context.words, self.summary.health
        forms = (
            describe_card_health(self.summary, words),
            format_health(health, words),
            HEALTH_SIGNS[health],
        )
        shown = next((form for form in forms if cell_len(form) + 3 <= room), forms[-1])
        return Cell(f" {shown}  ", cell_len(shown) + 3, self.tone_of(HEALTH_STYLES[health]))


class CardPane(Vertical):
    """One card on a stage's tab."""

    DEFAULT_CSS = """
    CardPane {
        height: auto;
        background: $surface;
        padding: 0 0 1 0;
        & > CardForm { padding: 0 1; margin: 0 0 1 0; }
        & > Checklist { padding: 0 1 0 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("form")

    def __init__(self, card: Card, context: Context) -> None:
        super().__init__()
        self.card = card
        self.context = context
        health = card_health(card, context.today(), context.thresholds.risk_days)
        self.head = MeterLine(context.labels.of(card), card_tally(card), health, context)
        self.form = CardForm(card, context)
        self.checklist = Checklist(card, context)

    def compose(self) -> ComposeResult:
        """Stack the title, the form and the checklist."""
        yield self.head
        yield self.form
        yield self.checklist

    def fits(self, card: Card) -> bool:
        """True if the form has an editor for every field of the card, in their order."""
        return card.fields is self.card.fields or _shape(card) == _shape(self.card)

    def show(self, card: Card, counted: Tally, cause: Cause) -> None:
        """Show the card as it is now; it fits."""
        self.head.show(self.context.labels.of(card), counted, self.context.health.card(card.id))
        if card is self.card:
            return
        self.card = card
        self.form.show(card, cause)
        self.checklist.show(card)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Leave a field only where one has the focus."""
        return action != "leave_field" or self.screen.focused in self.form.children

    def action_leave_field(self) -> None:
        """Go from a field to the tasks."""
        self.screen.set_focus(self.checklist)

    def follow_day(self) -> None:
        """Show the health and the days that are left on another day."""
        self.head.show(self.head.title, self.head.counted, self.context.health.card(self.card.id))
        self.form.refresh()
        self.checklist.remeasure()
        self.checklist.place_editor()


def _shape(card: Card) -> tuple[Field, ...]:
    """The card's fields without their values."""
    return tuple(replace(field, value="") for field in card.fields)
