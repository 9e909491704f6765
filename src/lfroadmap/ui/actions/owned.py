"""The list of what an owner has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.roadmap.task_index import owned_by
from lfroadmap.text import match_key
from lfroadmap.ui.screens.owned import OwnedScreen

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def owned(session: Session, shell: Shell, owner: str) -> None:
    """Show the open cards and tasks of an owner and go to the chosen one; the name is a `match_key`."""

    def same(typed: str) -> bool:
        return match_key(typed) == owner

    items = owned_by(session.roadmap, same)
    day = session.today(), session.settings.thresholds.risk_days
    screen = OwnedScreen(items, session.labels, session.words, session.settings.keys, day)
    if chosen := await shell.show(screen):
        await shell.go(chosen)
