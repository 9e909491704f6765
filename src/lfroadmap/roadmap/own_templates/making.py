"""A roadmap of a person's own template: its words become the roadmap's own, which needs the file no more.

Words that a built-in template has in both languages stay that one's; other words are those of one language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lfroadmap.roadmap.model import (
    KPI_BINDING,
    KPI_TEXTS,
    ROW_VALUES,
    Calculator,
    CalculatorRow,
    Card,
    Field,
    Kpi,
    Note,
    Reading,
    Roadmap,
    Stage,
    Task,
)
from lfroadmap.roadmap.own_templates.built_in_words import BuiltInWords, in_language, texts_in
from lfroadmap.roadmap.own_templates.form import ID_PREFIX, KPI_PREFIX
from lfroadmap.roadmap.repeats import parse_repeat
from lfroadmap.words import Language

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A template of a person's own, whose TOML is checked."""

    name: str
    table: Table

    def roadmap(self, roadmap_id: str, language: Language) -> Roadmap:
        """A new roadmap of this template, with its words in a language."""
        maker = _Maker(language)
        stages = tuple(maker.stage(entry) for entry in self.table["stages"])
        kpis = tuple(maker.kpi(entry) for entry in self.table.get("kpis", ()))
        return Roadmap(roadmap_id, self.text("title", language), self.name, stages, kpis)

    def text(self, name: str, language: Language) -> str:
        """The title, the sentence about it, or its audience; empty where there is none."""
        return in_language(self.table.get(name, {}), language)


def whole_id(above: str, id_: str) -> str:
    """The id of a node by what its entry says, below the node `above`."""
    if id_.startswith(ID_PREFIX):
        return id_.removeprefix(ID_PREFIX)
    return f"{above}.{id_}" if above else id_


class _Maker:
    """Makes the nodes of a checked template in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def _word(self, entry: Table, name: str, texts: object) -> str | None:
        """A text of a node; None where it is the built-in template's."""
        built_in = BuiltInWords(entry.get("words_from", "")).of(name)
        if built_in and texts in ({}, None, built_in):
            return None
        return in_language(texts if isinstance(texts, dict) else {}, self._language)

    def _nodes(self, entry: Table, name: str) -> Sequence[Table]:
        found: Sequence[Table] = entry.get(name, ())
        return found

    def stage(self, entry: Table) -> Stage:
        id_ = whole_id("", entry["id"])
        cards = tuple(self.card(id_, each) for each in self._nodes(entry, "cards"))
        return Stage(id_, self._word(entry, "title", entry.get("title")), cards, entry.get("words_from", ""))

    def card(self, above: str, entry: Table) -> Card:
        id_ = whole_id(above, entry["id"])
        return Card(
            id_,
            self._word(entry, "title", entry.get("title")),
            tuple(self.field(id_, each) for each in self._nodes(entry, "fields")),
            tuple(self.task(id_, each) for each in self._nodes(entry, "tasks")),
            self.notes(id_, entry),
            tuple(self.calculator(id_, each) for each in self._nodes(entry, "calculators")),
            entry.get("words_from", ""),
        )

    def field(self, above: str, entry: Table) -> Field:
        options: dict[str, str] = {
            each["id"]: self._option(entry, each) for each in self._nodes(entry, "options")
        }
        value: str = entry.get("value", "")
        return Field(
            whole_id(above, entry["id"]),
            entry["kind"],
            entry.get("role", ""),
            self._word(entry, "label", entry.get("label")),
            options.get(value, value),
            entry.get("direction", "auto"),
            tuple(options.values()),
            entry.get("words_from", ""),
        )

    def _option(self, entry: Table, option: Table) -> str:
        """An option as a field has it: the id of a built-in word, else the text itself."""
        word = self._word(entry, f"{option['id']}.option", texts_in(option))
        return option["id"] if word is None else word

    def task(self, above: str, entry: Table) -> Task:
        id_ = whole_id(above, entry["id"])
        return Task(
            id_,
            self._word(entry, "text", texts_in(entry)),
            entry.get("done", False),
            _day(entry.get("done_on", "")),
            _day(entry.get("due", "")),
            entry.get("owner", ""),
            self.notes(id_, entry),
            entry.get("words_from", ""),
            parse_repeat(entry.get("repeat", "")) or "",
        )

    def calculator(self, above: str, entry: Table) -> Calculator:
        id_ = whole_id(above, entry["id"])
        rows = tuple(self.row(id_, each) for each in self._nodes(entry, "rows"))
        title = self._word(entry, "title", entry.get("title"))
        return Calculator(id_, entry["kind"], title, rows, entry.get("words_from", ""))

    def row(self, above: str, entry: Table) -> CalculatorRow:
        values = {name: entry.get(name, "") for name in ROW_VALUES}
        name = self._word(entry, "name", texts_in(entry))
        return CalculatorRow(
            whole_id(above, entry["id"]), name, words_from=entry.get("words_from", ""), **values
        )

    def notes(self, above: str, entry: Table) -> tuple[Note, ...]:
        return tuple(
            Note(whole_id(above, each["id"]), each["text"], each.get("author", ""), each.get("time", ""))
            for each in self._nodes(entry, "notes")
        )

    def kpi(self, entry: Table) -> Kpi:
        id_ = whole_id(KPI_PREFIX, entry["id"])
        texts: dict[str, Any] = {name: self._word(entry, name, entry.get(name)) for name in KPI_TEXTS}
        return Kpi(
            id_,
            **texts,
            baseline=entry.get("baseline", ""),
            current=entry.get("current", ""),
            better=entry.get("better", ""),
            unit=self._unit(entry, entry.get("unit", "")),
            readings=tuple(self.reading(id_, each) for each in self._nodes(entry, "readings")),
            words_from=entry.get("words_from", ""),
            **{name: entry.get(name, "") for name in KPI_BINDING},
        )

    def _unit(self, entry: Table, unit: str | Table) -> str:
        if isinstance(unit, str):
            return unit
        word = self._word(entry, f"{unit['id']}.unit", texts_in(unit))
        return str(unit["id"]) if word is None else word

    def reading(self, above: str, entry: Table) -> Reading:
        return Reading(
            whole_id(above, entry["id"]),
            entry["value"],
            _day(entry["day"]),
            entry.get("origin", ""),
            entry.get("source", ""),
            entry.get("time", ""),
        )


def _day(value: str | date) -> str:
    """A day as a node has it; TOML also has dates of its own."""
    return value if isinstance(value, str) else value.isoformat()
