"""Importing the row of a card, as our own tables have it: title, stage, owner, days and goals."""

from __future__ import annotations

from dataclasses import replace

from lfroadmap.roadmap.edits import Edit, Rename, SetField, SpliceText
from lfroadmap.roadmap.import_index import ImportIndex, text_of
from lfroadmap.roadmap.import_notes import note_edits
from lfroadmap.roadmap.model import Card, Field, Stage
from lfroadmap.roadmap.structure import Move
from lfroadmap.roadmap.table_rows import Outcome, Remark, Row, RowImport, UnusableRow, is_altered, matches
from lfroadmap.text import clean

ROLES = ("owner", "start", "deadline", "goals")


class CardImport:
    """The import of one row of a card."""

    def __init__(self, index: ImportIndex, row: Row) -> None:
        self.index, self.row, self.cells = index, row, row.cells
        self.remarks = [*row.remarks]
        self.name = text_of(self.cells, "card")

    def result(self) -> RowImport:
        """What the row comes to; raises UnusableRow."""
        stage = self.index.stage_of(self.cells, self.remarks)
        own = text_of(self.cells, "id")
        known = next(((above, card) for above, card in self.index.cards if card.id == own), None)
        if known is not None:
            return self._change(known[1], self._placed(known, stage))
        if not self.name:
            raise UnusableRow("no_words")
        found = self.index.cards_named(self.name, stage)
        if len(found) > 1:
            raise UnusableRow("which_card", self.name)
        if found:
            return self._change(found[0], ([], []))
        return self._add(stage)

    def _placed(
        self, known: tuple[Stage, Card], stage: Stage | None
    ) -> tuple[list[Edit], list[tuple[str, str, str]]]:
        """The edits of the title and the stage of a card that was found by its id."""
        (above, card), labels = known, self.index.labels
        edits: list[Edit] = []
        changes: list[tuple[str, str, str]] = []
        if self.name and not matches(self.name, *(each.of(card) for each in self.index.all_labels)):
            edits.append(Rename(card.id, self.name))
            changes.append(("card", labels.of(card), self.name))
        if stage is not None and stage.id != above.id:
            edits.append(Move(card.id, stage.id))
            changes.append(("stage", labels.of(above), labels.of(stage)))
        return edits, changes

    def _change(self, card: Card, placed: tuple[list[Edit], list[tuple[str, str, str]]]) -> RowImport:
        self.index.claim(card.id)
        edits, changes = placed
        for role in ROLES:
            value = self.cells.get(role)
            field = next((field for field in card.fields if field.role == role), None)
            if value is None or (field is None and not value.strip()):
                continue
            if field is None:
                self.remarks.append(Remark("no_field", role, value))
            elif not _is_there(value, field):
                edits.append(_fill(field, value))
                changes.append((role, field.value, value))
        added, notes = note_edits(self.index, self.cells, card)
        edits, changes = [*edits, *added], [*changes, *notes]
        outcome: Outcome = "change" if edits else "same"
        what = self.index.labels.of(card)
        return RowImport(
            "cards",
            self.row.line,
            outcome,
            what,
            tuple(changes),
            edits=tuple(edits),
            remarks=tuple(self.remarks),
            node=card.id,
        )

    def _add(self, stage: Stage | None) -> RowImport:
        if not self.index.setting.choices.create_cards:
            self.index.missing_cards[self.name] += 1
            raise UnusableRow("no_such_card", self.name)
        added = self._change(self.index.new_card(self.name, stage), ([], []))
        return replace(added, outcome="add", edits=(*self.index.take_pending(), *added.edits))


def _is_there(value: str, field: Field) -> bool:
    """True if the field has the value; in a long text lines count."""
    if field.kind == "long" and len(_lines(value)) != len(_lines(clean(field.value))):
        return is_altered(value, field.value)
    return matches(value, field.value)


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


def _fill(field: Field, value: str) -> Edit:
    if field.kind == "long":
        return SpliceText(field.id, 0, len(field.value), value)
    return SetField(field.id, value)


def card_import(index: ImportIndex, row: Row) -> RowImport:
    """The import of one row of a card; raises UnusableRow."""
    return CardImport(index, row).result()
