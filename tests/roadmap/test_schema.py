"""The JSON form: nothing is lost, and what is broken is reported with its place."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap import json_source, schema, templates
from lfroadmap.roadmap.edits import Rename, SetKpi
from lfroadmap.roadmap.model import CHILDREN, Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.snapshot_reader import load
from lfroadmap.words import LANGUAGES, Language, words
from plans import roadmaps

each_language = pytest.mark.parametrize("language", LANGUAGES)

SMALL = Roadmap(
    "plan",
    "Plan",
    "",
    (
        Stage(
            "s",
            "Stage",
            (
                Card(
                    "c",
                    "Card",
                    (Field("f", "choice", "owner", "Label", "a", "ltr", ("a", "b")),),
                    (Task("t", "Text", True, "2026-03-01", "2026-03-31", "Dana"),),
                ),
            ),
        ),
    ),
    (Kpi("k", "Rate", "how many", "+5%", "Dana", "10", "12", "up", "%"),),
)


@given(roadmaps, st.sampled_from(LANGUAGES))
@settings(deadline=None)  # the first example waits for the library
def test_what_is_written_is_read_back(roadmap: Roadmap, language: Language) -> None:
    text = schema.dump(roadmap, language)
    assert load(text) == load(text.encode()) == roadmap
    assert schema.dump(load(text), language) == text


@given(roadmaps, st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
@settings(deadline=None)  # the first example waits for the library
def test_words_of_the_template_stay_the_templates(
    roadmap: Roadmap, written: Language, again: Language
) -> None:
    theirs = templates.load(templates.DEFAULT).roadmap("mine")
    mixed = replace(roadmap, template=templates.DEFAULT, stages=theirs.stages, kpis=theirs.kpis)
    assert load(schema.dump(load(schema.dump(mixed, written)), again)) == mixed


@each_language
def test_each_node_carries_its_words_and_says_whose_they_are(language: Language) -> None:
    template = templates.load(templates.DEFAULT)
    roadmap = template.roadmap("mine")
    stage, kpi = roadmap.stages[0], roadmap.kpis[0]
    roadmap = SetKpi(kpi.id, "target", "mine").on(Rename(stage.id, "Own").on(roadmap))
    out = schema.document(roadmap, language)["roadmap"]
    known = template.words[language]
    assert (out["title"], out["from_template"]) == (known[".title"], ["title"])
    assert out["stages"][0]["title"] == "Own"
    assert "from_template" not in out["stages"][0]
    task = out["stages"][0]["cards"][0]["tasks"][0]
    assert (task["text"], task["from_template"]) == (known[f"{task['id']}.text"], ["text"])
    assert out["kpis"][0]["target"] == "mine"
    assert out["kpis"][0]["from_template"] == ["measure", "definition", "owner"]


def test_words_of_a_template_that_is_not_here_become_the_roadmaps_own() -> None:
    roadmap = templates.load(templates.DEFAULT).roadmap("mine")
    data = schema.document(roadmap, "he")
    data["roadmap"]["template"] = "elsewhere"
    read = load(json.dumps(data))
    assert read.stages[0].title == data["roadmap"]["stages"][0]["title"]
    assert read.kpis[0].owner == data["roadmap"]["kpis"][0]["owner"]
    assert read.template == "elsewhere"


def test_a_template_that_lost_a_node_leaves_it_its_words() -> None:
    data = schema.document(templates.load(templates.DEFAULT).roadmap("mine"), "en")
    stage = data["roadmap"]["stages"][0]
    stage["id"] = "renamed-in-a-later-version"
    read = load(json.dumps(data))
    assert read.stages[0].title == stage["title"]
    assert read.stages[1].title is None


def test_the_order_is_the_models_and_the_end_is_a_line_feed() -> None:
    text = schema.dump(SMALL, "en")
    assert text.endswith("}\n")
    assert list(json.loads(text)) == ["format", "version", "language", "roadmap"]
    assert list(json.loads(text)["roadmap"]) == ["id", "title", "template", "stages", "kpis"]
    assert '\n  "format": "lfroadmap",\n  "version": 1,\n  "language": "en",\n' in text


@given(st.text())
def test_nothing_in_the_file_steers_a_terminal_or_hides(text: str) -> None:
    dumped = schema.dump(replace(SMALL, title=text + "\x1b]0;x\x07\x9b31m\u202e\u2066\x7f\u2028"), "en")
    seen = set(dumped) - {"\n"}
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in seen)
    assert seen.isdisjoint("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u2028\u2029")


def test_half_a_surrogate_pair_is_written_as_a_sign_that_utf8_can_hold() -> None:
    read = load(schema.dump(replace(SMALL, title="a\ud800b"), "en").encode())
    assert read == replace(SMALL, title="a\ufffdb")


# ------------------------------------------------------------------ what cannot be read


def changed(path: str, value: object) -> str:
    """SMALL as JSON with one value replaced; `...` removes it."""
    data = schema.document(SMALL, "en")
    *steps, last = path.replace("[", ".[").split(".")
    node: Any = data
    for step in steps:
        node = node[int(step[1:-1]) if step.startswith("[") else step]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return json.dumps(data)


def refused(source: str | bytes) -> BrokenSnapshot:
    with pytest.raises(BrokenSnapshot) as caught:
        load(source)
    for language in LANGUAGES:
        assert words(language).error(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("path", "value", "key", "where"),
    [
        ("format", "other", "snapshot_foreign", None),
        ("format", ..., "snapshot_foreign", None),
        ("version", ..., "snapshot_wrong_value", "version"),
        ("version", "1", "snapshot_wrong_value", "version"),
        ("version", True, "snapshot_wrong_value", "version"),
        ("version", 0, "snapshot_wrong_value", "version"),
        ("version", schema.VERSION + 1, "snapshot_newer", None),
        ("version", 10**30, "snapshot_newer", None),
        ("roadmap", ..., "snapshot_missing", "roadmap"),
        ("roadmap", [], "snapshot_wants_object", "roadmap"),
        ("roadmap.id", ..., "snapshot_missing", "roadmap.id"),
        ("roadmap.id", 7, "snapshot_wants_text", "roadmap.id"),
        ("roadmap.id", None, "snapshot_wants_text", "roadmap.id"),
        ("roadmap.title", 7.5, "snapshot_wants_text", "roadmap.title"),
        ("roadmap.stages", {}, "snapshot_wants_list", "roadmap.stages"),
        ("roadmap.stages", None, "snapshot_wants_list", "roadmap.stages"),
        ("roadmap.stages", ["x"], "snapshot_wants_object", "roadmap.stages[0]"),
        ("roadmap.stages[0].cards[0].tasks[0].done", 1, "snapshot_wants_bool",
         "roadmap.stages[0].cards[0].tasks[0].done"),
        ("roadmap.stages[0].cards[0].tasks[0].done", "true", "snapshot_wants_bool",
         "roadmap.stages[0].cards[0].tasks[0].done"),
        ("roadmap.stages[0].cards[0].fields[0].kind", "colour", "snapshot_wrong_value",
         "roadmap.stages[0].cards[0].fields[0].kind"),
        ("roadmap.stages[0].cards[0].fields[0].options", ["a", 1], "snapshot_wants_text",
         "roadmap.stages[0].cards[0].fields[0].options[1]"),
        ("roadmap.stages[0].from_template", ["cards"], "snapshot_wrong_value",
         "roadmap.stages[0].from_template[0]"),
        ("roadmap.kpis[0].colour", "red", "snapshot_unknown", "roadmap.kpis[0].colour"),
        ("roadmap.kpis[0].better", "sideways", "snapshot_wrong_value", "roadmap.kpis[0].better"),
        ("colour", "red", "snapshot_unknown", "colour"),
        ("roadmap.id", "", "snapshot_bad_id", "roadmap.id"),
        ("roadmap.id", "*", "snapshot_bad_id", "roadmap.id"),
        ("roadmap.id", "t", "snapshot_double_id", "roadmap.stages[0].cards[0].tasks[0].id"),
        ("roadmap.stages[0].id", "", "snapshot_bad_id", "roadmap.stages[0].id"),
        ("roadmap.stages[0].cards[0].id", "*", "snapshot_bad_id", "roadmap.stages[0].cards[0].id"),
        ("roadmap.stages[0].cards[0].tasks[0].id", "f", "snapshot_double_id",
         "roadmap.stages[0].cards[0].tasks[0].id"),
        ("roadmap.kpis[0].id", "s", "snapshot_double_id", "roadmap.kpis[0].id"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(path: str, value: object, key: str, where: str | None) -> None:
    error = refused(changed(path, value))
    assert (error.key, error.facts.get("where")) == (key, where)


@pytest.mark.parametrize(
    ("source", "key"),
    [
        (b"", "snapshot_empty"),
        (" \n\t", "snapshot_empty"),
        (b"\xef\xbb\xbf", "snapshot_empty"),
        (b"\xff\xfe", "snapshot_empty"),
        (b"\x00\x00\x00", "snapshot_not_json"),
        (b"\xd0\xcf\x11\xe0", "snapshot_encoding"),
        (b"\xff\xfe{", "snapshot_encoding"),
        ("\ud800", "snapshot_encoding"),
        ("nonsense", "snapshot_not_json"),
        ("[]", "snapshot_foreign"),
        ("3", "snapshot_foreign"),
        ("null", "snapshot_foreign"),
        ("{}", "snapshot_foreign"),
        ("[" * 100_000, "snapshot_not_json"),
        ('{"a":' * 100_000, "snapshot_not_json"),
        ('{"format": NaN}', "snapshot_foreign"),
        ('{"format":"lfroadmap","version":NaN}', "snapshot_wrong_value"),
        ('{"format":"lfroadmap","version":Infinity}', "snapshot_wrong_value"),
        ('{"format":"lfroadmap","version":1,"roadmap":NaN}', "snapshot_wants_object"),
        ('{"format":"lfroadmap","version":1,"roadmap":{"id":"a\\ud800"}}', "snapshot_not_json"),
        (" " * (json_source.LIMIT + 1), "snapshot_too_large"),
        ("[" + "1," * json_source.PARTS + "1]", "snapshot_too_large"),
    ],
)
@pytest.mark.quick_cases(5)
def test_what_is_not_a_snapshot_is_refused(source: str | bytes, key: str) -> None:
    assert refused(source).key == key


def test_the_place_in_broken_json_counts_characters() -> None:
    error = refused('{\n "כותרת": x}')
    assert error.facts == {"line": 2, "column": 11}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_that_a_shell_wrote_in_its_own_way_are_read(encoding: str) -> None:
    roadmap = replace(SMALL, title="תוכנית 😀")
    assert load(schema.dump(roadmap, "he").replace("\n", "\r\n").encode(encoding)) == roadmap


def test_a_hand_written_file_needs_no_more_than_ids() -> None:
    text = '{"format":"lfroadmap","version":1,"roadmap":{"id":"r","stages":[{"id":"s","title":"A"}]}}'
    assert load(text) == Roadmap("r", stages=(Stage("s", "A"),))


def test_a_made_up_key_cannot_flood_the_message() -> None:
    error = refused(changed("roadmap." + "x" * 100_000, 1))
    assert error.key == "snapshot_unknown"
    assert len(words("en").error(error)) < 300


def test_writing_needs_no_pydantic() -> None:
    code = (
        "import sys; from lfroadmap.roadmap import schema, templates;"
        "schema.dump(templates.load(templates.DEFAULT).roadmap('r'), 'he');"
        "print([name for name in ('pydantic', 'rich', 'textual') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout == "[]\n"


# ------------------------------------------------------------------ the description for people

DESCRIPTION = (Path(__file__).parents[2] / "docs" / "json-format.md").read_text("utf-8")


def test_the_example_of_the_description_can_be_read() -> None:
    example = DESCRIPTION.split("```json\n")[1].split("```")[0]
    roadmap = load(example)
    assert roadmap.stages[0].title is None
    assert roadmap.kpis[0].owner == "Dana Levi"
    # written again it is the same, its lists of names on one line aside
    assert json.loads(schema.dump(roadmap, "en"))["roadmap"]["kpis"] == json.loads(example)["roadmap"]["kpis"]


def test_the_description_has_every_key_and_version() -> None:
    described = set(re.findall(r"`([a-z_]+)`", DESCRIPTION))
    sorts = (*CHILDREN,)
    keys = {field.name for sort in sorts for field in dataclass_fields(sort)}
    assert keys | {"format", "version", "language", "roadmap", "from_template"} <= described
    assert f"now `{schema.VERSION}`" in DESCRIPTION
    assert f"At most {json_source.LIMIT >> 20} MB" in DESCRIPTION
