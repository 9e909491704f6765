"""Changing the roadmap by a command, and reporting what cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.ui.context import COMMANDED

if TYPE_CHECKING:
    from lfroadmap.roadmap.edits import Edit
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


def apply(session: Session, shell: Shell, edit: Edit, message: str) -> None:
    """Apply an edit as an undo step of its own, show it in every field, and say so; or why it cannot be."""
    if session.read_only:
        shell.refuse()
        return
    if not session.change_alone(
        edit
    ):  # others were quicker: what it would change is gone, or as it should be
        report_outdated(session, shell)
        return
    shell.notify(message, timeout=8)
    shell.refresh(COMMANDED)


def report_outdated(session: Session, shell: Shell) -> None:
    """Say that something was not done because others changed the roadmap at the same moment."""
    shell.clear_notices()  # which say that it is done
    shell.notify(session.words("dialog.outdated"), severity="warning", timeout=15)


def refuse_unsaved(session: Session, shell: Shell) -> bool:
    """True if nothing is saved any more, so that what needs the file is refused; says so."""
    if session.failing is None or not session.has_ended:
        return False
    shell.notify(session.words.error(session.failing), severity="error", timeout=30)
    return True
