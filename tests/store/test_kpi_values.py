"""The values of a KPI over time, out of the change log."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import SetKpi
from lfroadmap.roadmap.model import Kpi, Reading, Roadmap
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.store.history.kpi_values import kpi_values
from lfroadmap.store.history.queries import every
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from submitting import make

PLAN = Roadmap("r", "Plan", kpis=(Kpi("k", "Rate"), Kpi("other", "Time", current="5")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    return path


def values(path: Path, kpi: str = "k") -> list[str]:
    return [value for _, value in kpi_values(path, read(path))[kpi]]


def test_every_value_that_was_typed_is_there_with_its_time(path: Path) -> None:
    make(path, SetKpi("k", "current", "10"), SetKpi("k", "target", "20"), SetKpi("k", "current", "12"))
    found = kpi_values(path, read(path))
    assert [value for _, value in found["k"]] == ["10", "12"]
    times = [entry.at for entry in every(path) if entry.attribute == "current"]
    assert [at for at, _ in found["k"]] == times[::-1]
    assert found["other"] == ()


def test_an_undo_is_a_value_too(path: Path) -> None:
    make(path, SetKpi("k", "current", "10"), SetKpi("k", "current", "12"), "undo")
    assert values(path) == ["10", "12", "10"]


def test_a_value_by_day_that_was_taken_back_is_none(path: Path) -> None:
    measured = Reading("m", "12", "2026-01-05", "measured", "close_rate")
    taken = Batch((Add(measured, "k"), SetKpi("k", "current", "12")))
    make(path, SetKpi("k", "current", "10"), taken, "undo")
    assert values(path) == ["10"]


def test_values_of_many_changes_at_once_count(path: Path) -> None:
    make(path, Batch((SetKpi("k", "current", "10"), SetKpi("other", "current", "6"))), ResetAll(PLAN))
    assert values(path) == ["10", ""]
    assert values(path, "other") == ["6", "5"]


def test_a_kpi_that_came_back_keeps_its_past(path: Path) -> None:
    kpi = Kpi("new", "New", current="1")
    make(path, Add(kpi, "r"), SetKpi("new", "current", "2"), Remove("new"), "undo")
    make(path, SetKpi("new", "current", "3"))
    assert values(path, "new") == ["1", "2", "3"]


def test_one_kpi_is_asked_about_after_an_undone_change_of_several_by_day(path: Path) -> None:
    days = (Reading("a", "7", "2026-01-05"), Reading("b", "8", "2026-01-05"))
    edits = (
        Add(days[0], "k"),
        SetKpi("k", "current", "7"),
        Add(days[1], "other"),
        SetKpi("other", "current", "8"),
    )
    make(path, Batch(edits), "undo")
    roadmap = read(path)
    for kpi in roadmap.kpis:
        alone = kpi_values(path, Roadmap("r", kpis=(kpi,)))
        assert alone == {kpi.id: kpi_values(path, roadmap)[kpi.id]}
