"""What the app does with a roadmap's past: the history, any moment of it, snapshots, the bin."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.paths import folder_for_exports
from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.tree import find
from lfroadmap.text import one_line
from lfroadmap.ui import troubles
from lfroadmap.ui.asking import Answer, Question, ask, ask_of, cancel, do, the_whole

if TYPE_CHECKING:
    from lfroadmap.report.history import Teller
    from lfroadmap.report.ledger import Line
    from lfroadmap.report.nodes import Report
    from lfroadmap.store.entries import Entry, Mark
    from lfroadmap.store.windows import Window
    from lfroadmap.ui.app import RoadmapApp
    from lfroadmap.words import Words

SHORT = 40
"""Characters of a value on a button."""


def begin(app: RoadmapApp, errand: Coroutine[None, None, None]) -> None:
    """Do one of the errands below, unless something lies over the roadmap already."""
    if app.screen is not app.main:
        errand.close()
        return
    app.main.host.harvest()
    app.run_worker(_told(app, errand), exclusive=True, group="past")


async def _told(app: RoadmapApp, errand: Coroutine[None, None, None]) -> None:
    """Do it on what is on the disk by now; say it where the past cannot be read."""
    await asyncio.to_thread(app.store.flush, 1.0)
    try:
        await errand
    except RoadmapError as error:
        app.notify(app.words.error(error), severity="error", timeout=15)


def company(others: Sequence[Window], words: Words) -> str:
    """Who else has the roadmap open, in a few words; empty where nobody has."""
    who = ", ".join(sorted({one_line(window.author) for window in others}))
    return words.plural("others", len(others), who=who) if others else ""


async def newer(app: RoadmapApp, kind: str, entry: Entry) -> None:
    """Say whose newer change an undo would have overwritten, and offer to show it."""
    from lfroadmap.report.ledger import lines  # noqa: PLC0415

    words = app.words
    (line,) = lines((entry,), _teller(app))
    when = f"{words.day(entry.at.date())} {entry.at:%H:%M}"
    body = words("undo.newer", who=one_line(entry.author), when=when, what=line.told.sentence)
    answers = (("show", words("undo.show_newer"), False), ("cancel", words("dialog.cancel"), False))
    if await ask(app, words(f"undo.{kind}_conflict"), body, answers) == "show":
        await _go(app, entry.node, line.told.home)


# the history


async def history(app: RoadmapApp) -> None:
    """Show the history, and do with a change what is asked for."""
    from lfroadmap.store import history as past  # noqa: PLC0415 - loaded when it is looked at
    from lfroadmap.ui.screens.history import HistoryScreen, Ledger  # noqa: PLC0415

    path, words = app.store.path, app.words

    total = len(await asyncio.to_thread(past.numbers, path))
    title = words("history.title", name=app.main.context.labels.of(app.roadmap))
    ledger = Ledger(lambda: past.every(path), lambda: _teller(app), total, app.today)
    wanted = await app.push_screen_wait(HistoryScreen(ledger, words, app.settings.keys, title))
    if wanted is None:
        return
    line = wanted.line
    if wanted.act == "snapshots":
        await snapshots(app)
    elif wanted.act == "bin":
        await bin_(app)
    elif line and wanted.act == "moment":
        await moment(app, line.number)
    elif line and wanted.act == "restore":
        await _restore_value(app, line)
    elif line:
        await _go(app, line.told.node, line.told.home)


def _teller(app: RoadmapApp) -> Teller:
    from lfroadmap.report.history import Teller  # noqa: PLC0415
    from lfroadmap.report.known import Known  # noqa: PLC0415

    return Teller(Known(app.roadmap), app.words)


async def _go(app: RoadmapApp, node: str, home: str) -> None:
    """Go to a node; where it is gone, to the card that it stood on; say it where that is gone too."""
    there = next((place for place in (node, home) if find(app.roadmap, place)), None)
    if there is None:
        app.notify(app.words("history.gone"), severity="warning")
    else:
        await app.main.go(there)


async def _restore_value(app: RoadmapApp, line: Line) -> None:
    words, told = app.words, line.told
    before = words("history.before", value=_short(told.old)) if told.old else words("history.take_back")
    answers: list[Answer] = [("before", before, False), cancel(words)]
    if told.new:
        answers.insert(1, ("after", words("history.after", value=_short(told.new)), False))

    def part(roadmap: Roadmap) -> object:
        there = find(roadmap, told.node)
        return there and there.node

    asked = words("history.restore"), told.sentence, answers
    answer = await ask_of(app, lambda: asked, part)
    if answer is None:
        return
    edit = await _restoring(app, line.number, new=answer == "after")
    if edit is None:
        app.notify(words("history.same"))
        return
    await do(app, edit, words("history.restored"))
    await _go(app, told.node, told.home)


async def _restoring(app: RoadmapApp, number: int, *, new: bool) -> Edit | None:
    """The edit that brings a value back, made for the roadmap as it is when this returns."""
    from lfroadmap.store.past import restoring  # noqa: PLC0415

    while True:
        roadmap = app.roadmap
        edit = await asyncio.to_thread(restoring, app.store.path, number, roadmap, new=new)
        if app.roadmap is roadmap:
            return edit


def _short(value: str) -> str:
    value = one_line(value)
    return value if len(value) <= SHORT else value[: SHORT - 1] + "…"


# any moment


async def moment(app: RoadmapApp, number: int | None = None) -> None:
    """Show the roadmap as it was behind a change, and at any other moment."""
    from lfroadmap.store.past import Past  # noqa: PLC0415
    from lfroadmap.ui.screens.moment import MomentScreen  # noqa: PLC0415

    past = await asyncio.to_thread(Past, app.store.path)
    keys = app.settings.keys
    screen = MomentScreen(past, _reporting(app), app.words, keys, today=app.today, number=number)
    then = await app.push_screen_wait(screen)
    if then is None:
        return
    if then.act == "export":
        from lfroadmap.ui.exporting import export_then  # noqa: PLC0415
        from lfroadmap.ui.writing import Subject  # noqa: PLC0415

        day = then.at.date() if then.at else app.today()
        await export_then(app, Subject(day, then.roadmap, then.change))
    else:
        await _restore_all(app, then.roadmap, then.at)


def _reporting(app: RoadmapApp) -> Callable[[Roadmap, date], Report]:
    from lfroadmap.report.report import report  # noqa: PLC0415

    words, thresholds = app.words, app.settings.thresholds
    return lambda roadmap, day: report(roadmap, words, today=day, thresholds=thresholds)


async def _restore_all(app: RoadmapApp, then: Roadmap, at: datetime | None, name: str = "") -> None:
    words = app.words
    when = name or (f"{words.day(at.date())} {at:%H:%M}" if at else words("moment.made"))

    def question() -> Question | None:
        if not difference(app.roadmap, then):
            app.notify(words("moment.same"))
            return None
        body = words("moment.restore_body", when=when)
        return words("moment.restore"), body, (("restore", words("moment.restore_do"), True), cancel(words))

    if await ask_of(app, question, the_whole):
        await do(app, ResetAll(then), words("moment.restored", when=when))


# what changed


async def changes(app: RoadmapApp) -> None:
    """Lay what changed over the screen."""
    from lfroadmap.ui.screens.changes import ChangesScreen, Subject  # noqa: PLC0415

    subject = Subject(
        app.roadmap,
        app.store.path,
        app.roadmap_name,
        app.settings.thresholds,
        app.today(),
        folder_for_exports("", app.shelf.folder),
    )
    await app.push_screen_wait(ChangesScreen(app.words, subject))


# snapshots


async def snapshots(app: RoadmapApp) -> None:
    """Show the snapshots, and do with one what is asked for."""
    from lfroadmap.store import history as past  # noqa: PLC0415
    from lfroadmap.ui.screens.snapshots import SnapshotsScreen  # noqa: PLC0415

    marks = await asyncio.to_thread(past.marks, app.store.path)
    picked = await app.push_screen_wait(SnapshotsScreen(marks, app.words, app.settings.keys))
    if picked is None:
        return
    if picked.act == "new":
        if not troubles.is_stuck(app):
            app.store.mark(picked.name)
    elif picked.mark and picked.act == "open":
        await moment(app, picked.mark.change)
    elif picked.mark:
        await _restore_mark(app, picked.mark)


async def _restore_mark(app: RoadmapApp, mark: Mark) -> None:
    from lfroadmap.store.past import Past  # noqa: PLC0415

    past = await asyncio.to_thread(Past, app.store.path)
    then = await asyncio.to_thread(past.whole_at, mark.change)
    await _restore_all(app, then, mark.at, mark.name)


# the bin


async def bin_(app: RoadmapApp) -> None:
    """Show what was removed, and bring back what is asked for."""
    from lfroadmap.store import history as past  # noqa: PLC0415
    from lfroadmap.ui.binned import binned  # noqa: PLC0415
    from lfroadmap.ui.screens.bin import BinScreen  # noqa: PLC0415

    words = app.words
    removed = await asyncio.to_thread(past.removed, app.store.path, app.roadmap)
    taken = await app.push_screen_wait(
        BinScreen(binned(removed, app.roadmap, words), words, app.settings.keys)
    )
    if taken is None:
        return
    if taken.act == "back" and taken.what:
        await do(app, taken.what.back, words("bin.back", name=taken.what.name))
        await app.main.go(taken.what.node)
    elif taken.act == "empty":
        answers = (("empty", words("bin.empty_do"), True), cancel(words))
        body = words.plural("bin.empty_body", len(removed))
        answer = await ask(app, words("bin.empty"), body, answers)
        if answer == "empty" and not troubles.is_stuck(app):
            app.store.empty_bin(max(each.entry.number for each in removed))
