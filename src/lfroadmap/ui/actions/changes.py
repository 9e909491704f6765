"""What changed since a day, or since a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.paths import folder_for_exports
from lfroadmap.ui.screens.changes import ChangesScreen, ChangesSubject

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def changes(session: Session, shell: Shell) -> None:
    """Show what changed."""
    subject = ChangesSubject(
        session.roadmap,
        session.store.path,
        session.name,
        session.settings.thresholds,
        session.today(),
        folder_for_exports("", session.library.folder),
    )
    await shell.show(ChangesScreen(session.words, subject))
