"""Taking a stage or a card from a template or another roadmap."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.model import Card, Roadmap, Stage
from lfroadmap.roadmap.own_templates.making import OwnTemplate
from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.roadmap.tree import find
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.text import one_line
from lfroadmap.ui.actions.structure import place_here, plan_edits, restructure
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import SearchIndex, Target, target
from lfroadmap.usecases.own_templates import usable_templates
from lfroadmap.usecases.taking import take_node

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

_TEMPLATE, _ROADMAP = "template:", "roadmap:"


async def take(session: Session, shell: Shell) -> None:
    """Choose where from, then what; it comes behind the stages, or into the open stage."""
    if session.read_only:
        shell.refuse()
        return
    source = await _source(session, shell)
    if source is None:
        return
    index = SearchIndex(_nodes(source, session))
    prompt = session.words("take.what")
    chosen = await shell.show(PaletteScreen(index.search, session.words, prompt))
    place = find(source, chosen.id) if chosen else None
    if place is None:
        return
    above = await place_here(session, shell, Stage) if isinstance(place.node, Card) else None
    if isinstance(place.node, Card) and above is None:
        return
    made = take_node(plan_edits(session), source, place.node, above.node.id if above else None)
    await restructure(session, shell, made.edit, made.nodes[0])


async def _source(session: Session, shell: Shell) -> Roadmap | None:
    own = await asyncio.to_thread(usable_templates)
    index = SearchIndex(_sources(session, own))
    chosen = await shell.show(PaletteScreen(index.search, session.words, session.words("take.where")))
    if chosen is None:
        return None
    if chosen.id.startswith(_TEMPLATE):
        name = chosen.id.removeprefix(_TEMPLATE)
        made = (each.roadmap("template", session.words.language) for each in own if each.name == name)
        return next(made, None) or load(name).roadmap("template")
    path = session.library.path(chosen.id.removeprefix(_ROADMAP))
    try:
        return await asyncio.to_thread(read, path)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="warning")
        return None


def _sources(session: Session, own: Sequence[OwnTemplate]) -> Iterator[Target]:
    """The templates, and the other roadmaps of the library."""
    for name in names():
        title = one_line(Labels(name, session.words.language).of(load(name).roadmap("template")))
        yield target("template", f"{_TEMPLATE}{name}", title, about=name)
    for each in own:
        title = one_line(each.text("title", session.words.language))
        yield target("template", f"{_TEMPLATE}{each.name}", title, about=each.name)
    for name in session.library.names():
        if name != session.name:
            yield target("roadmap", f"{_ROADMAP}{name}", one_line(name))


def _nodes(source: Roadmap, session: Session) -> Iterator[Target]:
    labels = Labels(source.template, session.words.language)
    for stage in source.stages:
        title = one_line(labels.of(stage))
        yield target("stage", stage.id, title)
        for card in stage.cards:
            yield target("card", card.id, one_line(labels.of(card)), title)
