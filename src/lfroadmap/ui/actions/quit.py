"""Leaving: everything is saved first, or a person decides, or a copy is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.text import Text

from lfroadmap.errors import RoadmapError
from lfroadmap.paths import last_resorts
from lfroadmap.text import clean
from lfroadmap.ui.shell import Answer

if TYPE_CHECKING:
    from lfroadmap.roadmap.edits import Edit
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

HOOKS_END = 5.0
"""Seconds that the end of the program waits for hooks."""


async def quit_(session: Session, shell: Shell) -> None:
    """Save all and leave; where that cannot be done, ask."""
    unchanged = session.read_only and not session.unsaved
    saved = unchanged or await asyncio.to_thread(session.store.flush, 3.0)
    message = None
    if not saved:
        answer = await _ask(session, shell)
        if answer == "copy":
            try:
                message = emergency_copy(session)
            except RoadmapError as error:
                shell.notify(session.words.error(error), severity="error", timeout=60)
                return
        elif answer != "lose":
            return
    if end(session, shell) and saved:  # the disk refused what came after the last look at it
        message = _kept(session)
    if session.hooks and not await asyncio.to_thread(session.hooks.close, HOOKS_END):
        message = message or Text(session.words("hooks.unfinished"))
    shell.exit(message)


async def _ask(session: Session, shell: Shell) -> str | None:
    words = session.words
    answers = (
        Answer("copy", words("leave.copy")),
        Answer("lose", words("leave.lose"), True),
        Answer("stay", words("leave.stay")),
    )
    await shell.catch_up()
    shell.clear_notices()  # they would cover the question
    why = words.error(session.failing) if session.failing else words("leave.slow")
    title = words("leave.ended" if session.has_ended else "leave.title")
    return await shell.ask(title, words("leave.body", why=why), answers)


def end(session: Session, shell: Shell) -> tuple[Edit, ...]:
    """Remember where the person was, and close the store; returns what could not be saved."""
    session.library.remember(session.name, shell.tab)
    return session.store.close()


def end_unasked(session: Session, shell: Shell, seconds: float) -> Text | None:
    """Close the store; where the disk did not take everything in time, write a copy and say where it is.

    Called on any thread.
    """
    if session.store.close(seconds):
        return _kept(session)
    if session.hooks:
        session.hooks.close(seconds)
    session.library.remember(session.name, shell.tab)
    return None


def emergency_copy(session: Session) -> Text:
    """Write all that is in memory to the first folder that takes it, and say where; raises RoadmapError."""
    from lfroadmap.export import write_somewhere  # noqa: PLC0415 - loaded when the disk fails
    from lfroadmap.ui.actions.export_job import snapshot  # noqa: PLC0415

    folders = last_resorts(session.last_export.folder, session.library.folder)
    written = write_somewhere(snapshot(session), session.name, folders)
    return Text(clean(session.words("leave.copied", path=written)))


def _kept(session: Session) -> Text:
    """Write a copy without asking; say where it is, or why there is none."""
    try:
        return emergency_copy(session)
    except RoadmapError as error:
        return Text(clean(session.words.error(error)))
