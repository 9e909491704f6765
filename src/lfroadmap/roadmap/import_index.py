"""The nodes of a roadmap by the texts that a table may name them by, and the cards that an import adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Card, Field, Kind, Kpi, Roadmap, Role, Stage, Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.roadmap.table_rows import Remark, Rows, UnusableRow, joined_lines
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key
from lfroadmap.words import LANGUAGES, Language, words

_TOKEN = re.compile(r"\w+")
_STAGE_WORDS = frozenset(("stage", "phase", "שלב"))
_FIELDS: tuple[tuple[Role, Kind], ...] = (("owner", "text"), ("deadline", "date"), ("goals", "long"))
"""The fields of a card that an import adds."""


class Setting(NamedTuple):
    """What an import works with beside the roadmap and the rows."""

    language: Language
    day: date
    """Today."""
    new_id: Callable[[], str]
    choices: ImportChoices
    fallback: str
    """The name of the card for rows that name none; empty where there is to be none."""


class NewCard(NamedTuple):
    """A card that the import adds."""

    card: Card
    stage: Stage


class ImportIndex:
    """The roadmap that rows are imported into."""

    def __init__(self, roadmap: Roadmap, tables: Iterable[Rows], setting: Setting) -> None:
        self.roadmap, self.setting = roadmap, setting
        self.labels = Labels(roadmap.template, setting.language)
        self.all_labels = tuple(Labels(roadmap.template, each) for each in LANGUAGES)
        self.cards = [(stage, card) for stage in roadmap.stages for card in stage.cards]
        self.tasks = {task.id: (card, task) for _, card in self.cards for task in card.tasks}
        self.kpis = {kpi.id: kpi for kpi in roadmap.kpis}
        self.new_cards: dict[tuple[str, str], NewCard] = {}
        self.missing_cards: Counter[str] = Counter()
        """Names of cards that rows ask for and that are not there."""
        self._pending: list[Edit] = []
        self._seen: set[str] = set()
        self._stages = self._stages_by_name()
        self._cards = self._cards_by_name()
        self._tasks = self._tasks_by_text()
        self._kpis = self._kpis_by_measure()
        self._hints = self._stage_hints(tables)

    def claim(self, node_id: str) -> None:
        """Raise UnusableRow where another row is about the same node."""
        if node_id in self._seen:
            raise UnusableRow("twice")
        self._seen.add(node_id)

    def tasks_with(self, text: str, card: Card | None) -> list[str]:
        """Ids of the tasks with a text: those of a card, or all."""
        return self._tasks.get((match_key(text), card.id if card else ""), [])

    def kpis_with(self, measure: str) -> list[Kpi]:
        """The KPIs with a measure."""
        return self._kpis.get(match_key(measure), []) if measure.strip() else []

    def stage_named(self, name: str) -> Stage | None:
        """The stage of a name: its title, its tab's name, in any language, also without its letter."""
        found = self._stages.get(_stage_key(name), [])
        return found[0] if len({stage.id for stage in found}) == 1 else None

    def stage_of(self, cells: Mapping[str, str], remarks: list[Remark]) -> Stage | None:
        """The stage that a row names; one that is not there is noted."""
        name = text_of(cells, "stage")
        stage = self.stage_named(name) if name else None
        if name and stage is None:
            remarks.append(Remark("no_stage", "stage", name))
        return stage

    def cards_named(self, name: str, stage: Stage | None) -> list[Card]:
        """The cards of a name, in a stage or in all, with those that the import adds."""
        key = match_key(name)
        found = [card for above, card in self._cards.get(key, []) if stage is None or above.id == stage.id]
        added = [new.card for (other, _), new in self.new_cards.items() if other == key]
        return found or added

    def new_card(self, name: str, stage: Stage | None) -> Card:
        """A card that is added, once for each name, with the fields that all cards have."""
        key = match_key(name)
        above = stage or self._hints.get(key) or next(iter(self.roadmap.stages), None)
        if above is None:
            raise UnusableRow("no_card")
        if (key, above.id) not in self.new_cards:
            card = self._made(joined_lines(name))
            self.new_cards[key, above.id] = NewCard(card, above)
            self._pending.append(Add(card, above.id))
        return self.new_cards[key, above.id].card

    def _made(self, title: str) -> Card:
        new_id, table = self.setting.new_id, words(self.setting.language)
        fields = tuple(Field(new_id(), kind, role, table(f"sheet.{role}")) for role, kind in _FIELDS)
        return Card(new_id(), title, fields)

    def take_pending(self) -> tuple[Edit, ...]:
        """The edits that add cards, for the first row that needs them."""
        pending = tuple(self._pending)
        self._pending.clear()
        return pending

    def names(self, node: Stage | Card | Task) -> set[str]:
        """The names of a node in a table: its text in any language, and its id."""
        return {match_key(node.id), *(match_key(labels.of(node)) for labels in self.all_labels)}

    def _stages_by_name(self) -> dict[str, list[Stage]]:
        found: dict[str, list[Stage]] = {}
        for stage in self.roadmap.stages:
            for name in (
                stage.id,
                *(text for each in self.all_labels for text in (each.of(stage), each.short(stage))),
            ):
                for key in {_stage_key(name), _without_letter(_stage_key(name))}:
                    found.setdefault(key, []).append(stage)
        return found

    def _cards_by_name(self) -> dict[str, list[tuple[Stage, Card]]]:
        found: dict[str, list[tuple[Stage, Card]]] = {}
        for stage, card in self.cards:
            for name in self.names(card):
                found.setdefault(name, []).append((stage, card))
        return found

    def _tasks_by_text(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for task_id, (card, task) in self.tasks.items():
            for text in {match_key(labels.of(task)) for labels in self.all_labels}:
                for where in ("", card.id):
                    found.setdefault((text, where), []).append(task_id)
        return found

    def _kpis_by_measure(self) -> dict[str, list[Kpi]]:
        found: dict[str, list[Kpi]] = {}
        for kpi in self.roadmap.kpis:
            for measure in {match_key(labels.of(kpi)) for labels in self.all_labels}:
                found.setdefault(measure, []).append(kpi)
        return found

    def _stage_hints(self, tables: Iterable[Rows]) -> dict[str, Stage]:
        """Name of a card that is not there -> a stage that is there, in which any row has it."""
        hints: dict[str, Stage] = {}
        named = {(row.cells.get("card", ""), row.cells.get("stage", "")) for t in tables for row in t.rows}
        for card, name in sorted(named):
            stage = self.stage_named(name) if card and name else None
            if stage is not None:
                hints.setdefault(match_key(card), stage)
        return hints


def text_of(cells: Mapping[str, str], column: str) -> str:
    """The content of a cell without spaces around it; empty where the table has no such column."""
    return cells.get(column, "").strip()


def _stage_key(name: str) -> str:
    return " ".join(_TOKEN.findall(match_key(name)))


def _without_letter(key: str) -> str:
    """The name of a stage without its letter: `strategy` of `a strategy`, and of `שלב א אסטרטגיה`."""
    tokens = key.split()
    if len(tokens) > 2 and tokens[0] in _STAGE_WORDS:
        tokens = tokens[1:]
    return " ".join(tokens[1:] if len(tokens) > 1 and len(tokens[0]) == 1 else tokens)
