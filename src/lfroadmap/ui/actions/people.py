"""The people of all roadmaps: what is due of one, and another name for one in all roadmaps."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.person_rename import person_rename
from lfroadmap.ui.actions.apply import apply
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.actions.due import open_due
from lfroadmap.ui.actions.portfolio import portfolio_source
from lfroadmap.ui.screens.naming import NameScreen
from lfroadmap.ui.screens.people import PeopleScreen
from lfroadmap.ui.shell import Answer
from lfroadmap.usecases.person_renames import RenamePlan, plan_rename, preview_lines, rename_in_file
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from lfroadmap.ui.screens.people import PeopleResult
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell

LONG = 15
"""Seconds for which an error is shown."""


async def people(session: Session, shell: Shell) -> None:
    """Show the people, and do with them what is chosen."""
    settings = session.settings
    screen = PeopleScreen(portfolio_source(session), session.words, settings.thresholds, settings.keys)
    if ending := await shell.keep(screen, partial(_act, session, shell, screen)):
        await ending()


async def _act(session: Session, shell: Shell, screen: PeopleScreen, result: PeopleResult) -> Ending | None:
    try:
        if result.act == "due":
            return await open_due(session, shell, result.name)
        if await _rename(session, shell, result):
            screen.follow_day()
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="error", timeout=LONG)
    return None


async def _rename(session: Session, shell: Shell, result: PeopleResult) -> bool:
    """Ask for the name, show what changes, and do it; True if something was done."""
    words = session.words
    title = words("people.rename_title", name=result.name)
    new = result.to or await _ask_name(session, shell, title, result.name)
    if not new:
        return False
    plan = await asyncio.to_thread(plan_rename, session.library, words, session.today(), (result.name, new))
    if not plan.places:
        shell.notify(words("editing.unchanged"))
        return False
    answer = await shell.ask(title, SafeText("\n".join(preview_lines(plan, words))), _answers(session, plan))
    if answer not in ("all", "here"):
        return False
    await _apply(session, shell, plan.only(session.name) if answer == "here" else plan)
    return True


async def _ask_name(session: Session, shell: Shell, title: str, name: str) -> str | None:
    return await shell.show(NameScreen(session.words, title, name))


def _answers(session: Session, plan: RenamePlan) -> list[Answer]:
    """Everywhere; in the open roadmap alone, where there are others too."""
    words, count = session.words, len(plan.places)
    here = count > 1 and any(each.name == session.name for each in plan.places)
    everywhere = words.plural("people.do_everywhere", count) if count > 1 else words("people.do_rename")
    answers = [Answer("all", everywhere), *([Answer("here", words("people.do_here"))] if here else [])]
    return [*answers, cancel(words)]


async def _apply(session: Session, shell: Shell, plan: RenamePlan) -> None:
    """Rename in the open roadmap as one step of its undo, and in the files of the others."""
    words, errors = session.words, list[RoadmapError]()
    others = [each.name for each in plan.places if each.name != session.name]
    done = 0
    for name in others:
        try:
            await asyncio.to_thread(rename_in_file, session.library, name, plan, words, errors.append)
            done += 1
        except RoadmapError as error:
            errors.append(error)
    names = {"old": plan.old, "new": plan.new}
    message = words.plural("people.done_others", done, **names) if done else words("people.done", **names)
    if len(others) < len(plan.places):
        edit = person_rename(session.roadmap, session.labels, plan.old, plan.new).edit
        apply(session, shell, edit, message)
    elif done:
        shell.notify(message, timeout=8)
    for each in errors:
        shell.notify(words.error(each), severity="error", timeout=LONG)
