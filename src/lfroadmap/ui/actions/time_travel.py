"""Any moment of the roadmap: seeing it, exporting it, bringing it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from lfroadmap.report.report import report
from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.ui.actions.apply import apply
from lfroadmap.ui.actions.asking import Question, ask_of, cancel, the_whole
from lfroadmap.ui.screens.moment import MomentScreen
from lfroadmap.ui.shell import Answer

if TYPE_CHECKING:
    from lfroadmap.report.nodes import Report
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def moment(session: Session, shell: Shell, number: int | None = None) -> None:
    """Show the roadmap as it was behind a change, and at any other moment."""
    past = await asyncio.to_thread(TimeTravel, session.store.path)
    keys = session.settings.keys
    screen = MomentScreen(past, _reporting(session), session.words, keys, today=session.today, number=number)
    then = await shell.show(screen)
    if then is None:
        return
    shell.hold_keys()
    if then.act == "export":
        from lfroadmap.ui.actions.export import export_moment  # noqa: PLC0415 - loaded when it is asked for
        from lfroadmap.usecases.points_in_time import PointInTime  # noqa: PLC0415

        day = then.at.date() if then.at else session.today()
        await export_moment(session, shell, PointInTime(then.roadmap, day, "", then.change))
    else:
        await restore(session, shell, then.roadmap, then.at)


def _reporting(session: Session) -> Callable[[Roadmap, date], Report]:
    words, thresholds = session.words, session.settings.thresholds
    return lambda roadmap, day: report(roadmap, words, today=day, thresholds=thresholds)


async def restore(session: Session, shell: Shell, then: Roadmap, at: datetime | None, name: str = "") -> None:
    """Ask, then bring back a whole roadmap, of a moment or of a named snapshot."""
    words = session.words
    when = name or (f"{words.day(at.date())} {at:%H:%M}" if at else words("moment.made"))

    def question() -> Question | None:
        if not difference(session.roadmap, then):
            shell.notify(words("moment.same"))
            return None
        body = words("moment.restore_body", when=when)
        answers = (Answer("restore", words("moment.restore_do"), True), cancel(words))
        return Question(words("moment.restore"), body, answers)

    if await ask_of(session, shell, question, the_whole):
        apply(session, shell, ResetAll(then), words("moment.restored", when=when))
