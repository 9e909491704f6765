"""Quitting, and ending without asking where a signal comes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.text import Text

from lfroadmap.ui.actions.leaving import kept_copy, leave

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

HOOKS_END = 5.0
"""Seconds that the end of the program waits for the hooks of each roadmap that was open."""


async def quit_(session: Session, shell: Shell) -> None:
    """Save all and leave; where that cannot be done, ask."""
    left = await leave(session, shell, "quit")
    if left is None:
        return
    message = left.message
    if not await asyncio.to_thread(_end_hooks, session, HOOKS_END):
        message = message or Text(session.words("hooks.unfinished"))
    shell.exit(message)


def _end_hooks(session: Session, seconds: float) -> bool:
    """Have the hooks take what is left; False where that takes longer."""
    runners = (*session.ending_hooks, *((session.hooks,) if session.hooks else ()))
    return all([runner.close(seconds) for runner in runners])


def end_unasked(session: Session, shell: Shell, seconds: float) -> Text | None:
    """Close the store; where the disk did not take everything in time, write a copy and say where it is.

    Called on any thread.
    """
    if session.store.close(seconds):
        return kept_copy(session)
    _end_hooks(session, seconds)
    session.library.remember(session.name, shell.tab)
    return None
