"""`templates`: the list in words and as JSON, one template printed, and a roadmap of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run, stored
from lfroadmap.roadmap.model import Field
from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.roadmap.tree import places
from lfroadmap.words import LANGUAGES, Language, words

each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    return tmp_path


@each_language
def test_the_list_names_every_template_with_its_sentence_and_its_audience(
    capsys: Capture, home: Path, language: Language
) -> None:
    printed = good(capsys, "templates", "--lang", language)
    for name in names():
        roadmap, labels = load(name).roadmap("r"), Labels(name, language)
        for text in (name, labels.of(roadmap), labels.about(roadmap), labels.audience):
            assert text in printed
        assert f" {sum(len(stage.cards) for stage in roadmap.stages)}," in printed
    assert "lfroadmap new plan --template NAME" in printed


@each_language
def test_the_list_as_json_counts_what_is_in_a_template(
    capsys: Capture, home: Path, language: Language
) -> None:
    rows = {row["name"]: row for row in json.loads(good(capsys, "templates", "--json", "--lang", language))}
    assert tuple(rows) == names()
    assert rows["liquid-funnel"] == {
        "name": "liquid-funnel",
        "own": False,
        "title": Labels("liquid-funnel", language).of(load("liquid-funnel").roadmap("r")),
        "about": load("liquid-funnel").words[language][".about"],
        "audience": Labels("liquid-funnel", language).audience,
        "stages": 4,
        "cards": 8,
        "tasks": 55,
        "kpis": 4,
    }
    assert [rows[name]["stages"] for name in ("sales-funnel", "sales-pipeline")] == [6, 5]


@each_language
def test_a_template_is_printed_in_reading_order(capsys: Capture, home: Path, language: Language) -> None:
    printed = good(capsys, "templates", "show", "sales-pipeline", "--lang", language)
    labels = Labels("sales-pipeline", language)
    stages = load("sales-pipeline").roadmap("r").stages
    starts = [printed.rindex(labels.of(card)) for stage in stages for card in stage.cards]
    assert starts == sorted(starts)
    for card in (card for stage in stages for card in stage.cards):
        for node in (*card.fields, *card.tasks):
            assert labels.of(node) in printed
    assert list((home / "data").rglob("*.roadmap")) == []


@each_language
def test_each_printed_stage_and_card_has_the_id_by_which_it_is_taken(
    capsys: Capture, home: Path, language: Language
) -> None:
    printed = good(capsys, "templates", "show", "sales-pipeline", "--lang", language)
    labels, label = Labels("sales-pipeline", language), words(language)("sheet.id")
    lines = [line.strip() for line in printed.splitlines()]
    stages = load("sales-pipeline").roadmap("r").stages
    for node in (node for stage in stages for node in (stage, *stage.cards)):
        at = lines.index(f"{label}  {node.id}")
        assert lines[at - 1].startswith(labels.of(node)), "the id stands below the title"
    good(capsys, "new", "plan")
    good(capsys, "take", f"sales-pipeline.{stages[3].cards[0].id}", "--stage", "launch")
    assert stored(home, "plan").stages[-1].cards[-1].id == stages[3].cards[0].id


def test_a_template_as_json_is_a_snapshot_that_can_be_imported(capsys: Capture, home: Path) -> None:
    snapshot = good(capsys, "templates", "show", "digital-funnel", "--json")
    Path("model.json").write_text(snapshot, "utf-8")
    good(capsys, "import", "model.json", "--name", "copy")
    assert stored(home, "copy").stages == load("digital-funnel").roadmap("r").stages


@pytest.mark.parametrize(
    ("argv", "status", "message"),
    [
        (
            ("templates", "show", "pipeline"),
            1,
            "There is no template named “pipeline”. Known: liquid-funnel,",
        ),
        (("new", "plan", "--template", "pipeline"), 1, "sales-pipeline"),
        (("templates", "show"), 2, "“templates show” needs NAME."),
        (("templates", "sales-pipeline"), 2, "“templates” does not know “sales-pipeline”. It knows: show,"),
    ],
)
def test_a_wrong_name_or_word_is_answered_with_the_right_ones(
    capsys: Capture, home: Path, argv: tuple[str, ...], status: int, message: str
) -> None:
    ran = run(capsys, *argv)
    assert (ran.status, ran.out) == (status, "")
    assert message in ran.err


@pytest.mark.quick_cases(4)
@each_language
@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("suffix", ["json", "html"])
def test_a_roadmap_of_a_template_comes_back_whole_from_a_snapshot(
    capsys: Capture, home: Path, name: str, language: Language, suffix: str
) -> None:
    good(capsys, "new", "plan", "--template", name)
    roadmap = stored(home, "plan")
    assert roadmap.stages == load(name).roadmap("r").stages
    assert roadmap.kpis == load(name).roadmap("r").kpis
    owner = next(place.node for place in places(roadmap) if isinstance(place.node, Field))
    good(capsys, "set", "--in", "plan", owner.id, "דנה Levi")
    good(capsys, "export", suffix, "plan", "--lang", language, "-o", f"plan.{suffix}")
    good(capsys, "import", f"plan.{suffix}", "--name", "copy", "--lang", language)
    before, after = stored(home, "plan"), stored(home, "copy")
    assert (after.title, after.template, after.stages, after.kpis) == (
        before.title,
        name,
        before.stages,
        before.kpis,
    )
