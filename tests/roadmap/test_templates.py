"""The ready-made roadmaps: their shape, their words in both languages, their ids."""

from __future__ import annotations

import json
import os
import tomllib

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import goal_of, number_in
from lfroadmap.roadmap.templates import Labels, load
from lfroadmap.roadmap.tree import places
from lfroadmap.words import CONTENT, LANGUAGES, Language

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


def test_every_kind_is_used_by_a_field_without_a_role() -> None:
    kinds = {field.kind for card in CARDS for field in card.fields if not field.role}
    assert kinds == {"text", "long", "date", "number", "choice"}


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


@pytest.mark.parametrize("name", templates.names())
def test_the_json_of_a_template_is_what_is_written_by_hand(name: str) -> None:
    written = CONTENT / "templates" / f"{name}.toml"
    table = tomllib.loads(written.read_text("utf-8"))
    if os.environ.get("LFROADMAP_GOLDEN") == "write":
        text = json.dumps(table, ensure_ascii=False, indent=1) + "\n"
        written.with_suffix(".json").write_text(text, "utf-8")
    assert json.loads(written.with_suffix(".json").read_text("utf-8")) == table


def test_no_template_has_one_form_alone() -> None:
    names = [path.stem for path in (CONTENT / "templates").glob("*.json")]
    assert sorted(names) == sorted(templates.names())
