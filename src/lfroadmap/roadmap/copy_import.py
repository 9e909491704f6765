"""Importing a copy of a roadmap, as a synced folder keeps one of two versions: node by node, like a table.

A node is found by its id. The values of the copy win where they differ; nodes that only the copy has are
added, and none is removed.
"""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.roadmap.edits import (
    Bind,
    Edit,
    Rename,
    SetField,
    SetKpi,
    SetRow,
    SetTask,
    SpliceText,
    Tick,
    between,
)
from lfroadmap.roadmap.model import (
    Calculator,
    CalculatorRow,
    Field,
    Kpi,
    Measurement,
    Node,
    Reading,
    Relation,
    Roadmap,
    Task,
)
from lfroadmap.roadmap.structure import Add, Move
from lfroadmap.roadmap.table_import import TableImport
from lfroadmap.roadmap.table_rows import RowImport, TableName, format_mark
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import Place, places
from lfroadmap.roadmap.value_changes import bound_text
from lfroadmap.words import Language

_COLUMNS = {
    "stages": "stage", "cards": "card", "tasks": "task", "fields": "details", "kpis": "measure",
    "notes": "notes", "readings": "readings", "calculators": "calculator", "rows": "row",
    "measurements": "measurement", "relations": "waits_for",
}  # fmt: skip
"""The attribute that a node is in -> the column that its title is shown under."""
_ABOVE = {Task: "card", Field: "card", Calculator: "card", CalculatorRow: "calculator", Reading: "measure"}
"""Class of a node -> the column that the title of its parent is shown under; of the others the stage."""


def import_copy(now: Roadmap, copy: Roadmap, language: Language) -> TableImport:
    """The import of a copy into a roadmap; changes nothing itself."""
    return TableImport(tuple(_CopyImport(now, copy, language).rows()))


class _CopyImport:
    def __init__(self, now: Roadmap, copy: Roadmap, language: Language) -> None:
        self.current, self.copy = now, copy
        self.labels = Labels(now.template, language)
        self.here = {place.node.id: place for place in places(now)}
        self.there = {place.node.id: place.node for place in places(copy)}

    def rows(self) -> Iterator[RowImport]:
        """A row for each node; those of a node that is added are a part of it."""
        if self.current.title != self.copy.title:
            names = (self.labels.of(self.current), self.labels.of(self.copy))
            rename = Rename(self.current.id, self.copy.title)
            yield RowImport("cards", 0, "change", names[0], (("overview", *names),), edits=(rename,))
        for line, place in enumerate(places(self.copy), 1):
            if place.node.id in self.here:
                yield self._known(line, place, self.here[place.node.id])
            elif place.parent in self.here or place.parent == self.copy.id:
                yield self._new(line, place)

    def _new(self, line: int, place: Place) -> RowImport:
        parent = self.current.id if place.parent == self.copy.id else place.parent
        where = (("card", "", self._title(parent)),) if isinstance(place.node, Task) else ()
        edits = (Add(place.node, parent),)
        return RowImport(_table(place.node), line, "add", self._titled(place.node), where, edits=edits)

    def _known(self, line: int, there: Place, here: Place) -> RowImport:
        old, new = here.node, there.node
        edits: list[Edit] = []
        changes: list[tuple[str, str, str]] = []
        if type(old) is type(new):
            for edit in between(old, new):
                edits.append(edit)
                changes.append(self._change(edit, there, old))
            is_moved = there.parent != here.parent and there.parent in self.here
            if is_moved:
                edits.append(Move(new.id, there.parent))
                above = _ABOVE.get(type(new), "stage")
                changes.append((above, self._title(here.parent), self._title(there.parent)))
        outcome = "change" if edits else "same"
        return RowImport(
            _table(new), line, "change" if outcome == "change" else "same", self._name(here),
            tuple(changes), edits=tuple(edits),
        )  # fmt: skip

    def _name(self, place: Place) -> str:
        """What a node is called in a list; a field with its card, a row with its calculator."""
        title = self._titled(place.node)
        return (
            f"{self._title(place.parent)} · {title}"
            if isinstance(place.node, Field | CalculatorRow)
            else title
        )

    def _title(self, node_id: str) -> str:
        place = self.here.get(node_id)
        return self.labels.of(place.node) if place else node_id

    def _titled(self, node: Node) -> str:
        """The title of a node; of a measurement without one the day of its figures."""
        if isinstance(node, Relation):
            return self._title(node.target)
        if isinstance(node, Measurement) and node.title is None:
            return node.day or node.id
        return self.labels.of(node)

    def _change(self, edit: Edit, there: Place, old: Node) -> tuple[str, str, str]:
        """The column that an edit is shown under, and its values before and after."""
        new = there.node
        match edit:
            case Tick(done=done, on_day=on_day) if isinstance(old, Task):
                return "done", format_mark(old.done, old.done_on), format_mark(done, on_day)
            case SetTask(detail=name) | SetKpi(column=name):
                return name, self._value(old, name), self._value(new, name)
            case SetRow(column=name):
                column = "deal_stage" if name == "stage" else name
                return column, self._value(old, name), self._value(new, name)
            case Bind() if isinstance(old, Kpi) and isinstance(new, Kpi):
                return "bound_to", bound_text(old), bound_text(new)
            case SetField() | SpliceText() if isinstance(old, Field) and isinstance(new, Field):
                return "details", old.value, new.value
            case _:
                return _COLUMNS[there.attribute], self.labels.of(old), self.labels.of(new)

    def _value(self, node: Node, name: str) -> str:
        return self.labels.kpi(node, name) if isinstance(node, Kpi) else str(getattr(node, name))


def _table(node: Node) -> TableName:
    return "tasks" if isinstance(node, Task) else "kpis" if isinstance(node, Kpi) else "cards"
