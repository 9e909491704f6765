"""The tour on the roadmap's screen: it follows what the person does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.ui.screens.rebuilding import Rebuilding

if TYPE_CHECKING:
    from lfroadmap.ui.tour import Seen, Tour
    from lfroadmap.ui.widgets.tour_line import TourLine


class Touring(Rebuilding):
    """A screen of tabs on which a tour can be taken; it is left at any point."""

    tour: Tour | None = None
    tour_line: TourLine | None = None

    def set_up_tour(self) -> None:
        """Make the lines of a tour that is under way, in the words of now."""
        from lfroadmap.ui.widgets.tour_line import TourLine  # noqa: PLC0415 - few take a tour

        self.tour_line = TourLine(self.tour, self.context.words) if self.tour else None

    async def action_tour(self) -> None:
        """Begin the tour, or leave it."""
        from lfroadmap.ui.tour import Tour  # noqa: PLC0415 - few take a tour
        from lfroadmap.ui.widgets.start_here import StartHere  # noqa: PLC0415

        if self.tour is not None:
            await self._leave_tour()
            return
        self.tour = Tour(self._seen())
        self.set_up_tour()
        if self.tour_line is not None:
            await self.mount(self.tour_line, before=self.footer)
        self.context.end_tour()
        for offer in self.query(StartHere):
            offer.end_offer()

    def action_tour_next(self) -> None:
        """Go on to the next step, as if this one were done."""
        if self.tour is not None:
            self.tour.skip(self._seen())
            self._show_step()

    async def _leave_tour(self) -> None:
        line, self.tour, self.tour_line = self.tour_line, None, None
        if line is not None:
            await line.remove()

    def follow_tour(self) -> None:
        """See whether the step of the tour is done."""
        if self.tour is not None and self.tour.follow(self._seen()):
            self._show_step()

    def on_screen_suspend(self) -> None:
        """Look at the screen that was put over this one."""
        self.follow_tour()

    def _show_step(self) -> None:
        assert self.tour
        if self.tour.step is None:
            self.notify(self.context.words("tour.over"), timeout=8, markup=False)
            self.call_later(self._leave_tour)
        elif self.tour_line is not None:
            self.tour_line.refresh()

    def _seen(self) -> Seen:
        from lfroadmap.ui.tour import Seen  # noqa: PLC0415 - few take a tour

        over = "" if self.app.screen is self else type(self.app.screen).__name__
        return Seen(self.host.roadmap, self.host.tab, over)
