"""Finding a node in a roadmap and putting another in its place, without touching the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar, cast

from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Roadmap, Stage, Task

LAST = "*"
"""The `after` of a place behind all others; no node has this id."""

Nodes = tuple[Node, ...]
N = TypeVar("N", Stage, Card, Field, Task, Kpi)


class Place(NamedTuple):
    """Where a node stands: the steps from the roadmap down to it."""

    node: Node
    parent: str
    """Id of the node above; the roadmap's own id for stages and KPIs."""
    stage: int = -1
    card: int = -1
    at: int = -1
    """Position among its siblings."""


def places(roadmap: Roadmap) -> Iterator[Place]:
    """Every node with its place, in reading order, parents before children."""
    for s, stage in enumerate(roadmap.stages):
        yield Place(stage, roadmap.id, s, -1, s)
        for c, card in enumerate(stage.cards):
            yield Place(card, stage.id, s, c, c)
            for f, field in enumerate(card.fields):
                yield Place(field, card.id, s, c, f)
            for t, task in enumerate(card.tasks):
                yield Place(task, card.id, s, c, t)
    for k, kpi in enumerate(roadmap.kpis):
        yield Place(kpi, roadmap.id, -1, -1, k)


def find(roadmap: Roadmap, node_id: str) -> Place | None:
    """The place of a node, or None where there is no such node."""
    for s, stage in enumerate(roadmap.stages):
        if stage.id == node_id:
            return Place(stage, roadmap.id, s, -1, s)
        for c, card in enumerate(stage.cards):
            if card.id == node_id:
                return Place(card, stage.id, s, c, c)
            children: tuple[tuple[Field | Task, ...], ...] = (card.fields, card.tasks)
            for nodes in children:
                for i, node in enumerate(nodes):
                    if node.id == node_id:
                        return Place(node, card.id, s, c, i)
    for k, kpi in enumerate(roadmap.kpis):
        if kpi.id == node_id:
            return Place(kpi, roadmap.id, -1, -1, k)
    return None


def siblings(roadmap: Roadmap, parent: str, node: Node) -> Nodes | None:
    """The nodes of the same sort under `parent`, or None where `node` cannot stand there."""
    if isinstance(node, Stage | Kpi):
        if parent != roadmap.id:
            return None
        return roadmap.stages if isinstance(node, Stage) else roadmap.kpis
    place = find(roadmap, parent)
    if place is None:
        return None
    above = place.node
    if isinstance(node, Card) and isinstance(above, Stage):
        return above.cards
    if isinstance(above, Card) and isinstance(node, Field | Task):
        return above.fields if isinstance(node, Field) else above.tasks
    return None


def edit_siblings(roadmap: Roadmap, parent: str, node: Node, change: Callable[[Nodes], Nodes]) -> Roadmap:
    """The roadmap with `change` done to the nodes of `node`'s sort under `parent`."""
    if isinstance(node, Stage):
        return replace(roadmap, stages=cast("tuple[Stage, ...]", change(roadmap.stages)))
    if isinstance(node, Kpi):
        return replace(roadmap, kpis=cast("tuple[Kpi, ...]", change(roadmap.kpis)))
    place = find(roadmap, parent)
    above = place.node if place else None
    changed: Node | None = None
    if isinstance(above, Stage) and isinstance(node, Card):
        changed = replace(above, cards=cast("tuple[Card, ...]", change(above.cards)))
    elif isinstance(above, Card) and isinstance(node, Field):
        changed = replace(above, fields=cast("tuple[Field, ...]", change(above.fields)))
    elif isinstance(above, Card) and isinstance(node, Task):
        changed = replace(above, tasks=cast("tuple[Task, ...]", change(above.tasks)))
    return put(roadmap, place, changed) if place and changed else roadmap


def put(roadmap: Roadmap, place: Place, node: Node) -> Roadmap:
    """The roadmap with `node` standing at `place` instead of what is there."""
    if isinstance(node, Kpi):
        return replace(roadmap, kpis=_with(roadmap.kpis, place.at, node))
    if isinstance(node, Stage):
        return replace(roadmap, stages=_with(roadmap.stages, place.at, node))
    stage = roadmap.stages[place.stage]
    if isinstance(node, Card):
        card = node
    else:
        card = stage.cards[place.card]
        if isinstance(node, Field):
            card = replace(card, fields=_with(card.fields, place.at, node))
        else:
            card = replace(card, tasks=_with(card.tasks, place.at, node))
    stage = replace(stage, cards=_with(stage.cards, place.card, card))
    return replace(roadmap, stages=_with(roadmap.stages, place.stage, stage))


def insert(nodes: Nodes, node: Node, after: str) -> Nodes:
    """`nodes` with `node` behind the one with the id `after`: empty = first, unknown = last."""
    if not after:
        return (node, *nodes)
    for i, other in enumerate(nodes):
        if other.id == after:
            return (*nodes[: i + 1], node, *nodes[i + 1 :])
    return (*nodes, node)


def ids_under(node: Node) -> Iterator[str]:
    """The node's id and those of all that is in it."""
    yield node.id
    if isinstance(node, Stage):
        for card in node.cards:
            yield from ids_under(card)
    elif isinstance(node, Card):
        yield from (field.id for field in node.fields)
        yield from (task.id for task in node.tasks)


def _with(nodes: tuple[N, ...], at: int, node: N) -> tuple[N, ...]:
    return nodes[:at] + (node,) + nodes[at + 1 :]  # noqa: RUF005  typed, and quicker on long lists
