"""The recommendation of a template by three answers."""

from __future__ import annotations

import re
from itertools import product

import pytest

from lfroadmap.roadmap.templates import names
from lfroadmap.usecases.choosing import MODELS, OPTIONS, QUESTIONS, Question, Recommendation, recommend
from lfroadmap.words import LANGUAGES, Language, words

EVERY = [dict(zip(QUESTIONS, each, strict=True)) for each in product(*(OPTIONS[q] for q in QUESTIONS))]
each_language = pytest.mark.parametrize("language", LANGUAGES)


def recommended(work: str, goal: str, length: str, language: Language = "en") -> Recommendation:
    return recommend({"work": work, "goal": goal, "length": length}, words(language))


@each_language
def test_every_answer_has_a_recommendation_with_a_reason(language: Language) -> None:
    assert len(EVERY) == 75
    for answers in EVERY:
        found = recommend(answers, words(language))
        assert found.template in names()
        assert len(found.reason) > 40 and found.reason.endswith(".")
        assert found.second in {"", *names()} - {found.template}


def test_each_template_is_recommended_by_some_answers() -> None:
    assert {recommend(answers, words("en")).template for answers in EVERY} == {*names()} == {*MODELS}


@pytest.mark.parametrize("answers", EVERY, ids=lambda answers: "-".join(answers.values()))
def test_what_should_get_better_decides(answers: dict[Question, str]) -> None:
    assert answers["goal"] in MODELS[recommend(answers, words("en")).template].goal


@pytest.mark.parametrize(
    ("work", "goal", "lengths", "template"),
    [
        ("sales", "deals", ("short", "medium", "long"), "sales-pipeline"),
        ("marketing", "conversion", ("short", "medium", "long"), "sales-funnel"),
        ("organization", "experience", ("short", "medium", "long"), "customer-journey"),
        ("digital", "conversion", ("short", "medium", "long"), "digital-funnel"),
        ("digital", "presence", ("short", "medium", "long"), "digital-funnel"),
        ("brand", "presence", ("short", "medium", "long"), "elastic-network"),
        ("organization", "returns", ("short", "medium", "long"), "liquid-funnel"),
    ],
)
def test_each_model_is_for_those_whose_model_it_is(
    work: str, goal: str, lengths: tuple[str, ...], template: str
) -> None:
    assert {recommended(work, goal, length).template for length in lengths} == {template}


@pytest.mark.parametrize(
    ("template", "lengths"),
    [
        ("sales-pipeline", ("short", "medium")),
        ("sales-funnel", ("short", "medium")),
        ("customer-journey", ("long",)),
        ("digital-funnel", ("medium",)),
    ],
)
def test_the_lengths_are_those_of_the_models(template: str, lengths: tuple[str, ...]) -> None:
    assert MODELS[template].length == lengths


@each_language
def test_a_road_of_another_length_is_named_in_the_reason(language: Language) -> None:
    fitting = recommended("sales", "deals", "short", language).reason
    longer = recommended("sales", "deals", "long", language).reason
    assert longer == f"{fitting} {words(language)('choosing.but_long')}"
    journeys = [
        recommended("organization", "experience", each, language).reason for each in OPTIONS["length"]
    ]
    assert [each.count(".") for each in journeys] == [2, 2, 1]


@each_language
@pytest.mark.parametrize("length", ["short", "medium"])
def test_stages_without_an_order_have_no_first_one(length: str, language: Language) -> None:
    say = words(language)
    network = recommended("brand", "presence", length, language)
    assert network.template == "elastic-network"
    assert network.reason.endswith(say(f"choosing.but_{length}_in_any_order"))
    assert re.search("first|ראשו", network.reason) is None
    journey = recommended("organization", "experience", length, language)
    assert journey.reason.endswith(say(f"choosing.but_{length}"))


def test_the_lengths_leave_no_gap() -> None:
    lengths = [words("en")(f"choosing.length_{each}") for each in OPTIONS["length"]]
    assert lengths == [
        "short: up to three months",
        "medium: between three months and a year",
        "long: a year and more",
    ]


def test_the_length_decides_between_two_that_fit_equally() -> None:
    found = {length: recommended("sales", "presence", length).template for length in OPTIONS["length"]}
    assert found == {"short": "elastic-network", "medium": "digital-funnel", "long": "elastic-network"}


def test_the_next_best_is_near() -> None:
    assert recommended("marketing", "conversion", "medium").second == "digital-funnel"
    assert recommended("marketing", "deals", "medium").second == "sales-funnel"
    assert recommended("sales", "deals", "long").second == "", "nothing else fits the goal or the work"
