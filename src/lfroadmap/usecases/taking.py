"""Taking a stage or a card from a template or another roadmap."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.duplicate import duplicate
from lfroadmap.roadmap.model import CHILDREN, Card, Node, Relation, Roadmap, Stage
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import children, ids_under
from lfroadmap.store.folder.companions import nfc
from lfroadmap.text import one_line
from lfroadmap.usecases.known_templates import known_names, template_roadmap
from lfroadmap.usecases.plan_edits import Made, PlanEdits
from lfroadmap.words import Language

N = TypeVar("N", bound=Node)
Roadmaps = Callable[[str], Roadmap | None]
"""Returns the roadmap of a name in the library; None where there is none."""


def source_of(typed: str, roadmaps: Roadmaps, language: Language) -> tuple[Roadmap, str]:
    """The template or roadmap of `SOURCE.NODE`, and the name of the node in it.

    A template counts before a roadmap of its name, and a longer name before a shorter one.
    Raises RoadmapError.
    """
    templates = known_names()
    for name, node in _splits(typed):
        if nfc(name) in templates:
            return template_roadmap(name, "template", language), node
        if (roadmap := roadmaps(name)) is not None:
            return roadmap, node
    known = ", ".join(templates)
    raise (UsageError if "." not in typed else RoadmapError)("take_form", name=one_line(typed), known=known)


def _splits(typed: str) -> Iterator[tuple[str, str]]:
    """The ways to read a text as a name and a node, the longest name first."""
    ends = [at for at, sign in enumerate(typed) if sign == "."]
    return ((typed[:at], typed[at + 1 :]) for at in reversed(ends) if 0 < at < len(typed) - 1)


def take(plan: PlanEdits, source: Roadmap, named: str, stage: str | None = None) -> Made:
    """A stage behind the others, or a card at the end of a stage, as `source` has it and not begun yet.

    Ids stay where they are free. Raises RoadmapError.
    """
    node = PlanEdits(source, plan.words, plan.source).one((Stage, Card), named).node
    return take_node(plan, source, node, stage)


def take_node(plan: PlanEdits, source: Roadmap, node: Node, stage: str | None = None) -> Made:
    """The same for a node of `source`."""
    parent = plan.roadmap.id
    if isinstance(node, Card):
        if not stage:
            raise UsageError("take_needs_stage", name=plan.name(node))
        parent = plan.one(Stage, stage).node.id
    elif stage:
        raise UsageError("take_no_stage", name=plan.name(node))
    taken = set(ids_under(plan.roadmap))
    labels = Labels(source.template, plan.words.language)
    copied = duplicate(node, labels, lambda old: plan.new_id() if old in taken else old)
    known = taken.union(ids_under(copied))
    return Made(Add(_without_others(copied, known), parent), (copied.id,))


def _without_others(node: N, known: Container[str]) -> N:
    """A node without the relations to what only the other roadmap has."""
    values: dict[str, Any] = {}
    for name, kind in CHILDREN[type(node)]:
        below = children(node, name)
        if kind is Relation:
            below = tuple(each for each in below if isinstance(each, Relation) and each.target in known)
        values[name] = tuple(_without_others(each, known) for each in below)
    return replace(node, **values)
