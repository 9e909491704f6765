"""Named snapshots."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lfroadmap.store.history import queries as past
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.ui.actions.apply import refuse_unsaved
from lfroadmap.ui.actions.time_travel import moment, restore
from lfroadmap.ui.screens.snapshots import SnapshotsResult, SnapshotsScreen

if TYPE_CHECKING:
    from lfroadmap.store.history.change_entries import MarkedMoment
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

SAVE_PATIENCE = 5.0
"""Seconds that the disk has to take a new snapshot, before the list is shown without it."""


async def snapshots(session: Session, shell: Shell) -> None:
    """Show the snapshots, and act on the chosen one; a new one is shown among them."""
    result = await _choose(session, shell)
    while result and result.act == "new":
        if refuse_unsaved(session, shell):
            return
        session.store.mark(result.name)
        await asyncio.to_thread(session.store.flush, SAVE_PATIENCE)
        result = await _choose(session, shell)
    if result is None:
        return
    if result.mark and result.act == "open":
        await moment(session, shell, result.mark.change)
    elif result.mark:
        await _restore(session, shell, result.mark)


async def _choose(session: Session, shell: Shell) -> SnapshotsResult | None:
    """Show the list, and hold the keys behind the answer."""
    marks = await asyncio.to_thread(past.marks, session.store.path)
    result = await shell.show(SnapshotsScreen(marks, session.words, session.settings.keys))
    shell.hold_keys()
    return result


async def _restore(session: Session, shell: Shell, mark: MarkedMoment) -> None:
    travel = await asyncio.to_thread(TimeTravel, session.store.path)
    then = await asyncio.to_thread(travel.whole_at, mark.change)
    await restore(session, shell, then, mark.at, mark.name)
