"""What is due in all roadmaps, and going to one of the places."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.text import one_line
from lfroadmap.ui.actions.opening import switch_to
from lfroadmap.ui.actions.portfolio import portfolio_source
from lfroadmap.ui.screens.due import DueScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import SearchIndex, target

if TYPE_CHECKING:
    from lfroadmap.ui.screens.due import DueResult
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell

EVERYBODY, NOBODY = "everybody", "nobody"
_OWNER = "owner "


async def due(session: Session, shell: Shell) -> None:
    """Show what is due, and go to what is chosen."""
    if ending := await open_due(session, shell):
        await ending()


async def open_due(session: Session, shell: Shell, owner: str | None = None) -> Ending | None:
    """Show what is due, of an owner if one is named; how the place is shown that is chosen."""
    screen = DueScreen(portfolio_source(session), session.words, session.settings.keys, owner)
    return await shell.keep(screen, partial(_act, session, shell, screen))


async def _act(session: Session, shell: Shell, screen: DueScreen, result: DueResult) -> Ending | None:
    try:
        if result.name:
            return await switch_to(session, shell, result.name, result.node)
        await _choose_owner(session, shell, screen)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="error", timeout=15)
    return None


async def _choose_owner(session: Session, shell: Shell, screen: DueScreen) -> None:
    """Choose one of the people, what has no owner, or everybody."""
    words = session.words
    people = [target("owner", _OWNER + name, one_line(name)) for name in screen.owners if name]
    nobody = [target("owner", NOBODY, words("report.nobody"))] if "" in screen.owners else []
    everybody = target("filter", EVERYBODY, words("due.everybody"))
    index = SearchIndex([everybody, *people, *nobody])
    if chosen := await shell.show(PaletteScreen(index.search, words, words("due.whose"))):
        names = {EVERYBODY: None, NOBODY: ""}
        screen.of_owner(names.get(chosen.id, chosen.id.removeprefix(_OWNER)))
