"""Tasks out of figures: their words, and the cards that they fit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.flows.catalogue import IDS
from lfroadmap.flows.parameters import Filters, Parameters
from lfroadmap.roadmap.flow_figures import Figure, FlowFigures
from lfroadmap.roadmap.model import Card, Roadmap, Stage
from lfroadmap.roadmap.templates import load
from lfroadmap.usecases.flow_tasks import fitting_cards, flow_tasks, task_at, task_edit
from lfroadmap.usecases.kept_explanation import kept_explanation, parameters_of
from lfroadmap.words import LANGUAGES, Language, words

DAY = date(2026, 3, 1)
PLAN = Roadmap(
    "p", "P", "",
    (
        Stage("sell", "Selling", (Card("c1", "Quote in a day"), Card("c2", "Calls"))),
        Stage("onboarding", "Onboarding", (Card("c3", "Welcome"),)),
    ),
)  # fmt: skip
FIGURES = FlowFigures(
    measures={"at_risk": Figure(1234, None, None, "customers")},
    lists={
        "bottleneck": [
            {"before": "a", "after": "b", "customers_before": 4, "customers_after": 1, "rate": 0.25}
        ],
        "exit_points": [{"kind": "call", "channel": None, "stage": "", "exits": 3, "returned": 1}, {}],
    },
    channel="ads",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_task_has_the_figure_its_day_and_what_it_is_of(language: Language) -> None:
    tasks = flow_tasks(FIGURES, DAY, words(language))
    assert [each.target for each in tasks] == ["bottleneck/0", "exit_points/0", "at_risk"]
    for each in tasks:
        assert words(language).day(DAY) in each.text and "ads" in each.text
    assert "25%" in tasks[0].text and "1,234" in tasks[2].text
    assert task_at(tasks, "bottleneck") is tasks[0] and task_at(tasks, "exit_points/1") is None


def test_the_bottleneck_of_no_risk_is_no_task() -> None:
    assert flow_tasks(FlowFigures(measures={"at_risk": Figure(0)}), DAY, words("en")) == ()
    assert flow_tasks(FlowFigures(), None, words("en")) == ()


@pytest.mark.parametrize(
    ("about", "cards"),
    [
        (("quote",), ("c1",)),
        (("nothing", "call_s", "calls"), ("c2",)),
        (("Onboarding",), ("c3",)),
        (("selling",), ("c1", "c2")),
        (("nothing",), ()),
        ((), ()),
    ],
)
def test_a_card_fits_by_its_words_or_those_of_its_stage(
    about: tuple[str, ...], cards: tuple[str, ...]
) -> None:
    assert fitting_cards(PLAN, about) == cards


def test_cards_of_a_template_are_found_in_either_language() -> None:
    roadmap = load("sales-pipeline").roadmap("r")
    assert fitting_cards(roadmap, (roadmap.stages[0].cards[0].id,))


def test_the_edit_adds_one_task_to_the_card() -> None:
    task = flow_tasks(FIGURES, DAY, words("en"))[0]
    after = task_edit(task, PLAN.stages[0].cards[0], lambda: "new").on(PLAN)
    (added,) = after.stages[0].cards[0].tasks
    assert (added.id, added.text, added.done) == ("new", task.text, False)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = (
    "channel", "segment", "since", "gap_days", "window_days", "look_back_days", "as_of", "steps", "weights",
    "meanings", "ready_score",
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_parameters_are_read_of_anything(plain: dict[str, object]) -> None:
    assert isinstance(parameters_of(plain), Parameters)


def test_parameters_come_back_as_they_were() -> None:
    meanings, filters = {"purchase": ("won",)}, Filters("ads", "plan", "a=b", 1700000000000)
    before = Parameters(
        10, 20, 5, 1783124100000, ("visit", "quote"), {"call": 2.0}, meanings, 7, filters=filters
    )
    assert parameters_of(before.to_json()).to_json() == before.to_json()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_is_explained_with_its_kept_parameters(language: Language) -> None:
    figures = FlowFigures(parameters={"gap_days": 17}, measures={"return_rate": Figure(0.5, 1, 2, "share")})
    for id in IDS:
        assert kept_explanation(figures, id, words(language)).body
    facts = dict(kept_explanation(figures, "return_rate", words(language)).facts.pairs)
    assert any("17" in value.text for value in facts.values())
    assert facts[words(language)("flows.value")].text == "50%"
