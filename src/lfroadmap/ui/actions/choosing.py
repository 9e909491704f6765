"""Choosing one of the roadmap's nodes by words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, cast

from lfroadmap.roadmap.tree import find, places
from lfroadmap.text import one_line
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import Kind, SearchIndex, Target, target

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def choose_node(
    session: Session, shell: Shell, kind: type, ids: Collection[str] | None = None, prompt: str = ""
) -> str | None:
    """Id of the node of a class that a person chooses, of `ids` or of all; None for none."""
    targets = tuple(_targets(session, kind, ids))
    word = kind.__name__.lower()
    if not targets:
        shell.notify(session.words(f"structure.no_{word}"), severity="warning")
        return None
    index = SearchIndex(targets)
    prompt = prompt or session.words(f"structure.choose_{word}")
    chosen = await shell.show(PaletteScreen(index.search, session.words, prompt))
    return chosen.id if chosen else None


def _targets(session: Session, kind: type, ids: Collection[str] | None) -> Iterator[Target]:
    labels, word = session.labels, cast("Kind", kind.__name__.lower())
    for place in places(session.roadmap):
        if isinstance(place.node, kind) and (ids is None or place.node.id in ids):
            above = find(session.roadmap, place.parent)
            inside = one_line(labels.of(above.node)) if above else ""
            yield target(word, place.node.id, one_line(labels.of(place.node)), inside)
