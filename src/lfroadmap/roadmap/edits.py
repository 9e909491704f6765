"""What a person can do to a roadmap.

Each edit is a small frozen value. `edit.on(roadmap)` is pure and total: it returns a new roadmap, or
the very same object where there is nothing to change (the node is gone, the value is there already).
`edit.inverse(roadmap)` is the edit that takes it back, told from the roadmap before it. An edit holds
no half of a surrogate pair: see `storable`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

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
        for edit in self.edits:
            roadmap = edit.on(roadmap)
        return roadmap

    def inverse(self, roadmap: Roadmap) -> Edit:
        """All of them taken back, last first."""
        back: list[Edit] = []
        for edit in self.edits:
            back.append(edit.inverse(roadmap))
            roadmap = edit.on(roadmap)
        return Batch(tuple(reversed(back)))

    def touches(self) -> tuple[str, str]:
        """What the first of them touches."""
        return self.edits[0].touches() if self.edits else ("", "")


NOTHING: Edit = Batch()
"""The edit that changes nothing."""


@dataclass(frozen=True, slots=True)
class SetField:
    """Fill a field of a form."""

    field: str
    value: str

    def __post_init__(self) -> None:
        hold_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the field's value."""
        place = find(roadmap, self.field)
        if place is None or not isinstance(place.node, Field) or place.node.value == self.value:
            return roadmap
        return put(roadmap, place, replace(place.node, value=self.value))

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The value before."""
        place = find(roadmap, self.field)
        if place is None or not isinstance(place.node, Field):
            return NOTHING
        return SetField(self.field, place.node.value)

    def touches(self) -> tuple[str, str]:
        """The field's value."""
        return self.field, "value"


@dataclass(frozen=True, slots=True)
class SpliceText:
    """Replace a run of a long text. Offsets count Python characters; past the end means the end."""

    field: str
    at: int
    removed: int
    inserted: str

    def __post_init__(self) -> None:
        hold_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the changed text."""
        place = find(roadmap, self.field)
        if place is None or not isinstance(place.node, Field):
            return roadmap
        text = place.node.value
        start, end = self.span(text)
        if text[start:end] == self.inserted:
            return roadmap
        value = text[:start] + self.inserted + text[end:]
        return put(roadmap, place, replace(place.node, value=value))

    def span(self, text: str) -> tuple[int, int]:
        """Start and end of the run in `text`, kept inside it."""
        start = min(max(self.at, 0), len(text))
        return start, min(start + max(self.removed, 0), len(text))

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The run put back."""
        place = find(roadmap, self.field)
        if place is None or not isinstance(place.node, Field):
            return NOTHING
        start, end = self.span(place.node.value)
        return SpliceText(self.field, start, len(self.inserted), place.node.value[start:end])

    def touches(self) -> tuple[str, str]:
        """The field's value."""
        return self.field, "value"


@dataclass(frozen=True, slots=True)
class Tick:
    """Check or uncheck a task; `on_day` is the day it was done, `YYYY-MM-DD`."""

    task: str
    done: bool
    on_day: str = ""

    def __post_init__(self) -> None:
        hold_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the task's mark."""
        place = find(roadmap, self.task)
        if place is None or not isinstance(place.node, Task):
            return roadmap
        day = self.on_day if self.done else ""
        if (place.node.done, place.node.done_on) == (self.done, day):
            return roadmap
        return put(roadmap, place, replace(place.node, done=self.done, done_on=day))

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The mark before."""
        place = find(roadmap, self.task)
        if place is None or not isinstance(place.node, Task):
            return NOTHING
        return Tick(self.task, place.node.done, place.node.done_on)

    def touches(self) -> tuple[str, str]:
        """The task's mark."""
        return self.task, "done"


TASK_DETAILS = ("due", "owner")
"""What can be said of a task besides its words and its mark."""


@dataclass(frozen=True, slots=True)
class SetTask:
    """Say by when a task is due or who does it; `detail` is `due` or `owner`."""

    task: str
    detail: str
    value: str

    def __post_init__(self) -> None:
        hold_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the task's detail."""
        place = find(roadmap, self.task)
        if place is None or not isinstance(place.node, Task) or self.detail not in TASK_DETAILS:
            return roadmap
        if getattr(place.node, self.detail) == self.value:
            return roadmap
        # mypy cannot see that a name out of TASK_DETAILS is one of the dataclass's
        return put(roadmap, place, replace(place.node, **{self.detail: self.value}))  # type: ignore[arg-type]

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The detail before."""
        place = find(roadmap, self.task)
        if place is None or not isinstance(place.node, Task) or self.detail not in TASK_DETAILS:
            return NOTHING
        return SetTask(self.task, self.detail, getattr(place.node, self.detail))

    def touches(self) -> tuple[str, str]:
        """The task's detail."""
        return self.task, self.detail


@dataclass(frozen=True, slots=True)
class SetKpi:
    """Fill a cell of the KPI table; None brings a template's own words back."""

    kpi: str
    column: str
    value: str | None

    def __post_init__(self) -> None:
        hold_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the cell's value."""
        place = find(roadmap, self.kpi)
        if place is None or not isinstance(place.node, Kpi) or not self._fits():
            return roadmap
        if getattr(place.node, self.column) == self.value:
            return roadmap
        return put(roadmap, place, replace(place.node, **{self.column: self.value}))  # type: ignore[arg-type]

    def _fits(self) -> bool:
        if self.column == "better":
            return self.value in ("", "up", "down")
        return self.column in KPI_COLUMNS and (self.value is not None or self.column in KPI_TEXTS)

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The cell before."""
        place = find(roadmap, self.kpi)
        if place is None or not isinstance(place.node, Kpi) or self.column not in KPI_COLUMNS:
            return NOTHING
        return SetKpi(self.kpi, self.column, getattr(place.node, self.column))

    def touches(self) -> tuple[str, str]:
        """The cell."""
        return self.kpi, self.column


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a node, or the roadmap itself, words of its own; None brings the template's words back."""

    node: str
    text: str | None

    def __post_init__(self) -> None:
        hold_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the node's words."""
        if self.node == roadmap.id:
            return roadmap if roadmap.title == self.text else replace(roadmap, title=self.text)
        place = find(roadmap, self.node)
        if place is None:
            return roadmap
        name = TITLE_OF[type(place.node)]
        if getattr(place.node, name) == self.text:
            return roadmap
        return put(roadmap, place, replace(place.node, **{name: self.text}))  # type: ignore[arg-type]

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The words before."""
        if self.node == roadmap.id:
            return Rename(self.node, roadmap.title)
        place = find(roadmap, self.node)
        if place is None:
            return NOTHING
        return Rename(self.node, getattr(place.node, TITLE_OF[type(place.node)]))

    def touches(self) -> tuple[str, str]:
        """The node's words."""
        return self.node, "title"


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


def _before(roadmap: Roadmap, place: Place) -> str:
    """Id of the sibling before a place, empty for the first."""
    nodes = siblings(roadmap, place.parent, place.node)
    return nodes[place.at - 1].id if nodes and place.at > 0 else ""
