"""`bind` and `apply`: which measures fill which KPIs, and what is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from checked import validate
from commanding import Capture, at_home, good, run, stored
from lfroadmap.roadmap.model import Kpi
from lfroadmap.usecases.schemas import SCHEMAS


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


def test_binding_names_the_kpi_and_the_measure(home: Path, log: str, capsys: Capture) -> None:
    good(
        capsys,
        "bind",
        "close rate",
        "win_rate",
        "--channel",
        "ads",
        "--segment",
        "region = north",
        "--in",
        "plan",
    )
    kpi = kpis(home)["kpi.close-rate"]
    assert (kpi.bound_to, kpi.bound_channel, kpi.bound_segment) == ("win_rate", "ads", "region=north")
    said = good(capsys, "bind", "close rate", "שיעור", "סגירה", "--in", "plan")
    assert said.strip() == "Close rate · bound to: Win rate · ads · region=north → Close rate"
    assert good(capsys, "bind", "close rate", "close_rate", "--quiet").strip() == "kpi.close-rate"
    good(capsys, "bind", "upsell", "--remove")
    listed = json.loads(good(capsys, "bind", "--json"))
    validate(listed, SCHEMAS["bind"]())
    rows = {each["id"]: each for each in listed["kpis"]}
    assert (rows["kpi.upsell"]["bound_to"], rows["kpi.upsell"]["suggested"]) == (None, "upsell_rate")
    assert rows["kpi.upsell"]["fitting"][0] == "upsell_rate"
    assert "fits: Upsell rate" in good(capsys, "bind")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("bind", "close rate"), "MEASURE"),
        (("bind", "close rate", "nothing_at_all"), "no measure"),
        (("bind", "close rate", "rate"), "may mean"),
        (("bind", "close rate", "return_days_mean"), "measured in days"),
        (("bind", "nobody", "close_rate"), "nobody"),
        (("bind", "close rate", "close_rate", "--segment", "north"), "COLUMN=VALUE"),
        (("bind", "close rate", "close_rate", "--remove"), "--remove takes no measure"),
        (("bind", "close rate", "close_rate", "--json"), "--json"),
        (("bind", "--channel", "ads"), "needs a KPI"),
        (("measure", "log.csv", "--yes"), "--into"),
        (("measure", "log.csv", "--into", "nowhere", "--yes"), "nowhere"),
        (("measure", "--into", "plan", "--yes"), "source"),
        (("measure", "log.csv", "--into", "plan", "--sql", "duckdb"), "--sql"),
        (("measure", "--again", "plan", "--gap", "3"), "--gap"),
        (("measure", "--again", "plan", "more"), "more"),
        (("measure", "--again", "plan", "--channel", "ads"), "--channel"),
        (("measure", "log.csv", "--into", "plan", "--channel", "ads"), "--channel"),
        (("measure", "log.csv", "--into", "plan", "--since", "2026-01-01"), "--since"),
        (("measure", "--again", "--into", "plan"), "--into"),
        (("watch-measure",), "source"),
        (("watch-measure", "-"), "piped"),
        (("watch-measure", "log.csv", "--every", "soon"), "45s"),
        (("watch-measure", "log.csv", "--every", "0s"), "45s"),
        (("watch-measure", "gone.csv"), "gone.csv"),
    ],
)
@pytest.mark.quick_cases(5)
def test_what_cannot_be_done_is_refused(
    log: str, argv: tuple[str, ...], message: str, home: Path, capsys: Capture
) -> None:
    before = stored(home, "plan")
    ran = run(capsys, *argv)
    assert ran.status in (1, 2) and ran.out == "", ran
    assert message.lower() in ran.err.lower(), ran.err
    assert stored(home, "plan") == before


def test_apply_binds_and_unbinds(
    home: Path, log: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        {"do": "bind", "kpi": "close rate", "measure": "win_rate", "channel": "ads"},
        {"do": "unbind", "kpi": "upsell"},
    ]
    text = "\n".join(map(json.dumps, lines))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    good(capsys, "apply", "--in", "plan")
    bound = {id: (kpi.bound_to, kpi.bound_channel) for id, kpi in kpis(home).items()}
    assert (bound["kpi.close-rate"], bound["kpi.upsell"]) == (("win_rate", "ads"), ("", ""))


def test_an_own_template_keeps_the_bindings(home: Path, log: str, capsys: Capture) -> None:
    good(capsys, "bind", "close rate", "win_rate", "--channel", "ads", "--in", "plan")
    good(capsys, "templates", "save", "mine", "--in", "plan")
    good(capsys, "new", "next", "--template", "mine")
    bound = {each.bound_to: each.bound_channel for each in stored(home, "next").kpis}
    assert bound == {"return_rate": "", "return_days_mean": "", "win_rate": "ads", "upsell_rate": ""}


def test_credentials_are_in_no_file(home: Path, log: str, capsys: Capture) -> None:
    refused = run(capsys, "measure", "clickhouse://me:secret@host/db/t", "--into", "plan", "--yes")
    assert refused.status == 2 and "secret" not in refused.err
    written = [file for file in (home / "data").rglob("*") if file.is_file()]
    assert written and not any(b"secret" in file.read_bytes() for file in written)


def test_no_bound_kpi_still_keeps_the_figures(home: Path, log: str, capsys: Capture) -> None:
    for name in ("return-to-flow", "return time", "close rate", "upsell"):
        good(capsys, "bind", name, "--remove", "--in", "plan")
    said = good(capsys, "measure", log, "--into", "plan", "--yes")
    assert "No KPI is bound" in said and "kept in “plan”" in said
    assert len(stored(home, "plan").measurements) == 1


def test_a_workbook_with_looks_that_its_reader_does_not_know_is_read_without_a_warning(
    home: Path, log: str, capsys: Capture
) -> None:
    good(capsys, "export", "xlsx", "plan", "-o", "plan.xlsx")
    ran = run(capsys, "measure", "plan.xlsx")
    assert ran.status == 1 and ran.err.startswith("lfroadmap: Nothing was measured")
