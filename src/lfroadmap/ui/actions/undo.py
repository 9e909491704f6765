"""Undo and redo; the store answers by Undone, which `store_events` reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


def undo(session: Session, shell: Shell) -> None:
    """Take the last step back."""
    session.store.undo()


def redo(session: Session, shell: Shell) -> None:
    """Do the step again that was taken back."""
    session.store.redo()
