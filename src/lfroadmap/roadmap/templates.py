"""Ready-made roadmaps: `content/templates/<name>.json` -> Roadmap, and the texts of their nodes.

They are written by hand as TOML, beside that file; a test holds the two together, and writes the JSON, which
is read in a twentieth of the time. Every start and every command needs the texts.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.model import (
    TITLE_OF,
    Calculator,
    CalculatorRow,
    Card,
    Field,
    Kpi,
    Node,
    Roadmap,
    Stage,
    Task,
)
from lfroadmap.words import CONTENT, LANGUAGES, Language

DEFAULT = "liquid-funnel"
D = TypeVar("D", str, None)
_FOLDER = CONTENT / "templates"


class Template:
    """One ready-made roadmap: its structure, and its texts in each language."""

    def __init__(self, name: str, table: dict[str, Any]) -> None:
        self.name = name
        self.words: dict[str, dict[str, str]] = {"he": {}, "en": {}}
        self._add_words("", table, ("title", "about", "audience"))
        self._stages = tuple(self._stage(entry) for entry in table["stages"])
        self._kpis = tuple(self._kpi(entry) for entry in table.get("kpis", ()))

    def roadmap(self, roadmap_id: str) -> Roadmap:
        """A new roadmap of this template with its own id."""
        return Roadmap(roadmap_id, None, self.name, self._stages, self._kpis)

    def _add_words(self, prefix: str, entry: dict[str, Any], names: tuple[str, ...]) -> None:
        for name in names:
            for language, text in entry.get(name, {}).items():
                self.words[language][f"{prefix}.{name}"] = text

    def _stage(self, entry: dict[str, Any]) -> Stage:
        self._add_words(entry["id"], entry, ("title", "short"))
        return Stage(entry["id"], None, tuple(self._card(entry["id"], card) for card in entry["cards"]))

    def _card(self, above: str, entry: dict[str, Any]) -> Card:
        card_id = f"{above}.{entry['id']}"
        self._add_words(card_id, entry, ("title", "about"))
        return Card(
            card_id,
            fields=tuple(self._field(card_id, field) for field in entry["fields"]),
            tasks=tuple(self._task(card_id, task) for task in entry["tasks"]),
            calculators=tuple(self._calculator(card_id, each) for each in entry.get("calculators", ())),
        )

    def _field(self, above: str, entry: dict[str, Any]) -> Field:
        field_id = f"{above}.{entry['id']}"
        self._add_words(field_id, entry, ("label", "hint"))
        options = []
        for option in entry.get("options", ()):
            options.append(option["id"])
            for language in LANGUAGES:
                self.words[language][f"{field_id}.{option['id']}.option"] = option[language]
        return Field(
            field_id,
            entry["kind"],
            entry.get("role", ""),
            direction=entry.get("direction", "auto"),
            options=tuple(options),
        )

    def _task(self, above: str, entry: dict[str, Any]) -> Task:
        return Task(self._line(above, entry, "text"))

    def _line(self, above: str, entry: dict[str, Any], name: str) -> str:
        """The id of an entry whose text stands beside it in each language."""
        line_id = f"{above}.{entry['id']}"
        for language in LANGUAGES:
            self.words[language][f"{line_id}.{name}"] = entry[language]
        return line_id

    def _calculator(self, above: str, entry: dict[str, Any]) -> Calculator:
        calculator_id = f"{above}.{entry['id']}"
        self._add_words(calculator_id, entry, ("title",))
        rows = tuple(CalculatorRow(self._line(calculator_id, row, "name")) for row in entry["rows"])
        return Calculator(calculator_id, entry["kind"], rows=rows)

    def _kpi(self, entry: dict[str, Any]) -> Kpi:
        kpi_id = f"kpi.{entry['id']}"
        self._add_words(kpi_id, entry, ("measure", "definition", "target", "owner"))
        unit = entry.get("unit", "")
        if isinstance(unit, dict):
            for language in LANGUAGES:
                self.words[language][f"{kpi_id}.{unit['id']}.unit"] = unit[language]
            unit = unit["id"]
        bound_to = entry.get("bound_to", "")
        return Kpi(kpi_id, better=entry.get("better", ""), unit=unit, bound_to=bound_to)


class Labels:
    """The texts of a roadmap's nodes in one language: their own, or their template's."""

    def __init__(self, template: str, language: Language) -> None:
        self.template, self.language = template, language
        self._words = _words_of(template, language)

    def of(self, node: Node | Roadmap) -> str:
        """A node's title, label, text or measure; its id where none is known."""
        name = TITLE_OF[type(node)]
        own: str | None = getattr(node, name)
        return self._word(node, name, node.id) if own is None else own

    def template_text(self, node: Node | Roadmap, name: str) -> str | None:
        """The template's text for an attribute of a node; None where there is none."""
        return self._word(node, name, None)

    def home(self, node: Node) -> str:
        """Whose texts a copy of a node has, as `words_from` says it; empty where all of them are its own."""
        if source := words_source(node):
            return source
        has_words = f"{node.id}.{TITLE_OF[type(node)]}" in self._words
        return f"{self.template}/{node.id}" if has_words else ""

    def _word(self, node: Node | Roadmap, name: str, default: D) -> str | D:
        """A text of the template that a node has its words from."""
        if source := words_source(node):
            template, _, key = source.partition("/")
            return _words_of(template, self.language).get(f"{key}.{name}", default)
        key = "" if isinstance(node, Roadmap) else node.id
        return self._words.get(f"{key}.{name}", default)

    def short(self, stage: Stage) -> str:
        """A stage's name for a narrow tab."""
        if stage.title is not None:
            return stage.title
        return self._word(stage, "short", None) or self.of(stage)

    def kpi(self, kpi: Kpi, column: str) -> str:
        """The text of a KPI's cell; a unit may be the id of a template's text, as a choice's option is."""
        if column == "unit":
            return self._word(kpi, f"{kpi.unit}.unit", kpi.unit)
        own: str | None = getattr(kpi, column)
        return self._word(kpi, column, "") if own is None else own

    def option(self, field: Field, option: str) -> str:
        """The label of a choice's option; an unknown one is shown as it is."""
        return self._word(field, f"{option}.option", option)

    def about(self, node: Card | Roadmap) -> str:
        """The purpose of a card or the roadmap in a sentence; empty where there is none."""
        return self._word(node, "about", "")

    @property
    def audience(self) -> str:
        """For whom the roadmap of the template is; empty where that is unknown."""
        return self._words.get(".audience", "")

    def hint(self, field: Field) -> str:
        """An example of a value for the field; empty where there is none."""
        return self._word(field, "hint", "")


def words_source(node: Node | Roadmap) -> str:
    """Whose texts a node has; empty for those of the roadmap's template under its own id."""
    source: str = getattr(node, "words_from", "")
    return source


def _words_of(template: str, language: Language) -> dict[str, str]:
    return load(template).words[language] if template in names() else {}


@cache
def names() -> tuple[str, ...]:
    """The templates that come with the product: the default one, then the others by name."""
    found = (path.stem for path in _FOLDER.glob("*.toml"))
    return tuple(sorted(found, key=lambda name: (name != DEFAULT, name)))


@cache
def load(name: str) -> Template:
    """A template by its name; raises RoadmapError where there is none."""
    if name not in names():
        raise RoadmapError("no_template", name=name, known=", ".join(names()))
    source = (_FOLDER / f"{name}.json").read_text("utf-8")
    return Template(name, json.loads(source))
