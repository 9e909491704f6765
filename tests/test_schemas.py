"""The published schemas: every key described, and every pattern and bound true of any roadmap."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checked import check_schema, validate
from examples import examples
from lfroadmap.assistant.tools import TOOLS
from lfroadmap.export.comparison_page import COMPARISONS, ComparisonContext
from lfroadmap.machine import new_id
from lfroadmap.report.comparison_report import Ends
from lfroadmap.report.history import ChangeFormatter
from lfroadmap.report.node_index import NodeIndex
from lfroadmap.roadmap.comparison import Days, compare
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.usecases.bindings import bindings_json
from lfroadmap.usecases.plan_edits import EditSource, PlanEdits
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language, words
from plans import edits, roadmaps
from samples import TODAY

FILES = [name for name in SCHEMAS if name != "show"]
NOW = datetime(2026, 3, 15, 9, tzinfo=UTC)
LIMITS = ("pattern", "format", "enum", "const", "minimum", "maximum", "minLength")


def keys(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - JSON
    """Each key of a schema by its path, with its own schema."""
    if isinstance(schema, dict):
        for name, each in schema.get("properties", {}).items():
            if "type" in each or "anyOf" in each or "enum" in each:
                yield f"{path}.{name}", each
        for name, each in schema.items():
            yield from keys(each, f"{path}.{name}")
    elif isinstance(schema, list):
        for each in schema:
            yield from keys(each, path)


def limited(schema: Any) -> int:  # noqa: ANN401 - JSON
    """How many patterns and bounds it has."""
    if isinstance(schema, dict):
        own = sum(limit in schema and not isinstance(schema[limit], dict) for limit in LIMITS)
        return own + sum(map(limited, schema.values()))
    return sum(map(limited, schema)) if isinstance(schema, list) else 0


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_described_and_some_are_bounded(name: str) -> None:
    schema = SCHEMAS[name]()
    check_schema(schema)
    bare = [path for path, each in keys(schema) if not str(each.get("description", "")).strip()]
    assert bare == []
    assert limited(schema) > 0


@pytest.mark.parametrize("name", TOOLS)
def test_every_key_of_what_a_tool_answers_is_described(name: str) -> None:
    bare = [path for path, each in keys(TOOLS[name].output()) if not str(each.get("description", "")).strip()]
    assert bare == []


@examples(60)
@given(roadmaps, edits, st.sampled_from(LANGUAGES))
def test_any_comparison_is_what_its_schema_says(then: Roadmap, edit: Edit, language: Language) -> None:
    found = compare(then, edit.on(then), language, Days(TODAY, date(2026, 4, 1)))
    context = ComparisonContext(found, Ends("a", "b"), words(language))
    validate(json.loads(COMPARISONS["json"](context)), SCHEMAS["diff"]())


@examples(60)
@given(roadmaps, edits, st.sampled_from(LANGUAGES))
def test_any_change_and_binding_is_what_its_schema_says(
    roadmap: Roadmap, edit: Edit, language: Language
) -> None:
    changed = edit.on(roadmap)
    told = ChangeFormatter(NodeIndex(changed), words(language)).describe(edit, edit.inverse(roadmap))
    known = SCHEMAS["history"]()["items"]["properties"]
    assert told
    validate(told.action, known["what"])
    validate(told.sentence, known["text"])
    plan = PlanEdits(changed, words(language), EditSource(TODAY, NOW, new_id))
    validate(bindings_json(plan, "plan", changed.kpis), SCHEMAS["bind"]())
