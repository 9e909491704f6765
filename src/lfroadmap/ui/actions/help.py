"""The help and the command palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.ui.screens.help import HelpScreen
from lfroadmap.ui.screens.palette import palette_of

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


def help_(session: Session, shell: Shell) -> None:
    """Show the help, or close it."""
    shell.toggle(HelpScreen(session.words, session.settings.keys, shell.focused_place))


def palette(session: Session, shell: Shell) -> None:
    """Open the palette, with its words in the language."""
    shell.push(palette_of(session, shell))
