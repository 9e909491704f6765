"""Notes by command, and values of a KPI for a day."""

from __future__ import annotations

import getpass
import io
import re
import sys
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run, stored, stored_card
from lfroadmap.roadmap import kpi_readings
from lfroadmap.roadmap.model import Card, Kpi
from lfroadmap.roadmap.tree import find
from lfroadmap.store.history.kpi_values import kpi_values

NAME = "acme"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    at_home(tmp_path, monkeypatch)
    good(capsys, "new", NAME)
    return tmp_path


def card(home: Path) -> Card:
    return stored_card(home, NAME, "launch.pilot")


def test_a_note_is_written_on_a_task_and_on_a_card(home: Path, capsys: Capture) -> None:
    ident = good(capsys, "note", "--quiet", "Flow pilot", "Mind", "the", "budget").strip()
    (note,) = card(home).notes
    assert (note.id, note.text, note.author) == (ident, "Mind the budget", getpass.getuser())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", note.time)
    said = good(capsys, "note", "launch.pilot.pick-segment", "They", "answer", "on", "Sunday")
    assert "They answer on Sunday" in said and [n.text for task in card(home).tasks for n in task.notes] == [
        "They answer on Sunday"
    ]
    for argv in (
        ("show",),
        ("export", "md", "-o", "-"),
        ("export", "html", "-o", "-"),
        ("export", "ics", "-o", "-"),
    ):
        out = good(capsys, *argv)
        assert ("Mind the budget" in out) == (argv[1:2] != ("ics",)), argv
    assert "They answer on Sunday" in good(capsys, "export", "csv", "-o", "-")


def test_a_note_without_a_place_or_words_is_refused(home: Path, capsys: Capture) -> None:
    before = stored(home, NAME)
    for argv, part in (
        (("zzz", "x"), "no card or task"),
        (("set", "x"), "may mean any"),
        (("pilot",), "WORDS"),
    ):
        ran = run(capsys, "note", *argv)
        assert ran.status in (1, 2) and part in ran.err, ran
    assert stored(home, NAME) == before


def kpi(home: Path) -> Kpi:
    place = find(stored(home, NAME), "kpi.close-rate")
    assert place and isinstance(place.node, Kpi)
    return place.node


def test_a_value_of_a_day_is_the_current_one_where_none_is_later(home: Path, capsys: Capture) -> None:
    good(capsys, "kpi", "close rate", "20", "--at", "2026-01-31")
    assert (kpi(home).current, [(r.day, r.value) for r in kpi(home).readings]) == (
        "20",
        [("2026-01-31", "20")],
    )
    good(capsys, "kpi", "close rate", "18", "--at", "2025-12-31")
    assert kpi(home).current == "20"
    good(capsys, "kpi", "close rate", "25")
    good(capsys, "kpi", "close rate", "22", "--at", "2026-02-28")
    assert kpi(home).current == "25"
    good(capsys, "kpi", "close rate", "23", "--at", "2026-02-28")
    assert [r.value for r in kpi_readings.by_day(kpi(home))] == ["18", "20", "23"]
    good(capsys, "kpi", "close rate", "26", "--at", "today")
    assert kpi(home).current == "26"
    values = kpi_values(home / "data" / "roadmaps" / f"{NAME}.roadmap", stored(home, NAME))["kpi.close-rate"]
    assert [v.value for v in values] == ["18", "20", "23", "26"]
    assert "best 26" in good(capsys, "show")


def test_a_value_that_is_there_from_an_unknown_day_stays(home: Path, capsys: Capture) -> None:
    good(capsys, "kpi", "close rate", "30")
    good(capsys, "export", "json", "-o", str(home / "p.json"))
    good(capsys, "import", str(home / "p.json"), "--name", "copy")
    good(capsys, "kpi", "--in", "copy", "close rate", "10", "--at", "2026-01-01")
    copy = find(stored(home, "copy"), "kpi.close-rate")
    assert copy and isinstance(copy.node, Kpi) and copy.node.current == "30"


def test_lines_see_what_those_before_them_set(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (
        '{"do": "kpi", "kpi": "close rate", "value": "5"}\n'
        '{"do": "kpi", "kpi": "close rate", "value": "4", "at": "2026-01-01"}\n'
        '{"do": "note", "on": "Flow pilot", "words": "Mind it", "id": "mine"}\n'
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    good(capsys, "apply")
    assert kpi(home).current == "5" and card(home).notes[0].id == "mine"


@pytest.mark.parametrize("day", ["tomorrow", "2199-01-01", "31.13.2026", "soon"])
def test_a_day_to_come_or_none_is_refused(home: Path, capsys: Capture, day: str) -> None:
    before = stored(home, NAME)
    ran = run(capsys, "kpi", "close rate", "5", "--at", day)
    assert ran.status == 2 and ran.err
    assert stored(home, NAME) == before


def test_values_of_three_days_lead_to_the_last_and_to_no_other(home: Path, capsys: Capture) -> None:
    for value, day in (("10%", "2025-09-01"), ("20%", "2025-10-01"), ("30%", "2025-11-01")):
        good(capsys, "kpi", "close rate", value, "--at", day)
    assert kpi(home).current == "30%"
    values = kpi_values(home / "data" / "roadmaps" / f"{NAME}.roadmap", stored(home, NAME))["kpi.close-rate"]
    assert [(v.at.date().isoformat(), v.value) for v in values] == [
        ("2025-09-01", "10%"), ("2025-10-01", "20%"), ("2025-11-01", "30%"),
    ]  # fmt: skip


def test_the_value_of_a_day_is_changed_and_emptied_in_true_words(home: Path, capsys: Capture) -> None:
    good(capsys, "kpi", "close rate", "9%", "--at", "2025-09-01")
    assert "12%" in good(capsys, "kpi", "close rate", "12%", "--at", "2025-10-01")
    said = good(capsys, "kpi", "close rate", "8%", "--at", "2025-09-01")
    assert "2025-09-01" in said and "9% → 8%" in said and "called" not in said
    assert [line.split("  ")[-1] for line in good(capsys, "history", NAME).splitlines()][-1].endswith("9%")
    good(capsys, "kpi", "close rate", "", "--at", "2025-10-01")
    assert (kpi(home).current, [r.value for r in kpi(home).readings]) == ("8%", ["8%"])
    good(capsys, "kpi", "close rate", "", "--at", "2025-10-01")


@pytest.mark.parametrize("table", ["csv", "csv-cards", "csv-kpis", "xlsx"])
@pytest.mark.quick_cases(1)
def test_tables_of_ours_with_notes_come_back_as_they_are(home: Path, capsys: Capture, table: str) -> None:
    for words in ("one\ntwo", "and = three"):
        good(capsys, "note", "Flow pilot", words)
        good(capsys, "note", "launch.pilot.pick-segment", words)
    for day in ("2025-09-01", "2025-10-01"):
        good(capsys, "kpi", "close rate", "9%", "--at", day)
    before = stored(home, NAME)
    file = str(home / ("t.xlsx" if table == "xlsx" else "t.csv"))
    good(capsys, "export", table, "-o", file)
    good(capsys, "import", file, "--into", NAME, "--yes")
    assert stored(home, NAME) == before
    good(capsys, "new", "other")
    good(capsys, "import", file, "--into", "other", "--yes")
    there, here = stored(home, "other"), before
    if table in ("csv", "xlsx"):
        task = find(there, "launch.pilot.pick-segment")
        assert task and [n.text for n in task.node.notes] == ["and = three", "one\ntwo"]  # type: ignore[union-attr]
    if table in ("csv-kpis", "xlsx"):
        assert [(r.day, r.value) for r in there.kpis[2].readings] == [
            (r.day, r.value) for r in here.kpis[2].readings
        ]
