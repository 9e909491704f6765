"""What was removed from the roadmap."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lfroadmap.store import history as past
from lfroadmap.ui.actions.apply import apply
from lfroadmap.ui.screens.bin import BinScreen
from lfroadmap.ui.shell import Answer
from lfroadmap.usecases.removed import binned

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def trash(session: Session, shell: Shell) -> None:
    """Show what was removed, and bring back what is asked for."""
    words = session.words
    removed = await asyncio.to_thread(past.removed, session.store.path, session.roadmap)
    taken = await shell.show(BinScreen(binned(removed, session.roadmap, words), words, session.settings.keys))
    if taken is None:
        return
    if taken.act == "back" and taken.what:
        apply(session, shell, taken.what.back, words("bin.back", name=taken.what.name))
        await shell.go(taken.what.node)
    elif taken.act == "empty":
        answers = (Answer("empty", words("bin.empty_do"), True), Answer("cancel", words("dialog.cancel")))
        body = words.plural("bin.empty_body", len(removed))
        if await shell.ask(words("bin.empty"), body, answers) == "empty":
            session.store.empty_bin()
            shell.notify(words("bin.emptied"))
