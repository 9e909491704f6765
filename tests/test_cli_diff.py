"""`diff`: snapshots, days and now, in the terminal, as a page and as JSON."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from commanding import Capture, edited, good, run, settle
from lfroadmap.roadmap.edits import Edit, SetField, Tick
from lfroadmap.roadmap.model import Field, Roadmap, Task
from lfroadmap.roadmap.tree import places
from lfroadmap.store.store import Store

TODAY = date.today()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "160")
    return settle(tmp_path, monkeypatch)


def opens(roadmap: Roadmap) -> Iterator[str]:
    """Ids of the tasks that are to do."""
    return (p.node.id for p in places(roadmap) if isinstance(p.node, Task) and not p.node.done)


def deadline(roadmap: Roadmap) -> str:
    return next(p.node.id for p in places(roadmap) if isinstance(p.node, Field) and p.node.role == "deadline")


def work(home: Path, *steps: tuple[int, Edit]) -> None:
    """Do edits in the file `acme`, each as if so many days ago, at noon."""
    path = home / "data" / "roadmaps" / "acme.roadmap"
    for ago, edit in steps:
        store = Store(path, "me")
        store.start(lambda event: None)
        store.submit(edit)
        assert store.close() == ()
        moment = datetime.combine(TODAY - timedelta(days=ago), time(12))
        with closing(sqlite3.connect(path)) as db:
            last = "(SELECT max(seq) FROM changes)"
            db.execute(f"UPDATE changes SET at = ? WHERE seq = {last}", (int(moment.timestamp() * 1000),))
            db.commit()


@pytest.fixture
def made(home: Path) -> Roadmap:
    """A month of work: a deadline set, a task done ten days ago and one today, the deadline moved."""
    plan = edited(home, "acme")
    todo = opens(plan)
    work(
        home,
        (30, SetField(deadline(plan), "2026-05-01")),
        (10, Tick(next(todo), True, "2026-03-01")),
        (3, SetField(deadline(plan), "2026-05-15")),
        (0, Tick(next(todo), True, "2026-03-11")),
    )
    return plan


def compared(capsys: Capture, *argv: str) -> dict[str, object]:
    body = json.loads(good(capsys, "diff", *argv, "--json"))
    return {
        "done": len([task for task in body["tasks"] if task["word"] == "done"]),
        "dates": [(change["before"], change["after"], change["days"]) for change in body["dates"]],
        "points": body["overall"]["points"],
    }


def test_since_a_day(capsys: Capture, made: Roadmap) -> None:
    assert compared(capsys, "-1")["done"] == 1
    assert compared(capsys, "-7") == {"done": 1, "dates": [("2026-05-01", "2026-05-15", 14)], "points": 2}
    assert compared(capsys, "-10")["done"] == 2
    since = (TODAY - timedelta(days=40)).isoformat()
    assert compared(capsys, since)["dates"] == [("", "2026-05-15", None)]
    assert "before the first change" in good(capsys, "diff", since)


def test_between_two_days(capsys: Capture, made: Roadmap) -> None:
    assert compared(capsys, "-10", "-10")["done"] == 1
    assert compared(capsys, "-9", "-4") == {"done": 0, "dates": [], "points": 0}
    noon = datetime.combine(TODAY - timedelta(days=3), time(12, 30)).isoformat()
    assert compared(capsys, noon, "now") == {"done": 1, "dates": [], "points": 2}


def test_backwards_it_is_told_backwards(capsys: Capture, made: Roadmap) -> None:
    body = json.loads(good(capsys, "diff", "now", "-20", "--json"))
    assert [task["word"] for task in body["tasks"]] == ["reopened", "reopened"]
    assert body["dates"][0]["days"] == -14


def test_snapshots_as_files(capsys: Capture, home: Path, made: Roadmap) -> None:
    good(capsys, "export", "json", "-o", "a.json")
    work(home, (0, Tick(next(opens(made)), False)), (0, Tick(list(opens(made))[5], True, "2026-03-12")))
    good(capsys, "export", "html", "-o", "b.html")
    text = good(capsys, "diff", "a.json", "b.html")
    assert "1 task done" in text and "a.json" in text and "b.html" in text
    assert (
        compared(capsys, "a.json")
        == compared(capsys, "a.json", "now")
        == compared(capsys, "a.json", "b.html")
    )
    assert "Nothing changed" in good(capsys, "diff", "b.html", "now")


def test_two_files_need_no_roadmap(capsys: Capture, home: Path, made: Roadmap) -> None:
    for name in ("a.json", "b.html"):
        good(capsys, "export", name[2:], "-o", name)
    empty = ("--data-dir", str(home / "nothing"))
    assert "Nothing changed" in good(capsys, "diff", "a.json", "b.html", *empty)
    ran = run(capsys, "diff", "a.json", *empty)
    assert ran.status == 1 and "no roadmap" in ran.err


def test_another_roadmap_can_be_meant(capsys: Capture, made: Roadmap) -> None:
    good(capsys, "new", "fresh")
    assert compared(capsys, "fresh", "acme")["done"] == 3
    assert compared(capsys, "-7", "--of", "acme")["done"] == 1
    assert compared(capsys, "-7", "--of", "fresh")["done"] == 0


@pytest.mark.parametrize("language", ["en", "he"])
def test_it_is_written_as_a_file(capsys: Capture, made: Roadmap, language: str) -> None:
    path = Path(good(capsys, "diff", "-7", "-o", "what.html", "--lang", language).rstrip("\n"))
    assert path == Path("what.html").absolute()
    assert f'<html lang="{language}"' in path.read_text("utf-8")
    assert good(capsys, "diff", "-7", "--format", "html", "--lang", language) == path.read_text("utf-8")
    ran = run(capsys, "diff", "-7", "-o", "what.html")
    assert (ran.status, ran.out) == (1, "") and "--force" in ran.err
    good(capsys, "diff", "-7", "-o", "what.html", "--force")
    good(capsys, "diff", "-7", "-o", "what.json")
    assert json.loads(Path("what.json").read_text("utf-8"))["changed"] is True


def test_what_is_not_understood_is_told(capsys: Capture, made: Roadmap) -> None:
    for argv, status, part in (
        (["diff"], 2, "needs A"),
        (["diff", "sometime"], 1, "sometime"),
        (["diff", "nowhere.json"], 1, "nowhere.json"),
        (["diff", "-7", "2026-02-30"], 1, "2026-02-30"),
        (["diff", "-7", "--format", "docx"], 2, "html, json"),
        (["diff", "-7", "-o", "x.pdf"], 2, "html, json"),
        (["diff", "-7", "--of", "elsewhere"], 1, "elsewhere"),
    ):
        ran = run(capsys, *argv)
        assert (ran.status, ran.out) == (status, ""), argv
        assert part in ran.err, argv
