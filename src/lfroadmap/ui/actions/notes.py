"""The notes of the task or the card at the focus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.report.note_lines import card_notes
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Card, Task
from lfroadmap.roadmap.notes import newest_first
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.tree import find
from lfroadmap.ui.actions.links import open_link_in
from lfroadmap.ui.actions.structure import name_of, place_here, plan_edits
from lfroadmap.ui.actions.undo import redo, undo
from lfroadmap.ui.context import TYPED
from lfroadmap.ui.screens.notes import NotesScreen, NotesSource
from lfroadmap.ui.widgets.note_list import ShownNote

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def show_task_notes(session: Session, shell: Shell) -> None:
    """Show the notes of a task, and take another."""
    await _show_notes(session, shell, Task)


async def show_card_notes(session: Session, shell: Shell) -> None:
    """Show the notes of a card and of its tasks, and take another for the card."""
    await _show_notes(session, shell, Card)


async def _show_notes(session: Session, shell: Shell, kind: type[Card | Task]) -> None:
    place = await place_here(session, shell, kind)
    if place is None:
        return
    node_id = place.node.id

    def read() -> tuple[ShownNote, ...]:
        there = find(session.roadmap, node_id)
        return _shown(session, there.node) if there and isinstance(there.node, Card | Task) else ()

    def change(edit: Edit) -> None:
        if session.read_only:
            shell.refuse()
            return
        session.change(edit)
        shell.refresh(TYPED)

    def make(text: str) -> Add:
        made = plan_edits(session).add_note(node_id, text)
        assert isinstance(made.edit, Add)
        return made.edit

    title = session.words("notes.title", name=name_of(session, place.node))

    def is_there(note_id: str) -> bool:
        return find(session.roadmap, note_id or node_id) is not None

    source = NotesSource(
        read, change, session.store.end_burst, make, is_there,
        partial(undo, session, shell), partial(redo, session, shell), partial(open_link_in, session, shell),
    )  # fmt: skip
    await shell.show(NotesScreen(title, source, session.words, session.settings.keys))


def _shown(session: Session, node: Card | Task) -> tuple[ShownNote, ...]:
    if isinstance(node, Task):
        return tuple(map(ShownNote, newest_first(node.notes)))
    return tuple(
        ShownNote(note, session.words("report.note_on", task=name_of(session, task)) if task else "")
        for note, task in card_notes(node)
    )
