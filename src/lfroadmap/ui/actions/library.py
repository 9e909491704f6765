"""The library: all roadmaps, and switching to another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.ui.actions.opening import previous, switch_to
from lfroadmap.ui.actions.portfolio import open_portfolio, reading_of, rows_of
from lfroadmap.ui.screens.library import Act, LibraryResult, LibraryScreen

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell


async def library(session: Session, shell: Shell, first: Act | None = None) -> None:
    """Show all roadmaps, and do with them what is chosen; `first` at once, with the one that is open."""
    at = session.name if first else previous(session) or session.name
    settings, rows = session.settings, rows_of(session)
    thresholds, keys = settings.thresholds, settings.keys
    reading = partial(reading_of, session)
    screen = LibraryScreen(rows, reading, thresholds, keys, here=session.name, at=at, first=first)
    if ending := await shell.keep(screen, partial(_act, session, shell, screen)):
        await ending()


new_roadmap = partial(library, first="new")
rename_file = partial(library, first="rename")
copy_roadmap = partial(library, first="copy")
remove_roadmap = partial(library, first="remove")
removed_roadmaps = partial(library, first="bin")
import_roadmap = partial(library, first="import")


async def _act(session: Session, shell: Shell, screen: LibraryScreen, result: LibraryResult) -> Ending | None:
    try:
        outcome = await _outcome(session, shell, result)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="error", timeout=15)
        outcome = ""
    if callable(outcome):
        return outcome
    if outcome is not None:
        screen.reload(outcome)
    return None


async def _outcome(session: Session, shell: Shell, result: LibraryResult) -> str | Ending | None:
    """Do what was chosen; as `library_acts.do`, which is not loaded for the list alone."""
    if result.act == "portfolio":
        return await open_portfolio(session, shell)
    if result.act == "open" and result.row:
        return await switch_to(session, shell, result.row.name) or result.row.name
    from lfroadmap.ui.actions.library_acts import do  # noqa: PLC0415

    return await do(session, shell, result.act, result.row.name if result.row else "")
