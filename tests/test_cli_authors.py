"""Who changed what, as `history` and the exports print it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commanding import Capture, good, settle
from lfroadmap.roadmap.edits import SetField
from lfroadmap.usecases.opening import own_identity
from listening import Person
from merging import merge, peer_of

OWNER = "strategy.goals.owner"
LAPTOP = "c" * 10


@pytest.fixture(autouse=True)
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    """The file of a roadmap that a person worked on with two devices, and a peer with one."""
    path = settle(tmp_path, monkeypatch) / "data" / "roadmaps" / "plan.roadmap"
    good(capsys, "new", "plan")
    dana = Person(path, "dana", own_identity())
    dana.does(SetField(OWNER, "here"))
    laptop = peer_of(path, "dana", LAPTOP, own_identity().actor)
    merge(dana, laptop.does(SetField(OWNER, "there"))[0])
    merge(dana, peer_of(path, "noa").does(SetField(OWNER, "noa's"))[0])
    dana.leaves()
    return path


@pytest.mark.parametrize(("language", "own"), [("en", "you, on another device"), ("he", "מכשיר אחר שלך")])
def test_history_names_a_peer_and_ones_own_other_device(capsys: Capture, language: str, own: str) -> None:
    lines = good(capsys, "--lang", language, "history", "plan").splitlines()
    assert len(lines) == 3
    for line, who in zip(lines, ("noa", own, "dana"), strict=True):
        assert who in line


def test_json_and_exports_have_the_names_alone(capsys: Capture, tmp_path: Path) -> None:
    lines = json.loads(good(capsys, "history", "plan", "--json"))
    assert [line["author"] for line in lines] == ["noa", "dana", "dana"]
    assert [line.get("made", "")[:4] for line in lines] == ["2025", "2025", ""]
    page = tmp_path / "plan.html"
    good(capsys, "export", "html", "plan", "--history", "-o", str(page))
    text = page.read_text(encoding="utf-8")
    assert "noa" in text
    assert "another device" not in text
