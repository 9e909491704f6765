"""Leaving: everything is saved first, or a person decides, or a copy is written."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.text import clean
from lfroadmap.ui.shell import Answer

if TYPE_CHECKING:
    from lfroadmap.roadmap.edits import Edit
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

ENDING_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
SIGNAL_GRACE = 0.05
"""Seconds that the last keys have to arrive when the program is told to end."""
SIGNAL_PATIENCE = 1.0
"""Seconds in which the keys that have arrived must have done their work."""


async def quit_(session: Session, shell: Shell) -> None:
    """Save all and leave; where that cannot be done, ask."""
    unchanged = session.read_only and not session.unsaved
    saved = unchanged or await asyncio.to_thread(session.store.flush, 3.0)
    message = None
    if not saved:
        answer = await _ask(session, shell)
        if answer == "copy":
            message = emergency_copy(session, shell)
        if answer not in ("copy", "lose") or (answer == "copy" and message is None):
            return
    if end(session, shell) and saved:  # the disk refused what came after the last look at it
        message = _kept(session, shell)
    shell.exit(message)


async def _ask(session: Session, shell: Shell) -> str | None:
    words = session.words
    answers = (
        Answer("copy", words("leave.copy")),
        Answer("lose", words("leave.lose"), True),
        Answer("stay", words("leave.stay")),
    )
    await shell.clear_notices()  # they would cover the question
    why = words.error(session.failing) if session.failing else words("leave.slow")
    return await shell.ask(words("leave.title"), words("leave.body", why=why), answers)


def end(session: Session, shell: Shell) -> tuple[Edit, ...]:
    """Remember where the person was, and close the store; returns what could not be saved."""
    session.shelf.remember(session.name, shell.tab)
    return session.store.close()


def emergency_copy(session: Session, shell: Shell) -> str | None:
    """Write all that is in memory to the first folder that takes it; say where, or None."""
    from lfroadmap.export import write_somewhere  # noqa: PLC0415 - loaded when the disk fails
    from lfroadmap.ui.actions.export_job import snapshot  # noqa: PLC0415

    try:
        written = write_somewhere(snapshot(session), session.name)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="error", timeout=15)
        return None
    return clean(session.words("leave.copied", path=written))


def _kept(session: Session, shell: Shell) -> str:
    """Write a copy where nobody can be asked any more; say where it is, or that there is none."""
    return emergency_copy(session, shell) or clean(session.words("leave.not_copied"))


def listen_to_signals(
    session: Session, shell: Shell, idle: Callable[[], bool], commit_pending: Callable[[], None]
) -> None:
    """Save what was typed when the terminal goes or the machine shuts down."""
    loop = asyncio.get_running_loop()

    def end_by(number: int) -> None:
        """Save all and end, without asking: nobody may be there to answer."""
        end_by_time = loop.time() + SIGNAL_PATIENCE

        def finish() -> None:
            if not idle() and loop.time() < end_by_time:
                loop.call_later(SIGNAL_GRACE, finish)
                return
            commit_pending()
            message = _kept(session, shell) if end(session, shell) else None
            if number == getattr(signal, "SIGHUP", None):
                # the terminal is gone: there is nothing to restore, and writing would hang
                os._exit(128 + number)
            shell.exit(message, 128 + number)

        loop.call_later(SIGNAL_GRACE, finish)

    for name in ENDING_SIGNALS:
        if number := getattr(signal, name, None):
            loop.add_signal_handler(number, end_by, int(number))
