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
    """Show the snapshots, and do with one what is asked for."""
    marks = await asyncio.to_thread(past.marks, session.store.path)
    picked = await shell.show(SnapshotsScreen(marks, session.words, session.settings.keys))
    if picked is None:
        return
    shell.hold_keys()
    if picked.act == "new":
        if not refuse_unsaved(session, shell):
            session.store.mark(picked.name)
    elif picked.mark and picked.act == "open":
        await moment(session, shell, picked.mark.change)
    elif picked.mark:
        await _restore(session, shell, picked.mark)


async def _restore(session: Session, shell: Shell, mark: MarkedMoment) -> None:
    travel = await asyncio.to_thread(TimeTravel, session.store.path)
    then = await asyncio.to_thread(travel.whole_at, mark.change)
    await restore(session, shell, then, mark.at, mark.name)
