"""Remarks beside a result of an assistant: what of a file is not shown, which files cannot be read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assisting import desk_in
from checked import validate
from commanding import Capture, run, settle
from foreign_peer import write_by_peer
from lfroadmap.assistant import tools
from lfroadmap.assistant.marking import unhidden
from lfroadmap.errors import BrokenStore, RoadmapError, UsageError
from lfroadmap.roadmap.edits import SetKpi
from lfroadmap.store.library.library import Library
from lfroadmap.words import LANGUAGES, Language, words
from listening import PLAN, Person


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of `plan`, with two things that cannot be read."""
    settle(tmp_path, monkeypatch)
    path = Library(tmp_path / "data").create("plan", PLAN, "dana")
    person = Person(path, "dana")
    person.does(SetKpi("k", "baseline", "1"))
    person.leaves()
    write_by_peer(path, lambda m: m.tasks.update({"x": "boo", "y": 5}))
    return path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
def test_what_is_left_out_is_told_with_every_result(tmp_path: Path, path: Path, language: Language) -> None:
    desk = desk_in(tmp_path, may_write=True, language=language)
    said = unhidden(words(language)("recovery.left_out", path=path, n=2))
    for name, given in (
        ("show", {}), ("history", {}), ("bin", {}), ("measures", {}), ("list_roadmaps", {}),
        ("diff", {"a": "-7"}), ("tick", {"task": "t1"}),
    ):  # fmt: skip
        found = tools.call(desk, name, given)
        assert found["remarks"] == [said], name
        validate(found, tools.TOOLS[name].output())
    assert "remarks" not in tools.call(desk, "guide", {})


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, path: Path) -> None:
    (path.parent / "broken.roadmap").write_bytes(b"no roadmap")
    desk = desk_in(tmp_path)
    assert any("broken" in text for text in tools.call(desk, "late", {})["remarks"])
    listed = tools.call(desk, "list_roadmaps", {})
    assert any("broken" in text for text in listed["remarks"])
    (row,) = (row for row in listed["items"] if row["name"] == "broken")
    assert row["error"]
    with pytest.raises(BrokenStore):
        tools.call(desk, "show", {"in": "broken"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("show", {"in": "nothing"}),
        ("show", {"in": "plan", "at": "no such snapshot"}),
        ("diff", {"in": "plan", "a": "/tmp/plan.json"}),
        ("late", {"in": "nothing"}),
        ("kpi_from", {"in": "plan", "kpi": "Return rate", "from": "pilot"}),
    ],
)
def test_a_refusal_names_no_command(
    tmp_path: Path, path: Path, language: Language, name: str, given: dict[str, Any]
) -> None:
    desk = desk_in(tmp_path, may_write=True, language=language)
    with pytest.raises(RoadmapError) as caught:
        tools.call(desk, name, given)
    assert not re.search(r"lfroadmap [a-z]|--[a-z]", desk.message(caught.value))
    assert desk.message(caught.value).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_roadmap_and_an_empty_folder_name_no_command(
    tmp_path: Path, path: Path, language: Language
) -> None:
    desk = desk_in(tmp_path, language=language)
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(BrokenStore) as damaged:
        tools.call(desk, "show", {"in": "plan"})
    path.unlink()
    with pytest.raises(RoadmapError) as empty:
        tools.call(desk, "show", {})
    for caught in (damaged, empty):
        assert not re.search(r"lfroadmap [a-z]*\b(doctor|new|list)", desk.message(caught.value))


@pytest.mark.parametrize("typed", ["at_risk", "at-risk", "at risk", "AT_RISK", "בסיכון"])
def test_every_spelling_of_a_health_is_taken_alike(
    tmp_path: Path, path: Path, typed: str, capsys: Capture
) -> None:
    desk = desk_in(tmp_path, language="he")
    found = tools.call(desk, "list_tasks", {"in": "plan", "health": typed})
    assert found["items"] == tools.call(desk, "list_tasks", {"in": "plan", "health": "at_risk"})["items"]
    assert {each["health"] for each in found["items"]} <= {"at_risk"}
    line = ("list-tasks", "--in", "plan", "--data-dir", str(tmp_path / "data"), "--json", "--health", typed)
    assert [each["id"] for each in json.loads(run(capsys, *line).out)["tasks"]] == [
        each["id"] for each in found["items"]
    ]
    with pytest.raises(UsageError):
        tools.call(desk, "list_tasks", {"in": "plan", "health": "risky"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_of_a_value_offers_no_snapshots(language: Language) -> None:
    said = words(language)
    for name, tool in tools.TOOLS.items():
        at = tools.schema_of(tool, said)["properties"].get("at")
        if at is not None:
            key = "day_of_value" if tool.writes else "argument_at"
            assert at["description"] == said(f"assistant.{key}"), name
    assert {name for name, tool in tools.TOOLS.items() if "at" in tool.whole_shape.may_have} >= {
        "kpi",
        "show",
    }
