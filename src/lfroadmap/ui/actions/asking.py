"""Questions about the roadmap: what was shown is agreed to, or it is shown again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.shell import Answer

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell
    from lfroadmap.words import Words


class Question(NamedTuple):
    """A question; the last answer changes nothing."""

    title: str
    body: str
    answers: Sequence[Answer]


async def ask_of(
    session: Session, shell: Shell, question: Callable[[], Question | None], part: Callable[[Roadmap], object]
) -> str | None:
    """Ask about the roadmap, and again where others change `part` of it meanwhile; None: change nothing.

    Where there is no question any more, there is nothing to do.
    """
    note = ""
    while (pending := question()) is not None:
        shown = part(session.roadmap)
        answer = await shell.ask(pending.title, note + pending.body, pending.answers)
        if answer is None or answer == pending.answers[-1].id:
            return None
        if part(session.roadmap) == shown:
            return answer
        note = f"{session.words('dialog.changed')}\n\n"
    return None


def the_whole(roadmap: Roadmap) -> object:
    """Let a question be about all of the roadmap."""
    return roadmap


def cancel(words: Words) -> Answer:
    """Make the answer that changes nothing."""
    return Answer("cancel", words("dialog.cancel"))
