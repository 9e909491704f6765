"""A calculator's result as the value of a KPI from the command line, and how all outputs mark it."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run, stored, write
from lfroadmap.export import ExportContext, render
from lfroadmap.machine import now
from lfroadmap.roadmap.calculators.card_tables import calculate
from lfroadmap.roadmap.edits import SetKpi, SetRow
from lfroadmap.roadmap.kpi_readings import current_reading
from lfroadmap.roadmap.model import Calculator, CalculatorRow, Card, Kpi, Roadmap, Stage
from lfroadmap.roadmap.progress import standing
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.templates import Labels
from lfroadmap.store.library.library import Library
from lfroadmap.text import one_line
from lfroadmap.words import LANGUAGES, Language, words

FUNNEL = Calculator(
    "f", "funnel", "Sales",
    (
        CalculatorRow("r1", "Visits", "1000"), CalculatorRow("r2", "Leads", "200"),
        CalculatorRow("r3", "Quotes", "50"), CalculatorRow("r4", "Deals", "10"),
    ),
)  # fmt: skip
UNIT = Calculator(
    "u", "unit", "Cost", (CalculatorRow("ads", "Ads", spend="900", customers="3", value="100", months="12"),)
)
PLAN = Roadmap(
    "plan", "Plan", "",
    (Stage("s", "Stage", (Card("c", "Pilot", calculators=(FUNNEL, UNIT)), Card("d", "Scale"))),),
    (
        Kpi("k", "Close rate", unit="%", baseline="0.5", target="2"),
        Kpi("cost", "Cost of a customer", unit="₪"),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    Library(tmp_path / "data").create("plan", PLAN, "me")
    return tmp_path


def kpi(home: Path, node_id: str = "k") -> Kpi:
    return next(each for each in stored(home, "plan").kpis if each.id == node_id)


def test_it_is_the_value_of_today_with_its_time_and_source(home: Path, capsys: Capture) -> None:
    said = good(capsys, "kpi", "close rate", "--from", "pilot.sales/overall")
    today = now().date().isoformat()
    assert said == f"Close rate · {today}: taken from Sales: overall rate: 1%\n"
    (reading,) = kpi(home).readings
    assert (reading.value, reading.day, reading.origin, reading.source) == (
        "1",
        today,
        "calculated",
        "f/overall",
    )
    assert reading.time.startswith("20") and reading.time.endswith("Z")
    assert kpi(home).current == "1" and standing(kpi(home), "2").percent == 33


@pytest.mark.parametrize(
    ("source", "value", "stored_as"),
    [
        ("f/overall", "1", "f/overall"),
        ("f/rate-1", "20", "f/rate/r2"),
        ("f/rate/r3", "25", "f/rate/r3"),
        ("pilot.sales/rate to “Deals”", "20", "f/rate/r4"),
        ("c.f/OVERALL", "1", "f/overall"),
        ("sales/overall", "1", "f/overall"),
        ("pilot/overall", "1", "f/overall"),
    ],
)
def test_a_result_is_named_by_programs_or_by_words(
    source: str, value: str, stored_as: str, home: Path, capsys: Capture
) -> None:
    good(capsys, "kpi", "close rate", "--from", source)
    assert (kpi(home).current, kpi(home).readings[0].source) == (value, stored_as)


def test_several_results_are_listed_and_nothing_is_changed(home: Path, capsys: Capture) -> None:
    ran = run(capsys, "kpi", "close rate", "--from", "pilot.sales")
    assert (ran.status, ran.out) == (2, "")
    rows = [line.split() for line in ran.err.splitlines() if line.startswith("  f/")]
    assert [row[0] for row in rows] == ["f/overall", "f/rate-1", "f/rate-2", "f/rate-3", "f/end"]
    assert [row[-1] for row in rows] == ["1%", "20%", "25%", "20%", "10"]
    assert stored(home, "plan") == PLAN


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        (
            ("close rate", "--from", "u/cac"),
            2,
            "“Cost: CAC · Ads” is 300, and the values of “Close rate” are in %",
        ),
        (("cost", "--from", "f/overall"), 2, "are in ₪"),
        (("close rate", "--from", "f/nothing"), 2, "There is no result “nothing” there"),
        (("close rate", "--from", "scale"), 1, "“scale” has no calculator"),
        (("close rate", "--from", "pilot.nobody"), 1, "There is no calculator “nobody”"),
        (("close rate", "--from", "nowhere"), 1, "There is no card or calculator “nowhere”"),
        (("close rate", "5", "--from", "f/overall"), 2, "not both"),
        (("close rate", "--from", "f/overall", "--at", "2999-01-01"), 2, "2999-01-01"),
        (("close rate", "--from", ""), 2, "--from is empty"),
        (("nobody", "--from", "f/overall"), 1, "There is no KPI “nobody”"),
    ],
)
def test_what_cannot_be_taken_is_said(
    line: tuple[str, ...], status: int, said: str, home: Path, capsys: Capture
) -> None:
    ran = run(capsys, "kpi", *line)
    assert ran.status == status and said in ran.err, ran.err
    assert stored(home, "plan") == PLAN


def test_a_result_that_is_not_known_yet_is_said_with_its_card(home: Path, capsys: Capture) -> None:
    write(home / "data" / "roadmaps" / "plan.roadmap", "me", SetRow("ads", "customers", "0"))
    ran = run(capsys, "kpi", "cost", "--from", "u/cac")
    assert ran.status == 2 and "“Cost: CAC · Ads” has no result yet" in ran.err and "“Pilot”" in ran.err


def test_taken_twice_it_is_one_value_and_a_typed_one_is_typed(home: Path, capsys: Capture) -> None:
    good(capsys, "kpi", "k", "--from", "f/overall")
    assert "nothing" in good(capsys, "kpi", "k", "--from", "f/overall").lower()
    write(home / "data" / "roadmaps" / "plan.roadmap", "me", SetRow("r4", "count", "220"))
    assert current_reading(kpi(home)) and kpi(home).current == "1"
    good(capsys, "kpi", "k", "--from", "f/overall")
    assert [each.value for each in kpi(home).readings] == ["22"] and kpi(home).current == "22"
    good(capsys, "kpi", "k", "5")
    assert current_reading(kpi(home)) is None and len(kpi(home).readings) == 1


def test_a_typed_value_of_the_same_day_takes_its_place(home: Path, capsys: Capture) -> None:
    good(capsys, "kpi", "k", "--from", "f/overall", "--at", "2026-03-01")
    assert kpi(home).current == "1"
    good(capsys, "kpi", "k", "1", "--at", "2026-03-01")
    (reading,) = kpi(home).readings
    assert (reading.origin, reading.source, reading.time, reading.value) == ("", "", "", "1")
    assert current_reading(kpi(home)) is None


def test_of_an_earlier_day_it_is_not_the_current_one(home: Path, capsys: Capture) -> None:
    good(capsys, "kpi", "k", "9", "--at", "2026-03-02")
    said = good(capsys, "kpi", "k", "--from", "f/overall", "--at", "2026-03-01")
    assert (
        said == "Close rate · 2026-03-01: taken from Sales: overall rate: 1%\n" and kpi(home).current == "9"
    )


def test_a_line_of_apply_takes_it_and_sees_the_lines_before(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [{"do": "kpi", "kpi": "k", "value": "3"}, {"do": "kpi_from", "kpi": "k", "from": "f/overall"}]
    text = "\n".join(map(json.dumps, lines))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    good(capsys, "apply")
    assert kpi(home).current == "1" and current_reading(kpi(home))


def shown(home: Path, capsys: Capture) -> str:
    """The KPIs as Markdown, which wraps no cell."""
    return good(capsys, "export", "md", "plan", "-o", "-")


def test_show_tells_it_apart_and_says_what_changed_since(home: Path, capsys: Capture) -> None:
    good(capsys, "kpi", "k", "--from", "f/overall")
    assert "= taken from Sales" in " ".join(good(capsys, "show").split())
    today = now().date().isoformat()
    assert f"1% (= taken from Sales: overall rate · {today} · from 0.5%)" in shown(home, capsys)
    path = home / "data" / "roadmaps" / "plan.roadmap"
    write(path, "me", SetRow("r4", "count", "220"))
    assert f"= taken from Sales: overall rate · {today} · now 22%" in shown(home, capsys)
    write(path, "me", SetRow("r4", "count", "boo"))
    assert f"= taken from Sales: overall rate · {today} · now no result" in shown(home, capsys)
    write(path, "me", Remove("f"))
    assert f"1% (= taken from a calculator that is gone · {today} · from 0.5%)" in shown(home, capsys)
    write(path, "me", SetKpi("k", "current", "7"))
    assert "7% (from 0.5%)" in shown(home, capsys)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["html", "md", "csv-kpis"])
def test_every_format_says_where_it_comes_from(
    name: str, language: Language, home: Path, capsys: Capture
) -> None:
    good(capsys, "kpi", "k", "--from", "f/overall", "--at", "2026-03-01")
    context = ExportContext(stored(home, "plan"), words(language), date(2026, 3, 15))
    shown = words(language)("kpi.figure_of", calculator="Sales", figure=words(language)("kpi.figure_overall"))
    text = render(context, name).decode("utf-8-sig").split('type="application/json"')[0]
    assert one_line(words(language)("kpi.from", source=shown)) in one_line(text)
    assert ("= " in text) == (name != "csv-kpis")


def test_tables_give_it_back(home: Path, capsys: Capture) -> None:
    good(capsys, "kpi", "k", "--from", "f/overall", "--at", "2026-03-01")
    good(capsys, "kpi", "k", "0.7", "--at", "2026-02-01")
    before = kpi(home)
    for format_, name in (("csv-kpis", "kpis.csv"), ("xlsx", "plan.xlsx")):
        good(capsys, "export", format_, "plan", "-o", name)
        for value in ("8", ""):
            good(capsys, "kpi", "k", value, "--at", "2026-03-01")
        ran = run(capsys, "import", name, "--into", "plan", "--yes")
        assert ran.status == 0, ran.err
        after = kpi(home)
        plain = [{(each.day, each.value, each.origin, each.source, each.time) for each in k.readings}
                 for k in (before, after)]  # fmt: skip
        assert plain[0] == plain[1] and after.current == before.current
        assert current_reading(after)
    rows = list(csv.DictReader(io.StringIO(Path("kpis.csv").read_text("utf-8-sig"))))
    assert rows[0]["Source of the value"] == "taken from Sales: overall rate · 2026-03-01"
    assert "[calculated f/overall 20" in rows[0]["Values by day"]


def test_an_old_table_without_origins_takes_none_away(home: Path, capsys: Capture) -> None:
    good(capsys, "kpi", "k", "--from", "f/overall", "--at", "2026-03-01")
    Path("old.csv").write_text("ID,Measure,Values by day\nk,Close rate,2026-03-01: 1\n", "utf-8")
    run(capsys, "import", "old.csv", "--into", "plan", "--yes")
    assert current_reading(kpi(home))


def test_history_time_travel_and_comparison(home: Path, capsys: Capture) -> None:
    good(capsys, "snapshot", "plan", "--save", "before")
    good(capsys, "kpi", "k", "--from", "f/overall")
    good(capsys, "snapshot", "plan", "--save", "taken")
    write(home / "data" / "roadmaps" / "plan.roadmap", "me", Remove("f"))
    history = good(capsys, "history", "plan")
    assert "taken from Sales: overall rate: 1%" in history  # the calculator is gone, and known from the past
    assert "taken from Sales: overall rate" in " ".join(good(capsys, "show", "plan", "--at", "taken").split())
    assert "= taken" not in good(capsys, "show", "plan", "--at", "before")
    assert "= taken from Sales" in good(capsys, "diff", "before", "taken", "--of", "plan")
    (change,) = json.loads(good(capsys, "diff", "before", "taken", "--of", "plan", "--json"))["readings"]
    assert (change["origin_before"], change["origin_after"]) == ("", "calculated")
    assert (change["source_after"], change["calculator_after"]) == ("f/overall", "Sales")


def test_labels_do_not_matter_for_what_is_calculated() -> None:
    assert calculate(FUNNEL, Labels("", "he")).funnel == calculate(FUNNEL, Labels("", "en")).funnel
    assert Add(FUNNEL, "d").on(PLAN) is PLAN  # an id is there once
