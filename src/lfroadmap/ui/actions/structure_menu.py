"""The menu of what can be changed where the focus is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from lfroadmap.key_names import shown_key
from lfroadmap.roadmap.model import Card, Field, Stage, Task
from lfroadmap.ui.actions.structure import name_of
from lfroadmap.ui.commands import bound_keys, by_ids
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import Kind, SearchIndex, Target, target
from lfroadmap.usecases.structure_edits import place_of

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

OF_KIND: dict[type, str] = {
    Field: "edit_field add_field duplicate_field field_up field_down move_field remove_field",
    Task: "move_task duplicate_task",
    Card: "rename_card add_card add_field duplicate_card card_up card_down move_card remove_card",
    Stage: "rename_stage add_stage duplicate_stage stage_before stage_after remove_stage",
}
"""Class of a node -> the ids of the commands that change it, the most frequent first."""
IN_ROADMAP = "rename_roadmap"


async def menu(session: Session, shell: Shell) -> None:
    """Choose what to do with the field or task at the focus, its card, its stage, or the roadmap."""
    await _choose(session, shell, tuple(OF_KIND))


async def _choose(session: Session, shell: Shell, kinds: tuple[type, ...]) -> None:
    index = SearchIndex(_targets(session, shell, kinds))
    chosen = await shell.show(PaletteScreen(index.search, session.words, session.words("structure.menu")))
    if chosen:
        shell.hold_keys()
        shell.run(by_ids(chosen.id)[0].action)


def _targets(session: Session, shell: Shell, kinds: tuple[type, ...]) -> Iterator[Target]:
    seen = set[str]()
    for kind in kinds:
        if place := place_of(session.roadmap, kind, shell.node_here):
            ids = [name for name in OF_KIND[kind].split() if name not in seen]
            seen.update(ids)
            word = cast("Kind", kind.__name__.lower())
            yield from _commands(session, " ".join(ids), word, name_of(session, place.node))
    if place_of(session.roadmap, Stage, shell.node_here) is None:
        yield from _commands(session, "add_card add_stage", "command", "")
    yield from _commands(session, IN_ROADMAP, "command", name_of(session, session.roadmap))


def _commands(session: Session, ids: str, kind: Kind, name: str) -> Iterator[Target]:
    """Commands, each with the kind and the name of what it changes."""
    words = session.words
    for command in by_ids(ids):
        keys = bound_keys(command, session.settings.keys)
        shown = shown_key(keys) if keys else ""
        yield target(kind, command.id, words(f"command.{command.id}"), name, keys=shown)


roadmap_menu = partial(_choose, kinds=())
field_menu = partial(_choose, kinds=(Field, Card))
card_menu = partial(_choose, kinds=(Card, Stage))
stage_menu = partial(_choose, kinds=(Stage,))
