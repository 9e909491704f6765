"""Adding stages, cards and fields: behind the one with the focus, under a name that is asked for first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lfroadmap.roadmap.model import Card, Node, Stage
from lfroadmap.roadmap.structure import Add
from lfroadmap.ui.actions.structure import ask_name, name_of, place_here, plan_edits, restructure
from lfroadmap.usecases.structure_edits import place_of

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell
    from lfroadmap.usecases.plan_edits import Made


async def add_stage(session: Session, shell: Shell) -> None:
    """Add a stage behind the open one, and open it."""
    if session.read_only:
        shell.refuse()
        return
    here = place_of(session.roadmap, Stage, shell.node_here)
    title = await ask_name(session, shell, "structure.add_stage")
    if title is not None:
        await _add(session, shell, plan_edits(session).add_stage(title), here and here.node)


async def add_card(session: Session, shell: Shell) -> None:
    """Add a card behind the one with the focus, or at the end of a stage."""
    here = place_of(session.roadmap, Card, shell.node_here)
    stage = await place_here(session, shell, Stage)
    if stage is None:
        return
    about = session.words("structure.in_stage", name=name_of(session, stage.node))
    title = await ask_name(session, shell, "structure.add_card", about=about)
    if title is not None:
        await _add(session, shell, plan_edits(session).add_card(title, stage.node.id), here and here.node)


async def _add(session: Session, shell: Shell, made: Made, behind: Node | None) -> None:
    """Add what was made, behind a sibling where there is one."""
    edit, at = made.edit, made.nodes[0]
    assert isinstance(edit, Add)
    if behind is not None:
        edit = replace(edit, after=behind.id)
    if isinstance(edit.node, Card):
        at = edit.node.fields[0].id
    await restructure(session, shell, edit, at)
