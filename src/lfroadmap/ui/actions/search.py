"""The search: finding any text of the roadmap or the tasks of a filter, and going there; saved filters."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.health import WORST_FIRST
from lfroadmap.roadmap.search_query import query_text, read_query
from lfroadmap.text import one_line
from lfroadmap.ui.screens.naming import NameScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.search import SearchResult, SearchScreen
from lfroadmap.ui.search_index import SearchIndex, Target, target
from lfroadmap.ui.shell import Ending
from lfroadmap.usecases.saved_filters import forget_filter, save_filter, saved_filter, saved_filters
from lfroadmap.usecases.searching import RoadmapSearch, found_node, search_day

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

_SAVE, _APPLY, _FORGET = "save", "apply:", "forget:"


async def search(session: Session, shell: Shell) -> None:
    """Search the roadmap, and go to what is chosen."""
    screen = SearchScreen(partial(_source, session), session.words, session.settings.keys)
    if ending := await shell.keep(screen, partial(_act, session, shell, screen)):
        await ending()


def _source(session: Session) -> RoadmapSearch:
    """The texts of the roadmap as it is now; what was folded of them before is kept."""
    today = search_day(session.settings, session.words, session.today())
    known = session.search
    if known is None or not known.is_of(session.roadmap, session.words, today):
        known = session.search = RoadmapSearch(session.roadmap, session.words, today, session.name)
    return known


async def _act(session: Session, shell: Shell, screen: SearchScreen, result: SearchResult) -> Ending | None:
    if result.act == "go":
        session.found = screen.search_run.typed, result.node
        return partial(_go, shell, result)
    if result.act == "saved":
        await _saved(session, shell, screen)
        return None
    index = SearchIndex(_values(session, result.kind))
    prompt = session.words(f"filter.choose_{result.kind}")
    if chosen := await shell.show(PaletteScreen(index.search, session.words, prompt)):
        screen.set_filter(screen.filter.changed(result.kind, chosen.id))
    return None


async def next_found(session: Session, shell: Shell) -> None:
    """Go to the result behind the one that was gone to last, and behind the last to the first.

    Where nothing was searched for, or nothing is found any more, the search opens.
    """
    typed, last = session.found or ("", "")
    query = read_query(typed)
    kinds: dict[str, str] = {}
    for entry in () if query.is_empty else _source(session).look(query):
        if entry is None:
            await asyncio.sleep(0)  # the screen is drawn meanwhile
        else:
            kind, node = found_node(entry, query)
            kinds.setdefault(node, kind)
    if not kinds:
        await search(session, shell)
        return
    order = [*kinds]
    node = order[(order.index(last) + 1) % len(order) if last in kinds else 0]
    session.found = typed, node
    await _go(shell, SearchResult("go", kinds[node], node))


async def _go(shell: Shell, result: SearchResult) -> None:
    if result.kind == "roadmap":
        shell.run("open_tab(0)")  # its title is on every tab, and it has no other place
    else:
        await shell.go(result.node)


def _values(session: Session, part: str) -> Iterator[Target]:
    """What a filter may name: its id is what is written into the field."""
    words, labels, roadmap = session.words, session.labels, session.roadmap
    if part == "owner":
        for name in _source(session).known_owners():
            yield target("owner", " ".join(one_line(name).split()), " ".join(one_line(name).split()))
    elif part == "stage":
        for stage in roadmap.stages:
            yield target("stage", one_line(labels.short(stage)), one_line(labels.of(stage)))
    else:
        for health in WORST_FIRST:
            name = words(f"health.{health}")
            yield target("filter", name, name)


async def _saved(session: Session, shell: Shell, screen: SearchScreen) -> None:
    """Take a saved filter, save the one that is there, or forget one."""
    words, library = session.words, session.library
    known, wanted = saved_filters(library), screen.filter
    taken = [
        target("filter", f"{_APPLY}{name}", name, query_text(each, words)) for name, each in known.items()
    ]
    saving = [target("command", _SAVE, words("filter.save"), query_text(wanted, words))]
    forgetting = [
        target("command", f"{_FORGET}{name}", words("filter.forget", name=name), query_text(each, words))
        for name, each in known.items()
    ]
    index = SearchIndex([*taken, *(saving if wanted.plain() else []), *forgetting])
    if not index.targets:
        shell.notify(words("filter.none_saved"))
        return
    chosen = await shell.show(PaletteScreen(index.search, words, words("filter.choose_saved")))
    if chosen is None:
        return
    try:
        if chosen.id == _SAVE:
            if name := await shell.show(NameScreen(words, words("filter.save"))):
                shell.notify(words("filter.is_saved", name=save_filter(library, name, wanted)))
        elif chosen.id.startswith(_FORGET):
            forgotten = forget_filter(library, chosen.id.removeprefix(_FORGET))
            shell.notify(words("filter.forgotten", name=forgotten))
        else:
            screen.set_filter(saved_filter(library, chosen.id.removeprefix(_APPLY)))
    except RoadmapError as error:
        shell.notify(words.error(error), severity="error")
