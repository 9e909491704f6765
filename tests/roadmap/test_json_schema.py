"""The published schema takes what is written, and refuses what reading refuses."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap import schema, templates
from lfroadmap.roadmap.edits import SetTask, Tick
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.snapshot_reader import json_schema, load
from lfroadmap.words import LANGUAGES, Language
from plans import roadmaps
from samples import hostile, sample

PUBLISHED = Path(__file__).parents[2] / "docs" / "snapshot.schema.json"
VALIDATOR = Draft202012Validator(json_schema())


def test_it_is_a_schema_and_the_published_one() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json.loads(PUBLISHED.read_text("utf-8")) == json_schema()


def test_each_property_is_described_and_what_has_a_form_has_its_pattern() -> None:
    made = json_schema()
    forms = {**made["$defs"], "Document": made}
    for form, found in forms.items():
        for name, one in found["properties"].items():
            assert one["description"].endswith("."), (form, name)
    change, task = (forms[form]["properties"] for form in ("ChangeForm", "TaskForm"))
    for text, is_one in (("2026-03-15T08:00:30.25+02:00", True), ("", True), ("yesterday", False)):
        assert bool(re.search(change["time"]["pattern"], text)) == is_one
    assert all("pattern" in each for each in (change["made"], task["due"], task["done_on"]))


@settings(deadline=None)
@given(roadmaps)
def test_any_snapshot_is_valid(roadmap: Roadmap) -> None:
    VALIDATOR.validate(json.loads(schema.dump(roadmap, "he")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_samples_and_templates_are_valid(language: Language) -> None:
    for roadmap in (sample(language), hostile(), templates.load(templates.DEFAULT).roadmap("r")):
        VALIDATOR.validate(json.loads(schema.dump(roadmap, language)))


def test_text_that_older_versions_stored_under_days_is_kept_beside_them() -> None:
    roadmap = sample("en")
    task = roadmap.stages[0].cards[0].tasks[0]
    older = SetTask(task.id, "due", "after Passover").on(Tick(task.id, True, "31/3").on(roadmap))
    written = json.loads(schema.dump(older, "en"))
    VALIDATOR.validate(written)
    found = written["roadmap"]["stages"][0]["cards"][0]["tasks"][0]
    assert (found["due"], found["done_on"]) == ("", "")
    assert (written["version"], json.loads(schema.dump(roadmap, "en"))["version"]) == (3, 1)
    assert found["legacy"] == {"due": "after Passover", "done_on": "31/3"}
    assert load(json.dumps(written)) == older


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    whole = copy.deepcopy(schema.document(sample("en"), "en"))
    inner: Any = whole
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return whole


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "other"),
        (("version",), schema.VERSION + 1),
        (("history",), [{"id": 1}]),
        (("more",), 1),
        (("roadmap", "id"), 7),
        (("roadmap", "stages"), None),
        (("roadmap", "stages", 0, "cards", 0, "tasks", 0, "done"), "yes"),
        (("roadmap", "stages", 0, "cards", 0, "fields", 0, "kind"), "picture"),
        (("roadmap", "stages", 0, "cards", 0, "tasks", 0, "color"), "red"),
        (("roadmap", "kpis", 0, "better"), "sideways"),
    ],
)
def test_what_reading_refuses_is_invalid(path: tuple[str | int, ...], value: object) -> None:
    whole = changed(path, value)
    assert not VALIDATOR.is_valid(whole)
    with pytest.raises(BrokenSnapshot):
        load(json.dumps(whole))
