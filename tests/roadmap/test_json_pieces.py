"""A snapshot that is checked in pieces is read as a whole one would be, and its history while it streams."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap import json_source, schema, snapshot_reader
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.words import LANGUAGES, words
from matrices import quick_first
from plans import roadmaps, texts

MANY = 300
"""More than are checked together."""
CHANGE: dict[str, object] = {
    "id": 1, "time": "2026-03-15T09:30:00+02:00", "author": "d", "what": "set", "node": "t", "card": "c",
    "place": "p", "before": "", "after": "[{\"}],", "text": "\\",
}  # fmt: skip
PLAN = Roadmap(
    "r",
    stages=(
        Stage("s0"),
        Stage(
            "s",
            cards=(
                Card("c0"),
                Card(
                    "c",
                    None,
                    tuple(Field(f"f{n}", "choice", options=("a", "b")) for n in range(MANY)),
                    tuple(Task(f"t{n}", f"[{n}] {{,}}") for n in range(MANY)),
                ),
            ),
        ),
    ),
    kpis=tuple(Kpi(f"k{n}") for n in range(MANY)),
)


def document(changes: int = MANY) -> dict[str, Any]:
    history = [CHANGE | {"id": n} for n in range(changes)]
    whole: dict[str, Any] = json.loads(schema.dump(PLAN, "en", history))
    return whole


def streamed(data: bytes, size: int) -> schema.SnapshotContent:
    return snapshot_reader.read_long(data[at : at + size] for at in range(0, len(data), size))


def outcome(read: schema.SnapshotContent | BrokenSnapshot) -> object:
    """What reading came to; of what is no JSON, the line."""
    return (
        (read.key, read.facts.get("where"), read.facts.get("line")) if isinstance(read, Exception) else read
    )


def tried(data: bytes, size: int = 0) -> schema.SnapshotContent | BrokenSnapshot:
    try:
        return streamed(data, size) if size else snapshot_reader.read(data)
    except BrokenSnapshot as error:
        return error


@pytest.mark.parametrize(("indent", "size"), quick_first(product([2, None], [1000, 1_000_000, 7]), 2))
def test_what_streams_in_is_what_is_read_at_once(indent: int | None, size: int) -> None:
    data = json.dumps(document(), indent=indent).encode()
    assert streamed(data, size) == snapshot_reader.read(data) == schema.SnapshotContent(PLAN, False)
    assert streamed(json.dumps(document()).encode("utf-16"), size).roadmap == PLAN


@examples(30)
@given(roadmaps, st.lists(texts, max_size=3), st.integers(1, 300))
def test_any_roadmap_and_history_streams_in(roadmap: Roadmap, typed: list[str], size: int) -> None:
    data = schema.dump(roadmap, "he", [CHANGE | {"after": text} for text in typed]).encode()
    assert streamed(data, size).roadmap == roadmap


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (("roadmap", "stages", 1, "cards", 1, "tasks", 299, "done"), "yes", "snapshot_wants_bool"),
        (("roadmap", "stages", 1, "cards", 1, "tasks", 256), 5, "snapshot_wants_object"),
        (("roadmap", "stages", 1, "cards", 1, "fields", 257, "options", 1), 5, "snapshot_wants_text"),
        (("roadmap", "stages", 1, "cards", 1, "fields", 299, "kind"), "x", "snapshot_wrong_value"),
        (("roadmap", "stages", 1, "cards", 1, "title"), {"a": [1, {"b": "]"}]}, "snapshot_wants_text"),
        (("roadmap", "stages", 1, "cards", 0), [], "snapshot_wants_object"),
        (("roadmap", "stages", 0, "cards"), {"a": 1}, "snapshot_wants_list"),
        (("roadmap", "stages", 1), None, "snapshot_wants_object"),
        (("roadmap", "stages"), "x", "snapshot_wants_list"),
        (("roadmap", "kpis", 299, "better"), "x", "snapshot_wrong_value"),
        (("roadmap", "kpis"), 5, "snapshot_wants_list"),
        (("roadmap", "more"), 5, "snapshot_unknown"),
        (("roadmap",), [], "snapshot_wants_object"),
        (("history", 299, "author"), 5, "snapshot_wants_text"),
        (("history", 0, "more"), 5, "snapshot_unknown"),
        (("history", 258), "x", "snapshot_wants_object"),
        (("history",), {"id": 1}, "snapshot_wants_list"),
        (("part",), 1, "snapshot_wants_bool"),
        (("more",), 1, "snapshot_unknown"),
    ],
)
@pytest.mark.quick_cases(5)
def test_a_wrong_value_is_told_with_its_place(path: tuple[str | int, ...], value: object, key: str) -> None:
    whole = document()
    inner: Any = whole
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)[1:]
    data = json.dumps(whole).encode()
    for found in (tried(data), tried(data, 1000)):
        assert outcome(found) == (key, where, None)
    for language in LANGUAGES:
        assert where in words(language).error(tried(data))  # type: ignore[arg-type]


LINES = schema.dump(PLAN, "en", [CHANGE] * MANY).encode().splitlines(keepends=True)
FIRST_CHANGE = next(n for n, line in enumerate(LINES) if b'"history"' in line)


@pytest.mark.parametrize("line", [2, FIRST_CHANGE - 5, FIRST_CHANGE + 5, FIRST_CHANGE + 3500, len(LINES) - 3])
@pytest.mark.parametrize("damage", [b"!", b",", b"]", b'"'])
@pytest.mark.quick_cases(5)
def test_what_is_no_json_is_told_with_its_line(line: int, damage: bytes) -> None:
    data = b"".join([*LINES[:line], damage, *LINES[line:]])
    whole = tried(data)
    assert isinstance(whole, BrokenSnapshot) and whole.key == "snapshot_not_json"
    for size in (100, 100_000):
        parted = tried(data, size)
        assert isinstance(parted, BrokenSnapshot) and parted.key == "snapshot_not_json"
        assert abs(int(str(parted.facts["line"])) - int(str(whole.facts["line"]))) <= 1


@pytest.mark.parametrize("size", [0, 3])
@pytest.mark.parametrize(
    "history",
    ["[,]", "[{},]", "[{}{}]", "[{},,{}]", "[", "[{}", "[{]", "[}", "[[{]]", '["]', "[{},", "[nul]"],
)
def test_a_history_that_is_no_json_is_refused(history: str, size: int) -> None:
    change = json.dumps(CHANGE)
    text = (
        '{"format":"lfroadmap","version":2,"roadmap":{"id":"r"},"history":'
        + history.replace("{}", change)
        + "}"
    )
    found = tried(text.encode(), size)
    assert isinstance(found, BrokenSnapshot) and found.key == "snapshot_not_json"


def test_what_a_newer_program_wrote_is_told_before_its_changes_are_judged() -> None:
    newer = {
        "history": [{"what": "is new"}],
        "roadmap": {"id": "r", "new": 1},
        "format": "lfroadmap",
        "version": 9,
    }
    for size in (0, 10):
        found = tried(json.dumps(newer).encode(), size)
        assert isinstance(found, BrokenSnapshot) and found.key == "snapshot_newer"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('"roadmap":{"id":"r"},"roadmap":{"id":"s"}', "roadmap"),
        ('"roadmap":{"id":"r","stages":[],"stages":[]}', "roadmap.stages"),
        ('"roadmap":{"id":"r","\\u0069d":"s"}', "roadmap.id"),
    ],
)
def test_a_part_that_is_there_twice_is_refused(text: str, where: str) -> None:
    found = tried(f'{{"format":"lfroadmap","version":1,{text}}}'.encode())
    assert outcome(found) == ("snapshot_twice", where, None)


def test_texts_may_hold_any_number_of_commas_and_brackets() -> None:
    long = ",[{" * (json_source.PARTS // 3 + 1)
    task = Task("t", long)
    roadmap = Roadmap("r", long, stages=(Stage("s", cards=(Card("c", long, tasks=(task,)),)),))
    assert snapshot_reader.load(schema.dump(roadmap, "en")) == roadmap


@pytest.mark.parametrize("place", ["history", "tasks"])
def test_an_object_of_too_many_values_is_told_with_its_place(place: str) -> None:
    many = {f"k{n}": 1 for n in range(6000)}
    whole = document(1)
    inner = whole["history"] if place == "history" else whole["roadmap"]["stages"][1]["cards"][1]["tasks"]
    inner[0] = many
    for size in (0, 1000):
        found = tried(json.dumps(whole).encode(), size)
        assert isinstance(found, BrokenSnapshot) and found.key == "snapshot_crowded"
        assert str(found.facts["where"]).endswith(place)


def test_a_history_of_more_values_than_a_roadmap_may_have_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound of values, within that of bytes."""
    text = json.dumps(document())
    parts = json_source.values(json.dumps(document(0)).encode(), json_source.PARTS)
    for module in (snapshot_reader, json_source):
        monkeypatch.setattr(module, "PARTS", parts)
    assert json_source.values(text.encode(), parts) > parts
    assert snapshot_reader.load(text) == snapshot_reader.load(text.encode("utf-16")) == PLAN
    monkeypatch.setattr(json_source, "PARTS", parts // 2)
    assert outcome(tried(text.encode())) == ("snapshot_too_large", None, None)
