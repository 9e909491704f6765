"""The panels of a stage: what is late and next in it, what changed lately, and how far it is."""

from __future__ import annotations

from textual.timer import Timer
from textual.widget import Widget

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Counts
from lfroadmap.ui.context import Context, TabId
from lfroadmap.ui.dashboard.layout import (
    BELOW_CARDS,
    BESIDE,
    BESIDE_CARDS,
    TALL,
    THREE_COLUMNS,
    TWO_COLUMNS,
    Arrangement,
)
from lfroadmap.ui.widgets.board_source import BoardSource
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.work import start_work
from lfroadmap.words import Words

READ_AFTER = 1.0
"""Seconds without a save after which the newest changes are read: letters typed in a row are one change."""


class PanelsOfStage(Dashboard):
    """A page of panels that takes no focus where it has no room for any."""

    def __init__(self, words: Words, arrangement: Arrangement) -> None:
        super().__init__(words, arrangement)
        self.fits = False
        """True if the window is wide enough."""

    def allow_focus(self) -> bool:
        """True if there is a panel."""
        return bool(self.fits and self.places)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Leave the keys to the screen where there is no panel."""
        return bool(self.places)

    def set_fits(self, *, fits: bool) -> None:
        """Show the page, or do not."""
        self.fits = self.display = fits


class PanelsBelow(PanelsOfStage):
    """The page below the cards, which has the lines that these leave."""

    DEFAULT_CSS = """
    PanelsBelow { height: 1fr; }
    """


class PanelsBeside(PanelsOfStage):
    """The page beside the cards, which stays while they are scrolled."""

    DEFAULT_CSS = f"""
    PanelsBeside {{ dock: right; width: {BESIDE}; height: 100%; margin: 0 1 0 0; }}
    """


class StagePanels:
    """Both pages of panels of a stage."""

    def __init__(
        self, pane: Widget, stage: TabId, roadmap: Roadmap, counts: Counts, context: Context
    ) -> None:
        self.pane = pane
        self.source = BoardSource(roadmap, counts, context, stage)
        self.below = PanelsBelow(context.words, BELOW_CARDS)
        self.beside = PanelsBeside(context.words, BESIDE_CARDS)
        self._reading: Timer | None = None
        """Begins to read when it runs out."""

    def fit(self) -> None:
        """Show the pages for which the window is wide enough."""
        width = self.pane.app.size.width
        self.below.set_fits(fits=width >= TWO_COLUMNS)
        self.beside.set_fits(fits=width >= THREE_COLUMNS)

    def follow(self, roadmap: Roadmap, counts: Counts) -> None:
        """Show the roadmap as it is now."""
        self.source.follow(roadmap, counts)
        self._show()

    def _show(self) -> None:
        if self.source.stage not in self.source.counts.stages:  # removed: the pane goes too
            return
        board = self.source.board(tall=self.pane.app.size.height >= TALL)
        for page in (self.below, self.beside):
            page.show(board)

    # the history

    def saved(self) -> None:
        """Read the newest changes again where something was changed, when nothing more comes."""
        if self._reading:
            self._reading.stop()
        self._reading = self.pane.set_timer(READ_AFTER, self._read_again)

    def _read_again(self) -> None:
        if self.pane.display and self.source.is_outdated:
            self.read()

    def read(self) -> None:
        """Read the newest changes on a thread; a reading that is under way is given up for a newer one."""
        start_work(self.pane, self._read, "reading", exclusive=True)

    async def _read(self) -> None:
        await self.source.read()
        if self.pane.display:  # on a tab that is not open the roadmap may be an older one
            self._show()
