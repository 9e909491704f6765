"""Filters of `measure` by channel, segment and day; figures of a period earlier; figures that are kept."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import reference
import reference_scalars
from checked import validate
from commanding import Capture, at_home, good, run
from flow_events import Event, at, numbered
from lfroadmap.flows.catalogue import NUMBERS
from lfroadmap.flows.parameters import CURVE_DAYS, Filters, Parameters
from lfroadmap.flows.sources.bad_rows import BadRows
from lfroadmap.flows.sources.engine import Engine, opened
from lfroadmap.flows.sources.reading import ReadChoices, Reading
from lfroadmap.usecases.flow_figures import LISTS, MOST_ROWS, figures_of, measured_figures
from lfroadmap.usecases.measure_filters import candidates, first_channels
from lfroadmap.usecases.measurement import Sources, measure_events, read_sources
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language
from reading_events import table
from reference_lists import return_curve
from test_flow_measures import close

PLANS = ("gold", "silver", "זהב", "")
STEPS = ("visit", "quote", "purchase")
FUNNEL = ("--steps", "visit,quote,purchase")


def made(seed: int) -> list[Event]:
    """A log whose customers change their plan, and come by different channels."""
    dice = random.Random(seed)
    return numbered(
        Event(
            f"c{dice.randrange(30)}",
            at(dice.randrange(400)),
            0,
            dice.choice(STEPS),
            dice.choice(("ads", "mail", "אתר", None)),
            segment=dice.choice(PLANS) or None,
            value=dice.choice((None, 10.0, 25.0)),
        )
        for _ in range(240)
    )


def written(path: Path, events: list[Event]) -> str:
    rows = [
        f"{e.customer},{e.moment / 1000:.0f},{e.seq},{e.kind},{e.channel or ''},{e.segment or ''},"
        f"{'' if e.value is None else e.value},{n}"
        for n, e in enumerate(events)
    ]
    return str(table(path, ["customer,time,seq,kind,channel,plan,value,note", *rows]))


@contextmanager
def reading(path: str, choices: ReadChoices) -> Iterator[tuple[Engine, Sources, Reading]]:
    sources = Sources((path,), choices)
    with opened(None, "UTC") as engine, closing(BadRows(engine.folder / "bad.csv")) as bad:
        yield engine, sources, read_sources(engine, sources, bad)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    monkeypatch.setenv("TZ", "UTC")
    return tmp_path


def measured(capsys: Capture, *argv: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(good(capsys, "measure", *argv, "--json"))
    validate(found, SCHEMAS["measure"]())
    return found


def expected(events: list[Event], filters: Filters, moment: int | None = None) -> object:
    parameters = Parameters(steps=STEPS, filters=filters, as_of=moment)
    return close(reference_scalars.scalars(reference.Log(events, parameters)))


def values(measures: dict[str, Any]) -> dict[str, Any]:
    return {id: measures[id]["value"] for id in NUMBERS}


def test_a_command_with_filters_measures_these_customers_and_days_alone(home: Path, capsys: Capture) -> None:
    events = made(1)
    path = written(home / "log.csv", events)
    given = (
        "--channel",
        "ads",
        "--segment",
        "plan=gold",
        "--since",
        "2024-01-01",
        "--steps",
        ",".join(STEPS),
    )
    found = measured(capsys, path, *given, "--period", "60")
    since = 1_704_067_200_000
    filters = Filters("ads", "plan", "gold", since)
    assert values(found["measures"]) == expected(events, filters)
    now = found["parameters"]["as_of"]
    assert values(found["before"]) == expected(events, filters, now - 60 * 86_400_000)
    own = {"channel": "ads", "segment": "plan=gold", "since": since}
    assert own.items() <= found["parameters"].items()
    assert all(own.items() <= found["measures"][id]["parameters"].items() for id in NUMBERS)
    assert found["measures"]["events"]["value"] < measured(capsys, path)["measures"]["events"]["value"]
    early = measured(capsys, path, "--as-of", "2023-11-20", "--period", "60")
    assert (early["before"], early["period_days"]) == ({}, 60), "there were no events by then"
    assert measured(capsys, path)["before"] is None


def test_a_segment_is_any_column_by_its_heading_or_role(home: Path, capsys: Capture) -> None:
    events = made(2)
    path = written(home / "log.csv", events)
    count = len(reference.Log(events, Parameters(filters=Filters(None, "plan", "זהב"))).customers)
    by_heading = measured(capsys, path, "--segment", " PLAN = זהב ")
    assert by_heading["measures"]["customers"]["value"] == count > 0
    mapped = ("--map", "segment=plan", "--segment", "segment=זהב")
    assert measured(capsys, path, *mapped)["measures"] == by_heading["measures"]
    last = {event.customer: event.channel for event in events if event.channel}
    also_a_role = measured(capsys, path, "--segment", "channel=mail")
    assert also_a_role["measures"]["customers"]["value"] == [*last.values()].count("mail")
    assert also_a_role["reading"]["files"][0]["columns"]["channel"] == "channel"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--channel", "radio"), ("radio", "ads")),
        (("--channel", " "), ("--channel",)),
        (("--segment", "plan"), ("plan=gold",)),
        (("--segment", "plan=tin"), ("tin", "gold")),
        (("--segment", "colour=red"), ("colour", "plan")),
        (("--since", "someday"), ("--since", "someday")),
        (("--as-of", "2026-02-30"), ("--as-of", "2026-02-30")),
        (("--period", "0"), ("--period",)),
        (("--period", "30", "--sql", "duckdb"), ("--period", "SOURCE")),
    ],
)
@pytest.mark.quick_cases(5)
def test_filters_that_nothing_has_are_refused(
    home: Path, capsys: Capture, language: Language, given: tuple[str, ...], said: tuple[str, ...]
) -> None:
    path = written(home / "log.csv", made(1))
    ran = run(capsys, "measure", path, *given, "--lang", language)
    assert (ran.status, ran.out) == (2, "") and all(each in ran.err for each in said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
def test_a_report_says_which_customers_and_what_was_before(
    home: Path, capsys: Capture, language: Language
) -> None:
    path = written(home / "log.csv", made(1))
    said = good(
        capsys, "measure", path, "--channel", "ads", "--segment", "plan=gold", "--since", "1.1.2024",
        "--period", "45", "--lang", language,
    )  # fmt: skip
    assert "plan = gold" in said and ("45 days earlier" if language == "en" else "45 ימים לפני כן") in said
    preview = good(capsys, "measure", path, "--dry-run", "--lang", language)
    assert "--segment plan=" in preview and "silver" in preview and "--channel" in preview
    found = measured(capsys, path, "--dry-run")["reading"]
    assert set(found["segments"]) == {"plan"}, "a column of notes has no values to choose from"
    assert set(found["segments"]["plan"]) == set(PLANS) - {""} and "ads" in found["channels"]


def test_days_are_written_as_elsewhere(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1711886400")  # 2024-03-31 12:00 UTC
    path = written(home / "log.csv", made(1))
    plain = measured(capsys, path, "--as-of", "2024-03-30", "--since", "2024-01-01")
    for as_of, since in (("yesterday", "1.1.2024"), ("אתמול", "1.1"), ("20240330", "2024-01-01T00:00")):
        assert measured(capsys, path, "--as-of", as_of, "--since", since) == plain
    assert measured(capsys, path, "--as-of", "now")["parameters"]["as_of"] == 1_711_886_400_000


def test_queries_for_a_warehouse_have_the_filters(home: Path, capsys: Capture) -> None:
    printed = good(capsys, "measure", "--sql", "bigquery", "--segment", "the plan=it's", "--channel", "ads")
    assert "nullif(`the plan`, '') AS segment" in printed
    assert "segment = 'it\\'s'" in printed and "channel = 'ads'" in printed


def test_figures_that_are_kept_are_those_of_the_command(home: Path, capsys: Capture) -> None:
    events = made(3)
    path = written(home / "log.csv", events)
    filters = Filters("ads", "plan", "gold")
    choices = ReadChoices(segments=("plan",), has_candidates=True)
    with reading(path, choices) as (engine, sources, read):
        whole = measured_figures(engine, sources, read, "UTC", Parameters(steps=STEPS))
        part = measured_figures(
            engine, sources, read, "UTC", Parameters(steps=STEPS), period_days=45, filters=filters
        )
    chosen = ("--channel", "ads", "--segment", "plan=gold")
    for figures, given in ((whole, ("--period", "30")), (part, (*chosen, "--period", "45"))):
        shown = measured(capsys, path, *FUNNEL, *given)
        assert json.loads(json.dumps(figures, allow_nan=False)) == figures
        assert figures["parameters"] == shown["parameters"]
        for kept, printed in ((figures["measures"], shown["measures"]), (figures["before"], shown["before"])):
            assert kept == {id: _without_parameters(printed[id]) for id in NUMBERS}
        assert set(figures["lists"]) == set(figures["totals"]) == set(LISTS)
        roi = figures["lists"].pop("roi")
        assert sorted(roi, key=str) == sorted(shown["measures"]["roi"], key=str)
        assert figures["lists"] == {id: _first_rows(id, shown["measures"][id]) for id in {*LISTS} - {"roi"}}
        assert set(figures["segments"]["plan"]) == set(PLANS) - {""}
        assert set(figures["channels"]) == {"ads", "mail", "אתר"}
    picked = {key: part[key] for key in ("channel", "segment", "since", "period_days")}
    assert picked == {"channel": "ads", "segment": "plan=gold", "since": "", "period_days": 45}
    assert 0 < part["events"] < whole["events"] == len(events)
    log = reference.Log(events, Parameters(filters=filters))
    assert part["customers"] == len(log.customers)


def _without_parameters(number: dict[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in number.items() if key != "parameters"}


def _first_rows(id: str, rows: Any) -> Any:  # noqa: ANN401 - a list of rows, or an object
    return rows[: 40 if id == "movers" else 20] if isinstance(rows, list) else rows


def test_long_lists_are_cut_and_keep_their_newest_months_and_best_channels(home: Path) -> None:
    rows = []
    for n in range(30):
        day = f"20{23 + n // 12}-{n % 12 + 1:02}-01"
        rows += [f"c{n},{day},visit,ch{n},1,2"] + [
            f"c{n}-{k},{day},purchase,ch{n},{n},1" for k in range(n + 1)
        ]
    path = str(table(home / "many.csv", ["customer,time,kind,channel,value,cost", *rows]))
    with reading(path, ReadChoices()) as (engine, sources, read):
        found = measure_events(engine, sources, read, "UTC", Parameters(steps=("visit", "purchase")))
        figures = figures_of(found, first_channels(engine.execute), candidates(engine, read))
    lists = figures["lists"]
    assert [row["cohort"] for row in lists["cohorts"]][-1] == "2025-06" and len(lists["cohorts"]) == MOST_ROWS
    assert figures["totals"]["cohorts"] == figures["totals"]["attribution"] == 30
    best = {f"ch{n}" for n in range(10, 30)}
    assert {row["channel"] for row in lists["roi"]} == best and len(lists["roi"]) == 20 * 6
    assert [row["channel"] for row in lists["roi"][:7]] == ["ch29"] * 6 + ["ch28"]
    assert all(set(credits) == best for credits in lists["attribution"].values())
    assert len(figures["channels"]) == 30 and figures["segments"] == {} and figures["before"] == {}
    assert (figures["first"], figures["last"]) == ("2023-01-01", "2025-06-01")


def test_the_curve_begins_behind_the_gap_and_leaves_young_exits_out() -> None:
    assert next(day for day in CURVE_DAYS if day > Parameters().gap_days) == 60
    moment = at(100)
    events = numbered([Event("a", at(0)), Event("a", at(60)), Event("b", at(50)), Event("c", at(0))])
    log = reference.Log(events, replace(Parameters(), as_of=moment))
    assert return_curve(log)[0] == {"days": 60, "share": 0.5, "returned": 1, "exits": 2}


def test_figures_are_the_same_whether_texts_are_enumerations_or_not(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(home / "log.csv", made(4))
    given = (path, "--segment", "plan=gold", "--period", "90", *FUNNEL)
    usual = measured(capsys, *given)
    lists = (path, "--paths", "paths.csv", "--cohorts", "cohorts.csv")
    assert run(capsys, "measure", *lists).status == 0
    written_first = [Path(name).read_bytes() for name in ("paths.csv", "cohorts.csv")]
    monkeypatch.setattr("lfroadmap.flows.sources.relation._MOST_TEXTS", 2)
    assert measured(capsys, *given) == usual
    assert run(capsys, "measure", *lists).status == 0
    assert [Path(name).read_bytes() for name in ("paths.csv", "cohorts.csv")] == written_first
    assert b"\nc1," in written_first[1], "customers are named as they were"
