"""Leaving a roadmap: everything is saved first, or a person decides, or a copy is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.text import Text

from lfroadmap.errors import RoadmapError
from lfroadmap.paths import last_resorts
from lfroadmap.text import clean
from lfroadmap.ui.shell import Answer

if TYPE_CHECKING:
    from lfroadmap.roadmap.edits import Edit
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

Next = Literal["quit", "open"]
"""What follows: the program ends, or another roadmap is opened."""

TEAM_END = 0.5
"""Seconds that leaving waits for the connection to a room."""


class Left(NamedTuple):
    """The roadmap was left; `message` says where a copy of it is, if one was written."""

    message: Text | None = None


async def leave(session: Session, shell: Shell, then: Next) -> Left | None:
    """Save all and close the store; where that cannot be done, ask. None: the person stays."""
    unchanged = session.read_only and not session.unsaved
    saved = unchanged or await asyncio.to_thread(session.store.flush, 3.0)
    message = None
    if not saved:
        answer = await _ask(session, shell, then)
        if answer == "copy":
            try:
                message = emergency_copy(session)
            except RoadmapError as error:
                shell.notify(session.words.error(error), severity="error", timeout=60)
                return None
        elif answer != "lose":
            return None
    if close(session, shell) and saved:  # the disk refused what came after the last look at it
        message = kept_copy(session)
    return Left(message)


async def _ask(session: Session, shell: Shell, then: Next) -> str | None:
    words = session.words
    answers = (
        Answer("copy", words(f"leave.copy_and_{then}")),
        Answer("lose", words(f"leave.lose_and_{then}"), True),
        Answer("stay", words("leave.stay")),
    )
    await shell.catch_up()
    shell.clear_notices()  # they would cover the question
    why = words.error(session.failing) if session.failing else words("leave.slow")
    title = words("leave.ended" if session.has_ended else "leave.title")
    return await shell.ask(title, words("leave.body", why=why), answers)


def close(session: Session, shell: Shell) -> tuple[Edit, ...]:
    """Remember where the person was, and close the store; returns what could not be saved."""
    session.library.remember(session.name, shell.tab)
    if session.team is not None:
        session.team.stop(TEAM_END)
    return session.store.close()


def emergency_copy(session: Session) -> Text:
    """Write all that is in memory to the first folder that takes it, and say where; raises RoadmapError."""
    from lfroadmap.export import write_somewhere  # noqa: PLC0415 - loaded when the disk fails
    from lfroadmap.ui.actions.export_job import snapshot  # noqa: PLC0415

    folders = last_resorts(session.last_export.folder, session.library.folder)
    written = write_somewhere(snapshot(session), session.name, folders)
    return Text(clean(session.words("leave.copied", path=written)))


def kept_copy(session: Session) -> Text:
    """Write a copy without asking; say where it is, or why there is none."""
    try:
        return emergency_copy(session)
    except RoadmapError as error:
        return Text(clean(session.words.error(error)))
