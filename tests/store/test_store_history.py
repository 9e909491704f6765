from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from commanding import write as work
from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SpliceText, Tick
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.history import queries, time_travel
from lfroadmap.store.history.queries import HistoryQuery
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN


def set_times(path: Path, *times: datetime) -> None:
    db = sqlite3.connect(path)
    for seq, when in enumerate(times, 1):
        db.execute("UPDATE changes SET at = ? WHERE seq = ?", (int(when.timestamp() * 1000), seq))
    db.commit()
    db.close()


def test_a_change_is_told_with_who_when_where_and_what(path: Path) -> None:
    start = datetime.now().astimezone().replace(microsecond=0)
    work(path, "דנה", SetField("g", "old"), SetField("g", "new"), Rename("t1", "Call"), Tick("t1", True))
    ticked, renamed, changed, _ = queries.read(path)
    assert (changed.author, changed.card, changed.node, changed.attribute) == ("דנה", "c", "g", "value")
    assert (changed.old, changed.new, changed.kind) == ("old", "new", "SetField")
    assert start <= changed.at <= datetime.now().astimezone()
    assert (renamed.old, renamed.new, renamed.label) == (None, "Call", "Call")
    assert (ticked.old, ticked.new, ticked.label, ticked.card) == (False, True, "Call", "c")


def test_places_outside_cards(path: Path) -> None:
    work(path, "dana", SetKpi("k", "current", "3"), Rename("s", "Stage"), Rename("r", "Plan 2"), Remove("d"))
    assert [entry.card for entry in queries.read(path)] == ["d", "", "s", ""]


def test_pages_lead_through_all_changes_once(path: Path) -> None:
    work(path, "dana", *(SetField("g", str(n)) for n in range(25)))
    pages, before = [], None
    while page := queries.read(path, limit=10, before=before):
        pages.append([entry.new for entry in page])
        before = page[-1].number
    assert [len(page) for page in pages] == [10, 10, 5]
    values = [value for page in pages for value in page]
    assert values == [str(n) for n in reversed(range(25))]
    numbers = queries.numbers(path)
    assert numbers == tuple(range(25, 0, -1))
    assert [queries.entries(path, numbers)[n].new for n in numbers] == values
    assert queries.entries(path, [99]) == {}


def found(path: Path, **query: object) -> list[int]:
    numbers = queries.numbers(path, HistoryQuery(**query))  # type: ignore[arg-type]
    assert [entry.number for entry in queries.read(path, HistoryQuery(**query))] == list(numbers)  # type: ignore[arg-type]
    return sorted(numbers)


def test_a_history_is_narrowed_by_what_is_sought(path: Path) -> None:
    work(path, "dana", SetField("g", 'say "50%"\nnow'), Tick("t1", True), Add(Task("x", "Café"), "d"))
    work(path, "noa", SetField("g", "שלום"), SetKpi("k", "current", "50x"), Remove("x"))
    day = datetime(2026, 3, 1, 12)
    set_times(path, *(day + timedelta(days=n) for n in range(6)))
    assert found(path) == [1, 2, 3, 4, 5, 6]
    assert found(path, author="noa") == [4, 5, 6]
    assert found(path, card="c") == [1, 2, 4]
    assert found(path, cards=("c", "d")) == [1, 2, 3, 4, 6]
    assert found(path, cards=("d",), author="noa") == [6]
    assert found(path, card="d") == [3, 6]
    assert found(path, node="g", author="dana") == [1]
    assert found(path, since=day + timedelta(days=2), until=day + timedelta(days=3)) == [3, 4]
    assert found(path, text="50%") == [1, 4]
    assert found(path, text='"50%"\nN') == [1, 4]
    assert found(path, text="שלו") == [4]
    assert found(path, text="caf") == [3, 6]
    assert found(path, text="\\") == []


def test_the_roadmap_as_it_was_at_a_moment(path: Path) -> None:
    edits = [
        SetField("g", "a"),
        SpliceText("f", 0, 0, "text"),
        Move("t1", "d"),
        Remove("c"),
        SetField("g", "b"),
    ]
    stops = [PLAN]
    for edit in edits:
        stops.append(edit.on(stops[-1]))
    work(path, "dana", *edits)
    day = datetime(2026, 3, 1, 12)
    set_times(path, *(day + timedelta(days=n) for n in range(4)))
    assert time_travel.at(path, day - timedelta(seconds=1)).roadmap == PLAN
    assert time_travel.at(path, day).roadmap == stops[1]
    assert time_travel.at(path, day + timedelta(days=2, hours=3)).roadmap == stops[3]
    assert time_travel.at(path, day + timedelta(days=999)).roadmap == stops[4]
    walk = TimeTravel(path)
    assert [walk.at(n) for n in (2, 0, 4, 1, 3, 99)] == [stops[n] for n in (2, 0, 4, 1, 3, 4)]
    assert (walk.numbers, walk.last, walk.unreadable) == ((1, 2, 3, 4), 4, 0)
    assert walk.time(1) == day.astimezone()


def test_a_clock_that_was_set_back_confuses_no_order(path: Path) -> None:
    work(path, "dana", *(SetField("g", value) for value in "abc"))
    noon = datetime(2026, 3, 1, 12)
    set_times(path, noon, noon + timedelta(hours=2), noon - timedelta(hours=1))
    assert [entry.new for entry in queries.read(path)] == ["c", "b", "a"]
    assert time_travel.at(path, noon + timedelta(hours=1)).roadmap == SetField("g", "c").on(PLAN)
    assert time_travel.at(path, noon - timedelta(hours=2)).roadmap == PLAN
    work(path, "dana", SetField("g", "d"))
    assert queries.read(path)[0].new == "d"


def test_a_time_that_no_calendar_has_is_shown_and_stops_nothing(path: Path) -> None:
    work(path, "dana", SetField("g", "a"))
    db = sqlite3.connect(path)
    db.execute("UPDATE changes SET at = ?", (2**62,))
    db.commit()
    db.close()
    assert queries.read(path)[0].new == "a"


def test_folding_keeps_the_whole_history(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lfroadmap.store.writer.COMPACT_AFTER", 5)
    monkeypatch.setattr("lfroadmap.store.writer.POLL", 0.02)
    edits = [SetField("g", str(n)) for n in range(60)]
    store = Store(path, "dana")
    store.start(lambda event: None)
    for edit in edits:
        store.submit(edit)
        store.end_burst()
        assert store.flush(10)
    time.sleep(0.3)
    assert store.close() == ()
    db = sqlite3.connect(path)
    (updates,) = db.execute("SELECT count(*) FROM updates").fetchone()
    db.close()
    assert updates < 30
    assert len(queries.numbers(path)) == 60
    walk = TimeTravel(path)
    for n in (0, 31, 60):
        assert walk.at(n) == (edits[n - 1].on(PLAN) if n else PLAN)


def test_a_damaged_change_is_passed_over_and_counted(path: Path) -> None:
    work(path, "dana", SetField("g", "a"), SetField("g", "b"))
    db = sqlite3.connect(path)
    db.execute("UPDATE changes SET inverse = 'noise', old = '{' WHERE seq = 2")
    db.commit()
    db.close()
    walk = TimeTravel(path)
    assert walk.at(0) == PLAN
    assert walk.unreadable == 1
    assert queries.read(path)[0].old is None
    assert time_travel.restoring(path, 2, read(path)) is None


def test_a_long_text_is_told_by_its_beginning(path: Path) -> None:
    work(path, "dana", SpliceText("f", 0, 0, "x" * 10_000), Rename("c", "w" * 10_000))
    renamed, typed = queries.read(path)
    assert len(str(typed.new)) == len(str(renamed.new)) == len(renamed.label or "") == 300


def quickest(look: Callable[[], object]) -> float:
    """Seconds that the quickest of several looks takes."""
    times = []
    for _ in range(7):
        start = time.perf_counter()
        look()
        times.append(time.perf_counter() - start)
    return min(times)


def test_a_hundred_thousand_changes_open_as_fast_as_a_hundred(path: Path) -> None:
    work(path, "dana", *(SetField("g", str(n)) for n in range(100)))
    few = quickest(lambda: queries.read(path, limit=50))
    db = sqlite3.connect(path)
    columns = [row[1] for row in db.execute("PRAGMA table_info(changes)")][1:]
    for _ in range(10):
        names = ",".join(columns)
        db.execute(f"INSERT INTO changes({names}) SELECT {names} FROM changes")
    db.commit()
    db.close()
    assert len(queries.numbers(path)) == 102_400
    assert quickest(lambda: queries.read(path, limit=50)) < 3 * few + 0.005
    assert quickest(lambda: queries.read(path, limit=50, before=50_000)) < 3 * few + 0.005
