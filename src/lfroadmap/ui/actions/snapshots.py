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

SAVE_PATIENCE = 5.0
"""Seconds that the disk has to take a new snapshot, before the list is shown without it."""


async def snapshots(session: Session, shell: Shell) -> None:
    """Show the snapshots, and act on the chosen one; a new one is shown among them."""
    if ending := await open_snapshots(session, shell):
        await ending()


async def open_snapshots(session: Session, shell: Shell) -> Ending | None:
    """Show the snapshots; the last step of what is done with one."""
    marks = await asyncio.to_thread(past.marks, session.store.path)
    screen = SnapshotsScreen(marks, session.words, session.settings.keys)
    return await shell.keep(screen, partial(_act, session, shell, screen))


async def _act(
    session: Session, shell: Shell, screen: SnapshotsScreen, result: SnapshotsResult
) -> Ending | None:
    if result.act == "new":
        await _make(session, shell, screen, result.name)
        return None
    if result.mark is None:
        return None
    if result.act == "open":
        return await open_moment(session, shell, result.mark.change)
    travel = await asyncio.to_thread(TimeTravel, session.store.path)
    then = await asyncio.to_thread(travel.whole_at, result.mark.change)
    return await restoring_all(session, shell, then, result.mark.at, result.mark.name)


async def _make(session: Session, shell: Shell, screen: SnapshotsScreen, name: str) -> None:
    """Make a snapshot, and show it among the others."""
    if refuse_unsaved(session, shell):
        return
    session.store.mark(name)
    await asyncio.to_thread(session.store.flush, SAVE_PATIENCE)
    screen.show(await asyncio.to_thread(past.marks, session.store.path))
