"""A copy of a node with everything in it, as a plan that nobody has begun yet."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Card, Node, Relation, Stage, Task
from lfroadmap.roadmap.repeats import came_again
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import children, ids_under

N = TypeVar("N", bound=Node)


def duplicate(node: N, labels: Labels, new_id: Callable[[str], str]) -> N:
    """A copy with ids that `new_id` gives for the old ones: values and owners stay, ticks and notes do not.

    What has its texts from a template keeps them, in every language. What waits for something in the same
    node waits for the copy of that. Of a task that came again only the next one is copied.
    """
    ids = {old: new_id(old) for old in ids_under(node)}
    for card in _cards(node):
        ids |= {old: ids[now.id] for old, now in came_again(card.tasks).items()}
    return _copy(node, labels, ids)


def _cards(node: Node) -> tuple[Card, ...]:
    """The cards of a stage, or the card itself."""
    return node.cards if isinstance(node, Stage) else (node,) if isinstance(node, Card) else ()


def _left_out(node: Node, ids: Mapping[str, str]) -> Container[str]:
    """The ids of what a copy has not: tasks that came again, and what would wait for itself."""
    if isinstance(node, Card):
        return came_again(node.tasks)
    if isinstance(node, Task):
        return {each.id for each in node.relations if ids.get(each.target) == ids[node.id]}
    return ()


def _copy(node: N, labels: Labels, ids: Mapping[str, str]) -> N:
    values: dict[str, Any] = {"id": ids[node.id]}
    if "words_from" in ATTRIBUTES[type(node)]:
        values["words_from"] = labels.home(node)
    if isinstance(node, Task):
        values |= {"done": False, "done_on": ""}
    if isinstance(node, Relation):
        values["target"] = ids.get(node.target, node.target)
    left_out = _left_out(node, ids)
    for name, _ in CHILDREN[type(node)]:
        kept = () if name in ("notes", "readings") else children(node, name)
        values[name] = tuple(_copy(child, labels, ids) for child in kept if child.id not in left_out)
    return replace(node, **values)
