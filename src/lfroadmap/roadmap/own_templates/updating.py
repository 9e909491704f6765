"""Bringing what changed in a template into a roadmap; what people wrote, moved or removed stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.model import (
    ATTRIBUTES,
    CALCULATOR_COLUMNS,
    CHILDREN,
    ROW_VALUES,
    Calculator,
    Node,
    Note,
    Reading,
    Relation,
    Roadmap,
)
from lfroadmap.roadmap.own_templates.node_words import COMPARED, NodeWords, is_filled, title_name
from lfroadmap.roadmap.templates import Labels, words_source
from lfroadmap.roadmap.tree import Nodes, children, descendants
from lfroadmap.words import LANGUAGES, Language

N = TypeVar("N", bound=Node | Roadmap)
ChangeWord = Literal[
    "added", "changed", "moved", "reordered", "removed", "kept_text", "kept_work", "removed_here"
]
APPLIED: frozenset[ChangeWord] = frozenset({"added", "changed", "moved", "reordered", "removed"})
"""The words of what an update does; the others say what it leaves as it is."""


@dataclass(frozen=True, slots=True)
class TemplateChange:
    """A difference between a roadmap and a template, and what an update does about it."""

    word: ChangeWord
    node: Node | Roadmap
    name: str
    where: str
    """The name of the node above it."""
    attribute: str = ""
    """The attribute that differs."""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Origins:
    """What the history of a roadmap says of its nodes."""

    values: Mapping[tuple[str, str], frozenset[object]]
    """Id of a node and an attribute -> its value when it came, and those that updates gave it."""
    from_template: frozenset[str]
    """Nodes that came with the template."""
    moved: frozenset[str]
    """Nodes that a person moved."""
    removed: frozenset[str]
    """Nodes that a person removed."""

    def is_own(self, node: Node, name: str) -> bool:
        """True if a person gave the node its value of an attribute."""
        return getattr(node, name) not in self.values.get((node.id, name), frozenset())


@dataclass(frozen=True, slots=True)
class TemplateUpdate:
    """What an update of a roadmap by a template does, and what it leaves."""

    before: Roadmap
    edit: Batch
    changes: tuple[TemplateChange, ...]
    is_related: bool
    """True if anything in the roadmap is the template's."""

    @property
    def applied(self) -> tuple[TemplateChange, ...]:
        """The changes that it makes."""
        return tuple(change for change in self.changes if change.word in APPLIED)

    @property
    def kept(self) -> tuple[TemplateChange, ...]:
        """What stays although the template has it otherwise."""
        return tuple(change for change in self.changes if change.word not in APPLIED)


def update(
    now: Roadmap, template: Mapping[Language, Roadmap], name: str, origins: Origins, language: Language
) -> TemplateUpdate:
    """The update of `now` to a template, which is given as a roadmap in each language.

    Texts come in the language that most of the roadmap's texts are in; `language` where that is not known.
    """
    ids = _ids(now, name)
    is_home = now.template == name
    labels = {each: None if is_home else Labels(template[each].template, each) for each in LANGUAGES}
    template = {each: _with_ids(template[each], ids, labels[each]) for each in LANGUAGES}
    updating = _Updating(now, NodeWords(now, template, language), origins)
    wanted = updating.wanted()
    edits = difference(now, wanted)
    is_related = now.template == name or updating.has_matches
    return TemplateUpdate(now, Batch(edits, name), tuple(updating.changes), is_related)


def _ids(now: Roadmap, name: str) -> dict[str, str]:
    """Id in the template -> id of the node that was taken from it under another one."""
    found: dict[str, str] = {}
    here = {node.id for node, _ in descendants(now)}
    for node, _ in descendants(now):
        template, _, key = words_source(node).partition("/")
        if template == name and key not in here:
            found.setdefault(key, node.id)
    return found


def _with_ids(node: N, ids: Mapping[str, str], labels: Labels | None) -> N:
    """A node of the template under its id in the roadmap; with `labels`, it says whose words it has."""
    if not ids and labels is None:
        return node
    values: dict[str, Any] = {
        name: tuple(_with_ids(child, ids, labels) for child in children(node, name))
        for name, _ in CHILDREN[type(node)]
    }
    if labels is not None and not isinstance(node, Roadmap) and "words_from" in ATTRIBUTES[type(node)]:
        values["words_from"] = labels.home(node)
    return replace(node, id=ids.get(node.id, node.id), **values)


class _Updating:
    """Builds the roadmap that an update wants, and collects the changes on the way."""

    def __init__(self, now: Roadmap, words: NodeWords, origins: Origins) -> None:
        self._now, self._words, self._origins = now, words, origins
        self._fresh = words.fresh
        self._here = {node.id: (node, parent) for node, parent in descendants(now)}
        self._there = {node.id: (node, parent) for node, parent in descendants(self._fresh)}
        self.changes: list[TemplateChange] = []

    @property
    def has_matches(self) -> bool:
        """True if the roadmap has a node of the template."""
        return any(self._match(node) for node, _ in self._there.values())

    def wanted(self) -> Roadmap:
        """The roadmap after the update."""
        return replace(self._now, **self._lists(self._now, self._fresh))

    def _match(self, fresh: Node) -> Node | None:
        found = self._here.get(fresh.id)
        return found[0] if found and type(found[0]) is type(fresh) else None

    def _lists(self, node: Node | Roadmap | None, fresh: Node | Roadmap | None) -> dict[str, Any]:
        """The children of a node after the update, by attribute."""
        either = node or fresh
        assert either is not None
        return {
            name: self._list(
                either, children(node, name) if node else (), children(fresh, name) if fresh else ()
            )
            for name, kind in CHILDREN[type(either)]
            if kind not in (Note, Reading, Relation) or node is None
        }

    def _list(self, above: Node | Roadmap, here: Nodes, there: Nodes) -> Nodes:
        placed: dict[str, Node] = {}
        for fresh in there:
            if (made := self._placed(above, fresh)) is not None:
                placed[fresh.id] = made
        staying = [node for node in here if node.id not in placed and self._stays(node, above)]
        order = self._order(above, here, there, placed)
        _insert(order, [node.id for node in staying], [node.id for node in here])
        arrived = [fresh.id for fresh in there if fresh.id in placed and fresh.id not in order]
        _insert(order, arrived, [fresh.id for fresh in there])
        kept = {node.id: self._kept(node) for node in staying}
        return tuple(placed[id_] if id_ in placed else kept[id_] for id_ in order)

    def _order(
        self, above: Node | Roadmap, here: Nodes, there: Nodes, placed: Mapping[str, Node]
    ) -> list[str]:
        """The nodes that stay under `above`: as the template has them, unless a person moved one of them."""
        present = [node.id for node in here if node.id in placed]
        fresh = [node.id for node in there if node.id in set(present)]
        if fresh == present or not self._origins.moved.isdisjoint(present):
            return present
        self._add("reordered", above, self._above_name(above))
        return fresh

    def _placed(self, above: Node | Roadmap, fresh: Node) -> Node | None:
        """A node of the template where it is to be; None where it is not to be there."""
        node = self._match(fresh)
        if node is None:
            return None if fresh.id in self._here else self._new(above, fresh)
        is_moved = self._here[fresh.id][1] != self._parent(above)
        if is_moved and fresh.id in self._origins.moved:
            return None
        if is_moved:
            self._add("moved", node, self._words.name(above))
        return self._merged(node, fresh)

    def _parent(self, above: Node | Roadmap) -> str:
        return self._now.id if isinstance(above, Roadmap) else above.id

    def _new(self, above: Node | Roadmap, fresh: Node) -> Node | None:
        if fresh.id in self._origins.removed:
            self._add("removed_here", fresh, self._words.name(above))
            return None
        if above.id in self._here or isinstance(above, Roadmap):
            self._add("added", fresh, self._words.name(above))
        return replace(fresh, **self._lists(None, fresh))

    def _merged(self, node: Node, fresh: Node) -> Node:
        """A node with the template's values, but for those that a person gave it."""
        values: dict[str, Any] = {}
        for name in COMPARED[type(node)]:
            if self._words.agree(node, name):
                continue
            before, after = self._words.shown(node, name), self._words.fresh_shown(fresh, name)
            is_own = self._origins.is_own(node, name) or (name == "kind" and _hides_values(node, fresh))
            word: ChangeWord = "kept_text" if is_own else "changed"
            self._add(word, node, self._above_name(node), (name, before, after))
            if word == "changed":
                values[name] = self._words.wanted(node, fresh, name)
        return replace(node, **values, **self._lists(node, fresh))

    def _kept(self, node: Node) -> Node:
        """A node that only the roadmap has, without what is elsewhere after the update."""
        return replace(node, **self._lists(node, None))

    def _stays(self, node: Node, above: Node | Roadmap) -> bool:
        """True if a node stays where it is although the template has it not there."""
        if fresh := self._there.get(node.id):
            return type(fresh[0]) is not type(node) or node.id in self._origins.moved
        if node.id not in self._origins.from_template:
            return True
        if self._has_work(node):
            self._add("kept_work", node, self._words.name(above))
            return True
        self._add("removed", node, self._words.name(above))
        return False

    def _has_work(self, node: Node) -> bool:
        """True if a person filled, worded or added anything in a node that would go with it."""
        if is_filled(node) or self._origins.is_own(node, title_name(node)):
            return True
        below = (child for name, _ in CHILDREN[type(node)] for child in children(node, name))
        return any(
            child.id not in self._there
            and (child.id not in self._origins.from_template or self._has_work(child))
            for child in below
        )

    def _above_name(self, node: Node | Roadmap) -> str:
        found = self._here.get(node.id)
        above = self._here.get(found[1]) if found else None
        return self._words.name(above[0]) if above else ""

    def _add(
        self, word: ChangeWord, node: Node | Roadmap, where: str, texts: tuple[str, str, str] = ("", "", "")
    ) -> None:
        """Note a change; `texts` are the attribute, its value here and its value in the template."""
        self.changes.append(TemplateChange(word, node, self._words.name(node), where, *texts))


def _hides_values(node: Node, fresh: Node) -> bool:
    """True if a calculator of the other kind would not show something that is filled in."""
    if not isinstance(node, Calculator) or not isinstance(fresh, Calculator):
        return False
    hidden = {*ROW_VALUES} - {*CALCULATOR_COLUMNS[fresh.kind]}
    return any(getattr(row, column).strip() for row in node.rows for column in hidden)


def _insert(order: list[str], new: Sequence[str], among: Sequence[str]) -> None:
    """Put ids into an order, each behind the nearest one before it in `among` that the order has."""
    for id_ in new:
        before = (each for each in reversed(among[: among.index(id_)]) if each in order)
        after = next(before, None)
        order.insert(0 if after is None else order.index(after) + 1, id_)
