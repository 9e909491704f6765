"""The help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.ui.screens.help import HelpScreen

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


def help_(session: Session, shell: Shell) -> None:
    """Show the help, or close it."""
    shell.toggle(HelpScreen(session.words, session.settings.keys, shell.focused_place))
