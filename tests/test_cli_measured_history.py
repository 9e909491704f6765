"""Measurements and bindings of a roadmap through commands: in files, in the history, and brought back."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, stored, write
from lfroadmap.roadmap.edits import Bind
from lfroadmap.roadmap.flow_figures import Figure, FlowFigures, figures_text
from lfroadmap.roadmap.model import Measurement
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.store import measuring

FIGURES = figures_text(FlowFigures(events=3, measures={"return_rate": Figure(0.3, 3, 10, "share")}))
KEPT = Measurement("m1", None, "2026-03-01", "2026-03-01T09:00:00.000Z", FIGURES)
KPI = "kpi.return-rate"
FORMATS = {
    "html": "plan.html",
    "json": "plan.json",
    "xlsx": "plan.xlsx",
    "md": "plan.md",
    "csv-kpis": "plan.csv",
}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    """A roadmap that was measured once, as `measure --into` leaves it."""
    at_home(tmp_path, monkeypatch)
    good(capsys, "new", "plan")
    path = tmp_path / "data" / "roadmaps" / "plan.roadmap"
    write(path, "dana", Bind(KPI, "return_rate", "ads"), Add(KEPT, stored(tmp_path, "plan").id))
    measuring.write_setup(path, '{"sources":["/home/dana/a secret.csv"]}')
    measuring.write_customers(path, '["a secret customer"]')
    return path


def parts_of(path: Path) -> list[bytes]:
    """The bytes of a file; of a workbook those of each file in it."""
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


@pytest.mark.parametrize("name", FORMATS)
def test_no_export_has_what_measuring_keeps_to_itself(path: Path, capsys: Capture, name: str) -> None:
    good(capsys, "export", name, "plan", "-o", FORMATS[name])
    written = Path(FORMATS[name])
    assert not any(b"a secret" in part for part in parts_of(written))
    assert "a secret" not in good(capsys, "show", "plan", "--json")


@pytest.mark.parametrize("name", ["html", "json"])
def test_a_file_brings_them_into_a_new_roadmap_and_into_another(
    path: Path, capsys: Capture, tmp_path: Path, name: str
) -> None:
    now = stored(tmp_path, "plan")
    good(capsys, "export", name, "plan", "-o", FORMATS[name])
    good(capsys, "import", FORMATS[name], "--name", "other")
    good(capsys, "new", "third")
    good(capsys, "import", FORMATS[name], "--into", "third", "--yes")
    for roadmap in (stored(tmp_path, "other"), stored(tmp_path, "third")):
        assert roadmap.measurements == now.measurements == (KEPT,)
        assert roadmap.kpis == now.kpis
    assert measuring.read_setup(path.with_name("third.roadmap")) is None


def test_a_copy_has_the_measurements_and_nothing_of_the_machine(
    path: Path, capsys: Capture, tmp_path: Path
) -> None:
    now = stored(tmp_path, "plan")
    good(capsys, "new", "copy", "--copy", "plan")
    copied = stored(tmp_path, "copy")
    assert (copied.measurements, copied.kpis) == (now.measurements, now.kpis)
    assert measuring.read_setup(path.with_name("copy.roadmap")) is None


def test_a_snapshot_brings_back_what_there_was_and_undo_takes_it_all_back(
    path: Path, capsys: Capture, tmp_path: Path
) -> None:
    good(capsys, "snapshot", "plan", "--save", "measured")
    write(path, "dana", Remove("m1"), Bind(KPI, ""))
    assert "measurements" not in good(capsys, "show", "plan", "--json")
    good(capsys, "snapshot", "plan", "--restore", "measured")
    roadmap = stored(tmp_path, "plan")
    assert roadmap.measurements == (KEPT,)
    assert (roadmap.kpis[0].bound_to, roadmap.kpis[0].bound_channel) == ("return_rate", "ads")
    then = json.loads(good(capsys, "show", "plan", "--json", "--at", "measured"))["roadmap"]
    assert [each["id"] for each in then["measurements"]] == ["m1"]
    assert "measurement" in good(capsys, "history", "plan")
    assert good(capsys, "bin", "plan").startswith("Nothing")


def test_a_copy_of_the_file_is_brought_in_with_both(path: Path, capsys: Capture, tmp_path: Path) -> None:
    conflict = tmp_path / "plan (conflict).roadmap"
    conflict.write_bytes(path.read_bytes())
    later = Measurement("m2", None, "2026-04-01", "2026-04-01T09:00:00.000Z", FIGURES)
    write(conflict, "dana", Add(later, stored(tmp_path, "plan").id), Bind(KPI, "close_rate"))
    printed = good(capsys, "import", str(conflict), "--into", "plan", "--yes")
    assert "2026-04-01" in printed and "Close rate" in printed
    plan = stored(tmp_path, "plan")
    assert plan.measurements == (KEPT, later)
    assert plan.kpis[0].bound_to == "close_rate"
    assert measuring.read_setup(path) == '{"sources":["/home/dana/a secret.csv"]}'
