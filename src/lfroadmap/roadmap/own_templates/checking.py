"""The faults of a template's TOML: each with its line, what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.field_kinds import KINDS_OF
from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, ROW_VALUES
from lfroadmap.roadmap.own_templates.form import FORM, IN_LANGUAGES, KPI_PREFIX, Entry, Key
from lfroadmap.roadmap.own_templates.making import whole_id
from lfroadmap.roadmap.own_templates.rules import fault_of
from lfroadmap.roadmap.own_templates.toml_lines import Place
from lfroadmap.words import LANGUAGES

MOST = 20
"""Faults that are named; the others are counted."""


def faults_in(table: Mapping[str, Any], lines: Mapping[Place, int]) -> tuple[RoadmapError, ...]:
    """The faults of a template by their lines, the first `MOST` of them; none where it can be used."""
    found = sorted(_Checker(lines).faults(table), key=lambda fault: int(str(fault.facts["line"])))
    if len(found) <= MOST:
        return tuple(found)
    return (*found[:MOST], RoadmapError("template_more_faults", n=len(found) - MOST))


class _Checker:
    """The faults of the entries of one template."""

    def __init__(self, lines: Mapping[Place, int]) -> None:
        self._lines = lines
        self._ids: dict[str, Place] = {}
        """Whole id -> the entry that has it first."""

    def faults(self, table: Mapping[str, Any]) -> Iterator[RoadmapError]:
        return self._entry("template", table, (), "")

    def _entry(
        self, entry: Entry, value: Mapping[str, Any], path: Place, above: str
    ) -> Iterator[RoadmapError]:
        """The faults of an entry and of all below it."""
        known = FORM[entry]
        below = self._below(entry, value, above)
        for name, each in value.items():
            at = (*path, name)
            if name not in known:
                yield self._fault("unknown_key", at, name=name, known=", ".join(known))
            elif known[name].value == "entries":
                yield from self._list(name, each, known[name], at, below)
            elif fault := fault_of(each, known[name]):
                yield self._fault(fault.key, at, **{"name": name, **fault.facts})
        yield from self._missing(entry, value, path)
        if entry not in ("template", "option"):
            yield from self._doubled(value, path, above)
        if entry == "field":
            yield from self._options(value, path)
        if entry == "card":
            yield from self._roles(value, path)
        if entry == "calculator":
            yield from self._columns(value, path)

    def _below(self, entry: Entry, value: Mapping[str, Any], above: str) -> str:
        return above if entry == "template" else whole_id(above, str(value.get("id", "")))

    def _list(self, name: str, value: object, key: Key, path: Place, above: str) -> Iterator[RoadmapError]:
        entry = cast("Entry", key.entry)
        if not isinstance(value, list):
            yield self._fault("not_list", path, name=name)
        elif not value and key.required:
            yield self._fault("empty_list", path, name=name)
        else:
            prefix = KPI_PREFIX if entry == "kpi" else above
            for number, each in enumerate(value):
                if isinstance(each, dict):
                    yield from self._entry(entry, each, (*path, number), prefix)
                else:
                    yield self._fault("not_entry", (*path, number), name=name)

    def _missing(self, entry: Entry, value: Mapping[str, Any], path: Place) -> Iterator[RoadmapError]:
        has_words = "words_from" in value
        for name, key in FORM[entry].items():
            needs = key.required and not (key.value == "words" and has_words)
            if needs and name not in value:
                yield self._fault("missing_key", path, name=name)
        if entry in IN_LANGUAGES and not has_words and not any(each in value for each in LANGUAGES):
            yield self._fault("missing_words", path, known=", ".join(LANGUAGES))

    def _doubled(self, value: Mapping[str, Any], path: Place, above: str) -> Iterator[RoadmapError]:
        if not isinstance(value.get("id"), str):
            return
        id_ = whole_id(above, value["id"])
        first = self._ids.setdefault(id_, path)
        if first != path:
            at = self._line((*first, "id"))
            yield self._fault("id_taken", (*path, "id"), name=value["id"], first=at)

    def _options(self, value: Mapping[str, Any], path: Place) -> Iterator[RoadmapError]:
        """The faults of a choice's options, and of options that are none's."""
        options = value.get("options", [])
        if value.get("kind") == "choice" and options == []:
            yield self._fault("no_options", path)
        ids = (
            [each.get("id") for each in options if isinstance(each, dict)]
            if isinstance(options, list)
            else []
        )
        for number, id_ in enumerate(ids):
            if id_ in ids[:number]:
                yield self._fault("option_taken", (*path, "options", number), name=id_)

    def _roles(self, card: Mapping[str, Any], path: Place) -> Iterator[RoadmapError]:
        """The faults of roles: of a kind that cannot have it, or that two fields of a card have."""
        taken: set[str] = set()
        fields = card.get("fields", [])
        for number, field in enumerate(fields if isinstance(fields, list) else []):
            role = field.get("role") if isinstance(field, dict) else None
            if not isinstance(role, str) or not role or role not in KINDS_OF:
                continue
            at = (*path, "fields", number, "role")
            if field.get("kind") not in KINDS_OF[role]:
                yield self._fault("role_kind", at, name=role, known=", ".join(KINDS_OF[role]))
            if role in taken:
                yield self._fault("role_taken", at, name=role)
            taken.add(role)

    def _columns(self, calculator: Mapping[str, Any], path: Place) -> Iterator[RoadmapError]:
        """The faults of numbers that a calculator of another kind has."""
        columns = next(
            (each for kind, each in CALCULATOR_COLUMNS.items() if kind == calculator.get("kind")), None
        )
        rows = calculator.get("rows", [])
        if columns is None or not isinstance(rows, list):
            return
        others = [name for name in ROW_VALUES if name not in columns]
        for number, row in enumerate(rows):
            for name in (each for each in others if isinstance(row, dict) and each in row):
                facts = {"name": name, "kind": calculator["kind"], "known": ", ".join(columns[1:])}
                yield self._fault("row_column", (*path, "rows", number, name), **facts)

    def _fault(self, key: str, path: Place, **facts: object) -> RoadmapError:
        return RoadmapError(f"template_{key}", line=self._line(path), **facts)

    def _line(self, path: Place) -> int:
        """The line of a value, or of the nearest one above it that has one."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)
