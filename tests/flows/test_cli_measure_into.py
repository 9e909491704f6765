"""`bind`, `measure --into` and `measure --again`: what they show, change, keep and refuse."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checked import validate
from commanding import Capture, at_home, good, run, stored, write
from examples import examples
from lfroadmap.main import main
from lfroadmap.roadmap.edits import SetKpi
from lfroadmap.roadmap.flow_figures import read_figures
from lfroadmap.roadmap.kpi_readings import current_reading
from lfroadmap.roadmap.model import Kpi, Roadmap
from lfroadmap.store import measuring
from lfroadmap.store.library.library import Library
from lfroadmap.usecases.measure_setup import customers_in, setup_in
from lfroadmap.usecases.opening import store_of
from lfroadmap.usecases.schemas import SCHEMAS
from reading_events import table

STEPS = ("--steps", "visit,quote,purchase")
SAMPLE_VALUES = {
    "kpi.return-rate": "36.84", "kpi.return-time": "49", "kpi.close-rate": "43.55", "kpi.upsell": "11.11",
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    return tmp_path


@pytest.fixture
def log(capsys: Capture) -> str:
    """The sample log beside a new roadmap `plan`."""
    good(capsys, "measure", "--sample", "log.csv")
    good(capsys, "new", "plan", "--template", "liquid-funnel")
    return "log.csv"


def kpis(home: Path) -> dict[str, Kpi]:
    return {each.id: each for each in stored(home, "plan").kpis}


def path(home: Path) -> Path:
    return Library(home / "data").path("plan")


def undo(home: Path) -> None:
    """Take the last step back, as a window does."""
    store = store_of(path(home))
    store.start(lambda event: None)
    store.undo()
    store.flush()
    store.close()


def test_the_kpis_of_a_new_roadmap_are_filled_with_their_day(home: Path, log: str, capsys: Capture) -> None:
    said = good(capsys, "measure", log, *STEPS, "--into", "plan", "--yes")
    assert "Return-to-flow rate" in said and "— → 36.84%" in said and "4 measured values" in said
    for id, kpi in kpis(home).items():
        (reading,) = kpi.readings
        assert (kpi.current, kpi.baseline, reading.value) == (SAMPLE_VALUES[id],) * 3
        assert (reading.origin, reading.source, reading.day) == ("measured", kpi.bound_to, "2026-07-04")
        assert reading.time.endswith("Z") and current_reading(kpi) == reading
    (measurement,) = stored(home, "plan").measurements
    figures = read_figures(measurement.figures)
    assert figures is not None and measurement.day == "2026-07-04"
    assert (figures.events, figures.customers, figures.period_days) == (920, 310, 30)
    assert figures.before["events"].value and figures.lists["bottleneck"]
    assert json.loads(good(capsys, "snapshot", "plan", "--json")) == [], "it is no event like an import"
    assert "c0" not in measurement.figures and "log.csv" not in measurement.figures


def test_a_dry_run_and_a_no_change_nothing(
    home: Path, log: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored(home, "plan")
    assert "— → 36.84%" in good(capsys, "measure", log, "--into", "plan", "--dry-run")
    refused = run(capsys, "measure", log, "--into", "plan")
    assert refused.status == 2 and "--yes" in refused.err
    assert stored(home, "plan") == before
    assert measuring.read_setup(path(home)) is None
    monkeypatch.setattr(
        "sys.stdin", type("", (), {"isatty": lambda self: True, "readline": lambda self: "n\n"})()
    )
    assert run(capsys, "measure", log, "--into", "plan").status == 0
    assert stored(home, "plan") == before


def test_one_undo_takes_the_values_back_and_leaves_the_measurement(
    home: Path, log: str, capsys: Capture
) -> None:
    good(capsys, "measure", log, "--into", "plan", "--yes")
    undo(home)
    assert not any(kpi.current or kpi.baseline or kpi.readings for kpi in kpis(home).values())
    assert len(stored(home, "plan").measurements) == 1
    newest = good(capsys, "history", "plan").splitlines()[0]
    assert "  undo · took back 4 measured values: " in newest


def test_values_that_an_undo_brought_back_are_no_typed_ones(home: Path, log: str, capsys: Capture) -> None:
    good(capsys, "measure", log, "--into", "plan", "--yes")
    with Path(log).open("a") as file:
        file.write("new,2026-08-01T00:00:00Z,visit,ads,,,\n")
    good(capsys, "measure", log, "--into", "plan", "--yes")
    later = kpis(home)
    undo(home)
    assert kpis(home)["kpi.close-rate"].current == "43.55"
    assert "stays the current one" not in good(capsys, "measure", "--again", "plan", "--yes")
    assert {id: kpi.current for id, kpi in kpis(home).items()} == {
        id: each.current for id, each in later.items()
    }


def test_it_is_measured_again_from_any_folder_with_what_is_remembered(
    home: Path, log: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = run(capsys, "measure", "--again", "plan")
    assert never.status == 1 and "--into plan" in never.err
    good(capsys, "measure", log, *STEPS, "--gap", "20", "--map", "kind=kind", "--into", "plan", "--yes")
    setup = setup_in(measuring.read_setup(path(home)) or "")
    assert setup is not None
    assert (setup.sources, setup.steps, setup.gap_days) == (
        (str(Path.cwd() / log),),
        ("visit", "quote", "purchase"),
        20,
    )
    assert setup.columns == (("kind", "kind"),)
    customers = customers_in(measuring.read_customers(path(home)) or "")
    assert customers.keys() == {"at_risk", "ready"}
    full = Path.cwd() / log
    (home / "elsewhere").mkdir()
    monkeypatch.chdir(home / "elsewhere")
    assert "the same as before" in good(capsys, "measure", "--again", "plan", "--yes")
    assert len(stored(home, "plan").measurements) == 1
    with full.open("a") as file:
        file.write("c1,2026-08-01T00:00:00Z,visit,ads,,,\n")
    good(capsys, "measure", "--again", "--yes")
    roadmap = stored(home, "plan")
    assert [each.day for each in roadmap.measurements] == ["2026-07-04", "2026-08-01"]
    rate = kpis(home)["kpi.return-rate"]
    assert [each.day for each in rate.readings] == ["2026-07-04", "2026-08-01"]
    assert rate.current == rate.readings[1].value and rate.baseline == rate.readings[0].value


def test_what_is_remembered_is_in_no_export(home: Path, log: str, capsys: Capture) -> None:
    good(capsys, "measure", log, "--into", "plan", "--yes")
    folder = str(Path.cwd())
    for form in ("json", "html", "md", "csv-kpis"):
        assert folder not in good(capsys, "export", form, "plan", "-o", "-")
    good(capsys, "new", "copy", "--copy", "plan")
    assert run(capsys, "measure", "--again", "copy").status == 1


def test_a_later_typed_value_stays_and_the_measured_one_has_its_day(
    home: Path, log: str, capsys: Capture
) -> None:
    good(capsys, "kpi", "close rate", "50%", "--in", "plan")
    said = good(capsys, "measure", log, "--into", "plan", "--yes")
    assert "stays the current one" in said
    kpi = kpis(home)["kpi.close-rate"]
    assert (kpi.current, kpi.baseline) == ("50%", "43.55%")
    assert [(each.day, each.value) for each in kpi.readings] == [("2026-07-04", "43.55%")]
    good(capsys, "kpi", "return-to-flow", "40", "--in", "plan")
    assert current_reading(kpis(home)["kpi.return-rate"]) is None, "typed over a measured value"


def test_every_output_tells_a_measured_value(home: Path, log: str, capsys: Capture) -> None:
    good(capsys, "measure", log, "--into", "plan", "--yes")
    for form in ("md", "html"):
        text = good(capsys, "export", form, "plan", "-o", "-", "--lang", "en")
        assert "# measured: Close rate · 2026-07-04" in text.replace("\\#", "#").replace("&#35;", "#"), form
    assert "# measured: Close rate" in good(capsys, "show", "plan")
    assert "measured: Close rate · 2026-07-04" in good(capsys, "export", "csv-kpis", "plan", "-o", "-")
    assert "# נמדד: שיעור סגירה" in good(capsys, "show", "plan", "--lang", "he")
    shown = json.loads(good(capsys, "show", "plan", "--json"))
    assert {each["origin"] for kpi in shown["roadmap"]["kpis"] for each in kpi["readings"]} == {"measured"}
    history = good(capsys, "history", "plan")
    assert "  4 measured values: Return-to-flow rate · 2026-07-04: " in history
    assert "added the measurement: 2026-07-04" in history


def test_what_measure_prints_what_it_stores_and_what_show_prints_are_one(
    home: Path, log: str, capsys: Capture
) -> None:
    measured = json.loads(good(capsys, "measure", log, *STEPS, "--json"))["measures"]
    filled = json.loads(good(capsys, "measure", log, *STEPS, "--into", "plan", "--yes", "--json"))
    validate(filled, SCHEMAS["measure"]())
    assert filled["measures"] == measured
    shown = {
        each["id"]: each for each in json.loads(good(capsys, "show", "plan", "--json"))["roadmap"]["kpis"]
    }
    (measurement,) = stored(home, "plan").measurements
    figures = read_figures(measurement.figures)
    assert figures is not None
    for row in filled["into"]["kpis"]:
        figure = measured[row["bound_to"]]["value"]
        assert row["figure"] == figure == figures.measures[row["bound_to"]].value
        assert row["value"] == shown[row["id"]]["current"] == SAMPLE_VALUES[row["id"]]
        assert row["baseline"] == shown[row["id"]]["baseline"]


KINDS = st.sampled_from(["visit", "click", "quote", "purchase", "upsell"])
EVENTS = st.lists(
    st.tuples(st.integers(0, 4), st.dates(date(2026, 1, 1), date(2026, 6, 30)), KINDS, st.sampled_from("ab")),
    min_size=1,
    max_size=25,
)


@pytest.mark.proof
@examples(15)
@given(events=EVENTS)
def test_of_any_events_the_stored_values_are_those_that_measure_prints(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[int, date, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    rows = [f"c{customer},{day},{kind},{channel}" for customer, day, kind, channel in events]
    source = table(folder / "e.csv", ["customer,time,kind,channel", *rows])
    library = Library(folder / "data")
    plan = Roadmap(
        "plan", "Plan", "", (),
        (
            Kpi("a", "A", unit="%", bound_to="close_rate"),
            Kpi("b", "B", unit="days", bound_to="return_days_mean"),
            Kpi("c", "C", bound_to="customers"), Kpi("d", "D", unit="%", bound_to="bottleneck"),
        ),
    )  # fmt: skip
    library.create("plan", plan, "me")
    base = ("--data-dir", str(folder / "data"))
    argv = (
        ("measure", str(source), "--steps", ",".join(sorted({e[2] for e in events})))
        if len({e[2] for e in events}) > 1
        else ("measure", str(source))
    )
    assert main([*argv, "--into", "plan", "--yes", *base]) == 0
    roadmap = stored(folder, "plan")
    (measurement,) = roadmap.measurements
    figures = read_figures(measurement.figures)
    assert figures is not None
    for kpi, number in zip(roadmap.kpis[:3], ("close_rate", "return_days_mean", "customers"), strict=True):
        value = figures.measures[number].value
        if value is None:
            assert (kpi.current, kpi.readings) == ("", ())
        else:
            scale = 100 if kpi.unit == "%" else 1
            assert float(kpi.current.rstrip("%")) == pytest.approx(value * scale, abs=0.05001)
            assert kpi.readings[0].day == max(day for _, day, _, _ in events).isoformat()


def test_why_a_kpi_gets_no_value_is_said(home: Path, log: str, capsys: Capture) -> None:
    write(path(home), "me", SetKpi("kpi.return-time", "unit", "%"))
    table(home / "few.csv", ["customer,time,kind", "a,2026-03-01,visit"])
    said = good(capsys, "measure", str(home / "few.csv"), "--into", "plan", "--yes")
    assert "undefined in these events" in said and "the KPI has another unit" in said
    assert kpis(home)["kpi.return-rate"].current == ""
    assert kpis(home)["kpi.close-rate"].current == "0"


def test_kpis_of_a_channel_and_a_segment_are_measured_of_those_customers(
    home: Path, log: str, capsys: Capture
) -> None:
    rows = [
        *(f"a{n},2026-03-01,visit,ads,north" for n in range(4)), "a0,2026-03-02,purchase,ads,north",
        *(f"b{n},2026-03-01,visit,mail,south" for n in range(4)), "b0,2026-03-02,purchase,mail,south",
        "b1,2026-03-02,purchase,mail,south",
    ]  # fmt: skip
    source = str(table(home / "regions.csv", ["customer,time,kind,channel,region", *rows]))
    good(capsys, "bind", "close rate", "close_rate", "--channel", "ads", "--in", "plan")
    good(capsys, "bind", "upsell", "close_rate", "--segment", "region=south", "--in", "plan")
    good(capsys, "bind", "return-to-flow", "close_rate", "--segment", "no such column=x", "--in", "plan")
    said = good(capsys, "measure", source, "--into", "plan", "--yes", "--period", "7")
    assert "no such customers" in said
    found = kpis(home)
    assert (found["kpi.close-rate"].current, found["kpi.upsell"].current) == ("25", "50")
    assert found["kpi.upsell"].readings[0].source == "close_rate?segment=region%3Dsouth"
    assert found["kpi.return-rate"].current == ""
    for option, value, kpi in (
        ("--channel", "ads", "kpi.close-rate"), ("--segment", "region=south", "kpi.upsell"),
    ):  # fmt: skip
        alone = json.loads(good(capsys, "measure", source, option, value, "--json"))
        assert float(found[kpi].current) == alone["measures"]["close_rate"]["value"] * 100
    figures = read_figures(stored(home, "plan").measurements[0].figures)
    assert figures is not None and figures.period_days == 7
    assert figures.segments == {"region": ["south", "north"]}
    assert "region=south" in good(capsys, "show", "plan")
    assert "the same as before" in good(capsys, "measure", "--again", "plan", "--yes")
    good(capsys, "bind", "return-to-flow", "close_rate", "--channel", "nowhere", "--in", "plan")
    assert "no such customers" in good(capsys, "measure", "--again", "plan", "--yes")
