"""The history: every change, and what is done with one."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.bidi.cutting import cut
from lfroadmap.report.history import ChangeFormatter
from lfroadmap.report.node_index import NodeIndex
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.tree import find
from lfroadmap.store.history import queries as past
from lfroadmap.store.history.time_travel import restoring
from lfroadmap.text import one_line
from lfroadmap.ui.actions.apply import apply
from lfroadmap.ui.actions.asking import Question, ask_of, cancel
from lfroadmap.ui.screens.history import HistoryResult, HistoryScreen
from lfroadmap.ui.screens.history_search import HistorySource
from lfroadmap.ui.shell import Answer, Ending

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

SHORT = 40
"""Characters of a value on a button."""


async def history(session: Session, shell: Shell) -> None:
    """Show the history, and act on the chosen change."""
    path, words = session.store.path, session.words
    total = len(await asyncio.to_thread(past.numbers, path))
    title = words("history.title", name=session.labels.of(session.roadmap))
    source = HistorySource(lambda: past.every(path), lambda: formatter(session), total, session.today)
    screen = HistoryScreen(source, words, session.settings.keys, title)
    if ending := await shell.keep(screen, partial(_act, session, shell)):
        await ending()


async def _act(session: Session, shell: Shell, result: HistoryResult) -> Ending | None:
    line = result.line
    if result.act == "snapshots":
        from lfroadmap.ui.actions.snapshots import open_snapshots  # noqa: PLC0415 - loaded when it is asked for

        return await open_snapshots(session, shell)
    if result.act == "bin":
        from lfroadmap.ui.actions.trash import open_trash  # noqa: PLC0415

        return await open_trash(session, shell)
    if line is None:
        return None
    if result.act == "moment":
        from lfroadmap.ui.actions.time_travel import open_moment  # noqa: PLC0415

        return await open_moment(session, shell, line.number)
    if result.act == "restore":
        return await _restore_value(session, shell, line)
    return partial(go_there, session, shell, line.change.node, line.change.home)


def formatter(session: Session) -> ChangeFormatter:
    """The formatter of the changes of the session's roadmap."""
    return ChangeFormatter(NodeIndex(session.roadmap), session.words, reader=session.store.author.actor)


async def go_there(session: Session, shell: Shell, node: str, home: str) -> None:
    """Go to a node; where it is gone, to the card that it stood on; say it where that is gone too."""
    there = next((place for place in (node, home) if find(session.roadmap, place)), None)
    if there is None:
        shell.notify(session.words("history.gone"), severity="warning")
    else:
        await shell.go(there)


async def _restore_value(session: Session, shell: Shell, line: HistoryLine) -> Ending | None:
    words, change = session.words, line.change
    before = words("history.before", value=_short(change.old)) if change.old else words("history.take_back")
    answers = [Answer("before", before), cancel(words)]
    if change.new:
        answers.insert(1, Answer("after", words("history.after", value=_short(change.new))))
    question = Question(words("history.restore"), change.sentence, answers)

    def part(roadmap: Roadmap) -> object:
        there = find(roadmap, change.node)
        return there and there.node

    answer = await ask_of(session, shell, lambda: question, part)
    if answer is None:
        return None
    edit = await _restoring(session, line.number, new=answer == "after")
    if edit is None:
        shell.notify(words("history.same"))
        return None

    async def ending() -> None:
        apply(session, shell, edit, words("history.restored"))
        await go_there(session, shell, change.node, change.home)

    return ending


async def _restoring(session: Session, number: int, *, new: bool) -> Edit | None:
    """The edit that brings a value back, made for the roadmap as it is when this returns."""
    while True:
        roadmap = session.roadmap
        edit = await asyncio.to_thread(restoring, session.store.path, number, roadmap, new=new)
        if session.roadmap is roadmap:
            return edit


def _short(value: str) -> str:
    value = one_line(value)
    return cut(value, SHORT)
