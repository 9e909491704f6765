"""Changing the structure: stages, cards, fields, tasks and calculators alike."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.bidi.cutting import cut
from lfroadmap.machine import new_id, now
from lfroadmap.roadmap.edits import Rename
from lfroadmap.roadmap.model import Calculator, Card, Field, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.tree import Place, find
from lfroadmap.text import one_line
from lfroadmap.ui.actions.apply import report_outdated
from lfroadmap.ui.actions.asking import Question, ask_of, cancel
from lfroadmap.ui.actions.choosing import choose_node
from lfroadmap.ui.screens.naming import NameScreen
from lfroadmap.ui.shell import Answer
from lfroadmap.usecases.plan_edits import EditSource, PlanEdits, checked_title
from lfroadmap.usecases.structure_edits import (
    duplicate_behind,
    move_under,
    parents_for,
    place_of,
    shift,
)
from lfroadmap.usecases.what_goes import describe_what_goes

if TYPE_CHECKING:
    from lfroadmap.roadmap.edits import Edit
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

NAME_LENGTH = 40
"""Characters of a name in a notice or a title."""


async def restructure(session: Session, shell: Shell, edit: Edit, at: str = "") -> bool:
    """Apply an edit as an undo step of its own and show it, the focus on a node; False where it cannot be."""
    if session.read_only:
        shell.refuse()
        return False
    if edit.on(session.roadmap) is session.roadmap:  # others were quicker, or it is so already
        report_outdated(session, shell)
        return False
    session.change_alone(edit)
    await shell.rebuild(at)
    return True


def plan_edits(session: Session) -> PlanEdits:
    """The edits of the roadmap as it is now, as the command line makes them."""
    source = EditSource(session.today(), now(), new_id, session.store.author.name)
    return PlanEdits(session.roadmap, session.words, source)


def name_of(session: Session, node: Node | Roadmap) -> str:
    """A node's name on one line, cut where it is long."""
    return cut(one_line(session.labels.of(node)), NAME_LENGTH)


async def place_here(session: Session, shell: Shell, kind: type) -> Place | None:
    """The node of a class at the focus; where there is none, the one that a person chooses."""
    if session.read_only:
        shell.refuse()
        return None
    if place := place_of(session.roadmap, kind, shell.node_here):
        return place
    chosen = await choose_node(session, shell, kind)
    return find(session.roadmap, chosen) if chosen else None


async def ask_name(session: Session, shell: Shell, key: str, name: str = "", about: str = "") -> str | None:
    """Ask for a name; None: change nothing."""
    return await shell.show(NameScreen(session.words, session.words(key), name, about=about))


async def _rename(kind: type, session: Session, shell: Shell) -> None:
    place = await place_here(session, shell, kind)
    if place is None:
        return
    old = one_line(session.labels.of(place.node))
    name = await ask_name(session, shell, f"structure.rename_{kind.__name__.lower()}", old)
    if name is not None and name != old:
        await restructure(session, shell, Rename(place.node.id, checked_title(name)))


async def _duplicate(kind: type, session: Session, shell: Shell) -> None:
    place = await place_here(session, shell, kind)
    if place is None:
        return
    words, word = session.words, kind.__name__.lower()
    name = words("structure.copy_of", name=one_line(session.labels.of(place.node)))
    title = await ask_name(session, shell, f"structure.duplicate_{word}", name, words("structure.copied"))
    now = find(session.roadmap, place.node.id)
    if title is None:
        return
    if now is None:
        report_outdated(session, shell)
        return
    made = duplicate_behind(now, title, session.labels, new_id)
    await restructure(session, shell, made.edit, made.nodes[0])


async def _shift(kind: type, steps: int, session: Session, shell: Shell) -> None:
    place = await place_here(session, shell, kind)
    made = shift(session.roadmap, place, steps) if place else None
    if made:
        await restructure(session, shell, made.edit)


async def _move(kind: type, session: Session, shell: Shell) -> None:
    """Move a node to the end of another stage or card."""
    place = await place_here(session, shell, kind)
    if place is None:
        return
    into = {Card: Stage, Field: Card, Task: Card, Calculator: Card}[kind]
    others = [node.id for node in parents_for(session.roadmap, kind) if node.id != place.parent]
    key = f"structure.move_to_{into.__name__.lower()}"
    prompt = session.words(key, name=name_of(session, place.node))
    if parent := await choose_node(session, shell, into, others, prompt):
        made = move_under(place, parent)
        await restructure(session, shell, made.edit, place.node.id)


async def _remove(kind: type, session: Session, shell: Shell) -> None:
    """Remove a node with all that is in it; asks first where that is somebody's work."""
    place = await place_here(session, shell, kind)
    if place is None:
        return
    node_id, words = place.node.id, session.words

    def question() -> Question | None:
        now = find(session.roadmap, node_id)
        what = describe_what_goes(now.node, words) if now else ""
        if now is None or not what:
            return None
        body = words("structure.remove_body", what=what)
        title = words("structure.remove_title", name=name_of(session, now.node))
        return Question(title, body, (Answer("remove", words("structure.remove"), True), cancel(words)))

    def part(roadmap: Roadmap) -> object:
        now = find(roadmap, node_id)
        return now.node if now else None

    if question() is None or await ask_of(session, shell, question, part):
        name = name_of(session, place.node)
        if await restructure(session, shell, Remove(node_id)):
            shell.notify(words("list.removed", name=name), behind=True)


async def rename_roadmap(session: Session, shell: Shell) -> None:
    """Give the roadmap another title; its name in the library stays."""
    if session.read_only:
        shell.refuse()
        return
    old = one_line(session.labels.of(session.roadmap))
    about = session.words("structure.name_stays", name=session.name)
    name = await ask_name(session, shell, "structure.rename_roadmap", old, about)
    if name is not None and name != old:
        await restructure(session, shell, Rename(session.roadmap.id, checked_title(name)))


rename_card, rename_stage = partial(_rename, Card), partial(_rename, Stage)
duplicate_card, duplicate_stage = partial(_duplicate, Card), partial(_duplicate, Stage)
duplicate_field, duplicate_task = partial(_duplicate, Field), partial(_duplicate, Task)
field_up, field_down = partial(_shift, Field, -1), partial(_shift, Field, 1)
card_up, card_down = partial(_shift, Card, -1), partial(_shift, Card, 1)
stage_before, stage_after = partial(_shift, Stage, -1), partial(_shift, Stage, 1)
move_card, move_field, move_task = partial(_move, Card), partial(_move, Field), partial(_move, Task)
remove_field = partial(_remove, Field)
remove_card, remove_stage = partial(_remove, Card), partial(_remove, Stage)
rename_calculator, duplicate_calculator = partial(_rename, Calculator), partial(_duplicate, Calculator)
calculator_up, calculator_down = partial(_shift, Calculator, -1), partial(_shift, Calculator, 1)
move_calculator, remove_calculator = partial(_move, Calculator), partial(_remove, Calculator)
