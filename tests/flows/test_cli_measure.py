"""`measure`: the sample log, whose measures are known, options, lists, cancelling, and no network."""

from __future__ import annotations

import csv
import io
import json
import socket
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from checked import validate
from commanding import Capture, at_home, good, run
from lfroadmap.errors import RoadmapError
from lfroadmap.flows.catalogue import IDS
from lfroadmap.flows.sample import JOURNEYS, days_away
from lfroadmap.flows.sources.engine import opened
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language, words
from reading_events import table

STEPS = ("--steps", "visit,quote,purchase")
AWAY = sorted(days_away(n) for n in (*range(40), *range(30)))
KNOWN: dict[str, float] = {
    "events": 920, "customers": 310, "flows": 400, "active": 25, "won": 155, "exits": 220, "returns": 70,
    "customers_with_exit": 190, "customers_with_return": 70, "return_rate": 70 / 190,
    "return_rate_per_exit": 70 / 220, "return_days_mean": sum(AWAY) / 70,
    "return_days_median": (AWAY[34] + AWAY[35]) / 2, "entries": 400, "reentries": 90,
    "entry_share_beyond_first": 0, "close_rate": 135 / 310, "win_rate": 155 / 375, "upsell_rate": 15 / 135,
    "cross_sell_rate": 0, "repeat_rate": 20 / 135, "at_risk": 0,
}  # fmt: skip
"""What the journeys of the sample come to: 60 buy at once, 40 come back and buy, 120 are lost, 30 come back
and are lost, 25 are active, 15 buy and upgrade, 20 buy twice."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    at_home(tmp_path, monkeypatch)
    monkeypatch.setenv("TZ", "Asia/Jerusalem")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    good(capsys, "measure", "--sample", "sample.csv")
    return tmp_path


def measured(capsys: Capture, *argv: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(good(capsys, "measure", *argv, "--json"))
    validate(found, SCHEMAS["measure"]())
    return found


def test_the_sample_has_the_measures_that_its_journeys_were_made_for(home: Path, capsys: Capture) -> None:
    measures = measured(capsys, "sample.csv", *STEPS)["measures"]
    assert {*measures} == {*IDS}
    assert {id: measures[id]["value"] for id in KNOWN} == pytest.approx(KNOWN)
    assert [row["customers"] for row in measures["stage_conversion_any"]] == [310, 145, 115]
    assert (measures["bottleneck"][0]["after"], measures["bottleneck"][0]["loss"]) == ("quote", 165)
    assert [(row["channel"], row["returns"]) for row in measures["comeback"]] == [("mail", 30), ("ads", 40)]
    assert sum(journey.customers for journey in JOURNEYS) == 310
    assert list((home / "tmp").iterdir()) == []


def test_the_sample_is_the_same_each_time_and_replaces_nothing(home: Path, capsys: Capture) -> None:
    good(capsys, "measure", "--sample", "again.csv")
    assert Path("again.csv").read_bytes() == Path("sample.csv").read_bytes()
    ran = run(capsys, "measure", "--sample", "sample.csv")
    assert ran.status == 1 and "is there already" in ran.err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
def test_the_report_shows_the_figures_in_words(home: Path, capsys: Capture, language: Language) -> None:
    printed = good(capsys, "measure", "sample.csv", *STEPS, "--lang", language)
    for shown in ("36.84%", "43.55%", "Asia/Jerusalem", "ads", "Shapley" if language == "en" else "שפלי"):
        assert shown in printed
    for key in ("flows.about_line", "flows.headline", "flows.reading"):
        assert words(language)(key)[:20] in printed


def test_a_days_end_in_the_zone_is_what_is_measured_at(home: Path, capsys: Capture) -> None:
    table(Path("t.csv"), ["customer,time,kind", "a,2026-01-01 23:59,visit", "a,2026-01-02 00:01,visit"])
    argv = ("t.csv", "--as-of", "2026-01-01")
    assert measured(capsys, *argv)["measures"]["events"]["value"] == 1
    assert measured(capsys, "t.csv", "--as-of", "2026-01-02T00:01")["measures"]["events"]["value"] == 2
    table(Path("u.csv"), ["customer,time,kind", "a,2026-01-01T22:30Z,visit"])
    assert (
        measured(capsys, "u.csv", "--as-of", "2026-01-01", "--tz", "UTC")["measures"]["events"]["value"] == 1
    )
    assert measured(capsys, "u.csv", "--as-of", "2026-01-01")["measures"]["events"]["value"] == 0


def test_kinds_are_known_by_their_words_or_named(home: Path, capsys: Capture) -> None:
    table(
        Path("he.csv"),
        ["לקוח,תאריך,סוג", "דנה,2026-01-01,ביקור", "דנה,2026-01-02,רכישה", "אבי,2026-01-02,הזמנה"],
    )
    found = measured(capsys, "he.csv")
    assert found["parameters"]["meanings"]["purchase"] == ["רכישה"]
    named = ("--kinds", "purchase=רכישה,purchase=הזמנה")
    assert measured(capsys, "he.csv", *named)["measures"]["buyers"]["value"] == 2
    assert measured(capsys, "he.csv")["measures"]["buyers"]["value"] == 2, "it is remembered"
    assert measured(capsys, "he.csv", "--kinds", "purchase=ביקור")["measures"]["buyers"]["value"] == 1


def test_columns_that_are_named_are_remembered_by_their_headings(home: Path, capsys: Capture) -> None:
    table(Path("t.csv"), ["who,at,did", "a,2026-01-01,visit"])
    assert run(capsys, "measure", "t.csv").status == 1
    assert measured(capsys, "t.csv", "--map", "customer=who,time=at,kind=did")["reading"]["events"] == 1
    table(Path("u.csv"), ["Who,At,Did", "b,2026-01-01,visit", "b,2026-01-02,visit"])
    assert measured(capsys, "u.csv")["reading"]["events"] == 2


def test_a_dry_run_shows_how_it_is_read_and_measures_nothing(home: Path, capsys: Capture) -> None:
    found = measured(capsys, "sample.csv", "--dry-run")
    assert found["measures"] is None
    assert found["reading"]["files"][0]["columns"]["customer"] == "customer"
    printed = good(capsys, "measure", "sample.csv", "--dry-run")
    assert "920" in printed and "Return" not in printed


def test_the_standard_input_is_a_source(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path("sample.csv").read_bytes())))
    assert measured(capsys, "-")["measures"]["events"]["value"] == 920


def rows_of(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_customers_are_written_for_a_crm(home: Path, capsys: Capture) -> None:
    files = ("--at-risk", "r.csv", "--ready", "y.csv", "--paths", "p.csv", "--cohorts", "c.csv")
    ran = run(capsys, "measure", "sample.csv", *files)
    assert ran.status == 0 and "Buyers by month: 135" in ran.err
    buyers = rows_of("c.csv")
    assert len(buyers) == 135 and {row["suggested_channel"] for row in buyers} == {"mail", "ads"}
    assert len(rows_of("p.csv")) == 155 + 175
    run(capsys, "measure", "sample.csv", "--cohorts", "h.csv", "--hash")
    hidden = {sha256(row["customer"].encode()).hexdigest() for row in buyers}
    assert {row["customer"] for row in rows_of("h.csv")} == hidden


def test_an_id_that_is_a_formula_is_guarded(home: Path, capsys: Capture) -> None:
    table(Path("t.csv"), ["customer,time,kind", "=1+1,2026-01-01,purchase"])
    assert run(capsys, "measure", "t.csv", "--cohorts", "c.csv").status == 0
    assert rows_of("c.csv")[0]["customer"] == "'=1+1"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
def test_a_measure_is_explained(home: Path, capsys: Capture, language: Language) -> None:
    said = good(capsys, "measure", "sample.csv", "--explain", "return_rate", "--lang", language)
    assert "36.84%" in said and "SELECT" in said and "GA4" in said
    said = good(capsys, "measure", "--explain", "return_rate", "--lang", language)
    assert "36.84%" not in said and "SELECT" in said


def test_queries_are_printed_and_their_results_measured(home: Path, capsys: Capture) -> None:
    import duckdb

    queries = json.loads(
        good(capsys, "measure", "--sql", "duckdb", "--as-of", "2026-07-05", *STEPS, "--json")
    )
    results = {}
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE VIEW your_events AS SELECT *, NULL::VARCHAR AS content, NULL::VARCHAR AS objection,"
            " NULL::VARCHAR AS segment, NULL::DOUBLE AS sentiment, NULL::DOUBLE AS readiness,"
            " NULL::DOUBLE AS satisfaction FROM read_csv('sample.csv', all_varchar = false)"
        )
        connection.execute(queries["view"])
        for name, text in queries["queries"].items():
            found = connection.execute(text)
            heads = [column[0] for column in found.description or ()]
            results[name] = [dict(zip(heads, row, strict=True)) for row in found.fetchall()]
    Path("results.json").write_text(json.dumps(results, default=str), "utf-8")
    argv = ("--as-of", "2026-07-05", *STEPS)
    elsewhere = measured(capsys, "--from", "results.json", *argv)["measures"]
    here = measured(capsys, "sample.csv", *argv)["measures"]
    for id in KNOWN:
        assert elsewhere[id]["value"] == pytest.approx(here[id]["value"]), id
    assert "-- flow_counts" in good(capsys, "measure", "--sql", "snowflake")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ((), "needs a SOURCE"),
        (("sample.csv", "--tz", "Mars"), "“Mars” is none"),
        (("sample.csv", "--gap", "-1"), "--gap takes a number of days"),
        (("sample.csv", "--steps", "visit"), "--steps takes the steps"),
        (("sample.csv", "--steps", "visit,nothing"), "“nothing”, and no event"),
        (("sample.csv", "--weights", "visit"), "--weights takes"),
        (("sample.csv", "--kinds", "sale=visit"), "no meaning “sale”"),
        (("sample.csv", "--kinds", "purchase=nothing"), "no event is of that kind"),
        (("sample.csv", "--kinds", "purchase"), "--kinds takes pairs"),
        (("sample.csv", "--map", "customer"), "--map takes pairs"),
        (("sample.csv", "--map", "customer=nothing"), "no file has it"),
        (("sample.csv", "--as-of", "soon"), "--as-of takes a day"),
        (("sample.csv", "--dates", "ydm"), "--dates takes one of"),
        (("sample.csv", "--memory", "lots"), "--memory takes a size"),
        (("sample.csv", "--hash"), "--hash is for the lists"),
        (("sample.csv", "--cohorts", "sample.csv"), "is there already"),
        (("--explain", "nothing"), "no measure “nothing”"),
        (("--sql", "cobol"), "not “cobol”"),
    ],
)
@pytest.mark.quick_cases(5)
def test_what_is_wrong_is_said(home: Path, capsys: Capture, argv: tuple[str, ...], message: str) -> None:
    ran = run(capsys, "measure", *argv)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    assert run(capsys, "measure", *argv, "--lang", "he").status == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("library", ["duckdb", "openpyxl"])
def test_a_library_that_is_missing_is_named_with_the_way_to_get_it(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, library: str, language: Language
) -> None:
    monkeypatch.setattr(
        "lfroadmap.flows.sources.engine.find_spec", lambda name: None if name == library else 1
    )
    Path("t.xlsx").write_bytes(b"PK\x03\x04xl/workbook.xml")
    ran = run(capsys, "measure", "t.xlsx", "--lang", language)
    assert ran.status == 1
    assert words(language)(f"error.flows_needs_{library}") in ran.err


def test_little_memory_suffices_or_is_said(home: Path, capsys: Capture) -> None:
    assert measured(capsys, "sample.csv", "--memory", "64MB")["measures"]["events"]["value"] == 920


def test_nothing_goes_to_the_network(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def barred(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", barred)
    monkeypatch.setattr(socket, "create_connection", barred)
    assert measured(capsys, "sample.csv")["measures"]["events"]["value"] == 920
    import duckdb

    with opened(None, "UTC") as engine, pytest.raises((duckdb.Error, RoadmapError)):
        engine.execute("SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')")


@pytest.mark.parametrize("typed", ["1h", "60m", "1.0H", "0.04166666666666667"])
@pytest.mark.quick_cases(1)
def test_a_window_may_be_hours_or_minutes(home: Path, capsys: Capture, typed: str) -> None:
    clock = {"13:00": "A", "13:30": "A", "13:45": "B", "14:15": "C"}
    path = table(
        Path("w.csv"), ["customer,time,kind", *(f"u,2026-01-01 {at},{k}" for at, k in clock.items())]
    )
    found = measured(capsys, str(path), "--steps", "A,B,C", "--window", typed)["measures"]
    assert [row["customers"] for row in found["stage_conversion_any"]] == [1, 1, 1]
    assert [row["customers"] for row in found["stage_conversion_first"]] == [1, 1, 0]


def test_two_results_never_go_into_one_file(home: Path, capsys: Capture) -> None:
    for options in (("--rejects", "x.csv", "--paths", "./x.csv"), ("--ready", "x.csv", "--at-risk", "x.csv")):
        ran = run(capsys, "measure", "sample.csv", *options)
        assert (ran.status, Path("x.csv").exists()) == (2, False)
        assert "x.csv" in ran.err
