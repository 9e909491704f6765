"""Copying: the text that is meant, and handing it to the system's clipboard."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.widgets import Input

from lfroadmap.errors import RoadmapError
from lfroadmap.ui.terminal.system_clipboard import hand_over

if TYPE_CHECKING:
    from textual.screen import Screen

    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


@runtime_checkable
class Copied(Protocol):
    """A widget that says by itself what Ctrl+C copies of it."""

    @property
    def to_copy(self) -> str:
        """The text to copy."""
        ...


def chosen_text(screen: Screen[object]) -> str:
    """The selected text, or else all text of the focused field; empty where there is none."""
    if selected := screen.get_selected_text():
        return selected
    match screen.focused:
        case Input() as field:
            return field.selected_text or field.value
        case Copied() as widget:
            return widget.to_copy
    return ""


async def give_to_system(session: Session, shell: Shell, text: str) -> None:
    """Put a text into the system's clipboard, where there is a program for it, and say so."""
    try:
        await asyncio.to_thread(hand_over, text)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="warning")
    else:
        shell.notify(session.words("copy.done"), timeout=2)
