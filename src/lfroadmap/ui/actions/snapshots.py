"""Named snapshots."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lfroadmap.store.history import queries as past
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.ui.actions.apply import refuse_unsaved
from lfroadmap.ui.actions.time_travel import moment, restore
from lfroadmap.ui.screens.snapshots import SnapshotsScreen

if TYPE_CHECKING:
    from lfroadmap.store.history.change_entries import MarkedMoment
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def snapshots(session: Session, shell: Shell) -> None:
    """Show the snapshots, and act on the chosen one."""
    marks = await asyncio.to_thread(past.marks, session.store.path)
    result = await shell.show(SnapshotsScreen(marks, session.words, session.settings.keys))
    if result is None:
        return
    shell.hold_keys()
    if result.act == "new":
        if not refuse_unsaved(session, shell):
            session.store.mark(result.name)
    elif result.mark and result.act == "open":
        await moment(session, shell, result.mark.change)
    elif result.mark:
        await _restore(session, shell, result.mark)


async def _restore(session: Session, shell: Shell, mark: MarkedMoment) -> None:
    travel = await asyncio.to_thread(TimeTravel, session.store.path)
    then = await asyncio.to_thread(travel.whole_at, mark.change)
    await restore(session, shell, then, mark.at, mark.name)
