"""Every text of a roadmap that a search looks through, in reading order, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from lfroadmap.roadmap.model import (
    KPI_COLUMNS,
    ROW_VALUES,
    Calculator,
    Card,
    Field,
    Kpi,
    Measurement,
    Note,
    Roadmap,
    Stage,
    Task,
)
from lfroadmap.roadmap.progress import iso_day, role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import Words

EntryKind = Literal[
    "roadmap", "stage", "card", "field", "task", "note", "calculator", "calculatorrow", "kpi", "measurement"
]
INTO = " › "
"""Between a place and what is in it; on a right-to-left line it is drawn the other way round."""


class SearchEntry(NamedTuple):
    """A node with its texts, each on one line and clean."""

    kind: EntryKind
    id: str
    text: str
    """What it is called, or its value; empty for a field without one."""
    others: str
    """Its other texts: the name of a field, the values of a row, the owner of a task."""
    place: str
    """Where it stands, from the stage on; empty for a stage, a KPI and a measurement."""
    stage: Stage | None = None
    card: Card | None = None
    task: Task | None = None
    """The task that it is, or that it is a note of."""
    owner: str = ""
    """The name in an owner's field, of a task's own owner or of a KPI's, as typed."""
    name: str = ""
    """The name of a field, the definition of a KPI."""

    @property
    def whole(self) -> str:
        """All its texts in a line."""
        return " · ".join(filter(None, (self.text, self.others)))


class RoadmapEntries:
    """The entries of one roadmap in one language."""

    def __init__(self, roadmap: Roadmap, labels: Labels, words: Words) -> None:
        self.roadmap, self.labels, self.words = roadmap, labels, words

    def all(self) -> Iterator[SearchEntry]:
        """Every entry; a note stands behind its task or card."""
        yield SearchEntry("roadmap", self.roadmap.id, self._name(self.roadmap), "", "")
        for stage in self.roadmap.stages:
            short = one_line(self.labels.short(stage))
            yield SearchEntry("stage", stage.id, self._name(stage), short, "", stage)
            for card in stage.cards:
                yield from self._card(card, stage, short)
        yield from map(self._kpi, self.roadmap.kpis)
        yield from map(self._measurement, self.roadmap.measurements)

    def _name(self, node: object) -> str:
        return one_line(self.labels.of(node))  # type: ignore[arg-type]

    def _card(self, card: Card, stage: Stage, short: str) -> Iterator[SearchEntry]:
        name = self._name(card)
        yield SearchEntry("card", card.id, name, one_line(self.labels.about(card)), short, stage, card)
        place = f"{short}{INTO}{name}"
        for field in card.fields:
            yield self._field(field, place, stage, card)
        name_of = self.labels.of
        for task in card.tasks:
            text, own = one_line(name_of(task)), task.owner
            others = one_line(own).strip() if own else ""
            yield SearchEntry("task", task.id, text, others, place, stage, card, task, own)
            for note in task.notes:
                yield self._note(note, f"{place}{INTO}{text}", stage, card, task)
        for calculator in card.calculators:
            yield from self._calculator(calculator, place, stage, card)
        for note in card.notes:
            yield self._note(note, place, stage, card)

    def _field(self, field: Field, place: str, stage: Stage, card: Card) -> SearchEntry:
        day = iso_day(field.value) if field.kind == "date" else None
        value = self.words.day(day) if day else one_line(field.value).strip()
        if field.kind == "choice" and value:
            value = one_line(self.labels.option(field, field.value))
        name = self._name(field)
        others = f"{name} {field.value}" if day else name
        owner = field.value if field.role == "owner" and value else ""
        return SearchEntry("field", field.id, value, others, place, stage, card, None, owner, name)

    def _note(
        self, note: Note, place: str, stage: Stage, card: Card, task: Task | None = None
    ) -> SearchEntry:
        text = one_line(note.text or "")
        return SearchEntry("note", note.id, text, one_line(note.author), place, stage, card, task)

    def _calculator(
        self, calculator: Calculator, place: str, stage: Stage, card: Card
    ) -> Iterator[SearchEntry]:
        from lfroadmap.roadmap.calculators.card_tables import row_name  # noqa: PLC0415 - few cards have one

        name, kind = self._name(calculator), self.words(f"calc.{calculator.kind}")
        yield SearchEntry("calculator", calculator.id, name, kind, place, stage, card)
        for row in calculator.rows:
            values = " ".join(filter(None, (getattr(row, column) for column in ROW_VALUES)))
            shown = one_line(row_name(row, self.labels))
            yield SearchEntry(
                "calculatorrow", row.id, shown, one_line(values), f"{place}{INTO}{name}", stage, card
            )

    def _kpi(self, kpi: Kpi) -> SearchEntry:
        """A KPI with the text of each of its columns and the values that it had."""
        columns = (column for column in KPI_COLUMNS if column not in ("measure", "better"))
        texts = [self.labels.kpi(kpi, column) for column in columns]
        values = [reading.value or "" for reading in kpi.readings]
        others = " · ".join(filter(None, map(one_line, (*texts, *values))))
        owner, definition = self.labels.kpi(kpi, "owner"), one_line(self.labels.kpi(kpi, "definition"))
        return SearchEntry("kpi", kpi.id, self._name(kpi), others, "", owner=owner, name=definition)

    def _measurement(self, measurement: Measurement) -> SearchEntry:
        day = iso_day(measurement.day)
        days = f"{self.words.day(day)} {measurement.day}" if day else one_line(measurement.day)
        name = one_line(measurement.title or "")
        return SearchEntry("measurement", measurement.id, name or days, days if name else "", "")


def owner_of(entry: SearchEntry) -> str:
    """The owner of a task: its own, or else its card's; as typed."""
    own = entry.task.owner if entry.task else ""
    return own if own.strip() or entry.card is None else role_value(entry.card, "owner")
