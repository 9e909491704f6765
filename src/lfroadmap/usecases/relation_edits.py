"""The edits by which cards and tasks wait for others, cards move KPIs, and tasks repeat."""

from __future__ import annotations

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.edits import SetTask
from lfroadmap.roadmap.model import Card, Kpi, Node, Relation, RelationKind, Task
from lfroadmap.roadmap.repeats import parse_repeat
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.text import one_line
from lfroadmap.usecases.plan_edits import Made, PlanEdits

CAN_WAIT = (Card, Task)
"""The classes of what can wait, and be waited for."""


def wait(plan: PlanEdits, named: str, target: str) -> Made:
    """A card or a task that waits for another one.

    Raises RoadmapError where that closes a circle, and where a name means no node, or several.
    """
    node, other = plan.one(CAN_WAIT, named).node, plan.one(CAN_WAIT, target).node
    return relate(plan, node, "waits_for", other)


def stop_waiting(plan: PlanEdits, named: str, target: str) -> Made:
    """A card or a task that no longer waits for another one; raises RoadmapError."""
    return _unrelate(plan, plan.one(CAN_WAIT, named).node, "waits_for", target)


def move_kpi(plan: PlanEdits, card: str, kpi: str) -> Made:
    """A card that moves a KPI; raises RoadmapError."""
    return relate(plan, plan.one(Card, card).node, "moves", plan.one(Kpi, kpi).node)


def stop_moving(plan: PlanEdits, card: str, kpi: str) -> Made:
    """A card that no longer moves a KPI; raises RoadmapError."""
    return _unrelate(plan, plan.one(Card, card).node, "moves", kpi)


def repeat(plan: PlanEdits, task: str, rule: str) -> Made:
    """A task with another rule of repeating, or without one; raises RoadmapError."""
    node = plan.one(Task, task).node
    parsed = parse_repeat(rule)
    if parsed is None:
        raise UsageError("repeat_rule", value=one_line(rule))
    return Made(SetTask(node.id, "repeat", parsed), (node.id,))


def relate(plan: PlanEdits, node: Node, kind: RelationKind, target: Node) -> Made:
    """A node with a relation to another, once; raises RoadmapError where that closes a circle."""
    assert isinstance(node, Card | Task)
    if any((each.kind, each.target) == (kind, target.id) for each in node.relations):
        return Made(Batch(()), (node.id,))
    if kind == "waits_for" and (path := Dependencies(plan.roadmap).path_to(node.id, target.id)):
        raise RoadmapError(
            "wait_circle", name=plan.name(node), target=plan.name(target), path=path_in_words(plan, path)
        )
    return Made(Add(Relation(plan.new_id(), kind, target.id), node.id), (node.id,))


def unrelate(node: Node, kind: RelationKind, target: str) -> Made:
    """A node without its relations to another one, which may be gone."""
    assert isinstance(node, Card | Task)
    gone = [each.id for each in node.relations if (each.kind, each.target) == (kind, target)]
    return Made(Batch(tuple(Remove(each) for each in gone)), (node.id,))


def path_in_words(plan: PlanEdits, path: tuple[str, ...]) -> str:
    """The names on the way round a circle, with what waits before what it waits for."""
    places = (find(plan.roadmap, node_id) for node_id in path)
    between = plan.words("relation.then")
    opening, closing = ('"', '"') if plan.words.direction == "rtl" else ("“", "”")
    return f" {between} ".join(f"{opening}{plan.name(place.node)}{closing}" for place in places if place)


def _unrelate(plan: PlanEdits, node: Node, kind: RelationKind, target: str) -> Made:
    """Without the relation to what a text means; its id will do where that is gone."""
    assert isinstance(node, Card | Task)
    kinds = CAN_WAIT if kind == "waits_for" else (Kpi,)
    has_it = any((each.kind, each.target) == (kind, target) for each in node.relations)
    target_id = target if has_it else plan.one(kinds, target).node.id
    made = unrelate(node, kind, target_id)
    if made.edit == Batch(()):
        raise RoadmapError(f"no_{kind}", name=plan.name(node), target=one_line(target))
    return made
