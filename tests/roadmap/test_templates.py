"""The ready-made roadmaps: their shape, their words in both languages, their ids."""

from __future__ import annotations

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import goal_of, number_in
from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.roadmap.tree import places
from lfroadmap.words import LANGUAGES, Language

TEMPLATE = load(templates.DEFAULT)
PLAN = TEMPLATE.roadmap("r")
CARDS = [card for stage in PLAN.stages for card in stage.cards]
NODES = [place.node for place in places(PLAN)]
HEBREW = Labels(templates.DEFAULT, "he")
ENGLISH = Labels(templates.DEFAULT, "en")

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_card = pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.id))

# Saved roadmaps hold these: one may be added, none may change or go.
IDS = """
strategy: goals(owner deadline goals segments exit-gap period | choose-segments define-exit define-return
 baselines targets kpi-owners sign-off)
 touchpoints(owner deadline goals channels triggers exit-reasons map-link | list-channels walk-journeys
 name-triggers ask-leavers value-given dead-ends)
data: governance(owner deadline goals sources customer-key consent retention | list-sources one-identity
 join-sources consent-check privacy-review retention-rules explain-decisions)
 tagging(owner deadline goals events tag-tool coverage dashboards | naming-rule tag-core event-details
 offline-contacts test-events build-dashboards silence-alert)
ai: conversations(owner deadline goals models languages accuracy human-review | collect-sample sentiment
 objections readiness live-suggestions weekly-review limits)
 personalization(owner deadline goals audiences sequences frequency-cap handover-sign | build-segments
 match-content write-sequences moment-channel stop-rule cap-messages hand-over)
launch: pilot(owner deadline goals pilot-segment start control-group success decision | pick-segment
 draw-control write-criteria run-weeks weekly-check compare-kpis decide)
 scale(owner deadline goals teams training-plan trained review-rhythm playbook-link | train-teams playbooks
 crm-screens incentives set-rhythm cross-sell retire-reports)
"""


def last(node: Node) -> str:
    return node.id.rsplit(".", 1)[-1]


def test_ids_stay_as_they_are() -> None:
    ids = [
        f"{stage.id}:"
        + "".join(
            f" {last(card)}({' '.join(map(last, card.fields))} | {' '.join(map(last, card.tasks))})"
            for card in stage.cards
        )
        for stage in PLAN.stages
    ]
    assert " ".join(ids).split() == IDS.split()
    assert [kpi.id for kpi in PLAN.kpis] == [
        "kpi.return-rate",
        "kpi.return-time",
        "kpi.close-rate",
        "kpi.upsell",
    ]


def test_four_stages_of_two_cards() -> None:
    assert [len(stage.cards) for stage in PLAN.stages] == [2, 2, 2, 2]


@each_card
def test_a_card_has_its_three_roles_and_two_to_five_fields_of_its_own(card: Card) -> None:
    assert [(f.role, f.kind) for f in card.fields[:3]] == [
        ("owner", "text"),
        ("deadline", "date"),
        ("goals", "long"),
    ]
    assert 2 <= len(card.fields) - 3 <= 5
    assert not any(field.role for field in card.fields[3:])


@each_card
def test_a_card_has_five_to_eight_tasks(card: Card) -> None:
    assert 5 <= len(card.tasks) <= 8


def test_every_kind_is_used_by_a_field_without_a_role() -> None:
    kinds = {field.kind for card in CARDS for field in card.fields if not field.role}
    assert kinds == {"text", "long", "date", "number", "choice"}


def test_choices_have_options_and_nothing_else_has() -> None:
    for card in CARDS:
        for field in card.fields:
            assert (len(field.options) >= 2) == (field.kind == "choice"), field.id
            assert len(set(field.options)) == len(field.options)


def test_ids_are_unique_and_everything_is_empty() -> None:
    ids = [node.id for node in NODES]
    assert len(set(ids)) == len(ids)
    assert not any(node.value for node in NODES if isinstance(node, Field))
    assert not any(node.done or node.done_on or node.text for node in NODES if isinstance(node, Task))
    assert not any(kpi.current or kpi.baseline for kpi in PLAN.kpis)


@pytest.mark.parametrize("name", names())
def test_languages_have_the_same_words_and_none_is_empty(name: str) -> None:
    keys_of: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for language, table in load(name).words.items():
        for key, text in table.items():
            assert text.strip() == text != "", (language, key)
            keys_of[language].add(key)
    assert keys_of["he"] == keys_of["en"]


@pytest.mark.parametrize("name", names())
@each_language
def test_no_node_is_without_words(name: str, language: Language) -> None:
    labels, roadmap = Labels(name, language), load(name).roadmap("r")
    assert labels.of(roadmap) != "r"
    for place in places(roadmap):
        assert labels.of(place.node) != place.node.id
        if isinstance(place.node, Field):
            assert labels.hint(place.node), place.node.id
            assert all(labels.option(place.node, o) != o for o in place.node.options) or language == "en"


@each_language
def test_words_fit_their_places(language: Language) -> None:
    labels = Labels(templates.DEFAULT, language)
    for node in NODES:
        room = {Task: 70, Field: 22, Card: 44, Stage: 44, Kpi: 30}[type(node)]
        assert len(labels.of(node)) <= room, labels.of(node)
        if isinstance(node, Stage):
            assert len(labels.short(node)) <= 12
        if isinstance(node, Card):
            assert labels.about(node).endswith(".")
            assert labels.about(node).count(".") == 1
    assert labels.about(PLAN)


def test_hebrew_is_hebrew() -> None:
    for node in NODES:
        label = HEBREW.of(node)
        assert any("א" <= letter <= "ת" for letter in label), label
        assert label != ENGLISH.of(node)


def test_kpi_targets_of_the_method() -> None:
    for labels in (HEBREW, ENGLISH):
        targets = [labels.kpi(kpi, "target") for kpi in PLAN.kpis]
        assert [number_in(target) for target in targets] == [20, -15, 10, 8]
        assert [goal_of(target, 100) for target in targets] == [120, 85, 110, 108]
    assert [kpi.better for kpi in PLAN.kpis] == ["up", "down", "up", "up"]


def test_a_kpi_unit_is_told_in_the_readers_language() -> None:
    assert [HEBREW.kpi(kpi, "unit") for kpi in PLAN.kpis] == ["%", "ימים", "%", "%"]
    assert [ENGLISH.kpi(kpi, "unit") for kpi in PLAN.kpis] == ["%", "days", "%", "%"]
    assert HEBREW.kpi(Kpi("kpi.return-time", unit="שעות"), "unit") == "שעות"


def test_what_a_person_wrote_is_shown_as_it_is() -> None:
    assert HEBREW.of(Task("strategy.goals.baselines", "mine")) == "mine"
    assert HEBREW.of(Roadmap("r", "Acme")) == "Acme"
    assert HEBREW.short(Stage("data", "Our data")) == "Our data"
    assert HEBREW.kpi(Kpi("kpi.upsell", target=""), "target") == ""
    assert HEBREW.option(Field("strategy.goals.period", "choice"), "ten years") == "ten years"


@each_language
def test_without_a_template_words_fall_back(language: Language) -> None:
    labels = Labels("gone", language)
    assert labels.of(Task("t1")) == "t1"
    assert labels.of(Roadmap("r")) == "r"
    assert labels.short(Stage("s")) == "s"
    assert labels.kpi(Kpi("k", unit="%"), "unit") == "%"
    assert labels.hint(Field("f")) == labels.about(Card("c")) == ""


def test_an_unknown_template_is_told_with_the_known_ones() -> None:
    with pytest.raises(RoadmapError) as caught:
        load("../words.en")
    assert caught.value.key == "no_template"
    assert templates.DEFAULT in str(caught.value.facts["known"])
