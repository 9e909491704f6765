"""Templates of a person's own as values: the way to TOML and back, the lines of a source, the words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import number
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.model import Card, Field, Kpi, Measurement, Relation, Roadmap, Stage, Task
from lfroadmap.roadmap.own_templates.checking import MOST, faults_in
from lfroadmap.roadmap.own_templates.form import FORM, IN_LANGUAGES, Entry
from lfroadmap.roadmap.own_templates.making import OwnTemplate
from lfroadmap.roadmap.own_templates.node_words import COMPARED
from lfroadmap.roadmap.own_templates.saving import table_of
from lfroadmap.roadmap.own_templates.toml_lines import lines_of
from lfroadmap.roadmap.own_templates.toml_text import toml_text
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.templates import _FOLDER, Labels, load, names
from lfroadmap.roadmap.tree import descendants, places
from lfroadmap.words import LANGUAGES
from own_templates import SMALL, shape, worked_on
from plans import roadmaps


def written(roadmap: Roadmap, *, answers: bool) -> tuple[str, dict[str, Any]]:
    text = toml_text(table_of(roadmap, {}, answers=answers))
    return text, tomllib.loads(text)


@given(worked_on())
@settings(max_examples=number(40))
def test_a_roadmap_saved_with_its_answers_comes_back_whole(roadmap: Roadmap) -> None:
    text, table = written(roadmap, answers=True)
    assert faults_in(table, lines_of(text)) == ()
    for language in LANGUAGES:
        made = OwnTemplate("mine", table).roadmap("roadmap", language)
        assert shape(made) == shape(roadmap)
        assert written(made, answers=True)[1]["stages"] == table["stages"], "saved again it is the same"


@given(worked_on())
@settings(max_examples=number(25))
def test_without_answers_the_structure_and_the_words_come_back_and_nothing_is_filled(
    roadmap: Roadmap,
) -> None:
    text, table = written(roadmap, answers=False)
    assert faults_in(table, lines_of(text)) == ()
    made = OwnTemplate("mine", table).roadmap("roadmap", "en")
    here, there = ({node.id: node for node, _ in descendants(each)} for each in (roadmap, made))
    assert there.keys() == here.keys()
    labels = Labels(roadmap.template, "en"), Labels("mine", "en")
    for id_, node in there.items():
        assert labels[0].of(here[id_]) == labels[1].of(node) or isinstance(node, Kpi)
        match node:
            case Field(value=value):
                assert value == ""
            case Task(done=done, due=due, owner=owner, notes=notes):
                assert (done, due, owner, notes) == (False, "", "", ())
            case Kpi(current=current, baseline=baseline, readings=readings):
                assert (current, baseline, readings) == ("", "", ())


@pytest.mark.proof
@given(roadmaps)
@settings(max_examples=number(60))
def test_any_roadmap_is_saved_whole_or_its_faults_are_said(roadmap: Roadmap) -> None:
    others = [p.node.id for p in places(roadmap) if isinstance(p.node, Measurement | Relation)]
    roadmap = Batch(tuple(map(Remove, others))).on(roadmap)  # what no template has
    text, table = written(roadmap, answers=True)
    if not faults_in(table, lines_of(text)):
        assert shape(OwnTemplate("mine", table).roadmap("roadmap", "he")) == shape(roadmap)


@pytest.mark.parametrize("name", names())
def test_a_built_in_template_has_the_form_of_an_own_one(name: str) -> None:
    source = (_FOLDER / f"{name}.toml").read_text("utf-8")
    table = tomllib.loads(source)
    assert faults_in(table, lines_of(source)) == ()
    roadmap = load(name).roadmap("roadmap")
    for language in LANGUAGES:
        made, labels = OwnTemplate("mine", table).roadmap("roadmap", language), Labels(name, language)
        there = {node.id: node for node, _ in descendants(made)}
        for node, _ in descendants(roadmap):
            assert Labels("mine", language).of(there[node.id]) == labels.of(node)
        assert len(there) == sum(1 for _ in descendants(roadmap))


def test_one_language_stands_in_for_the_other() -> None:
    template = OwnTemplate("small", tomllib.loads(SMALL))
    hebrew, english = (template.roadmap("r", language) for language in LANGUAGES)
    assert [task.text for task in hebrew.stages[0].cards[0].tasks] == ["להתקשר", "לכתוב"]
    assert [task.text for task in english.stages[0].cards[0].tasks] == ["Call them", "לכתוב"]
    size = hebrew.stages[0].cards[0].fields[1]
    assert (size.label, size.options, size.value) == ("Size", ("קטן", "גדול"), "גדול")
    assert hebrew.kpis[0].unit == "עסקאות"
    assert template.text("about", "he") == "How we sell."


def test_no_word_of_a_roadmap_needs_the_file() -> None:
    """Only words of built-in templates are left to the reader's language."""
    made = OwnTemplate("small", tomllib.loads(SMALL)).roadmap("r", "he")
    for node, _ in descendants(made):
        assert getattr(node, COMPARED[type(node)][0]) is not None, node


def test_built_in_words_that_were_changed_in_the_file_are_the_roadmaps_own() -> None:
    card = Card("strategy.goals", words_from="liquid-funnel/strategy.goals")
    _, table = written(Roadmap("r", "R", "", (Stage("s", "S", (card,)),)), answers=False)
    entry = table["stages"][0]["cards"][0]
    assert entry["title"].keys() == {"he", "en"}
    made = OwnTemplate("mine", table).roadmap("r", "en").stages[0].cards[0]
    assert made == card
    entry["title"]["en"] = "Ours"
    made = OwnTemplate("mine", table).roadmap("r", "en").stages[0].cards[0]
    assert (made.title, made.words_from) == ("Ours", card.words_from)


def test_every_entry_says_its_text_once() -> None:
    for entry, keys in FORM.items():
        assert ("en" in keys) == (entry in IN_LANGUAGES)


values = st.recursive(
    st.text(max_size=6) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["x", "y", "z-1"]), values, max_size=3),
       st.lists(st.dictionaries(st.sampled_from(["a", "b"]), values, max_size=2), max_size=3))  # fmt: skip
def test_what_is_written_is_read_back(table: dict[str, Any], stages: list[dict[str, Any]]) -> None:
    whole = {**table, "stages": stages} if stages else table
    assert tomllib.loads(toml_text(whole, "a comment\nof two lines")) == whole


LINED = '''# a comment with "quotes" and a lone '
a.b = 1
"quoted \\u0041" = """
three # no comment
lines"""
list = [ 1, # one
  { x = 'in [ ] "' , y.z = 2 },

  [ true ] ]
[t."d.e"]
k = 2027-01-31
[[t.more]]
k = 1
[[t.more]]
k = { deep = [
  3 ] }
[t.more.sub]
q = ''
'''
LINES = {
    ("a",): 2, ("a", "b"): 2, ("quoted A",): 3, ("list",): 6, ("list", 0): 6, ("list", 1): 7,
    ("list", 1, "x"): 7, ("list", 1, "y", "z"): 7, ("list", 2): 9, ("list", 2, 0): 9, ("t", "d.e"): 10,
    ("t", "d.e", "k"): 11, ("t", "more", 0): 12, ("t", "more", 0, "k"): 13, ("t", "more", 1): 14,
    ("t", "more", 1, "k", "deep", 0): 16, ("t", "more", 1, "sub", "q"): 18,
}  # fmt: skip


def test_each_value_has_its_line() -> None:
    tomllib.loads(LINED)
    found = lines_of(LINED)
    assert {place: found.get(place) for place in LINES} == LINES


@pytest.mark.parametrize("name", names())
def test_every_value_of_a_template_has_a_line(name: str) -> None:
    source = (_FOLDER / f"{name}.toml").read_text("utf-8")
    found, lines = lines_of(source), source.splitlines()

    def check(value: object, place: tuple[str | int, ...]) -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                check(each, (*place, key))
        elif isinstance(value, list):
            for number, each in enumerate(value):
                check(each, (*place, number))
        else:
            assert str(value).splitlines()[0] in lines[found[place] - 1].replace('\\"', '"')

    check(tomllib.loads(source), ())


DOCUMENT = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")


@pytest.mark.parametrize("entry", FORM)
def test_the_document_names_every_key_of_an_entry(entry: Entry) -> None:
    name = "the file" if entry == "template" else f"`{entry}s`"
    (row,) = (line for line in DOCUMENT.splitlines() if line.startswith(f"| {name} |"))
    required, optional = row.split(" | ")[1:3]
    for key, form in FORM[entry].items():
        if key != "words_from":
            is_either = key in ("he", "en") and entry in IN_LANGUAGES
            assert f"`{key}`" in (required if form.required or is_either else optional), key
        assert all(f"`{choice}`" in row for choice in form.choices if choice)


def test_the_example_of_the_document_is_a_template() -> None:
    source = DOCUMENT.split("```toml\n")[1].split("```")[0]
    assert faults_in(tomllib.loads(source), lines_of(source)) == ()


def test_many_faults_are_counted() -> None:
    source = SMALL + "".join(f"x{number} = 1\n" for number in range(50))
    found = faults_in(tomllib.loads(source), lines_of(source))
    assert len(found) == MOST + 1
    assert (found[-1].key, found[-1].facts["n"]) == ("template_more_faults", 50 - MOST)
