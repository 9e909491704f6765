"""The menu of what can be changed where the focus is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from lfroadmap.key_names import shown_key
from lfroadmap.ui.actions.structure import name_of
from lfroadmap.ui.commands import bound_keys, by_ids
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import Kind, SearchIndex, Target, target
from lfroadmap.usecases.structure_edits import upwards

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

OF_KIND: dict[Kind, str] = {
    "field": "edit_field add_field duplicate_field field_up field_down move_field remove_field",
    "task": "task_notes wait_for repeat_task move_task duplicate_task",
    "calculator": "rename_calculator add_calculator duplicate_calculator calculator_up calculator_down"
    " move_calculator remove_calculator",
    "card": "rename_card add_card add_field add_calculator card_notes wait_for moves_kpi duplicate_card"
    " card_up card_down move_card remove_card",
    "stage": "rename_stage add_stage take duplicate_stage stage_before stage_after remove_stage",
}
"""Kind of a node -> the ids of the commands that change it, the most frequent first."""
IN_ROADMAP = "rename_roadmap"


async def menu(session: Session, shell: Shell) -> None:
    """Choose what to do with a field, task or calculator, its card, its stage, or the roadmap."""
    await _choose(session, shell, tuple(OF_KIND))


async def _choose(session: Session, shell: Shell, kinds: tuple[Kind, ...]) -> None:
    index = SearchIndex(_targets(session, shell, kinds))
    chosen = await shell.show(PaletteScreen(index.search, session.words, session.words("structure.menu")))
    if chosen:
        shell.hold_keys()
        shell.run(by_ids(chosen.id)[0].action)


def _targets(session: Session, shell: Shell, kinds: tuple[Kind, ...]) -> Iterator[Target]:
    seen = set[str]()
    above = tuple(upwards(session.roadmap, shell.node_here))
    for place in above:
        kind = cast("Kind", type(place.node).__name__.lower())
        if kind in kinds:
            ids = [name for name in OF_KIND[kind].split() if name not in seen]
            seen.update(ids)
            yield from _commands(session, " ".join(ids), kind, name_of(session, place.node))
    if not above:
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
calculator_menu = partial(_choose, kinds=("calculator", "card"))
field_menu = partial(_choose, kinds=("field", "card"))
card_menu = partial(_choose, kinds=("card", "stage"))
stage_menu = partial(_choose, kinds=("stage",))
