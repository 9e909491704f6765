"""A stage's tab: its cards, side by side where there is room."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Grid, VerticalScroll

from lfroadmap.roadmap.model import Card, Stage
from lfroadmap.roadmap.progress import Counts
from lfroadmap.ui.door import Context, TabId
from lfroadmap.ui.widgets.card_pane import CardPane


class StagePane(VerticalScroll, can_focus=False):
    """The cards of one stage."""

    DEFAULT_CSS = """
    StagePane {
        height: 1fr;
        scrollbar-size-vertical: 1;
        & > Grid { height: auto; grid-size: 1; grid-rows: auto; grid-gutter: 1 2; padding: 0 1; }
    }
    """

    def __init__(self, stage: Stage, context: Context) -> None:
        super().__init__()
        self.tab = TabId(stage.id)
        self.stage = stage
        self.context = context
        self.cards = {card.id: CardPane(card, context) for card in stage.cards}

    def compose(self) -> ComposeResult:
        """Put the cards on a grid."""
        with Grid():
            yield from self.cards.values()

    def fits(self, stage: Stage) -> bool:
        """Whether the pane has a place for every card and field of the stage, in their order."""
        return [_shape(card) for card in stage.cards] == [_shape(card) for card in self.stage.cards]

    def show(self, stage: Stage, counts: Counts, *, force: bool) -> None:
        """Show the stage as it is now; the focused field only when forced."""
        self.stage = stage
        for card in stage.cards:
            self.cards[card.id].show(card, counts.card(card.id), force=force)

    def advance(self, stage: Stage, counts: Counts) -> None:
        """Show what an edit of one's own moved."""
        if stage is self.stage:
            return
        self.stage = stage
        for card in stage.cards:
            pane = self.cards[card.id]
            if pane.card is not card:
                pane.advance(card, counts.card(card.id))

    def harvest(self) -> None:
        """Have every editor tell what it has not told yet."""
        for pane in self.cards.values():
            pane.form.harvest()


def _shape(card: Card) -> tuple[str, str | None, tuple[tuple[str, str], ...]]:
    return card.id, card.title, tuple((field.id, field.kind) for field in card.fields)
