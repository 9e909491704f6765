"""Opening the links in what has the focus."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.links import links_in
from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Stage, Task
from lfroadmap.roadmap.notes import newest_first
from lfroadmap.roadmap.tree import find
from lfroadmap.text import clean
from lfroadmap.ui.actions.structure import name_of
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import SearchIndex, Target, target
from lfroadmap.ui.terminal.opener import open_link
from lfroadmap.usecases.structure_edits import place_of

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def links(session: Session, shell: Shell) -> None:
    """Open the link of the task, field or KPI at the focus, or else of its card; of several, a chosen one."""
    await _open(session, shell, _found(session, shell.node_here))


async def open_link_in(session: Session, shell: Shell, text: str) -> None:
    """Open the link in a text; of several, a chosen one."""
    found = (target("link", link.address, link.address) for link in links_in(clean(text)))
    await _open(session, shell, _each_once(found))


async def _open(session: Session, shell: Shell, found: Sequence[Target]) -> None:
    words = session.words
    if not found:
        shell.notify(words("links.none"))
        return
    address = found[0].id
    if len(found) > 1:
        index = SearchIndex(found)
        chosen = await shell.show(PaletteScreen(index.search, words, words("links.choose")))
        if chosen is None:
            return
        address = chosen.id
    try:
        await asyncio.to_thread(open_link, address)
    except RoadmapError as error:
        shell.notify(words.error(error), severity="warning", timeout=15)
    else:
        shell.notify(words("links.opened", address=address))


def _found(session: Session, node_id: str) -> list[Target]:
    """The links of the nearest node that has any, each once."""
    here = find(session.roadmap, node_id)
    card = place_of(session.roadmap, Card, node_id)
    for node in (here.node if here else None, card.node if card else None):
        if node is not None and (found := list(_of(session, node))):
            return _each_once(found)
    return []


def _each_once(found: Iterable[Target]) -> list[Target]:
    links: dict[str, Target] = {}
    for each in found:
        links.setdefault(each.id, each)
    return list(links.values())


def _of(session: Session, node: Node) -> Iterator[Target]:
    """The links in the texts of a node, and of what is in it."""
    of = session.labels.of
    match node:
        case Task():
            yield from _targets(
                session, node, (of(node), *(note.text or "" for note in newest_first(node.notes)))
            )
        case Field():
            yield from _targets(session, node, (node.value,))
        case Kpi():
            yield from _targets(session, node, (of(node), session.labels.kpi(node, "definition"), node.unit))
        case Card():
            for field in node.fields:
                yield from _of(session, field)
            yield from _targets(session, node, (note.text or "" for note in newest_first(node.notes)))
            for task in node.tasks:
                yield from _of(session, task)
        case Stage():
            for card in node.cards:
                yield from _of(session, card)


def _targets(session: Session, node: Node, texts: Iterable[str]) -> Iterator[Target]:
    for text in texts:
        for link in links_in(clean(text)):
            yield target("link", link.address, link.address, name_of(session, node))
