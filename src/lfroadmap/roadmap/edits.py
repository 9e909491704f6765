"""What a person can do to a roadmap.

Each edit is a small frozen value. `edit.on(roadmap)` is pure and total: it returns a new roadmap, or
the very same object where there is nothing to change (the node is gone, the value is there already).
`edit.inverse(roadmap)` is the edit that takes it back, told from the roadmap before it. An edit holds
no half of a surrogate pair: see `storable`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from lfroadmap.roadmap.model import (
    KPI_COLUMNS,
    KPI_TEXTS,
    TITLE_OF,
    Field,
    Kpi,
    Node,
    Roadmap,
    Task,
)
from lfroadmap.roadmap.storable import hold_storable
from lfroadmap.roadmap.tree import LAST, Place, edit_siblings, find, ids_under, insert, places, put, siblings

if TYPE_CHECKING:
    from lfroadmap.roadmap.draft import Draft

__all__ = [
    "LAST", "NOTHING", "TASK_DETAILS", "Add", "Batch", "Edit", "Move", "Remove", "Rename", "SetField",
    "SetKpi", "SetTask", "SpliceText", "Tick",
]  # fmt: skip


class Edit(Protocol):
    """One change of a roadmap."""

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap after this edit."""
        ...

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The edit that takes this one back; `roadmap` is the one before it."""
        ...

    def touches(self) -> tuple[str, str]:
        """Ids of the node and name of the attribute that it changes, for the change log."""
        ...


@dataclass(frozen=True, slots=True)
class Batch:
    """Several edits that are done, shown and undone as one."""

    edits: tuple[Edit, ...] = ()

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap after all of them, in order."""
        draft = _draft(roadmap)
        draft.do(self)
        return draft.roadmap()

    def inverse(self, roadmap: Roadmap) -> Edit:
        """All of them taken back, last first."""
        return _draft(roadmap).undoing(self)

    def touches(self) -> tuple[str, str]:
        """What the first of them touches."""
        return self.edits[0].touches() if self.edits else ("", "")


NOTHING: Edit = Batch()
"""The edit that changes nothing."""


class OfNode:
    """An edit of one node's own values: what it makes of the node, wherever that stands."""

    __slots__ = ()

    def __post_init__(self) -> None:
        hold_storable(self)

    def touches(self) -> tuple[str, str]:
        """The node and the attribute."""
        raise NotImplementedError

    def of(self, node: Node) -> Node:
        """The node with its new value; the very same where there is nothing to change."""
        raise NotImplementedError

    def back(self, node: Node) -> Edit:
        """The edit that gives the node its value again."""
        raise NotImplementedError

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the node's new value."""
        place = find(roadmap, self.touches()[0])
        node = self.of(place.node) if place else None
        return roadmap if place is None or node is None or node is place.node else put(roadmap, place, node)

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The value before."""
        place = find(roadmap, self.touches()[0])
        return NOTHING if place is None else self.back(place.node)


@dataclass(frozen=True, slots=True)
class SetField(OfNode):
    """Fill a field of a form."""

    field: str
    value: str

    def of(self, node: Node) -> Node:
        """The field with its value."""
        if not isinstance(node, Field) or node.value == self.value:
            return node
        return replace(node, value=self.value)

    def back(self, node: Node) -> Edit:
        """The value before."""
        return SetField(self.field, node.value) if isinstance(node, Field) else NOTHING

    def touches(self) -> tuple[str, str]:
        """The field's value."""
        return self.field, "value"


@dataclass(frozen=True, slots=True)
class SpliceText(OfNode):
    """Replace a run of a long text. Offsets count Python characters; past the end means the end."""

    field: str
    at: int
    removed: int
    inserted: str

    def of(self, node: Node) -> Node:
        """The field with the changed text."""
        if not isinstance(node, Field):
            return node
        text = node.value
        start, end = self.span(text)
        if text[start:end] == self.inserted:
            return node
        return replace(node, value=text[:start] + self.inserted + text[end:])

    def span(self, text: str) -> tuple[int, int]:
        """Start and end of the run in `text`, kept inside it."""
        start = min(max(self.at, 0), len(text))
        return start, min(start + max(self.removed, 0), len(text))

    def back(self, node: Node) -> Edit:
        """The run put back."""
        if not isinstance(node, Field):
            return NOTHING
        start, end = self.span(node.value)
        return SpliceText(self.field, start, len(self.inserted), node.value[start:end])

    def touches(self) -> tuple[str, str]:
        """The field's value."""
        return self.field, "value"


@dataclass(frozen=True, slots=True)
class Tick(OfNode):
    """Check or uncheck a task; `on_day` is the day it was done, `YYYY-MM-DD`."""

    task: str
    done: bool
    on_day: str = ""

    def of(self, node: Node) -> Node:
        """The task with its mark."""
        day = self.on_day if self.done else ""
        if not isinstance(node, Task) or (node.done, node.done_on) == (self.done, day):
            return node
        return replace(node, done=self.done, done_on=day)

    def back(self, node: Node) -> Edit:
        """The mark before."""
        return Tick(self.task, node.done, node.done_on) if isinstance(node, Task) else NOTHING

    def touches(self) -> tuple[str, str]:
        """The task's mark."""
        return self.task, "done"


TASK_DETAILS = ("due", "owner")
"""What can be said of a task besides its words and its mark."""


@dataclass(frozen=True, slots=True)
class SetTask(OfNode):
    """Say by when a task is due or who does it; `detail` is `due` or `owner`."""

    task: str
    detail: str
    value: str

    def of(self, node: Node) -> Node:
        """The task with its detail."""
        if not isinstance(node, Task) or self.detail not in TASK_DETAILS:
            return node
        return _with(node, self.detail, self.value)

    def back(self, node: Node) -> Edit:
        """The detail before."""
        if not isinstance(node, Task) or self.detail not in TASK_DETAILS:
            return NOTHING
        return SetTask(self.task, self.detail, getattr(node, self.detail))

    def touches(self) -> tuple[str, str]:
        """The task's detail."""
        return self.task, self.detail


@dataclass(frozen=True, slots=True)
class SetKpi(OfNode):
    """Fill a cell of the KPI table; None brings a template's own words back."""

    kpi: str
    column: str
    value: str | None

    def of(self, node: Node) -> Node:
        """The row with the cell's value."""
        return _with(node, self.column, self.value) if isinstance(node, Kpi) and self._fits() else node

    def _fits(self) -> bool:
        if self.column == "better":
            return self.value in ("", "up", "down")
        return self.column in KPI_COLUMNS and (self.value is not None or self.column in KPI_TEXTS)

    def back(self, node: Node) -> Edit:
        """The cell before."""
        if not isinstance(node, Kpi) or self.column not in KPI_COLUMNS:
            return NOTHING
        return SetKpi(self.kpi, self.column, getattr(node, self.column))

    def touches(self) -> tuple[str, str]:
        """The cell."""
        return self.kpi, self.column


@dataclass(frozen=True, slots=True)
class Rename(OfNode):
    """Give a node, or the roadmap itself, words of its own; None brings the template's words back."""

    node: str
    text: str | None

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the words, its own or a node's."""
        if self.node != roadmap.id:
            return OfNode.on(self, roadmap)
        return roadmap if roadmap.title == self.text else replace(roadmap, title=self.text)

    def of(self, node: Node) -> Node:
        """The node with its words."""
        return _with(node, TITLE_OF[type(node)], self.text)

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The words before."""
        return Rename(self.node, roadmap.title) if self.node == roadmap.id else OfNode.inverse(self, roadmap)

    def back(self, node: Node) -> Edit:
        """The node's words before."""
        return Rename(self.node, getattr(node, TITLE_OF[type(node)]))

    def touches(self) -> tuple[str, str]:
        """The node's words."""
        return self.node, "title"


def _with(node: Node, name: str, value: str | None) -> Node:
    """A node with another value of an attribute that it is known to have."""
    return node if getattr(node, name) == value else replace(node, **{name: value})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Add:
    """Put a node, with all that is in it, under `parent` behind `after`; brings a removed one back.

    `after` is a sibling's id, empty for the first place, `LAST` (or a sibling that is gone) for the last.
    """

    node: Node
    parent: str
    after: str = LAST

    def __post_init__(self) -> None:
        hold_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the node; unchanged where the id is taken or the parent is gone."""
        if siblings(roadmap, self.parent, self.node) is None:
            return roadmap
        new = list(ids_under(self.node))
        taken = {roadmap.id, LAST, "", *(place.node.id for place in places(roadmap))}
        if len(set(new)) < len(new) or not taken.isdisjoint(new):
            return roadmap
        return edit_siblings(roadmap, self.parent, self.node, lambda ns: insert(ns, self.node, self.after))

    def inverse(self, roadmap: Roadmap) -> Edit:
        """Its removal, or nothing where it could not be added."""
        return NOTHING if self.on(roadmap) is roadmap else Remove(self.node.id)

    def touches(self) -> tuple[str, str]:
        """The node itself."""
        return self.node.id, "added"


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a node out, with all that is in it."""

    node: str

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap without the node."""
        place = find(roadmap, self.node)
        if place is None:
            return roadmap
        return edit_siblings(
            roadmap, place.parent, place.node, lambda ns: ns[: place.at] + ns[place.at + 1 :]
        )

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The node put back where it was."""
        place = find(roadmap, self.node)
        return NOTHING if place is None else Add(place.node, place.parent, _before(roadmap, place))

    def touches(self) -> tuple[str, str]:
        """The node itself."""
        return self.node, "removed"


@dataclass(frozen=True, slots=True)
class Move:
    """Put a node under `parent` behind `after`, as in `Add`."""

    node: str
    parent: str
    after: str = LAST

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the node in its new place."""
        place = find(roadmap, self.node)
        if place is None or self.after == self.node or siblings(roadmap, self.parent, place.node) is None:
            return roadmap
        node = place.node
        without = edit_siblings(roadmap, place.parent, node, lambda ns: ns[: place.at] + ns[place.at + 1 :])
        moved = edit_siblings(without, self.parent, node, lambda ns: insert(ns, node, self.after))
        there = find(moved, self.node)
        same = there is not None and (there.parent, there.at) == (place.parent, place.at)
        return roadmap if same else moved

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The move back."""
        place = find(roadmap, self.node)
        return NOTHING if place is None else Move(self.node, place.parent, _before(roadmap, place))

    def touches(self) -> tuple[str, str]:
        """The node's place."""
        return self.node, "place"


def _draft(roadmap: Roadmap) -> Draft:
    """A roadmap that many edits can be done to without copying it for each."""
    from lfroadmap.roadmap.draft import Draft  # noqa: PLC0415 - which knows what each edit means

    return Draft(roadmap)


def _before(roadmap: Roadmap, place: Place) -> str:
    """Id of the sibling before a place, empty for the first."""
    nodes = siblings(roadmap, place.parent, place.node)
    return nodes[place.at - 1].id if nodes and place.at > 0 else ""
