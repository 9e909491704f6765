"""Taking stages and cards from models and other roadmaps: texts in both languages, ids of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run, stored
from lfroadmap.roadmap.model import Card, Stage
from lfroadmap.roadmap.schema import MEASUREMENTS_VERSION, dump
from lfroadmap.roadmap.snapshot_reader import load as load_json
from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.roadmap.tree import descendants, find, ids_under
from lfroadmap.words import LANGUAGES, Language, words

NAME = "acme"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    at_home(tmp_path, monkeypatch)
    good(capsys, "new", NAME)
    return tmp_path


def texts(stage: Stage | Card, template: str) -> list[str]:
    return [
        Labels(template, language).of(node)
        for language in LANGUAGES
        for node in (stage, *(child for child, _ in descendants(stage)))
    ]


def test_a_stage_comes_last_and_reads_the_same_in_both_languages(home: Path, capsys: Capture) -> None:
    ident = good(capsys, "take", "sales-pipeline.negotiation", "--into", NAME, "--quiet").strip()
    roadmap = stored(home, NAME)
    last = roadmap.stages[-1]
    (there,) = [s for s in load("sales-pipeline").roadmap("x").stages if s.id == "negotiation"]
    assert last.id == ident == "negotiation"
    assert texts(last, roadmap.template) == texts(there, "sales-pipeline")
    assert load_json(dump(roadmap, "he")) == roadmap and f'"version": {MEASUREMENTS_VERSION}' in dump(
        roadmap, "en"
    )
    shown = {language: good(capsys, "show", "--lang", language) for language in LANGUAGES}
    for language in LANGUAGES:
        assert Labels("sales-pipeline", language).of(there) in shown[language]


def test_taken_twice_it_has_ids_of_its_own_and_the_same_texts(home: Path, capsys: Capture) -> None:
    for _ in range(2):
        good(capsys, "take", "sales-pipeline.negotiation")
    roadmap = stored(home, NAME)
    one, other = roadmap.stages[-2:]
    assert texts(one, roadmap.template) == texts(other, roadmap.template)
    assert not {*ids_under(one)} & {*ids_under(other)}
    good(capsys, "take", "liquid-funnel.launch")
    taken = stored(home, NAME).stages[-1]
    assert texts(taken, "liquid-funnel") == texts(
        load("liquid-funnel").roadmap("x").stages[-1], "liquid-funnel"
    )


def test_a_card_goes_into_a_stage_that_is_named(home: Path, capsys: Capture) -> None:
    card = load("digital-funnel").roadmap("x").stages[0].cards[0]
    ran = run(capsys, "take", f"digital-funnel.{card.id}", "--into", NAME)
    assert ran.status == 2 and "--stage" in ran.err
    said = good(capsys, "take", f"digital-funnel.{card.id}", "--into", NAME, "--stage", "launch")
    assert Labels("digital-funnel", "en").of(card) in said
    assert stored(home, NAME).stages[-1].cards[-1].id == card.id


def test_what_comes_from_another_roadmap_is_not_begun_yet(home: Path, capsys: Capture) -> None:
    good(capsys, "new", "other.plan")
    good(capsys, "set", "--in", "other.plan", "pilot.owner", "Dana")
    good(capsys, "tick", "--in", "other.plan", "launch.pilot.pick-segment")
    good(capsys, "note", "--in", "other.plan", "Flow pilot", "theirs")
    good(capsys, "stage", "rename", "--in", "other.plan", "launch", "Go")
    good(capsys, "take", "other.plan.launch", "--into", NAME)
    taken = stored(home, NAME).stages[-1]
    assert taken.title == "Go" and taken.cards[0].fields[0].value == "Dana"
    assert not any(task.done for card in taken.cards for task in card.tasks)
    assert not any(card.notes for card in taken.cards)


def test_undo_and_history_know_it(home: Path, capsys: Capture) -> None:
    before = stored(home, NAME)
    good(capsys, "take", "sales-funnel.awareness")
    title = Labels("sales-funnel", "en").of(load("sales-funnel").roadmap("x").stages[0])
    assert title in good(capsys, "history", NAME)
    good(capsys, "stage", "remove", "awareness", "--yes")
    assert stored(home, NAME) == before
    assert title in good(capsys, "bin", NAME)


@pytest.mark.parametrize(
    ("typed", "status", "part"),
    [
        ("negotiation", 2, "names no stage or card"),
        ("nowhere.negotiation", 1, "names no stage or card"),
        ("sales-pipeline.nothing", 1, "no stage or card “nothing”"),
        ("sales-pipeline.", 1, "names no stage or card"),
        (".", 1, "names no stage or card"),
    ],
)
def test_what_cannot_be_taken_is_said(
    home: Path, capsys: Capture, typed: str, status: int, part: str
) -> None:
    before = stored(home, NAME)
    ran = run(capsys, "take", typed)
    assert (ran.status, part in ran.err) == (status, True), ran
    assert stored(home, NAME) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_help_work(home: Path, capsys: Capture, language: Language) -> None:
    good(capsys, "new", "plan")
    examples = re.findall(r"^  lfroadmap (take \S+ --into plan.*)$", words(language)("cli.help_take"), re.M)
    assert len(examples) == 2
    for line in examples:
        good(capsys, *line.split())


def test_a_stage_takes_no_place_of_a_card(home: Path, capsys: Capture) -> None:
    ran = run(capsys, "take", "sales-funnel.awareness", "--stage", "launch")
    assert ran.status == 2 and "is a stage" in ran.err


@pytest.mark.parametrize("name", names())
@pytest.mark.quick_cases(2)
def test_every_stage_of_every_model_can_be_taken(home: Path, capsys: Capture, name: str) -> None:
    for stage in load(name).roadmap("x").stages:
        good(capsys, "take", f"{name}.{stage.id}")
    assert len(stored(home, NAME).stages) == 4 + len(load(name).roadmap("x").stages)
    assert find(stored(home, NAME), load(name).roadmap("x").stages[0].id)
