"""Remarks beside a result of an assistant: what of a file is not shown, which files cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from assisting import desk_in
from checked import validate
from commanding import settle
from foreign_peer import write_by_peer
from lfroadmap.assistant import tools
from lfroadmap.assistant.marking import unhidden
from lfroadmap.errors import BrokenStore
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
    (row,) = (row for row in tools.call(desk, "list_roadmaps", {})["items"] if row["name"] == "broken")
    assert row["error"]
    with pytest.raises(BrokenStore):
        tools.call(desk, "show", {"in": "broken"})
