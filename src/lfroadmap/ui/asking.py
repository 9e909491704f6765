"""Questions over the screen, and doing what was agreed to: what was shown, or it is shown again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui import troubles

if TYPE_CHECKING:
    from lfroadmap.ui.app import RoadmapApp
    from lfroadmap.words import Words

Answer = tuple[str, str, bool]
"""Its id, its words, and whether it is drawn as a danger."""
Question = tuple[str, str, Sequence[Answer]]
"""Title, text and answers; the last answer changes nothing."""


async def ask(app: RoadmapApp, title: str, body: str, answers: Iterable[Answer]) -> str | None:
    """Lay a question over the screen; the last answer changes nothing."""
    from lfroadmap.ui.screens.dialog import Answer, Dialog  # noqa: PLC0415

    return await app.push_screen_wait(Dialog(title, body, tuple(Answer(*answer) for answer in answers)))


async def ask_of(
    app: RoadmapApp, question: Callable[[], Question | None], part: Callable[[Roadmap], object]
) -> str | None:
    """Ask about the roadmap, and again where others change `part` of it meanwhile; None: change nothing.

    Where there is no question any more, there is nothing to do.
    """
    note = ""
    while (asked := question()) is not None:
        title, body, answers = asked
        shown = part(app.roadmap)
        answer = await ask(app, title, note + body, answers)
        if answer is None or answer == answers[-1][0]:
            return None
        if part(app.roadmap) == shown:
            return answer
        note = f"{app.words('dialog.changed')}\n\n"
    return None


def the_whole(roadmap: Roadmap) -> object:
    """Let a question be about all of the roadmap."""
    return roadmap


def cancel(words: Words) -> Answer:
    """Make the answer that changes nothing."""
    return "cancel", words("dialog.cancel"), False


async def do(app: RoadmapApp, edit: Edit, told: str) -> None:
    """Do an edit as a step of its own, show it in every field, and say so; or say why it cannot be done."""
    if app.read_only:
        troubles.refuse(app)
        return
    before = app.roadmap
    app.store.settle()
    # fields must be written too, which no edit of a hand does
    app.change(edit, show=False, alone=True)
    app.store.settle()
    if app.roadmap is before:  # others were quicker: what it would change is gone, or as it should be
        troubles.outdated(app)
        return
    app.notify(told, timeout=8)
    await app.main.adopt(app.roadmap, force=True)
