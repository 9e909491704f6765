"""`calc`: what is read into figures, what is not known, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commanding import Capture, at_home, good, run
from lfroadmap.roadmap.templates import Labels, load
from lfroadmap.words import LANGUAGES, Language, words


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    return tmp_path


def table(*lines: str) -> None:
    Path("t.csv").write_text("\n".join(lines), "utf-8")


def as_json(capsys: Capture, *argv: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(good(capsys, "calc", *argv, "--json"))


def test_lost_deals_are_in_no_sum_and_their_stages_are_named(capsys: Capture) -> None:
    table("שלב,ערך", "ליד,100", "סגור - הפסד,1000", "אבוד,1000", "Closed-Lost,500")
    found = as_json(capsys, "pipeline", "t.csv")
    assert (found["open"], found["lost"], found["value"]) == (1, 3, 100)
    printed = good(capsys, "calc", "pipeline", "t.csv")
    assert "count as lost: סגור - הפסד, אבוד, Closed-Lost" in printed


def test_a_stage_that_does_not_say_how_deals_ended_is_named(capsys: Capture) -> None:
    table("Stage,Value,Probability", "Lead,5,10%", "Won or lost,7,", "Won or lost,8,100%")
    found = as_json(capsys, "pipeline", "t.csv")
    assert found["stage_endings"] == [{"stage": "Won or lost", "ending": "unclear"}]
    assert (found["open"], found["won"]) == (2, 1)
    assert "do not say how their deals ended" in good(capsys, "calc", "pipeline", "t.csv")


def test_unknown_sums_are_not_shown_as_nothing(capsys: Capture) -> None:
    table("Stage,Reached", "Lead,100", "Quote,50")
    found = as_json(capsys, "pipeline", "t.csv")
    assert (found["value"], found["weighted"], found["forecast"], found["won_value"]) == (None,) * 4
    assert {(stage["value"], stage["accumulated"], stage["forecast"]) for stage in found["stages"]} == {
        (None,) * 3
    }
    printed = good(capsys, "calc", "pipeline", "t.csv")
    assert "Value by stage" not in printed and "Stages without a value, which are in no sum: 2" in printed


def test_without_any_probability_there_is_no_forecast(capsys: Capture) -> None:
    table("Stage,Value", "Lead,100", "Quote,50", "Won,")
    found = as_json(capsys, "pipeline", "t.csv")
    assert (found["value"], found["won_value"], found["weighted"], found["forecast"]) == (
        150,
        None,
        None,
        None,
    )
    table("Stage,Value,Probability", "Lead,0,50%", "Won,7,")
    assert as_json(capsys, "pipeline", "t.csv")["forecast"] == 7


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (("Stage,Reached,Days", "Lead,10,20"), "Lead  20 days\n"),
        (("Stage,Value,Days", "Lead,10,20"), "20 days, of one deal"),
        (("Stage,Value,Days", "Lead,10,20", "Lead,10,30"), "25 days, median (deals with days: 2)"),
    ],
)
def test_a_stay_says_what_it_is_made_of(capsys: Capture, lines: tuple[str, ...], shown: str) -> None:
    table(*lines)
    printed = "\n".join(line.rstrip() for line in good(capsys, "calc", "pipeline", "t.csv").splitlines())
    assert shown in f"{printed}\n"


def test_open_deals_are_not_called_lost(capsys: Capture) -> None:
    table("Stage,Value", "Lead,1", "Negotiation,2")
    assert "50% went on, 1 did not so far" in good(capsys, "calc", "pipeline", "t.csv")
    assert "נושרים" not in good(capsys, "calc", "pipeline", "t.csv", "--lang", "he")


@pytest.mark.parametrize(("values", "warns"), [((1000000, 600000, 150000), True), ((1, 5, 3), False)])
def test_values_of_stages_that_may_overlap_are_named(
    capsys: Capture, values: tuple[int, ...], warns: bool
) -> None:
    table("Stage,Reached,Value", *(f"s{n},{100 - n},{value}" for n, value in enumerate(values)))
    printed = " ".join(good(capsys, "calc", "pipeline", "t.csv").split())
    assert ("they overlap" in printed) is warns
    assert "of the deals that stand in" in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_currencies_have_no_sum(capsys: Capture, language: str) -> None:
    table("Stage,Value", "Lead,100$", "Lead,€200", "Lead,₪300")
    ran = run(capsys, "calc", "pipeline", "t.csv", "--lang", language)
    assert (ran.status, ran.out) == (1, "") and all(sign in ran.err for sign in "$€₪")
    table("Stage,Value", "Lead,100 ₪", "Lead,200 ש״ח", "Lead,300")
    assert as_json(capsys, "pipeline", "t.csv")["value"] == 600


def test_a_unit_must_fit(capsys: Capture) -> None:
    table("Stage,Value,Days", "Lead,5 days,3", "Lead,5,3 ₪", "Lead,5,3 days")
    assert [(bad["row"], bad["why"]) for bad in as_json(capsys, "pipeline", "t.csv")["bad"]] == [
        (2, "unit"), (3, "unit"),
    ]  # fmt: skip


def test_small_amounts_are_shown(capsys: Capture) -> None:
    argv = ("unit", "--spend", "1", "--customers", "1000", "--value", "0.001", "--months", "2")
    printed = good(capsys, "calc", *argv)
    assert "LTV ÷ CAC = 0.002 ÷ 0.001 = 2" in printed
    found = as_json(capsys, *argv)
    assert (found["value"], found["cac"], found["ltv"]) == (0.001, 0.001, 0.002)


def test_a_step_after_nobody_has_no_rate(capsys: Capture) -> None:
    assert "Step 2 begins with 0 and ends with 50" in good(capsys, "calc", "funnel", "100", "0", "50")
    printed = good(capsys, "calc", "funnel", "100", "0", "50", "--what-if", "1=10%")
    assert "not known: a step has no rate" in printed
    found = as_json(capsys, "funnel", "100", "0", "50", "--what-if", "1=10%; 2=50%")
    assert found["what_if"] == {"rates": [0.1, 0.5], "end": 5, "gain": -45}


def test_a_file_with_only_a_heading_says_that_it_has_no_rows(capsys: Capture) -> None:
    table("stage")
    assert "there are no rows" in run(capsys, "calc", "pipeline", "t.csv").err
    table("שלב")
    assert "אין שורות" in run(capsys, "calc", "pipeline", "t.csv", "--lang", "he").err


def test_a_stage_with_a_comma_can_be_ordered(capsys: Capture) -> None:
    table("Stage,Value", '"Quote, sent",1', "Lead,2")
    found = as_json(capsys, "pipeline", "t.csv", "--order", 'Lead,"Quote, sent"')
    assert [stage["stage"] for stage in found["stages"]] == ["Lead", "Quote, sent"]


@pytest.mark.parametrize(
    ("language", "kpi", "calculated", "named"),
    [
        ("en", "open-value", "calc.not_lost", "all deals that are not lost"),
        ("he", "open-value", "calc.not_lost", "כל העסקאות שלא אבדו"),
        ("en", "weighted-forecast", "calc.name_forecast", "Weighted forecast"),
        ("he", "weighted-forecast", "calc.name_forecast", "תחזית משוקללת"),
        ("en", "stage-days", "calc.median", "median"),
        ("he", "stage-days", "calc.median", "חציון"),
    ],
)
def test_a_kpi_of_the_sales_pipeline_is_what_is_calculated(
    language: Language, kpi: str, calculated: str, named: str
) -> None:
    labels = Labels("sales-pipeline", language)
    found = next(each for each in load("sales-pipeline").roadmap("x").kpis if each.id == f"kpi.{kpi}")
    texts = f"{labels.kpi(found, 'measure')} {labels.kpi(found, 'definition')}"
    assert named.casefold() in texts.casefold()
    assert named in words(language)(calculated, days=1, n=1)
