"""What was removed from the roadmap."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lfroadmap.store.history import queries as past
from lfroadmap.ui.actions.apply import apply, refuse_unsaved
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.screens.trash import TrashScreen
from lfroadmap.ui.shell import Answer
from lfroadmap.usecases.removed import describe_removed

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def trash(session: Session, shell: Shell) -> None:
    """Show what was removed, and bring back what is asked for."""
    words = session.words
    removed = await asyncio.to_thread(past.removed, session.store.path, session.roadmap)
    taken = await shell.show(
        TrashScreen(describe_removed(removed, session.roadmap, words), words, session.settings.keys)
    )
    if taken is None:
        return
    shell.hold_keys()
    if taken.act == "back" and taken.what:
        apply(session, shell, taken.what.back, words("bin.back", name=taken.what.name))
        await shell.go(taken.what.node)
    elif taken.act == "empty":
        answers = (Answer("empty", words("bin.empty_do"), True), cancel(words))
        body = words.plural("bin.empty_body", len(removed))
        answer = await shell.ask(words("bin.empty"), body, answers)
        if answer == "empty" and not refuse_unsaved(session, shell):
            session.store.empty_trash(max(each.entry.number for each in removed))
