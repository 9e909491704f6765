"""Copying, always in the order in which it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


def copy(session: Session, shell: Shell) -> None:
    """Copy what is selected, or all of the field that has the focus."""
    if text := shell.chosen_text:
        shell.copy(text)
    else:
        shell.notify(session.words("copy.nothing"))
