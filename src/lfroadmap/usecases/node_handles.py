"""The texts by which nodes are most easily named on a command line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lfroadmap.roadmap.model import Calculator, Card, Field, Kpi, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import places
from lfroadmap.text import match_key, one_line
from lfroadmap.words import Language

KINDS: dict[str, type | tuple[type, ...]] = {
    "stage": Stage, "card": Card, "field": Field, "task": Task, "kpi": Kpi, "card_or_task": (Card, Task),
    "calculator_of_card": Calculator,
}  # fmt: skip
_MADE = re.compile(r"[0-9a-f]{16}")
"""An id that the program made, which says nothing to a person."""


def node_handles(
    roadmap: Roadmap, kind: str, language: Language, done: bool | None = None
) -> Iterator[tuple[str, str]]:
    """Of every node of a kind a text that names it alone, and what is said about it; in reading order.

    The text is the end of its id where that is a word, else its name, else its id; a task is named by its
    words. A field's begins with its card's. `done` narrows tasks to those that are, or are not.
    """
    found = [place for place in places(roadmap) if isinstance(place.node, KINDS[kind])]
    labels = Labels(roadmap.template, language)
    cards = dict(node_handles(roadmap, "card", language)) if kind == "field" else {}
    above = _by_id(roadmap, cards) if kind == "field" else {}
    names = Counter(
        match_key(name) for place in found for name in {_short(place.node), labels.of(place.node)}
    )
    for place in found:
        node, name = place.node, one_line(labels.of(place.node))
        if kind == "field":
            yield f"{above[place.parent]}.{_short(node) or name}", name
        elif not isinstance(node, Task):
            yield _alone(node, (_short(node), name), names), name
        elif done is None or node.done is done:
            handle = _alone(node, (name,), names)
            yield handle, name if handle != name else ""


def _alone(node: Node, wanted: tuple[str, ...], names: Counter[str]) -> str:
    return next((name for name in wanted if name and names[match_key(name)] == 1), node.id)


def _short(node: Node) -> str:
    end = node.id.rpartition(".")[2]
    return "" if _MADE.fullmatch(end) else end


def _by_id(roadmap: Roadmap, cards: dict[str, str]) -> dict[str, str]:
    """The handles of the cards by their ids; both are in reading order."""
    ids = [place.node.id for place in places(roadmap) if isinstance(place.node, Card)]
    return dict(zip(ids, cards, strict=True))
