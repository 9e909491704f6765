"""Undo and redo; the store answers by Undone, which `store_events` reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.ui.actions.apply import refuse_unsaved

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


def undo(session: Session, shell: Shell) -> None:
    """Take the last step back."""
    if not _is_refused(session, shell):
        session.store.undo()


def redo(session: Session, shell: Shell) -> None:
    """Do the step again that was taken back."""
    if not _is_refused(session, shell):
        session.store.redo()


def _is_refused(session: Session, shell: Shell) -> bool:
    """True if nothing is saved any more, or the token for the room only reads; says so."""
    refusal = session.refusal
    if refusal is not None and refusal.key == "team_only_reads":
        shell.refuse()
        return True
    return refuse_unsaved(session, shell)
