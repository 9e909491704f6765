"""The library: all roadmaps, and switching to another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.key_names import shown_key
from lfroadmap.ui.actions.library_acts import LibraryActs, previous
from lfroadmap.ui.actions.opening import switch_to
from lfroadmap.ui.commands import COMMANDS, bound_keys
from lfroadmap.ui.screens.library import Act, LibraryResult, LibraryScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.portfolio import PortfolioResult, PortfolioScreen
from lfroadmap.ui.search_index import SearchIndex, target
from lfroadmap.usecases.library_rows import LibraryRow, LibraryRows
from lfroadmap.usecases.portfolio import Reading

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell

MENU: dict[str, Act] = {
    "open_roadmap": "open",
    "rename_file": "rename",
    "copy_roadmap": "copy",
    "remove_roadmap": "remove",
    "rescue_roadmap": "rescue",
}
"""Ids of the commands that are about one roadmap, and what each does."""


async def library(session: Session, shell: Shell, first: Act | None = None) -> None:
    """Show all roadmaps, and do with them what is chosen; `first` at once, with the one that is open."""
    at = session.name if first else previous(session) or session.name
    settings, rows = session.settings, rows_of(session)
    thresholds, keys = settings.thresholds, settings.keys
    reading = reading_of(session)
    screen = LibraryScreen(rows, reading, thresholds, keys, here=session.name, at=at, first=first)
    if ending := await shell.keep(screen, partial(_act, session, shell, screen)):
        await ending()


new_roadmap = partial(library, first="new")
rename_file = partial(library, first="rename")
copy_roadmap = partial(library, first="copy")
remove_roadmap = partial(library, first="remove")
removed_roadmaps = partial(library, first="bin")
import_roadmap = partial(library, first="import")


async def portfolio(session: Session, shell: Shell) -> None:
    """Show where all roadmaps stand, and go to the one that is chosen."""
    if ending := await _open_portfolio(session, shell):
        await ending()


async def _open_portfolio(session: Session, shell: Shell) -> Ending | None:
    """Show where all roadmaps stand; how the one is shown that is chosen."""
    settings, rows, reading = session.settings, rows_of(session), reading_of(session)
    screen = PortfolioScreen(
        partial(rows.portfolio, reading), session.words, settings.thresholds, settings.keys
    )

    async def act(result: PortfolioResult) -> Ending | None:
        try:
            return await switch_to(session, shell, result.name, result.node)
        except RoadmapError as error:
            shell.notify(session.words.error(error), severity="error", timeout=15)
            return None

    return await shell.keep(screen, act)


def rows_of(session: Session) -> LibraryRows:
    """The roadmaps of the library, those that did not change since as they were read last."""
    if session.rows is None:
        session.rows = LibraryRows(session.library)
    return session.rows


def reading_of(session: Session) -> Reading:
    """As what the roadmaps are read today."""
    return Reading(session.words, session.today(), session.settings.thresholds.risk_days)


async def _act(session: Session, shell: Shell, screen: LibraryScreen, result: LibraryResult) -> Ending | None:
    try:
        outcome = await _outcome(session, shell, result.act, result.row)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="error", timeout=15)
        outcome = ""
    if callable(outcome):
        return outcome
    if outcome is not None:
        screen.reload(outcome)
    return None


async def _outcome(session: Session, shell: Shell, act: Act, row: LibraryRow | None) -> str | Ending | None:
    """Do something; the name of the roadmap that it was done with, how another is shown, or None."""
    acts = LibraryActs(session, shell)
    match act:
        case "new":
            return await acts.new()
        case "import":
            return await acts.import_()
        case "bin":
            return await acts.bin()
        case "portfolio":
            return await _open_portfolio(session, shell)
        case _:
            return await _of_row(session, shell, acts, act, row.name) if row else ""


async def _of_row(
    session: Session, shell: Shell, acts: LibraryActs, act: Act, name: str
) -> str | Ending | None:
    match act:
        case "open":
            return await switch_to(session, shell, name) or name
        case "rename":
            return await acts.rename(name)
        case "copy":
            return await acts.copy(name)
        case "remove":
            return await acts.remove(name)
        case "rescue":
            return await acts.rescue(name)
        case _:
            return await _menu(session, shell, acts, name)


async def _menu(session: Session, shell: Shell, acts: LibraryActs, name: str) -> str | Ending | None:
    """Choose what to do with a roadmap."""
    words, keys = session.words, session.settings.keys
    known = {command.id: command for command in COMMANDS if command.id in MENU}
    targets = [
        target("command", each, words(f"command.{each}"), words(f"command.{each}_about"),
               keys=shown_key(bound_keys(known[each], keys)))
        for each in MENU
    ]  # fmt: skip
    prompt = words("library.menu", name=name)
    chosen = await shell.show(PaletteScreen(SearchIndex(targets).search, words, prompt))
    return await _of_row(session, shell, acts, MENU[chosen.id], name) if chosen else ""
