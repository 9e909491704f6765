"""A copy of a node with everything in it, as a plan that nobody has begun yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node, Relation, Task
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import children, ids_under

N = TypeVar("N", bound=Node)


def duplicate(node: N, labels: Labels, new_id: Callable[[str], str]) -> N:
    """A copy with ids that `new_id` gives for the old ones: values and owners stay, ticks and notes do not.

    What has its texts from a template keeps them, in every language. What waits for something in the same
    node waits for the copy of that.
    """
    return _copy(node, labels, {old: new_id(old) for old in ids_under(node)})


def _copy(node: N, labels: Labels, ids: Mapping[str, str]) -> N:
    values: dict[str, Any] = {"id": ids[node.id]}
    if "words_from" in ATTRIBUTES[type(node)]:
        values["words_from"] = labels.home(node)
    if isinstance(node, Task):
        values |= {"done": False, "done_on": ""}
    if isinstance(node, Relation):
        values["target"] = ids.get(node.target, node.target)
    for name, _ in CHILDREN[type(node)]:
        kept = () if name in ("notes", "readings") else children(node, name)
        values[name] = tuple(_copy(child, labels, ids) for child in kept)
    return replace(node, **values)
