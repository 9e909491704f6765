"""The list of what an owner has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.roadmap.task_index import owned_by
from lfroadmap.text import one_line
from lfroadmap.ui.screens.owned import OwnedScreen

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def owned(session: Session, shell: Shell, owner: str) -> None:
    """Show the open cards and tasks of an owner, by the name without case, and go to the chosen one."""

    def same(typed: str) -> bool:
        return " ".join(one_line(typed).split()).casefold() == owner

    items = owned_by(session.roadmap, same)
    day = session.today(), session.settings.thresholds.risk_days
    screen = OwnedScreen(items, session.labels, session.words, session.settings.keys, day)
    if chosen := await shell.show(screen):
        await shell.go(chosen)
