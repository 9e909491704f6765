"""The list of what is late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lfroadmap.roadmap.health import DatedItem, late_items
from lfroadmap.ui.screens.late import LateScreen

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def late(session: Session, shell: Shell) -> None:
    """Show the late cards and tasks, and go to the chosen one."""

    def items() -> Sequence[DatedItem]:
        return late_items(session.roadmap, session.today())

    screen = LateScreen(items, session.labels, session.words, session.today, session.settings.keys)
    if chosen := await shell.show(screen):
        await shell.go(chosen)
