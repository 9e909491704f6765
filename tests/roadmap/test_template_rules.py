"""The rules that every ready-made roadmap keeps: its shape, ids, texts in both languages, and KPIs."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap import schema
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetRow, SetTask, Tick
from lfroadmap.roadmap.model import (
    Calculator,
    CalculatorRow,
    Card,
    Field,
    Kpi,
    Node,
    Roadmap,
    Stage,
    Task,
)
from lfroadmap.roadmap.progress import goal_of, is_relative, number_in
from lfroadmap.roadmap.snapshot_reader import load as read_snapshot
from lfroadmap.roadmap.structure import Move, Remove
from lfroadmap.roadmap.templates import DEFAULT, Labels, load, names
from lfroadmap.roadmap.tree import places
from lfroadmap.words import LANGUAGES, Language
from plans import texts

STAGES = {
    "liquid-funnel": "strategy data ai launch",
    "customer-journey": "listening discovery choosing service growth",
    "digital-funnel": "mapping behavior nurture flow roi",
    "elastic-network": "content people live local classic",
    "sales-funnel": "awareness interest consideration intent purchase retention",
    "sales-pipeline": "lead contact quote negotiation close",
}
IDS = Path(__file__).with_name("golden") / "template_ids.txt"
"""A line a card: its id, and what saved roadmaps hold of it: one may be added, none may change or go."""
ONCE = {"title", "about", "audience", "label", "text", "measure", "definition"}
"""The texts that say something of their own wherever they stand."""
WORDED = ONCE | {"short", "option"}
"""The texts that are words; a hint may be an address, a target a number, an owner an English title."""
TERMS = {"ROI"}
"""Terms that Hebrew writes in Latin letters, too."""

each_template = pytest.mark.parametrize("name", names())
each_language = pytest.mark.parametrize("language", LANGUAGES)


def plan(name: str) -> Roadmap:
    return load(name).roadmap("r")


def nodes(name: str) -> list[Node]:
    return [place.node for place in places(plan(name))]


def cards(name: str) -> list[Card]:
    return [node for node in nodes(name) if isinstance(node, Card)]


def own_texts(name: str, language: Language, kinds: set[str]) -> list[tuple[str, str]]:
    """Key and text of a template's words of some kinds, without the labels that every card has."""
    shared = {f"{field.id}.label" for card in cards(name) for field in card.fields if field.role}
    table = load(name).words[language]
    return [(k, text) for k, text in table.items() if k.rpartition(".")[2] in kinds and k not in shared]


def task_texts(name: str, language: Language) -> set[str]:
    """The texts of a template's tasks, without case and punctuation."""
    found = (" ".join(re.findall(r"\w+", text.casefold())) for _, text in own_texts(name, language, {"text"}))
    return set(found)


def stored_ids(name: str) -> set[str]:
    """What a saved roadmap of a template may hold: ids of its nodes, and of the options of its choices."""
    fields = [node for node in nodes(name) if isinstance(node, Field)]
    return {node.id for node in nodes(name)} | {f"{f.id}.{option}" for f in fields for option in f.options}


# ------------------------------------------------------------------ shape and ids


def test_the_models_of_the_field_are_there_the_default_first() -> None:
    assert names() == tuple(STAGES)
    assert names()[0] == DEFAULT
    for name, stages in STAGES.items():
        assert [stage.id for stage in plan(name).stages] == stages.split()


@each_template
def test_ids_in_saved_roadmaps_do_not_change(name: str) -> None:
    known = {name: set[str]() for name in names()}
    for line in IDS.read_text("utf-8").splitlines():
        template, above, *last = line.split()
        known[template] |= {above} | {f"{above}.{each}" for each in last}
    assert known[name]
    assert known[name] - stored_ids(name) == set()


@each_template
def test_ids_are_unique_plain_and_everything_is_empty(name: str) -> None:
    ids = [node.id for node in nodes(name)]
    assert len(set(ids)) == len(ids)
    assert [id_ for id_ in ids if not re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", id_)] == []
    assert not any(node.value for node in nodes(name) if isinstance(node, Field))
    assert not any(node.done or node.done_on or node.text for node in nodes(name) if isinstance(node, Task))
    assert not any(kpi.current or kpi.baseline for kpi in plan(name).kpis)


@each_template
def test_a_stage_has_two_cards_or_more(name: str) -> None:
    assert [stage.id for stage in plan(name).stages if len(stage.cards) < 2] == []


@each_template
def test_a_card_has_its_three_roles_two_to_five_fields_of_its_own_and_five_to_eight_tasks(name: str) -> None:
    for card in cards(name):
        assert [(f.role, f.kind) for f in card.fields[:3]] == [
            ("owner", "text"),
            ("deadline", "date"),
            ("goals", "long"),
        ]
        assert 2 <= len(card.fields) - 3 <= 5, card.id
        assert not any(field.role for field in card.fields[3:])
        assert 5 <= len(card.tasks) <= 8, card.id


@each_template
def test_choices_have_options_and_nothing_else_has(name: str) -> None:
    for card in cards(name):
        for field in card.fields:
            assert (len(field.options) >= 2) == (field.kind == "choice"), field.id
            assert len(set(field.options)) == len(field.options)


@each_template
def test_own_fields_are_of_several_kinds_and_addresses_are_left_to_right(name: str) -> None:
    labels = Labels(name, "he")
    own = [field for card in cards(name) for field in card.fields[3:]]
    assert {"text", "long", "number", "choice"} <= {field.kind for field in own}
    addresses = [f for f in own if re.match(r"https?://|\S+@\S+\.\S+$", labels.hint(f))]
    assert addresses
    assert [field.id for field in addresses if field.direction != "ltr"] == []
    mixed = [f.id for f in own if f.direction == "ltr" and re.search("[א-ת]", labels.hint(f))]
    assert mixed == []


# ------------------------------------------------------------------ texts


@each_template
def test_languages_have_the_same_words_and_none_is_empty(name: str) -> None:
    tables = load(name).words
    assert tables["he"].keys() == tables["en"].keys()
    for table in tables.values():
        assert [key for key, text in table.items() if text.strip() != text or not text] == []


@each_template
@each_language
def test_no_node_is_without_words(name: str, language: Language) -> None:
    labels, roadmap = Labels(name, language), plan(name)
    assert labels.of(roadmap) != "r"
    assert labels.about(roadmap).endswith(".")
    assert labels.audience
    for node in nodes(name):
        assert labels.of(node) != node.id
        if isinstance(node, Card):
            assert labels.about(node).endswith(".")
            assert labels.about(node).count(".") == 1, "one sentence"
        if isinstance(node, Field):
            assert labels.hint(node), node.id
            assert all(labels.option(node, option) for option in node.options)


@each_template
@each_language
def test_words_fit_their_places(name: str, language: Language) -> None:
    labels = Labels(name, language)
    for node in nodes(name):
        room = {Task: 70, Field: 22, Card: 44, Stage: 44, Kpi: 30, Calculator: 30, CalculatorRow: 24}[
            type(node)
        ]
        assert len(labels.of(node)) <= room, labels.of(node)
        if isinstance(node, Stage):
            assert len(labels.short(node)) <= 13


@each_template
def test_hebrew_is_hebrew_and_english_has_none(name: str) -> None:
    hebrew = {key for key, text in own_texts(name, "he", WORDED) if re.search("[א-ת]", text) or text in TERMS}
    assert [key for key, _ in own_texts(name, "he", WORDED) if key not in hebrew] == []
    assert [text for text in load(name).words["en"].values() if re.search("[\u0590-\u05ff]", text)] == []


@each_template
@each_language
def test_no_text_is_there_twice(name: str, language: Language) -> None:
    found = [text.casefold() for _, text in own_texts(name, language, ONCE)]
    assert {text for text in found if found.count(text) > 1} == set()


@each_language
@pytest.mark.parametrize(("one", "other"), [*combinations(names(), 2)])
def test_two_templates_share_at_most_a_third_of_their_tasks(one: str, other: str, language: Language) -> None:
    here, there = task_texts(one, language), task_texts(other, language)
    assert len(here & there) * 3 <= min(len(here), len(there)), here & there


# ------------------------------------------------------------------ KPIs


@each_template
@each_language
def test_every_kpi_has_a_definition_a_direction_a_unit_a_target_and_an_owner(
    name: str, language: Language
) -> None:
    labels = Labels(name, language)
    assert len(plan(name).kpis) >= 4
    for kpi in plan(name).kpis:
        assert kpi.better in ("up", "down"), kpi.id
        assert all(labels.kpi(kpi, each) for each in ("measure", "definition", "owner", "unit")), kpi.id
        target = labels.kpi(kpi, "target")
        assert number_in(target) is not None, kpi.id
        if is_relative(target):
            goal = goal_of(target, 100)
            assert goal is not None and (goal > 100) == (kpi.better == "up"), kpi.id


@each_template
def test_targets_and_units_are_the_same_in_both_languages(name: str) -> None:
    hebrew, english = Labels(name, "he"), Labels(name, "en")
    for kpi in plan(name).kpis:
        targets = [labels.kpi(kpi, "target") for labels in (hebrew, english)]
        assert len({goal_of(target, 100) for target in targets}) == 1, targets
        units = [labels.kpi(kpi, "unit") for labels in (hebrew, english)]
        assert units[0] == units[1] or re.search("[א-ת]", units[0]), units


# ------------------------------------------------------------------ documentation


@each_template
def test_the_documentation_shows_every_model_with_a_picture_and_what_it_measures(name: str) -> None:
    docs = Path(__file__).parents[2] / "docs"
    section = next(
        part for part in (docs / "models.md").read_text("utf-8").split("\n## ") if f"\n`{name}`:" in part
    )
    measures = ", ".join(Labels(name, "en").of(kpi) for kpi in plan(name).kpis)
    assert f"Measured: {measures}." in section
    assert f"(images/model-{name}.png)" in section
    assert (docs / "images" / f"model-{name}.png").is_file()


# ------------------------------------------------------------------ export and import


@st.composite
def used(draw: st.DrawFn) -> Roadmap:
    """A roadmap of a template in which somebody worked."""
    roadmap = plan(draw(st.sampled_from(names())))
    found = [place.node for place in places(roadmap)]
    for node in draw(st.lists(st.sampled_from(found), max_size=8)):
        roadmap = draw(st.sampled_from(edits_of(node, draw(texts))) | st.just(Rename(node.id, None))).on(
            roadmap
        )
    return roadmap


def edits_of(node: Node, text: str) -> list[Edit]:
    """What a person may do to a node."""
    text = text.encode("utf-8", "replace").decode()
    edits: list[Edit] = [Rename(node.id, text), Remove(node.id), Move(node.id, "", "")]
    if isinstance(node, Field):
        edits += [SetField(node.id, option) for option in (*node.options, text)]
    if isinstance(node, Task):
        edits += [Tick(node.id, done=True, on_day="2026-03-01"), SetTask(node.id, "owner", text)]
    if isinstance(node, CalculatorRow):
        edits += [SetRow(node.id, column, text) for column in ("count", "stage", "spend")]
    if isinstance(node, Kpi):
        edits += [SetKpi(node.id, "current", text), SetKpi(node.id, "target", text)]
    return edits


@examples(60)
@given(used(), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_a_roadmap_of_any_template_is_read_back_as_it_was(
    roadmap: Roadmap, written: Language, again: Language
) -> None:
    back = read_snapshot(schema.dump(roadmap, written))
    assert back == roadmap
    assert read_snapshot(schema.dump(back, again)) == roadmap
