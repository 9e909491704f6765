"""Saving the roadmap as a template, and taking in what changed in one."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.report.template_changes import update_report
from lfroadmap.text import one_line
from lfroadmap.ui.actions.apply import apply
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.save_template import SaveChoices, SaveTemplateScreen
from lfroadmap.ui.screens.template_preview import MOST, TemplatePreviewScreen
from lfroadmap.ui.search_index import SearchIndex, target
from lfroadmap.ui.shell import Answer
from lfroadmap.usecases.own_templates import own_names
from lfroadmap.usecases.template_saving import save_template as save
from lfroadmap.usecases.template_updates import templates_in, update_of

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

LONG = 15
"""Seconds that a notice with a path or a reason stays."""


async def save_template(session: Session, shell: Shell) -> None:
    """Ask for a name, and whether what is filled in comes along; replace a template only after a question."""
    choices = await shell.show(SaveTemplateScreen(session.words, session.name))
    if choices is None:
        return
    try:
        is_taken = choices.name in await asyncio.to_thread(own_names)
        if not is_taken or await _may_replace(session, shell, choices.name):
            await _save(session, shell, choices, replace=is_taken)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="error", timeout=LONG)


async def _may_replace(session: Session, shell: Shell, name: str) -> bool:
    words = session.words
    answers = (Answer("replace", words("save_template.replace"), True), cancel(words))
    body = words("save_template.replace_body", name=name)
    return await shell.ask(words("save_template.replace_title"), body, answers) == "replace"


async def _save(session: Session, shell: Shell, choices: SaveChoices, *, replace: bool) -> None:
    work = partial(
        save, session.roadmap, choices.name, session.words, answers=choices.answers, replace=replace
    )
    path = await asyncio.to_thread(work)
    shell.notify(session.words("save_template.saved", name=choices.name, path=path), timeout=LONG)


async def apply_template(session: Session, shell: Shell) -> None:
    """Show what changed in a template of the roadmap, and take it in as one step if the person agrees."""
    if session.read_only:
        shell.refuse()
        return
    try:
        name = await _template(session, shell)
        if name:
            await _update(session, shell, name)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="warning", timeout=LONG)


async def _template(session: Session, shell: Shell) -> str:
    """The template that the roadmap is of, or the chosen one of several; empty for none."""
    known = templates_in(session.roadmap, await asyncio.to_thread(own_names))
    if not known:
        raise RoadmapError("template_open_none")
    if len(known) == 1:
        return known[0]
    index = SearchIndex(target("template", name, one_line(name)) for name in known)
    chosen = await shell.show(
        PaletteScreen(index.search, session.words, session.words("template_update.which"))
    )
    return chosen.id if chosen else ""


async def _update(session: Session, shell: Shell, name: str) -> None:
    """Show the changes, again where others change the roadmap meanwhile, and make them."""
    words, path = session.words, session.library.path(session.name)
    shown = None
    while True:
        roadmap = session.roadmap
        found = await asyncio.to_thread(update_of, roadmap, path, name, words.language)
        if shown is None or found.changes != shown.changes:
            report = update_report(found, session.name, name, words, MOST)
            screen = TemplatePreviewScreen(words, report, can_apply=bool(found.edit.edits))
            if not await shell.show(screen):
                return
            shown = found
        if session.roadmap is roadmap:
            break
    apply(session, shell, found.edit, words("template_update.done_here", template=name))
