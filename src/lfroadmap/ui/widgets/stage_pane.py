"""A stage's tab: its cards, side by side where there is room, and panels in the room that they leave."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from textual.app import ComposeResult
from textual.containers import Grid, VerticalScroll
from textual.geometry import Region, Size
from textual.layout import ArrangeResult
from textual.layouts.grid import GridLayout
from textual.widget import Widget
from textual.widgets import Static

from lfroadmap.roadmap.model import Roadmap, Stage
from lfroadmap.roadmap.progress import Counts
from lfroadmap.ui.context import Cause, Context, TabId
from lfroadmap.ui.widgets.card_pane import CardPane
from lfroadmap.ui.widgets.children import put_children
from lfroadmap.ui.widgets.hollow import Hollow, Piled

if TYPE_CHECKING:
    from lfroadmap.ui.widgets.stage_panels import StagePanels

WIDE = 110
"""Columns of the window from which panels stand below the cards."""
FIRST_CARDS = 4
"""Cards in the first picture of a stage; it seldom has more, and in most windows more are not seen."""
PANELS_BEHIND = 0.05
"""Seconds after the first picture in which the rest is made: a key typed at once is answered first."""


class CardLayout(GridLayout):
    """Cards equally tall in each row, and equally wide: one that changes sides is not drawn again."""

    def __init__(self) -> None:
        super().__init__()
        self.stretch_height = True

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Place the cards; a column that cannot be shared out stands between them."""
        gutter = 2 - size.width % 2
        if parent.styles.grid_gutter_vertical != gutter:
            parent.styles.inline.set_rule("grid_gutter_vertical", gutter)  # without a layout after this one
        return super().arrange(parent, children, size, greedy)


class CardGrid(Grid, Piled, Hollow):
    """Cards side by side."""

    def __init__(self, *cards: CardPane) -> None:
        super().__init__(*cards)
        self.styles.inline.set_rule("layout", CardLayout())  # as a style it would be one by name

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Place the cards again without drawing them all: the compositor finds those that move."""
        if layout and not regions:
            self.clear_cached_dimensions()
            repaint = False
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class StagePane(VerticalScroll, Hollow, can_focus=False):
    """The cards of one stage.

    All cards but the first, the calculators and the panels are made when the first picture is drawn.
    """

    DEFAULT_CSS = """
    StagePane {
        height: 1fr;
        scrollbar-size-vertical: 1;
        & > .hint { margin: 1 2; color: $lf-muted; }
        & > Grid { height: auto; grid-size: 1; grid-rows: auto; grid-gutter: 0 1; }
    }
    """

    def __init__(self, stage: Stage, context: Context, roadmap: Roadmap, counts: Counts) -> None:
        super().__init__()
        self.roadmap = roadmap
        self.counts = counts
        self.panels: StagePanels | None = None
        self._are_panels_due = False
        self.tab = TabId(stage.id)
        self.stage = stage
        self.context = context
        self.cards = {card.id: CardPane(card, context) for card in stage.cards[:FIRST_CARDS]}
        has_calculators = any(card.calculators for card in stage.cards)
        self._is_complete = len(stage.cards) <= FIRST_CARDS and not has_calculators
        self._building = asyncio.Lock()
        self.grid = CardGrid(*self.cards.values())
        self.hint: Static | None = None
        self._set_columns()

    def _set_columns(self) -> None:
        """Give a single card, and the last one of an odd number, the width of both columns."""
        last = len(self.stage.cards)
        _mark(self.grid, "-single", last == 1)
        for at, pane in enumerate(self.cards.values(), 1):
            _mark(pane, "-across", at == last > 1 and at % 2 == 1)

    def compose(self) -> ComposeResult:
        """Put the cards on a grid; where there are none, a sentence says how to add one."""
        yield self.grid
        if not self.cards:
            yield self._make_hint()

    def _make_hint(self) -> Static:
        self.hint = Static(self.context.words("structure.no_cards"), classes="hint", markup=False)
        return self.hint

    def on_mount(self) -> None:
        """Make the rest behind the first picture."""
        self.call_after_refresh(self._wait_with_rest)

    def _wait_with_rest(self) -> None:
        self.set_timer(PANELS_BEHIND, self._make_rest)

    async def _make_rest(self) -> None:
        await self.complete()
        await self._fit_panels()

    async def complete(self) -> None:
        """Make the cards and calculators that the first picture did not have."""
        if not self._is_complete:
            await self.rebuild()

    def on_resize(self) -> None:
        """Show the panels for which there is room."""
        if self._are_panels_due:
            self.call_after_refresh(self._fit_panels)

    async def _fit_panels(self) -> None:
        self._are_panels_due = True
        if self.panels is None and self.app.size.width >= WIDE:
            from lfroadmap.ui.widgets import board_source  # noqa: PLC0415 - behind the first picture
            from lfroadmap.ui.widgets.stage_panels import StagePanels  # noqa: PLC0415

            self.panels = StagePanels(self, self.tab, self.roadmap, self.counts, self.context)
            self.panels.fit()
            await self.mount(self.panels.below, self.panels.beside)
            self.show_panels(self.roadmap, self.counts)
            self.set_timer(board_source.READS_BEHIND, self.panels.read)
        elif self.panels:
            self.panels.fit()

    def show_panels(self, roadmap: Roadmap, counts: Counts) -> None:
        """Show the roadmap as it is now in the panels that there are."""
        self.roadmap, self.counts = roadmap, counts
        if self.panels:
            self.panels.follow(roadmap, counts)

    def saved(self) -> None:
        """Take in what was saved: the file has it now."""
        if self.panels:
            self.panels.saved()

    def show(self, stage: Stage, counts: Counts, cause: Cause) -> None:
        """Show the stage as it is now, in the panes that there are; `is_stale` says whether they fit it."""
        if stage is self.stage:
            return
        self.stage = stage
        for card in stage.cards:
            pane = self.cards.get(card.id)
            if pane is not None and pane.card is not card:
                pane.show(card, counts.card(card.id), cause)

    def follow_waiting(self) -> None:
        """Show what waits for what as it stands now, also for what is in other stages."""
        known = {card.id for card in self.stage.cards}
        for card_id, pane in self.cards.items():
            if card_id in known:
                pane.follow_waiting()

    @property
    def is_stale(self) -> bool:
        """True if cards, fields or calculators were added, removed or moved, so that panes must be built."""
        cards = self.stage.cards if self._is_complete else self.stage.cards[:FIRST_CARDS]
        if [card.id for card in cards] != list(self.cards):
            return True
        return not all(pane.fits if self._is_complete else pane.form.fits for pane in self.cards.values())

    async def rebuild(self) -> None:
        """Make the panes, editors and calculators that are missing, and put all in order; the others stay.

        Nothing is drawn before all is done.
        """
        async with self._building:  # the rest of the cards may be under way
            await self._build()

    async def _build(self) -> None:
        self._is_complete, before = True, self.cards
        self.cards = {
            card.id: before.get(card.id) or CardPane(card, self.context) for card in self.stage.cards
        }
        with self.app.batch_update():
            self._set_columns()
            await put_children(self.grid, tuple(self.cards.values()))
            for pane in self.cards.values():
                if not pane.fits:
                    await pane.rebuild()
            await self._show_hint()

    async def _show_hint(self) -> None:
        if self.hint and self.cards:
            await self.hint.remove()
            self.hint = None
        elif not self.hint and not self.cards:
            await self.mount(self._make_hint(), after=self.grid)

    def commit_pending(self) -> None:
        """Have every editor report what it has not reported yet."""
        for pane in self.cards.values():
            pane.form.commit_pending()


def _mark(widget: Widget, name: str, on: bool) -> None:
    """Give a widget a class or take it; its children are not styled again, as none of their rules has it."""
    if widget.has_class(name) != on:
        widget.set_class(on, name, update=False)
        if widget.is_attached:
            widget.app.stylesheet.update_nodes([widget])
