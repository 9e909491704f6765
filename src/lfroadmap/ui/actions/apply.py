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
    session.change_alone(edit)
    shell.refresh(COMMANDED)
    shell.notify(message, timeout=8)
