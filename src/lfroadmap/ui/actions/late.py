"""The list of what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.roadmap.health import late_items
from lfroadmap.ui.screens.late import LateScreen

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def late(session: Session, shell: Shell) -> None:
    """Show the late cards and tasks, and go to the chosen one."""
    today = session.today()
    items = late_items(session.roadmap, today)
    chosen = await shell.show(LateScreen(items, session.labels, session.words, today, session.settings.keys))
    if chosen:
        await shell.go(chosen)
