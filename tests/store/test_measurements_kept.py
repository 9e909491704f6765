"""Measurements in a roadmap's file: in its history, not in undo; and what measuring needs beside it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plans
from examples import examples
from foreign_peer import updates_of
from lfroadmap.errors import BrokenStore, SaveFailed
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Bind, Edit, Rename, SetField, SetKpi, Tick
from lfroadmap.roadmap.model import Measurement, Reading, Roadmap
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.store import measuring
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.library.library import Library
from lfroadmap.store.recovery.rescue import examine, rescue
from lfroadmap.store.sqlite.file_format import inspect, read
from lfroadmap.store.sqlite.file_schema import VERSION
from lfroadmap.store.sqlite.loading import dump_view, load_view
from lfroadmap.store.store import Store
from lfroadmap.usecases.library_edits import copy_roadmap
from listening import PLAN, Person
from merging import merge, peer_of
from store_states import as_version, rows

FIRST = Measurement("m1", None, "2026-03-01", "2026-03-01T09:00:00.000Z", '{"version":1,"measures":{}}')
SECOND = Measurement("m2", None, "2026-04-01", "2026-04-01T09:00:00.000Z", '{"version":1,"measures":{}}')
READING = Reading("v", "31", "2026-03-01", "measured", "win_rate", FIRST.time)
FILLED = Batch((SetKpi("k", "current", "31"), Add(READING, "k"), Bind("k", "win_rate")))
THINNING = Batch((Add(SECOND, "r"), Remove("m1")))


def with_measurements(roadmap: Roadmap, *measurements: Measurement) -> Roadmap:
    for each in measurements:
        roadmap = Add(each, "r").on(roadmap)
    return roadmap


def test_undo_and_redo_pass_over_a_measurement(path: Path) -> None:
    dana = Person(path, "dana")
    dana.does(SetField("g", "x"), FILLED, Add(FIRST, "r"), THINNING)
    kept = with_measurements(PLAN, SECOND)
    assert dana.undoes() == ("done", "k")
    assert dana.undoes() == ("done", "g")
    assert dana.undoes() == ("nothing", "")
    assert dana.store.roadmap == kept
    dana.does(Add(FIRST, "r", ""))
    assert dana.redoes() == ("done", "g"), "a measurement ends nothing that can be redone"
    assert dana.redoes() == ("done", "k")
    assert dana.store.roadmap == FILLED.on(SetField("g", "x").on(with_measurements(PLAN, FIRST, SECOND)))
    dana.leaves()


def test_undo_passes_over_it_after_a_restart_and_in_another_window(path: Path) -> None:
    dana = Person(path, "dana")
    dana.does(Tick("t1", True), Add(FIRST, "r"))
    dana.leaves()
    one, two = Person(path, "dana"), Person(path, "dana")
    two.does(Add(SECOND, "r"))
    assert one.undoes() == ("done", "t1")
    assert two.undoes() == ("nothing", "")
    one.leaves()
    two.leaves()
    assert read(path) == with_measurements(PLAN, FIRST, SECOND)


def test_what_is_typed_around_a_measurement_is_two_steps(path: Path) -> None:
    dana = Person(path, "dana")
    for text in ("a", "ab"):
        dana.store.submit(SetField("g", text))
    dana.store.submit(Add(FIRST, "r"))
    dana.store.submit(SetField("g", "abc"))
    assert dana.store.flush(20)
    assert dana.undoes() == ("done", "g")
    assert dana.text("g") == "ab"
    assert dana.undoes() == ("done", "g")
    assert dana.store.roadmap == with_measurements(PLAN, FIRST)
    dana.leaves()


def test_a_measurement_of_a_peer_is_merged_and_hinders_no_undo(path: Path, dana: Person) -> None:
    dana.does(Tick("t1", True))
    peer = peer_of(path)
    for update in peer.does(Add(FIRST, "r")):
        assert merge(dana, update).outcome == "merged"
    assert dana.store.roadmap.measurements == (FIRST,)
    assert [entry.attribute for entry in queries.read(path)] == ["added", "done"]
    assert dana.undoes() == ("done", "t1")
    assert dana.store.roadmap == with_measurements(PLAN, FIRST)


def test_an_edit_with_other_parts_is_undone_whole(path: Path) -> None:
    dana = Person(path, "dana")
    dana.does(Add(FIRST, "r"), ResetAll(PLAN))
    assert dana.store.roadmap.measurements == ()
    assert dana.undoes()[0] == "done"
    assert dana.store.roadmap.measurements == (FIRST,)
    dana.does(Rename("m1", "Before the fair"))
    assert dana.undoes() == ("done", "m1"), "a name is a person's work"
    dana.leaves()


def test_the_history_has_it_and_the_bin_has_not(path: Path) -> None:
    dana = Person(path, "dana")
    dana.does(Add(FIRST, "r"), THINNING)
    dana.leaves()
    assert [entry.kind for entry in queries.read(path)] == ["Batch", "Add"]
    assert TimeTravel(path).at(1).measurements == (FIRST,)
    assert queries.removed(path, read(path)) == ()


@pytest.mark.parametrize("figures", ["x" * 10_000_000, "[" * 5000, '{"measures":' + "9" * 5000 + "}"])
@pytest.mark.quick_cases(1)
def test_figures_of_a_peer_may_be_anything(path: Path, dana: Person, figures: str) -> None:
    peer = peer_of(path)
    for update in peer.does(Add(Measurement("m1", None, "no day", "", figures), "r")):
        assert merge(dana, update).outcome == "merged"
    (kept,) = dana.store.roadmap.measurements
    assert kept.figures in ("", figures)
    assert len(kept.figures) <= 64_000


# ------------------------------------------------------------------ what measuring needs


def test_how_it_was_measured_is_kept_beside_the_document(path: Path) -> None:
    assert (measuring.read_setup(path), measuring.read_customers(path)) == (None, None)
    measuring.write_setup(path, '{"sources":["log.csv"]}')
    measuring.write_customers(path, '["a","ב"]')
    measuring.write_setup(path, '{"sources":["log.jsonl"]}')
    assert measuring.read_setup(path) == '{"sources":["log.jsonl"]}'
    assert measuring.read_customers(path) == '["a","ב"]'
    measuring.write_customers(path, "")
    assert measuring.read_customers(path) is None
    assert read(path) == PLAN
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_it_is_written_beside_an_open_window(path: Path, dana: Person) -> None:
    for n in range(20):
        dana.store.submit(SetField("g", str(n)))
        measuring.write_setup(path, f"{n}")
        assert measuring.read_setup(path) == f"{n}"
    assert dana.store.flush(20)
    assert dana.text("g") == "19"
    assert dana.undoes()[0] == "done"


def test_no_export_no_update_and_no_copy_has_it(path: Path, tmp_path: Path) -> None:
    measuring.write_setup(path, "a secret path")
    measuring.write_customers(path, "a secret customer")
    dana = Person(path, "dana")
    dana.does(Add(FIRST, "r"))
    dana.leaves()
    assert not any(b"secret" in update for update in updates_of(path))
    assert "secret" not in (inspect(path, thorough=True).view or "")
    library = Library(tmp_path / "data")
    library.path("plan").parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, library.path("plan"))
    assert measuring.read_setup(library.path("plan")) == "a secret path", "a plain copy of the file keeps it"
    copied = copy_roadmap(library, "plan", "other")
    assert (measuring.read_setup(copied), measuring.read_customers(copied)) == (None, None)
    assert b"secret" not in copied.read_bytes()


@pytest.mark.parametrize("version", range(1, VERSION))
def test_an_older_file_has_none_and_is_brought_up_to_date_to_be_written(path: Path, version: int) -> None:
    as_version(path, version)
    assert measuring.read_setup(path) is None
    measuring.write_setup(path, "x")
    assert measuring.read_setup(path) == "x"
    assert read(path) == PLAN
    assert inspect(path, thorough=True).version == VERSION


def test_a_newer_file_is_not_written(path: Path) -> None:
    rows(path, f"PRAGMA user_version={VERSION + 1}")
    with pytest.raises(SaveFailed) as raised:
        measuring.write_setup(path, "x")
    assert raised.value.key == "save_newer"


def test_what_is_too_long_or_no_file_is_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="setup"):
        measuring.write_setup(path, "x" * (measuring.MOST_LETTERS + 1))
    for task in (measuring.read_setup, lambda path: measuring.write_setup(path, "x")):
        with pytest.raises(BrokenStore) as raised:
            task(path.with_name("none"))
        assert raised.value.key == "store_missing"


@pytest.mark.parametrize("change", ["value = 'other'", "value = x'00', sum = 0", "at = 'soon'"])
def test_a_damaged_row_is_said_and_a_rescue_leaves_it_out(path: Path, change: str) -> None:
    measuring.write_setup(path, "x")
    measuring.write_customers(path, "y")
    rows_changed(path, f"UPDATE measuring SET {change} WHERE key = 'setup'")
    with pytest.raises(BrokenStore):
        measuring.read_setup(path)
    assert examine(path).damaged
    rescue(path)
    assert (measuring.read_setup(path), measuring.read_customers(path)) == (None, "y")
    assert read(path) == PLAN


def rows_changed(path: Path, statement: str) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(statement)
    db.close()


def test_a_rescue_keeps_what_can_be_read_the_newest(path: Path) -> None:
    dana = Person(path, "dana")
    dana.does(FILLED, Add(FIRST, "r"))
    now = dana.store.roadmap
    dana.leaves()
    for n in range(30):
        measuring.write_setup(path, f"setup {n} " + "x" * 3000)
    rows_changed(path, "UPDATE updates SET data = x'00'")
    found = rescue(path)
    assert found.roadmap == now == read(path)
    assert (measuring.read_setup(path) or "").startswith("setup 29 ")
    assert TimeTravel(path).at(0) == PLAN


def test_a_roadmap_that_is_only_its_changes_gets_its_measurements_back(path: Path) -> None:
    dana = Person(path, "dana")
    edits: tuple[Edit, ...] = (SetField("g", "x"), Bind("k", "win_rate", "mail"), Add(FIRST, "r"))
    dana.does(*edits)
    dana.leaves()
    for table in ("updates", "view"):
        rows_changed(path, f"DELETE FROM {table}")
    rows_changed(path, "VACUUM")
    found = rescue(path)
    assert found.roadmap.measurements == (FIRST,)
    assert [(kpi.id, kpi.bound_to, kpi.bound_channel) for kpi in found.roadmap.kpis] == [
        ("k", "win_rate", "mail")
    ]
    assert Store(path, "dana").close() == ()


# ------------------------------------------------------------------ the plain copy


@examples(100)
@given(plans.roadmaps, st.integers(0, 9))
def test_the_plain_copy_has_the_figures_of_measurements(roadmap: Roadmap, left_out: int) -> None:
    assert load_view(dump_view(roadmap, left_out)) == (roadmap, left_out)


@pytest.mark.parametrize("lines", [("0", "{}"), ("0", "{}", "", ""), ("", "{}", "{}"), ("x", "{}", "{}")])
def test_a_plain_copy_with_other_lines_is_none(lines: tuple[str, ...]) -> None:
    roadmap = with_measurements(PLAN, FIRST, SECOND)
    plain = dump_view(roadmap, 0).partition("\n")[0]
    with pytest.raises(ValueError, match="not"):
        load_view("\n".join((plain, *lines)))


def test_opening_and_editing_parse_no_figures(path: Path) -> None:
    dana = Person(path, "dana")
    dana.does(Add(FIRST, "r"))
    dana.leaves()
    code = """
import sys
from pathlib import Path
from lfroadmap.roadmap.edits import Tick
from lfroadmap.store.store import Store

store = Store(Path(sys.argv[1]), "dana")
store.start(lambda event: None)
store.submit(Tick("t1", True))
assert store.close() == () and store.roadmap.measurements
print("lfroadmap.roadmap.flow_figures" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (run.returncode, run.stdout) == (0, "False\n"), run.stderr
