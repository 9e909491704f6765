"""The TOML table of a roadmap as a template, with what people filled in or without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from lfroadmap.roadmap.model import (
    CALCULATOR_COLUMNS,
    KPI_BINDING,
    KPI_TEXTS,
    Calculator,
    CalculatorRow,
    Card,
    Field,
    Kpi,
    Node,
    Note,
    Reading,
    Roadmap,
    Stage,
    Task,
)
from lfroadmap.roadmap.own_templates.built_in_words import BuiltInWords
from lfroadmap.roadmap.own_templates.form import ID_PREFIX, KPI_PREFIX
from lfroadmap.roadmap.own_templates.rules import RELATIVE_ID
from lfroadmap.roadmap.repeats import came_again, series
from lfroadmap.roadmap.templates import Labels

Table = dict[str, Any]
_HEBREW = re.compile(r"[\u0590-\u05ff]")


def table_of(roadmap: Roadmap, about: Mapping[str, Mapping[str, str]], *, answers: bool) -> Table:
    """The roadmap as a template's table.

    `about` has the texts of the template that it was made of which no roadmap has: its sentence and its
    audience. Words of built-in templates are written in both languages.
    """
    return _Saver(roadmap, answers=answers).table(about)


def texts(text: str) -> dict[str, str]:
    """A text under the language that it is written in: Hebrew where it has a letter of it."""
    return {"he" if _HEBREW.search(text) else "en": text}


class _Saver:
    """Writes the nodes of one roadmap as entries; what is empty is left out."""

    def __init__(self, roadmap: Roadmap, *, answers: bool) -> None:
        self._roadmap, self._answers = roadmap, answers
        self._labels = Labels(roadmap.template, "en")

    def table(self, about: Mapping[str, Mapping[str, str]]) -> Table:
        roadmap = self._roadmap
        built_in = BuiltInWords(f"{roadmap.template}/")
        known = {name: built_in.of(name) or about.get(name, {}) for name in ("about", "audience")}
        title = texts(roadmap.title) if roadmap.title is not None else built_in.of("title")
        lists = {"stages": map(self.stage, roadmap.stages), "kpis": map(self.kpi, roadmap.kpis)}
        return {"title": title or texts(self._labels.of(roadmap)), **_filled(known), **_lists(lists)}

    def _start(self, node: Node, above: str) -> tuple[Table, BuiltInWords]:
        """The beginning of an entry, and the built-in words of its node."""
        entry: Table = {"id": _id(node, above)}
        source = self._labels.home(node)
        if BuiltInWords(source).are_known:
            entry["words_from"] = source
            return entry, BuiltInWords(source)
        return entry, BuiltInWords("")

    def _word(self, own: str | None, name: str, words: BuiltInWords, fallback: str = "") -> dict[str, str]:
        """A text of a node in the languages that it has."""
        if own is not None:
            return texts(own)
        return words.of(name) or texts(fallback)

    def stage(self, stage: Stage) -> Table:
        entry, words = self._start(stage, "")
        entry["title"] = self._word(stage.title, "title", words, stage.id)
        cards = (self.card(card, stage.id) for card in stage.cards)
        return entry | _filled({"short": words.of("short")}) | _lists({"cards": cards})

    def card(self, card: Card, above: str) -> Table:
        entry, words = self._start(card, above)
        entry["title"] = self._word(card.title, "title", words, card.id)
        entry |= _filled({"about": words.of("about")})
        return entry | _lists(
            {
                "fields": (self.field(field, card.id) for field in card.fields),
                "tasks": (self.task(task, card.id) for task in self._tasks(card)),
                "calculators": (self.calculator(each, card.id) for each in card.calculators),
                "notes": self._notes(card.notes, card.id),
            }
        )

    def field(self, field: Field, above: str) -> Table:
        entry, words = self._start(field, above)
        entry |= {"kind": field.kind} | _filled({"role": field.role})
        entry["label"] = self._word(field.label, "label", words, field.id)
        entry |= _filled({"hint": words.of("hint")})
        if field.direction != "auto":
            entry["direction"] = field.direction
        options = [{"id": each} | (words.of(f"{each}.option") or texts(each)) for each in field.options]
        return entry | _filled({"options": options, "value": field.value if self._answers else ""})

    def _tasks(self, card: Card) -> Iterator[Task]:
        """Its tasks; without answers one for all that came of each other, with the id of the first."""
        again = {} if self._answers else came_again(card.tasks)
        first = {now.id: series(now.id) for now in again.values()}
        others = {task.id for task in card.tasks if task.id not in again and task.id not in first}
        for task in card.tasks:
            if task.id not in again:
                id_ = first.get(task.id, task.id)
                yield replace(task, id=task.id if id_ in others else id_)

    def task(self, task: Task, above: str) -> Table:
        entry, words = self._start(task, above)
        entry |= self._word(task.text, "text", words, task.id)
        entry |= _filled({"repeat": task.repeat})
        if not self._answers:
            return entry
        values = {"done": task.done, "done_on": task.done_on, "due": task.due, "owner": task.owner}
        return entry | _filled(values) | _lists({"notes": self._notes(task.notes, task.id)})

    def calculator(self, calculator: Calculator, above: str) -> Table:
        entry, words = self._start(calculator, above)
        entry |= {
            "kind": calculator.kind,
            "title": self._word(calculator.title, "title", words, calculator.id),
        }
        return entry | _lists({"rows": (self.row(row, calculator) for row in calculator.rows)})

    def row(self, row: CalculatorRow, above: Calculator) -> Table:
        entry, words = self._start(row, above.id)
        entry |= self._word(row.name, "name", words, row.id)
        columns = CALCULATOR_COLUMNS[above.kind][1:] if self._answers else ()
        return entry | _filled({name: getattr(row, name) for name in columns})

    def _notes(self, notes: Iterable[Note], above: str) -> list[Table]:
        return [
            {"id": _id(note, above), "text": note.text or ""}
            | _filled({"author": note.author, "time": note.time})
            for note in (notes if self._answers else ())
        ]

    def kpi(self, kpi: Kpi) -> Table:
        entry, words = self._start(kpi, KPI_PREFIX)
        for name in KPI_TEXTS:
            own = getattr(kpi, name) if self._answers or name != "owner" else None
            found = words.of(name) if own is None else texts(own)
            entry |= {name: found} if found or name == "measure" else {}
        entry["measure"] = entry["measure"] or texts(kpi.id)
        unit = words.of(f"{kpi.unit}.unit")
        entry |= _filled({"better": kpi.better, "unit": {"id": kpi.unit, **unit} if unit else kpi.unit})
        entry |= _filled({name: getattr(kpi, name) for name in KPI_BINDING})
        if not self._answers:
            return entry
        readings = (self.reading(each, kpi.id) for each in kpi.readings)
        return (
            entry
            | _filled({"baseline": kpi.baseline, "current": kpi.current})
            | _lists({"readings": readings})
        )

    def reading(self, reading: Reading, above: str) -> Table:
        entry = {"id": _id(reading, above), "day": reading.day, "value": reading.value or ""}
        return entry | _filled({name: getattr(reading, name) for name in ("origin", "source", "time")})


def _id(node: Node, above: str) -> str:
    """The id of a node in its entry: the rest of it behind the id above, or the whole of it."""
    start = f"{above}." if above else ""
    rest = node.id.removeprefix(start)
    is_below = node.id.startswith(start) and RELATIVE_ID.fullmatch(rest)
    return rest if is_below else f"{ID_PREFIX}{node.id}"


def _filled(values: Mapping[str, Any]) -> Table:
    return {name: value for name, value in values.items() if value}


def _lists(values: Mapping[str, Iterable[Table]]) -> Table:
    return _filled({name: [*entries] for name, entries in values.items()})
