"""A roadmap under many edits: each costs the same however large it is, because nothing is copied.

For walking through a long history. The edits mean here exactly what their `on` says; a property test
holds both together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from lfroadmap.roadmap.difference import ResetAll, difference
from lfroadmap.roadmap.edits import LAST, Add, Batch, Edit, Move, Remove
from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.tree import find, ids_under, places

_UNDER: dict[type, type] = {Stage: Roadmap, Kpi: Roadmap, Card: Stage, Field: Card, Task: Card}
"""Class -> the class of what it stands under."""
_BELOW: dict[type, tuple[tuple[str, type], ...]] = {
    Stage: (("cards", Card),),
    Card: (("fields", Field), ("tasks", Task)),
}


class Draft:
    """A roadmap that is changed in place; `roadmap` gives it as a value."""

    def __init__(self, roadmap: Roadmap) -> None:
        self._top = replace(roadmap, stages=(), kpis=())
        self._shells: dict[str, Node] = {}
        """Every node without what is in it."""
        self._parents: dict[str, str] = {}
        self._rows: dict[tuple[str, type], list[str]] = {}
        """Parent and class -> ids in order."""
        for place in places(roadmap):
            self._keep(place.node, place.parent)
            self._row(place.parent, type(place.node)).append(place.node.id)

    def node(self, node_id: str) -> Node | None:
        """A node without what is in it, or None."""
        return self._shells.get(node_id)

    def parent(self, node_id: str) -> str:
        """Id of what the node stands under; empty for no such node."""
        return self._parents.get(node_id, "")

    def do(self, edit: Edit) -> None:
        """Do what `edit.on` does."""
        if isinstance(edit, ResetAll):
            edit = Batch(difference(self.roadmap(), edit.fresh))
        if isinstance(edit, Batch):
            for part in edit.edits:
                self.do(part)
        elif isinstance(edit, Add):
            self._add(edit)
        elif isinstance(edit, Remove):
            self._remove(edit.node)
        elif isinstance(edit, Move):
            self._move(edit)
        elif edit.touches()[0] == self._top.id:
            self._top = edit.on(self._top)
        else:
            self._change(edit)

    def _change(self, edit: Edit) -> None:
        """Let the edit do its work on a roadmap of this one node."""
        node = self._shells.get(edit.touches()[0])
        if node is None:
            return
        place = find(edit.on(_alone(node)), node.id)
        assert place is not None
        self._shells[node.id] = place.node

    def can_add(self, edit: Add) -> bool:
        """Whether the node could be put where the edit says."""
        new = list(ids_under(edit.node))
        taken = {self._top.id, LAST, ""}
        if not self._fits(edit.node, edit.parent) or len(set(new)) < len(new):
            return False
        return not any(node_id in self._shells or node_id in taken for node_id in new)

    def _add(self, edit: Add) -> None:
        if self.can_add(edit):
            self._insert(edit.node.id, self._row(edit.parent, type(edit.node)), edit.after)
            self._take_in(edit.node, edit.parent)

    def _take_in(self, node: Node, parent: str) -> None:
        self._keep(node, parent)
        for name, kind in _BELOW.get(type(node), ()):
            below: tuple[Node, ...] = getattr(node, name)
            for child in below:
                self._row(node.id, kind).append(child.id)
                self._take_in(child, node.id)

    def _keep(self, node: Node, parent: str) -> None:
        below = _BELOW.get(type(node))
        shell = replace(node, **{name: () for name, _ in below}) if below else node  # type: ignore[arg-type]
        self._shells[node.id], self._parents[node.id] = shell, parent

    def _remove(self, node_id: str) -> None:
        node = self._shells.get(node_id)
        if node is not None:
            self._row(self._parents[node_id], type(node)).remove(node_id)
            for gone in list(self._ids(node)):
                kind, parent = type(self._shells.pop(gone)), self._parents.pop(gone)
                self._rows.pop((parent, kind), None) if gone != node_id else None

    def _ids(self, node: Node) -> Iterator[str]:
        yield node.id
        for _, kind in _BELOW.get(type(node), ()):
            for child in self._row(node.id, kind):
                yield from self._ids(self._shells[child])

    def _move(self, edit: Move) -> None:
        node = self._shells.get(edit.node)
        if node is None or edit.after == edit.node or not self._fits(node, edit.parent):
            return
        self._row(self._parents[node.id], type(node)).remove(node.id)
        self._insert(node.id, self._row(edit.parent, type(node)), edit.after)
        self._parents[node.id] = edit.parent

    def _fits(self, node: Node, parent: str) -> bool:
        above = self._top if parent == self._top.id else self._shells.get(parent)
        return isinstance(above, _UNDER[type(node)])

    def _row(self, parent: str, kind: type) -> list[str]:
        return self._rows.setdefault((parent, kind), [])

    @staticmethod
    def _insert(node_id: str, row: list[str], after: str) -> None:
        row.insert(0 if not after else row.index(after) + 1 if after in row else len(row), node_id)

    def roadmap(self) -> Roadmap:
        """The roadmap as it stands now."""
        stages, kpis = self._whole(self._top.id, Stage), self._whole(self._top.id, Kpi)
        return replace(
            self._top, stages=cast("tuple[Stage, ...]", stages), kpis=cast("tuple[Kpi, ...]", kpis)
        )

    def _whole(self, parent: str, kind: type) -> tuple[Node, ...]:
        shells = [self._shells[node_id] for node_id in self._row(parent, kind)]
        below = _BELOW.get(kind)
        if below is None:
            return tuple(shells)
        return tuple(
            replace(shell, **{name: self._whole(shell.id, sort) for name, sort in below})  # type: ignore[arg-type]
            for shell in shells
        )


def _alone(node: Node) -> Roadmap:
    """A roadmap that holds the node and nothing else."""
    if isinstance(node, Stage):
        return Roadmap("", stages=(node,))
    if isinstance(node, Kpi):
        return Roadmap("", kpis=(node,))
    if isinstance(node, Card):
        card = node
    else:
        card = Card("", fields=(node,)) if isinstance(node, Field) else Card("", tasks=(node,))
    return Roadmap("", stages=(Stage("", cards=(card,)),))
