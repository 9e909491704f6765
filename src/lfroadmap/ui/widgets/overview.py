"""The overview's tab: the dashboard, with what it shows of the history."""

from __future__ import annotations

from textual.containers import Container

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Counts
from lfroadmap.ui.context import OVERVIEW, Context
from lfroadmap.ui.dashboard.layout import TALL
from lfroadmap.ui.widgets import board_source
from lfroadmap.ui.widgets.board_source import BoardSource
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.start_here import StartHere
from lfroadmap.ui.work import start_work


class OverviewPane(Container):
    """Makes the board of each roadmap that it is given; the history is read behind the first picture."""

    DEFAULT_CSS = """
    OverviewPane { height: 1fr; }
    """

    def __init__(self, roadmap: Roadmap, counts: Counts, context: Context) -> None:
        self.start_here = StartHere(roadmap, context)
        self.dashboard = Dashboard(context.words)
        # most windows need it: found out in the first layout only, it would cost another one
        self.dashboard.show_vertical_scrollbar = True
        super().__init__(self.start_here, self.dashboard)
        self.tab = OVERVIEW
        self.source = BoardSource(roadmap, counts, context)

    def on_mount(self) -> None:
        """Read the history when the first picture is drawn."""
        self._show()
        self.set_timer(board_source.READS_BEHIND, self.read)

    def show(self, roadmap: Roadmap, counts: Counts) -> None:
        """Show the roadmap as it is now."""
        self.start_here.show(roadmap)
        self.source.follow(roadmap, counts)
        self._show()

    def _show(self) -> None:
        self.dashboard.show(self.source.board(tall=self.app.size.height >= TALL))

    # the history

    def saved(self) -> None:
        """Take in what was saved: the file has it now."""
        self.source.settle()
        if self.display and self.source.is_outdated:
            self.read()

    def read(self) -> None:
        """Read the history on a thread; a reading that is under way is given up for a newer one."""
        start_work(self, self._read, "reading", exclusive=True)

    async def _read(self) -> None:
        await self.source.read()
        if self.display:  # on a tab that is not open the roadmap may be an older one
            self._show()
