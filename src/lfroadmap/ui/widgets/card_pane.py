"""A card: its title and progress, its form, its checklist."""

from __future__ import annotations

from dataclasses import replace

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip

from lfroadmap.roadmap.model import Card, Field
from lfroadmap.roadmap.progress import Tally, card_tally
from lfroadmap.ui.context import Cause, Context
from lfroadmap.ui.widgets.card_form import CardForm
from lfroadmap.ui.widgets.checklist import Checklist
from lfroadmap.ui.widgets.chrome import OneLine
from lfroadmap.ui.widgets.row_drawing import Cell, bar, row, spread


class MeterLine(OneLine):
    """One line that names a thing and says how much of it is done: `Goals  4/6 ━━━━╌╌ 67%`."""

    DEFAULT_CSS = """
    MeterLine { background: $panel; text-style: bold; }
    """

    def __init__(self, title: str, counted: Tally, context: Context) -> None:
        super().__init__()
        self.title = title
        self.counted = counted
        self.context = context

    def show(self, title: str, counted: Tally) -> None:
        """Show other words or another count."""
        if (title, counted) != (self.title, self.counted):
            self.title, self.counted = title, counted
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        tone = self.tone(self.counted.tone(self.context.thresholds))
        length = 12 if width >= 48 else 6
        count = f"{self.counted.done}/{self.counted.total}"
        percent = f"{self.counted.percent}%"
        measure = [
            Cell(count + " ", len(count) + 1, Style(bold=False)),
            *bar(self.counted.share, length, tone, self.tone("track")),
            Cell(percent + " ", 6, tone, "end"),
        ]
        return row([Cell(" " + self.title, 0, Style()), *spread(measure)], width, self.rich_style)


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

    def __init__(self, card: Card, context: Context) -> None:
        super().__init__()
        self.card = card
        self.context = context
        self.head = MeterLine(context.labels.of(card), card_tally(card), context)
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
        if card is self.card:
            return
        self.card = card
        self.head.show(self.context.labels.of(card), counted)
        self.form.show(card, cause)
        self.checklist.show(card)


def _shape(card: Card) -> tuple[Field, ...]:
    """The card's fields without their values."""
    return tuple(replace(field, value="") for field in card.fields)
