"""What was removed from the roadmap."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.store.history import queries as past
from lfroadmap.ui.actions.apply import apply, refuse_unsaved
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.screens.trash import TrashResult, TrashScreen
from lfroadmap.ui.shell import Answer, Ending
from lfroadmap.usecases.removed import RemovedEntry, describe_removed

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def trash(session: Session, shell: Shell) -> None:
    """Show what was removed, and bring back what is asked for."""
    if ending := await open_trash(session, shell):
        await ending()


async def open_trash(session: Session, shell: Shell) -> Ending | None:
    """Show what was removed; the last step of what is done with it."""
    words = session.words
    removed = await asyncio.to_thread(past.removed, session.store.path, session.roadmap)

    async def act(taken: TrashResult) -> Ending | None:
        if taken.act == "back" and taken.what:
            return partial(_bring_back, session, shell, taken.what)
        answers = (Answer("empty", words("bin.empty_do"), True), cancel(words))
        body = words.plural("bin.empty_body", len(removed))
        if await shell.ask(words("bin.empty"), body, answers) != "empty":
            return None
        return partial(_empty, session, shell, max(each.entry.number for each in removed))

    described = describe_removed(removed, session.roadmap, words)
    return await shell.keep(TrashScreen(described, words, session.settings.keys), act)


async def _bring_back(session: Session, shell: Shell, removed: RemovedEntry) -> None:
    apply(session, shell, removed.back, session.words("bin.back", name=removed.name))
    await shell.go(removed.node)


async def _empty(session: Session, shell: Shell, up_to: int) -> None:
    if not refuse_unsaved(session, shell):
        session.store.empty_trash(up_to)
