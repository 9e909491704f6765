"""The edits of a node's own values: fill, tick, write, rename.

Adding, removing and moving nodes is in `structure`; several edits are one in `batch`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from lfroadmap.roadmap.edit import Edit, NodeEdit
from lfroadmap.roadmap.model import (
    KPI_BINDING,
    KPI_COLUMNS,
    KPI_TEXTS,
    ROW_VALUES,
    TASK_DETAILS,
    TITLE_OF,
    Better,
    CalculatorRow,
    Field,
    Kpi,
    Node,
    Relation,
    Roadmap,
    Task,
)

__all__ = [
    "Bind", "Edit", "Rename", "SetField", "SetKpi", "SetRow", "SetTask", "SpliceText", "Tick", "between",
]  # fmt: skip


class ValueEdit(NodeEdit):
    """An edit that sets the attribute that it touches to `value`."""

    __slots__ = ()
    value: str | None

    def on_node(self, node: Node) -> Node:
        """The node with the value."""
        return _with(node, self.touches()[1], self.value) if self.fits(node) else node

    def inverse_on_node(self, node: Node) -> Edit:
        """An edit with the value before."""
        edit: Edit = replace(cast("Any", self), value=getattr(node, self.touches()[1]))
        return edit


@dataclass(frozen=True, slots=True)
class SetField(ValueEdit):
    """Fill a field of a form."""

    field: str
    value: str

    def fits(self, node: Node) -> bool:
        """Any field takes any text."""
        return isinstance(node, Field)

    def touches(self) -> tuple[str, str]:
        """The field's value."""
        return self.field, "value"


@dataclass(frozen=True, slots=True)
class SpliceText(NodeEdit):
    """Replace a range of a long text; offsets count Python characters and are clamped to the text."""

    field: str
    at: int
    removed: int
    inserted: str

    def fits(self, node: Node) -> bool:
        """Any field has a text."""
        return isinstance(node, Field)

    def on_node(self, node: Node) -> Node:
        """The field with the changed text."""
        if not isinstance(node, Field):
            return node
        text = node.value
        start, end = self.span(text)
        if text[start:end] == self.inserted:
            return node
        return replace(node, value=text[:start] + self.inserted + text[end:])

    def span(self, text: str) -> tuple[int, int]:
        """Start and end of the range, clamped to `text`."""
        start = min(max(self.at, 0), len(text))
        return start, min(start + max(self.removed, 0), len(text))

    def inverse_on_node(self, node: Node) -> Edit:
        """The edit that restores the replaced range."""
        assert isinstance(node, Field)
        start, end = self.span(node.value)
        return SpliceText(self.field, start, len(self.inserted), node.value[start:end])

    def touches(self) -> tuple[str, str]:
        """The field's value."""
        return self.field, "value"


@dataclass(frozen=True, slots=True)
class Tick(NodeEdit):
    """Check or uncheck a task; `on_day` is the day it was done, `YYYY-MM-DD`."""

    task: str
    done: bool
    on_day: str = ""

    def fits(self, node: Node) -> bool:
        """Any task can be checked."""
        return isinstance(node, Task)

    def on_node(self, node: Node) -> Node:
        """The task with its mark."""
        day = self.on_day if self.done else ""
        if not isinstance(node, Task) or (node.done, node.done_on) == (self.done, day):
            return node
        return replace(node, done=self.done, done_on=day)

    def inverse_on_node(self, node: Node) -> Edit:
        """The edit that restores the mark."""
        assert isinstance(node, Task)
        return Tick(self.task, node.done, node.done_on)

    def touches(self) -> tuple[str, str]:
        """The task's mark."""
        return self.task, "done"


@dataclass(frozen=True, slots=True)
class SetTask(ValueEdit):
    """Set the due date, the owner or the rule of repeating of a task; `detail` is one of `TASK_DETAILS`."""

    task: str
    detail: str
    value: str

    def fits(self, node: Node) -> bool:
        """True for a task and a detail that tasks have."""
        return isinstance(node, Task) and self.detail in TASK_DETAILS

    def touches(self) -> tuple[str, str]:
        """The task's detail."""
        return self.task, self.detail


@dataclass(frozen=True, slots=True)
class SetKpi(ValueEdit):
    """Fill a cell of the KPI table; None restores the template's text."""

    kpi: str
    column: str
    value: str | None

    def fits(self, node: Node) -> bool:
        """None only where the template has a text; `better` takes one of its values."""
        if not isinstance(node, Kpi) or self.column not in KPI_COLUMNS:
            return False
        if self.column == "better":
            return self.value in get_args(Better)
        return self.value is not None or self.column in KPI_TEXTS

    def touches(self) -> tuple[str, str]:
        """The cell."""
        return self.kpi, self.column


@dataclass(frozen=True, slots=True)
class Bind(NodeEdit):
    """Bind a KPI to a measure of flows, of all customers or of some; an empty measure binds it to none."""

    kpi: str
    measure: str
    channel: str = ""
    segment: str = ""

    def fits(self, node: Node) -> bool:
        """Any KPI can be bound."""
        return isinstance(node, Kpi)

    def on_node(self, node: Node) -> Node:
        """The KPI with its binding."""
        if not isinstance(node, Kpi) or _binding(node) == (self.measure, self.channel, self.segment):
            return node
        return replace(node, bound_to=self.measure, bound_channel=self.channel, bound_segment=self.segment)

    def inverse_on_node(self, node: Node) -> Edit:
        """The edit that restores the binding."""
        assert isinstance(node, Kpi)
        return Bind(self.kpi, *_binding(node))

    def touches(self) -> tuple[str, str]:
        """The KPI's binding."""
        return self.kpi, "bound_to"


@dataclass(frozen=True, slots=True)
class SetRow(ValueEdit):
    """Fill a cell of a calculator's table; `column` is one of `ROW_VALUES`."""

    row: str
    column: str
    value: str

    def fits(self, node: Node) -> bool:
        """True for a row and a column that rows have."""
        return isinstance(node, CalculatorRow) and self.column in ROW_VALUES

    def touches(self) -> tuple[str, str]:
        """The cell."""
        return self.row, self.column


@dataclass(frozen=True, slots=True)
class Rename(NodeEdit):
    """Give a node, or the roadmap itself, a text of its own; None restores the template's text."""

    node: str
    text: str | None

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the text, its own or a node's."""
        if self.node != roadmap.id:
            return NodeEdit.on(self, roadmap)
        return roadmap if roadmap.title == self.text else replace(roadmap, title=self.text)

    def fits(self, node: Node) -> bool:
        """Any node has a text but a relation."""
        return not isinstance(node, Relation)

    def on_node(self, node: Node) -> Node:
        """The node with its text."""
        return _with(node, TITLE_OF[type(node)], self.text) if self.fits(node) else node

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The edit that restores the text."""
        return (
            Rename(self.node, roadmap.title) if self.node == roadmap.id else NodeEdit.inverse(self, roadmap)
        )

    def inverse_on_node(self, node: Node) -> Edit:
        """The edit that restores the node's text."""
        return Rename(self.node, getattr(node, TITLE_OF[type(node)]))

    def touches(self) -> tuple[str, str]:
        """The node's text."""
        return self.node, "title"


def _binding(kpi: Kpi) -> tuple[str, str, str]:
    """The measure of a KPI, and the channel and the segment that it is of."""
    return kpi.bound_to, kpi.bound_channel, kpi.bound_segment


def _with(node: Node, name: str, value: str | None) -> Node:
    """A node with another value of an attribute that it has."""
    changes: dict[str, Any] = {name: value}
    return node if getattr(node, name) == value else replace(node, **changes)


def between(old: Node, new: Node) -> Iterator[NodeEdit]:
    """The edits that give a node the values of another of its class, as far as such edits exist."""
    title = TITLE_OF[type(new)]
    if not isinstance(new, Kpi | Relation) and getattr(old, title) != getattr(new, title):
        yield Rename(new.id, getattr(new, title))
    if isinstance(old, Field) and isinstance(new, Field) and old.value != new.value:
        long = new.kind == "long"
        yield SpliceText(new.id, 0, len(old.value), new.value) if long else SetField(new.id, new.value)
    elif isinstance(old, Task) and isinstance(new, Task):
        if (old.done, old.done_on) != (new.done, new.done_on):
            yield Tick(new.id, new.done, new.done_on)
        for detail in _differing(TASK_DETAILS, old, new):
            yield SetTask(new.id, detail, getattr(new, detail))
    elif isinstance(new, CalculatorRow):
        for column in _differing(ROW_VALUES, old, new):
            yield SetRow(new.id, column, getattr(new, column))
    elif isinstance(new, Kpi):
        for column in _differing(KPI_COLUMNS, old, new):
            yield SetKpi(new.id, column, getattr(new, column))
        if any(_differing(KPI_BINDING, old, new)):
            yield Bind(new.id, *_binding(new))


def _differing(names: tuple[str, ...], old: Node, new: Node) -> Iterator[str]:
    return (name for name in names if getattr(old, name) != getattr(new, name))
