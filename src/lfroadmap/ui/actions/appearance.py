"""The language and the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def language(session: Session, shell: Shell) -> None:
    """Go on in the other language, at the same place."""
    other = "en" if session.words.language == "he" else "he"
    shell.remember(language=other)
    await shell.set_language("en" if other == "en" else "he")


def dark(session: Session, shell: Shell) -> None:
    """Go from the dark theme to the light one, or back."""
    shell.themes.toggle_dark()
