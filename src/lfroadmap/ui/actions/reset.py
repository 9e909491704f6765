"""Bringing the whole roadmap back to its template."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import tally
from lfroadmap.roadmap.structure import Add, Move
from lfroadmap.ui.actions.apply import apply
from lfroadmap.ui.actions.asking import Question, ask_of, cancel, the_whole
from lfroadmap.ui.shell import Answer
from lfroadmap.usecases.known_templates import template_roadmap

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def reset(session: Session, shell: Shell) -> None:
    """Ask, naming what will go, then reset."""
    words, template = session.words, session.roadmap.template
    if not template:
        shell.notify(words("reset.no_template"), severity="warning")
        return
    try:
        made = await asyncio.to_thread(template_roadmap, template, session.roadmap.id, words.language)
    except RoadmapError as error:  # a person's own template that is gone, broken, or on another machine
        shell.notify(words.error(error), severity="warning", timeout=15)
        return
    fresh = replace(made, title=session.roadmap.title)

    def question() -> Question | None:
        if not difference(session.roadmap, fresh):
            shell.notify(words("reset.nothing"))
            return None
        body = words("reset.body", going=_going(session, fresh))
        return Question(words("reset.title"), body, (Answer("reset", words("reset.do"), True), cancel(words)))

    if await ask_of(session, shell, question, the_whole):
        apply(session, shell, ResetAll(fresh), words("reset.done"))


def _going(session: Session, fresh: Roadmap) -> str:
    """The losses by a reset, in words."""
    roadmap = session.roadmap
    cards = [card for stage in roadmap.stages for card in stage.cards]
    edits = difference(roadmap, fresh)
    counts = {
        "ticks": tally(roadmap).done,
        "fields": sum(bool(field.value) for card in cards for field in card.fields),
        "texts": sum(task.text is not None for card in cards for task in card.tasks),
        "kpis": sum(kpi not in fresh.kpis for kpi in roadmap.kpis),
        "removals": sum(isinstance(edit, Add) for edit in edits),
        "moves": sum(isinstance(edit, Move) for edit in edits),
    }
    return "\n".join(f"• {session.words.plural(f'reset.{key}', n)}" for key, n in counts.items() if n)
