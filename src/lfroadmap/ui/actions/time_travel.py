"""Any moment of the roadmap: seeing it, exporting it, bringing it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.report.report import report
from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.ui import readings
from lfroadmap.ui.actions.apply import apply
from lfroadmap.ui.actions.asking import Question, ask_of, cancel, the_whole
from lfroadmap.ui.screens.moment import MomentResult, MomentScreen
from lfroadmap.ui.shell import Answer, Ending

if TYPE_CHECKING:
    from lfroadmap.report.nodes import Report
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def moment(session: Session, shell: Shell) -> None:
    """Show the roadmap as it was at any moment."""
    if ending := await open_moment(session, shell):
        await ending()


async def open_moment(session: Session, shell: Shell, number: int | None = None) -> Ending | None:
    """Show the roadmap as it was behind a change, and at others; the last step of what is done with one."""
    past = await asyncio.to_thread(TimeTravel, session.store.path)
    keys = session.settings.keys
    author_of = partial(readings.author_of, session)
    screen = MomentScreen(
        past, _reporting(session), author_of, session.words, keys, today=session.today, number=number
    )
    return await shell.keep(screen, partial(_act, session, shell))


async def _act(session: Session, shell: Shell, then: MomentResult) -> Ending | None:
    if then.act == "restore":
        return await restoring_all(session, shell, then.roadmap, then.at)
    from lfroadmap.ui.actions.export import export_moment  # noqa: PLC0415 - loaded when it is asked for
    from lfroadmap.usecases.points_in_time import PointInTime  # noqa: PLC0415

    day = then.at.date() if then.at else session.today()
    exported = await export_moment(session, shell, PointInTime(then.roadmap, day, "", then.change))
    return _nothing_more if exported else None


async def _nothing_more() -> None:
    """The last step of what is done already."""


def _reporting(session: Session) -> Callable[[Roadmap, date], Report]:
    words, thresholds = session.words, session.settings.thresholds
    return lambda roadmap, day: report(roadmap, words, today=day, thresholds=thresholds)


async def restoring_all(
    session: Session, shell: Shell, then: Roadmap, at: datetime | None, name: str = ""
) -> Ending | None:
    """Ask; the step that brings back a whole roadmap, of a moment or of a named snapshot."""
    words = session.words
    when = name or (f"{words.day(at.date())} {at:%H:%M}" if at else words("moment.made"))

    def question() -> Question | None:
        if not difference(session.roadmap, then):
            shell.notify(words("moment.same"))
            return None
        body = words("moment.restore_body", when=when)
        answers = (Answer("restore", words("moment.restore_do"), True), cancel(words))
        return Question(words("moment.restore"), body, answers)

    if not await ask_of(session, shell, question, the_whole):
        return None

    async def ending() -> None:
        apply(session, shell, ResetAll(then), words("moment.restored", when=when))

    return ending
