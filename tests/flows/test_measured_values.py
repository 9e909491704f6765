"""Measures as values of KPIs: the figures, their units, their sources, what templates suggest."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.flows.catalogue import MEASURES
from lfroadmap.flows.explain import texts
from lfroadmap.roadmap.flow_figures import Figure, FlowFigures
from lfroadmap.roadmap.kpi_sources import MisfitError
from lfroadmap.roadmap.measured_values import (
    BINDABLE,
    LISTS,
    NUMBERS,
    Source,
    figure_of,
    measured_value,
    misfit_of_measure,
    source_of,
    suggested,
    unit_of_measure,
)
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.words import LANGUAGES

NO_LABELS = Labels("", "en")
KPIS = {"%": Kpi("k", "K", unit="%"), "days": Kpi("k", "K", unit="days"), "money": Kpi("k", "K", unit="₪")}


def test_the_bindable_measures_are_all_numbers_and_some_lists_of_the_catalogue() -> None:
    numbers = {each.id: each.unit for each in MEASURES if each.rows is None and each.unit != "list"}
    lists = {each.id for each in MEASURES if each.unit == "list"}
    assert dict(NUMBERS) == numbers
    assert LISTS.keys() <= lists
    assert all(texts(language)[id]["name"] for language in LANGUAGES for id in BINDABLE)


def test_each_kpi_of_a_template_names_a_measure_that_fits_it() -> None:
    bound = {}
    for name in names():
        for kpi in load(name).roadmap(name).kpis:
            if kpi.bound_to:
                bound[f"{name}/{kpi.id}"] = kpi.bound_to
                for language in LANGUAGES:
                    assert misfit_of_measure(kpi.bound_to, kpi, Labels(name, language)) is None, kpi.id
                assert suggested(kpi, name) == kpi.bound_to
                copied = Kpi("other", "Other", words_from=f"{name}/{kpi.id}")
                assert suggested(copied, "") == kpi.bound_to
    assert bound["liquid-funnel/kpi.return-rate"] == "return_rate"
    assert len(bound) == 15


@given(measure=st.sampled_from(BINDABLE), channel=st.text(max_size=20), segment=st.text(max_size=20))
def test_a_source_is_read_back(measure: str, channel: str, segment: str) -> None:
    channel, segment = (each.encode("utf-8", "replace").decode() for each in (channel, segment))
    source = Source(measure, channel, segment)
    assert source_of(source.text) == source
    assert source.text == measure or "?" in source.text


@given(st.text(max_size=60))
def test_any_text_is_a_source(text: str) -> None:
    assert source_of(text).measure == text.partition("?")[0]


@given(share=st.floats(0, 1), days=st.floats(0, 5000), money=st.floats(0, 1e9))
def test_a_value_is_the_figure_in_the_unit_of_the_kpi(share: float, days: float, money: float) -> None:
    figures = FlowFigures(
        currency="₪",
        measures={
            "close_rate": Figure(share, None, None, "share"),
            "return_days_mean": Figure(days, None, None, "days"),
            "cac": Figure(money, None, None, "money"),
        },
    )
    for measure, number in (("close_rate", share * 100), ("return_days_mean", days), ("cac", money)):
        kpi = KPIS[unit_of_measure(measure)]
        value = measured_value(figures, measure, kpi, NO_LABELS)
        places = 0.05001 if measure == "return_days_mean" else 0.005001
        assert abs(Fraction(value) - Fraction(number)) <= Fraction(places)
        for other in KPIS.values():
            if other is not kpi:
                with pytest.raises(MisfitError):
                    measured_value(figures, measure, other, NO_LABELS)


def test_another_currency_and_what_is_undefined_are_no_values() -> None:
    figures = FlowFigures(currency="$", measures={"cac": Figure(3.0), "close_rate": Figure(None)})
    for measure, kpi, misfit in (("cac", KPIS["money"], "unit"), ("close_rate", KPIS["%"], "none")):
        with pytest.raises(MisfitError) as caught:
            measured_value(figures, measure, kpi, NO_LABELS)
        assert caught.value.misfit == misfit
    with pytest.raises(MisfitError):
        measured_value(figures, "win_rate", KPIS["%"], NO_LABELS)


def test_a_list_gives_one_figure_and_a_cut_one_none() -> None:
    funnel = [{"customers": 1000}, {"customers": 200}, {"customers": 10}]
    figures = FlowFigures(
        lists={
            "stage_conversion_any": funnel,
            "bottleneck": [{"customers_before": 200, "customers_after": 10, "rate": 0.05}],
            "time_in_stage": [{"median_days": 3.5}, {"median_days": None}, {"median_days": 12.0}],
            "cost_per_stage": [
                {"cost": 100, "reached": 20}, {"cost": 50, "reached": 5}, {"cost": 9, "reached": None},
            ],
        },
        totals={"time_in_stage": 3},
    )  # fmt: skip
    found = {id: figure_of(figures, id) for id in LISTS}
    assert found["stage_conversion_any"] == Figure(0.01, 10, 1000, "share")
    assert found["bottleneck"] == Figure(0.05, 10, 200, "share")
    assert found["time_in_stage"] == Figure(12.0, None, None, "days")
    assert found["cost_per_stage"] == Figure(6.0, 150, 25, "money")
    assert found["stage_conversion_first"] is None
    cut = FlowFigures(lists={"time_in_stage": [{"median_days": 3.5}]}, totals={"time_in_stage": 25})
    assert figure_of(cut, "time_in_stage") is None
    assert figure_of(FlowFigures(lists={"stage_conversion_any": []}), "stage_conversion_any") == Figure(
        None, None, None, "share"
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["customers", "median_days", "cost", "reached", "rate"]), JSON))
def test_any_rows_give_a_figure_or_none(row: dict[str, object]) -> None:
    lists: dict[str, list[dict[str, object]]] = {id: [row, row] for id in LISTS}
    figures = FlowFigures(lists=lists)  # type: ignore[arg-type]
    assert json.dumps([figure_of(figures, id) for id in LISTS])
