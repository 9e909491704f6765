"""A copy of a node with everything in it, as a plan that nobody has begun yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from lfroadmap.roadmap.model import CHILDREN, TITLE_OF, Field, Node, Task
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import children

N = TypeVar("N", bound=Node)


def duplicate(node: N, labels: Labels, new_id: Callable[[], str]) -> N:
    """A copy with ids of its own: values, owners and days are kept, ticks and notes are not.

    A template has words for its own ids only, so that the copy has the texts that `labels` finds.
    """
    values: dict[str, Any] = {"id": new_id(), TITLE_OF[type(node)]: labels.of(node), **_values(node, labels)}
    for name, _ in CHILDREN[type(node)]:
        kept = () if name == "notes" else children(node, name)
        values[name] = tuple(duplicate(child, labels, new_id) for child in kept)
    return replace(node, **values)


def _values(node: Node, labels: Labels) -> dict[str, Any]:
    """The values of a node that are others in a copy."""
    if isinstance(node, Task):
        return {"done": False, "done_on": ""}
    if isinstance(node, Field) and node.options:
        options = tuple(labels.option(node, option) for option in node.options)
        return {"options": options, "value": labels.option(node, node.value)}
    return {}
