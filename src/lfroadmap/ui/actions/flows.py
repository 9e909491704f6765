"""The figures of the Flows tab: explaining one, and adding a task out of one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lfroadmap.machine import new_id
from lfroadmap.roadmap.model import Card
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.tree import find
from lfroadmap.store import measuring
from lfroadmap.ui.actions.apply import apply, report_outdated
from lfroadmap.ui.actions.choosing import choose_node
from lfroadmap.ui.actions.structure import name_of
from lfroadmap.ui.flows.figures import shown_figures
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.report_dialog import ReportDialog
from lfroadmap.ui.search_index import SearchIndex, target
from lfroadmap.usecases.flow_tasks import FlowTask, fitting_cards, flow_tasks, task_at, task_edit

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def explain(session: Session, shell: Shell) -> None:
    """Show what the figure under the cursor means, what it was counted of, and its query."""
    from lfroadmap.usecases.kept_explanation import kept_explanation  # noqa: PLC0415 - loads the queries

    shown = shown_figures(session.roadmap, session.flows)
    id = session.flows.at.partition("/")[0]
    if shown is not None and id:
        customers = await asyncio.to_thread(_customers, session) if id == "at_risk" and shown.time else []
        report = await asyncio.to_thread(kept_explanation, shown.figures, id, session.words, customers)
        await shell.show(ReportDialog(session.words, report))


def _customers(session: Session) -> list[str]:
    """The customers at risk that this machine knows of the last measurement; raises RoadmapError."""
    from lfroadmap.usecases.measure_setup import customers_in  # noqa: PLC0415 - it loads what measures

    text = measuring.read_customers(session.store.path)
    return customers_in(text).get("at_risk", []) if text else []


async def add_task(session: Session, shell: Shell) -> None:
    """Add a task about the figure under the cursor to the card that fits; ask where it is not clear."""
    words = session.words
    if session.read_only:
        shell.refuse()
        return
    shown = shown_figures(session.roadmap, session.flows)
    tasks = flow_tasks(shown.figures, iso_day(shown.day), words) if shown else ()
    if not tasks:
        shell.notify(words("flows_tab.no_tasks"), severity="warning")
        return
    task = task_at(tasks, session.flows.at) or await _choose_task(session, shell, tasks)
    card = await _card_for(session, shell, task) if task else None
    if task is None or card is None:
        return
    place = find(session.roadmap, card)
    if place is None or not isinstance(place.node, Card):
        report_outdated(session, shell)
        return
    added = words("flows_tab.added", card=name_of(session, place.node))
    apply(session, shell, task_edit(task, place.node, new_id), added)


async def _choose_task(session: Session, shell: Shell, tasks: tuple[FlowTask, ...]) -> FlowTask | None:
    words = session.words
    index = SearchIndex(target("task", each.target, each.text) for each in tasks)
    chosen = await shell.show(PaletteScreen(index.search, words, words("flows_tab.which_task")))
    return task_at(tasks, chosen.id) if chosen else None


async def _card_for(session: Session, shell: Shell, task: FlowTask) -> str | None:
    """Id of the only card that fits, or of the one that a person chooses among those that fit, or all."""
    cards = fitting_cards(session.roadmap, task.about)
    if len(cards) == 1:
        return cards[0]
    return await choose_node(session, shell, Card, cards or None, session.words("flows_tab.which_card"))
