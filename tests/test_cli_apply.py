"""Several edits, read as lines of JSON, that become one step."""

import io
import json
import sys
from pathlib import Path

import jsonschema
import pytest

from checked import validate
from commanding import Capture, at_home, good, run, stored, stored_card
from lfroadmap.roadmap.model import Card, Task
from lfroadmap.usecases.edit_lines import OPERATIONS, schema
from lfroadmap.usecases.opening import store_of
from listening import Listener

NAME = "acme"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    at_home(tmp_path, monkeypatch)
    good(capsys, "new", NAME)
    return tmp_path


def card(home: Path, ident: str = "launch.pilot") -> Card:
    return stored_card(home, NAME, ident)


LINES = (
    {"do": "add_stage", "title": "Partners", "id": "partners"},
    {"do": "add_card", "stage": "partners", "title": "Resellers", "id": "resellers"},
    {"do": "add", "card": "resellers", "words": "Ask three", "due": "2026-03-31", "id": "ask"},
    {"do": "tick", "task": "ask"},
    {"do": "set", "field": "resellers.owner", "value": "Dana"},
    {"do": "move", "task": "ask", "card": "pilot"},
    {"do": "kpi", "kpi": "close rate", "value": "31"},
    {"do": "rename_card", "card": "resellers", "title": "Agents"},
)


def feed(monkeypatch: pytest.MonkeyPatch, *lines: object) -> None:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape"))))


def test_several_edits_are_one_step(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored(home, NAME)
    feed(monkeypatch, *LINES)
    assert "changes at once" in good(capsys, "apply")
    after = stored(home, NAME)
    assert after.stages[-1].cards[0].title == "Agents"
    assert card(home).tasks[-1] == Task("ask", "Ask three", True, card(home).tasks[-1].done_on, "2026-03-31")
    assert len(json.loads(good(capsys, "history", "--json"))) == 1
    store = store_of(home / "data" / "roadmaps" / f"{NAME}.roadmap")
    heard = Listener()
    store.start(heard)
    store.undo()
    store.flush()
    store.close()
    assert stored(home, NAME) == before


@pytest.mark.parametrize(
    "bad",
    [
        {"do": "tick", "task": "no such task"},
        {"do": "zap"},
        {"do": "tick"},
        {"do": "tick", "task": "ask", "day": "today"},
        {"do": "tick", "task": 5},
        {"do": "add_stage", "title": "Again", "id": "partners"},
        {"do": "add_stage", "title": "", "id": "p2"},
        {"task": "ask"},
        ["tick"],
        "tick",
        "[" * 100_000,
        "5",
    ],
)
def test_one_bad_line_and_none_is_done(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, bad: object
) -> None:
    before = stored(home, NAME)
    feed(monkeypatch, *LINES[:3], "", bad)
    ran = run(capsys, "apply")
    assert (ran.status, ran.out) == (2, "")
    assert "Line 5:" in ran.err
    assert stored(home, NAME) == before


@pytest.mark.parametrize("line", ["", "\n \n", "\udcff"])
def test_no_edits_are_said_to_be_none(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    feed(monkeypatch, line)
    assert run(capsys, "apply").status == 2


def test_the_schema_takes_what_is_done_and_nothing_else(capsys: Capture, home: Path) -> None:
    printed = json.loads(good(capsys, "schema", "apply"))
    assert printed == schema()
    for line in LINES:
        validate(line, printed)
    for line in (
        {"do": "tick"},
        {"do": "tick", "task": 5},
        {"do": "zap"},
        {"do": "tick", "task": "x", "y": ""},
    ):
        with pytest.raises(jsonschema.ValidationError):
            validate(line, printed)
    assert {option["properties"]["do"]["const"] for option in printed["oneOf"]} == set(OPERATIONS)
