"""Importing what rows of tasks and cards wait for, and the KPIs that cards move, when all nodes are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.import_index import ImportIndex, text_of
from lfroadmap.roadmap.model import Card, Relation, RelationKind, Task
from lfroadmap.roadmap.relation_names import RELATION_COLUMNS, RelationNames
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.table_rows import Remark, RowImport
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import find


def with_relations(
    index: ImportIndex, rows: Sequence[tuple[RowImport, Mapping[str, str]]]
) -> tuple[RowImport, ...]:
    """The imports of rows with their relations; the content of a column wins, also where it is empty.

    A name that means nothing, or several, removes nothing and is noted; so is what would close a circle.
    """
    if not any(column in cells for _, cells in rows for column in RELATION_COLUMNS):
        return tuple(row for row, _ in rows)
    after = Batch(tuple(edit for row, _ in rows for edit in row.edits)).on(index.roadmap)
    names = RelationNames(after, *_languages(index))
    importing = _RelationImport(index, Dependencies(after), names, _ids_there(rows))
    return tuple(importing.row(row, cells) for row, cells in rows)


def _ids_there(rows: Sequence[tuple[RowImport, Mapping[str, str]]]) -> dict[str, str]:
    """Id of a row -> the id of its node, which is another one where the file comes from another roadmap."""
    ids = ((text_of(cells, "id"), row.node) for row, cells in rows)
    return {own: node for own, node in ids if own and node}


def _languages(index: ImportIndex) -> tuple[Labels, ...]:
    others = (each for each in index.all_labels if each.language != index.labels.language)
    return (index.labels, *others)


class _RelationImport:
    def __init__(
        self, index: ImportIndex, found: Dependencies, names: RelationNames, ids_there: Mapping[str, str]
    ) -> None:
        self.index, self.found, self.names, self.ids_there = index, found, names, ids_there

    def row(self, row: RowImport, cells: Mapping[str, str]) -> RowImport:
        place = find(self.found.roadmap, row.node) if row.node else None
        node = place.node if place else None
        if not isinstance(node, Card | Task):
            return row
        for column, kind in RELATION_COLUMNS.items():
            if column in cells and (kind == "waits_for" or isinstance(node, Card)):
                row = self._column(row, node, kind, cells[column])
        return row

    def _column(self, row: RowImport, node: Card | Task, kind: RelationKind, cell: str) -> RowImport:
        wanted = self.names.read(cell, kind, self.ids_there)
        there = {each.target: each.id for each in node.relations if each.kind == kind}
        named = tuple(line for line in wanted.unknown if line not in there)  # an id of what is gone
        remarks = [Remark("no_target", kind, line) for line in named]
        kept = {*wanted.ids, *wanted.unknown}
        edits: list[Edit] = []
        if not named:
            edits += [Remove(relation) for target, relation in there.items() if target not in kept]
        self._apply(edits)
        for target in wanted.ids:
            if target in there:
                continue
            if kind == "waits_for" and self.found.path_to(node.id, target):
                remarks.append(Remark("circle", kind, self.names.lines((target,), kind)))
                continue
            add = Add(Relation(self.index.setting.new_id(), kind, target), node.id)
            self._apply([add])
            edits.append(add)
        if not edits:
            return replace(row, remarks=(*row.remarks, *remarks))
        now = find(self.found.roadmap, node.id)
        assert now is not None and isinstance(now.node, Card | Task)
        change = (kind, self.names.cell(node, kind), self.names.cell(now.node, kind))
        return replace(
            row,
            outcome="change" if row.outcome == "same" else row.outcome,
            changes=(*row.changes, change),
            edits=(*row.edits, *edits),
            remarks=(*row.remarks, *remarks),
        )

    def _apply(self, edits: list[Edit]) -> None:
        if edits:
            self.found = self.found.after(Batch(tuple(edits)).on(self.found.roadmap))
