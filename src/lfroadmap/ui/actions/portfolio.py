"""The portfolio: where all roadmaps stand, and going to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.ui.actions.opening import switch_to
from lfroadmap.usecases.library_rows import LibraryRows
from lfroadmap.usecases.portfolio import Reading

if TYPE_CHECKING:
    from lfroadmap.ui.screens.portfolio import PortfolioResult
    from lfroadmap.ui.screens.portfolio_listing import PortfolioSource
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell


async def portfolio(session: Session, shell: Shell) -> None:
    """Show where all roadmaps stand, and go to the one that is chosen."""
    if ending := await open_portfolio(session, shell):
        await ending()


async def open_portfolio(session: Session, shell: Shell) -> Ending | None:
    """Show where all roadmaps stand; how the one is shown that is chosen."""
    from lfroadmap.ui.screens.portfolio import PortfolioScreen  # noqa: PLC0415 - not for the list

    settings = session.settings
    screen = PortfolioScreen(
        session.library.names(),
        portfolio_source(session),
        session.words,
        thresholds=settings.thresholds,
        keys=settings.keys,
    )

    async def act(result: PortfolioResult) -> Ending | None:
        try:
            return await switch_to(session, shell, result.name, result.node)
        except RoadmapError as error:
            shell.notify(session.words.error(error), severity="error", timeout=15)
            return None

    return await shell.keep(screen, act)


def portfolio_source(session: Session) -> PortfolioSource:
    """Where a screen gets all roadmaps from, as they stand today."""
    from lfroadmap.ui.screens.portfolio_listing import PortfolioSource  # noqa: PLC0415

    rows = rows_of(session)
    return PortfolioSource(
        lambda: rows.portfolio(reading_of(session)),
        rows.state,
        lambda: rows.known_portfolio(reading_of(session)),
    )


def rows_of(session: Session) -> LibraryRows:
    """The roadmaps of the library, those that did not change since as they were read last."""
    if session.rows is None:
        session.rows = LibraryRows(session.library)
    return session.rows


def reading_of(session: Session) -> Reading:
    """As what the roadmaps are read today."""
    return Reading(session.words, session.today(), session.settings.thresholds.risk_days)
