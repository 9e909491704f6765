"""Named snapshots."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.store.history import queries as past
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.ui.actions.apply import refuse_unsaved
from lfroadmap.ui.actions.time_travel import open_moment, restoring_all
from lfroadmap.ui.screens.snapshots import SnapshotsResult, SnapshotsScreen

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell


async def snapshots(session: Session, shell: Shell) -> None:
    """Show the snapshots, and act on the chosen one."""
    if ending := await open_snapshots(session, shell):
        await ending()


async def open_snapshots(session: Session, shell: Shell) -> Ending | None:
    """Show the snapshots; the last step of what is done with one."""
    marks = await asyncio.to_thread(past.marks, session.store.path)
    screen = SnapshotsScreen(marks, session.words, session.settings.keys)
    return await shell.keep(screen, partial(_act, session, shell))


async def _act(session: Session, shell: Shell, result: SnapshotsResult) -> Ending | None:
    if result.act == "new":
        return partial(_make, session, shell, result.name)
    if result.mark is None:
        return None
    if result.act == "open":
        return await open_moment(session, shell, result.mark.change)
    travel = await asyncio.to_thread(TimeTravel, session.store.path)
    then = await asyncio.to_thread(travel.whole_at, result.mark.change)
    return await restoring_all(session, shell, then, result.mark.at, result.mark.name)


async def _make(session: Session, shell: Shell, name: str) -> None:
    if not refuse_unsaved(session, shell):
        session.store.mark(name)
