"""What the task or the card at the focus waits for, the KPIs that a card moves, and tasks that repeat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from lfroadmap.errors import RoadmapError
from lfroadmap.report.repeat_text import describe_repeat
from lfroadmap.roadmap.model import Card, Kpi, Node, RelationKind, Task
from lfroadmap.roadmap.tree import Place, find, places
from lfroadmap.text import one_line
from lfroadmap.ui.actions.apply import report_outdated
from lfroadmap.ui.actions.structure import ask_name, name_of, place_here, plan_edits
from lfroadmap.ui.context import COMMANDED
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import Kind, SearchIndex, Target, target
from lfroadmap.usecases.plan_edits import Made
from lfroadmap.usecases.relation_edits import relate, repeat, unrelate

if TYPE_CHECKING:
    from collections.abc import Callable

    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell
    from lfroadmap.usecases.plan_edits import PlanEdits

END = "-"
"""Begins the choice that ends a relation; behind it the id of its target."""
OTHER = "other"
"""The choice of a rule that is typed."""
RULES = ("week", "14 days", "month")
"""The rules that are offered."""


async def wait_for(session: Session, shell: Shell) -> None:
    """Choose what the task at the focus waits for, or no longer; the card, where there is no task."""
    here = find(session.roadmap, shell.node_here)
    is_task = here is not None and isinstance(here.node, Task)
    place = here if is_task else await place_here(session, shell, Card)
    await _relate(session, shell, place, "waits_for", (Card, Task))


async def moves_kpi(session: Session, shell: Shell) -> None:
    """Choose a KPI that the card at the focus moves, or no longer."""
    await _relate(session, shell, await place_here(session, shell, Card), "moves", (Kpi,))


async def repeat_task(session: Session, shell: Shell) -> None:
    """Choose how the task at the focus repeats."""
    place = await place_here(session, shell, Task)
    if place is None:
        return
    words, task = session.words, cast("Task", place.node)
    offered = [target("rule", rule, describe_repeat(rule, words)) for rule in RULES]
    offered.append(target("rule", OTHER, words("relation.other_rule"), words("relation.rules")))
    if task.repeat:
        offered.insert(1, target("rule", "", words("relation.never"), describe_repeat(task.repeat, words)))
    prompt = words("relation.how_often", name=name_of(session, task))
    chosen = await shell.show(PaletteScreen(SearchIndex(offered).search, words, prompt))
    rule = chosen.id if chosen else None
    if rule == OTHER:
        before = describe_repeat(task.repeat, words) if task.repeat else ""
        rule = await ask_name(session, shell, "relation.other_rule", before, words("relation.rules"))
    if rule is not None:
        _apply(session, shell, lambda plan: repeat(plan, task.id, rule))


async def _relate(
    session: Session, shell: Shell, place: Place | None, kind: RelationKind, kinds: tuple[type, ...]
) -> None:
    if session.read_only:
        shell.refuse()
        return
    if place is None:
        return
    node, words = place.node, session.words
    prompt = words(f"relation.choose_{kind}", name=name_of(session, node))
    index = SearchIndex(_targets(session, node, kind, kinds))
    chosen = await shell.show(PaletteScreen(index.search, words, prompt))
    if chosen is None:
        return

    def make(plan: PlanEdits) -> Made:
        now = find(plan.roadmap, node.id)
        if now is None:
            raise RoadmapError("no_such_card_or_task", name=name_of(session, node))
        if chosen.id.startswith(END):
            return unrelate(now.node, kind, chosen.id.removeprefix(END))
        other = find(plan.roadmap, chosen.id)
        if other is None:
            raise RoadmapError("no_such_card_or_task", name=chosen.name)
        return relate(plan, now.node, kind, other.node)

    _apply(session, shell, make)


def _targets(session: Session, node: Node, kind: RelationKind, kinds: tuple[type, ...]) -> Iterator[Target]:
    """What it may relate to, behind the first the relations that can be ended: Enter alone ends none."""
    assert isinstance(node, Card | Task)
    have = tuple(dict.fromkeys(each.target for each in node.relations if each.kind == kind))
    at = -1
    for place in places(session.roadmap):
        other = place.node
        if isinstance(other, kinds) and other.id != node.id and other.id not in have:
            at += 1
            yield _target(session, place)
            if at == 0:
                yield from (_ending(session, each, kind) for each in have)
    if at < 0:
        yield from (_ending(session, each, kind) for each in have)


def _target(session: Session, place: Place) -> Target:
    node = place.node
    above = find(session.roadmap, place.parent)
    inside = one_line(session.labels.of(above.node)) if above else ""
    is_done = isinstance(node, Task) and node.done
    name = one_line(session.labels.of(node))
    return target(cast("Kind", type(node).__name__.lower()), node.id, name, inside, is_done=is_done)


def _ending(session: Session, target_id: str, kind: RelationKind) -> Target:
    """The end of a relation, also of one whose target is gone."""
    place, words = find(session.roadmap, target_id), session.words
    name = one_line(session.labels.of(place.node)) if place else words("change.gone")
    return target("filter", f"{END}{target_id}", words(f"relation.end_{kind}", name=name))


def _apply(session: Session, shell: Shell, make: Callable[[PlanEdits], Made]) -> None:
    """Do an edit as an undo step of its own; says why where it is refused."""
    if session.read_only:
        shell.refuse()
        return
    try:
        made = make(plan_edits(session))
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="warning")
        return
    if made.edit.on(session.roadmap) is session.roadmap:
        report_outdated(session, shell)
        return
    session.change_alone(made.edit)
    shell.refresh(COMMANDED)
