"""Importing rows of tables into a roadmap: the changes of each row and their edits.

The content of a column wins, also where it is empty; a missing column, and a cell that was not understood,
changes nothing, and a node without a row stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.import_cards import card_import
from lfroadmap.roadmap.import_index import ImportIndex, Setting, text_of
from lfroadmap.roadmap.import_kpis import kpi_import
from lfroadmap.roadmap.import_relations import with_relations
from lfroadmap.roadmap.import_tasks import task_import
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.roadmap.table_rows import Outcome, Row, RowImport, Rows, TableName, UnusableRow
from lfroadmap.words import Language

_IMPORTS: dict[TableName, tuple[str, Callable[[ImportIndex, Row], RowImport]]] = {
    "tasks": ("task", task_import), "kpis": ("measure", kpi_import), "cards": ("card", card_import),
}  # fmt: skip
"""Table -> the column with the name of a row, and the import of one."""


class CardTitle(NamedTuple):
    """The title of a card, and of its stage."""

    title: str
    stage: str


@dataclass(frozen=True, slots=True)
class TableImport:
    """The changes that tables make in a roadmap."""

    rows: tuple[RowImport, ...]
    new_cards: tuple[CardTitle, ...] = ()
    """The cards that are added."""
    missing_cards: tuple[str, ...] = ()
    """Names of cards that rows ask for and that are not there."""
    card_names: tuple[str, ...] = ()
    """Names of the cards that are there."""
    unknown_ids: int = 0
    """Number of rows whose id is not in the roadmap."""

    def with_outcome(self, outcome: Outcome) -> tuple[RowImport, ...]:
        """The rows with one outcome."""
        return tuple(step for step in self.rows if step.outcome == outcome)

    @property
    def edit(self) -> Batch:
        """All edits, applied and undone as one."""
        return Batch(tuple(edit for step in self.rows for edit in step.edits))


def import_tables(
    roadmap: Roadmap,
    tables: tuple[Rows, ...],
    language: Language,
    today: date,
    new_id: Callable[[], str],
    *,
    choices: ImportChoices | None = None,
    fallback: str = "",
) -> TableImport:
    """The import of tables into a roadmap; changes nothing itself.

    `fallback` is the name of the card that is added for tasks without one; without it they are left out.
    """
    setting = Setting(language, today, new_id, choices or ImportChoices(), fallback)
    index = ImportIndex(roadmap, tables, setting)
    steps = ((_step(index, table.table, row), row.cells) for table in tables for row in table.rows)
    rows = with_relations(index, tuple(steps))
    known = index.tasks.keys() | index.kpis.keys() | {card.id for _, card in index.cards}
    ids = (text_of(row.cells, "id") for table in tables for row in table.rows)
    unknown = sum(1 for own in ids if own and own not in known)
    labels = index.labels
    added = tuple(CardTitle(labels.of(card), labels.of(stage)) for card, stage in index.new_cards.values())
    there = tuple(labels.of(card) for _, card in index.cards)
    return TableImport(rows, added, tuple(index.missing_cards), there, unknown)


def _step(index: ImportIndex, table: TableName, row: Row) -> RowImport:
    """The import of one row."""
    column, import_row = _IMPORTS[table]
    try:
        return import_row(index, row)
    except UnusableRow as error:
        what = text_of(row.cells, column) or row.cells.get("id", "")
        return RowImport(
            table, row.line, "skip", what, reason=error.reason, remarks=row.remarks, named=error.named
        )
