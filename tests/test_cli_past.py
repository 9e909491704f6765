"""The commands for what was, in this process, on real files."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from commanding import Capture, good, run, settle, stored, write
from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SpliceText, Tick
from lfroadmap.roadmap.model import Card
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.presence import peers
from lfroadmap.store.store import Store
from matrices import quick_first

OWNER, GOALS = "strategy.goals.owner", "strategy.goals.goals"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return settle(tmp_path, monkeypatch)


@pytest.fixture
def plan(home: Path, capsys: Capture) -> Path:
    """The file of a roadmap that two people worked on."""
    path = home / "data" / "roadmaps" / "plan.roadmap"
    good(capsys, "new", "plan")
    write(path, "dana", SetField(OWNER, "Dana"), SpliceText(GOALS, 0, 0, "Bring\nthem back"))
    write(
        path,
        "yossi",
        SetField(OWNER, "Yossi"),
        SetField("pilot.run.owner", "Rina"),
        Rename("strategy", "First"),
    )
    return path


def test_history_prints_the_newest_first(capsys: Capture, plan: Path) -> None:
    lines = good(capsys, "history").splitlines()
    assert lines[0].endswith("First: “A. Strategy and flow mapping” is now called “First”")
    assert "yossi" in lines[1] or "yossi" in lines[0]
    assert any(line.endswith("Liquid Funnel goals: Owner: Dana → Yossi") for line in lines)
    assert lines[-1].endswith("Liquid Funnel goals: Owner: Dana")
    assert lines[-1].startswith(datetime.now().astimezone().strftime("%Y-%m-%d %H:"))
    assert "wrote “Bring them back”" in lines[-2]
    hebrew = good(capsys, "history", "plan", "--lang", "he").splitlines()
    assert len(hebrew) == len(lines)
    assert "Dana ← Yossi" in "".join(hebrew).translate(dict.fromkeys((0x2066, 0x2069, 0x200F)))


def test_a_change_of_a_kpi_names_it_once(capsys: Capture, plan: Path) -> None:
    write(plan, "dana", SetKpi("kpi.return-rate", "current", "12"))
    assert good(capsys, "history").splitlines()[0].count("Return-to-flow rate") == 1


def test_history_as_json_holds_the_values_whole(capsys: Capture, plan: Path) -> None:
    rows = json.loads(good(capsys, "history", "--json"))
    last = rows[-1]
    assert (last["author"], last["node"], last["before"], last["after"]) == ("dana", OWNER, "", "Dana")
    assert rows[-2]["after"] == "Bring\nthem back"
    assert [row["id"] for row in rows] == sorted((row["id"] for row in rows), reverse=True)
    assert datetime.fromisoformat(last["time"]).tzinfo is not None


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (("--author", "dana"), ("Bring", "Dana")),
        (("--card", "goals"), ("Yossi", "Bring", "Dana")),
        (("--card", "strategy.goals", "--author", "Yossi"), ("Yossi",)),
        (("--text", "them OWNER"), ()),
        (("--text", "them dana"), ("Bring",)),
        (("--since", "tomorrow"), ()),
        (("--until", "yesterday"), ()),
        (("--since", "today", "--limit", "0", "--author", "dana"), ("Bring", "Dana")),
    ],
)
def test_history_is_narrowed(
    capsys: Capture, plan: Path, asked: tuple[str, ...], ids: tuple[str, ...]
) -> None:
    rows = json.loads(good(capsys, "history", *asked, "--json"))
    assert tuple(row["after"].split("\n")[0] for row in rows) == ids


def test_history_is_as_long_as_it_is_told(capsys: Capture, plan: Path) -> None:
    assert len(good(capsys, "history", "--limit", "2").splitlines()) == 2
    write(plan, "me", *(SetField(OWNER, str(n)) for n in range(60)))
    assert len(good(capsys, "history").splitlines()) == 50
    assert len(good(capsys, "history", "--limit", "0").splitlines()) > 60
    assert run(capsys, "history", "--limit", "many").status == 2
    assert run(capsys, "history", "--since", "soon").status == 2


def test_show_and_export_tell_any_moment(capsys: Capture, plan: Path) -> None:
    yesterday = (datetime.now() - timedelta(days=1)).strftime("%Y-%m-%d")
    assert "Yossi" in good(capsys, "show")
    then = good(capsys, "show", "--at", yesterday)
    assert "Yossi" not in then and yesterday in then
    assert "Yossi" in good(capsys, "show", "--at", datetime.now().strftime("%Y-%m-%d %H:%M"))
    path = Path(good(capsys, "export", "json", "--at", "yesterday").strip())
    assert "Yossi" not in path.read_text("utf-8")
    assert yesterday in path.name
    ran = run(capsys, "show", "--at", "whenever")
    assert (ran.status, ran.out) == (2, "") and "whenever" in ran.err


def test_a_snapshot_is_named_listed_shown_and_brought_back(capsys: Capture, plan: Path, home: Path) -> None:
    assert "--save" in good(capsys, "snapshot")
    assert "before the board" in good(capsys, "snapshot", "--save", "before the board")
    before = stored(home, "plan")
    write(plan, "dana", SetField(OWNER, "Nobody"), Remove("kpi.upsell"))
    assert "before the board" in good(capsys, "snapshot", "plan")
    (row,) = json.loads(good(capsys, "snapshot", "--json"))
    assert (row["name"], row["kind"]) == ("before the board", "named")
    assert "Nobody" not in good(capsys, "show", "--at", "before the board")
    good(capsys, "snapshot", "--restore", "before the board")
    assert stored(home, "plan") == before
    ran = run(capsys, "snapshot", "--restore", "after the board")
    assert ran.status == 1 and "before the board" in ran.err


def test_what_was_removed_comes_back(capsys: Capture, plan: Path, home: Path) -> None:
    before = stored(home, "plan")
    card = before.stages[0].cards[0]
    task = card.tasks[0]
    assert isinstance(card, Card)
    write(plan, "dana", Tick(task.id, True, "2026-03-15"), Remove(task.id), Remove(card.id))
    listed = good(capsys, "bin", "plan")
    assert "card: Liquid Funnel goals" in listed and task.id in listed
    ran = run(capsys, "bin", "plan", "--restore", task.id)
    assert ran.status == 1 and "Liquid Funnel goals" in ran.err
    good(capsys, "bin", "plan", "--restore", "Liquid Funnel goals")
    good(capsys, "bin", "plan", "--restore", task.id)
    place = find(stored(home, "plan"), task.id)
    assert place is not None and place.at == 0
    assert good(capsys, "bin", "plan") == "Nothing was removed\n"
    assert json.loads(good(capsys, "bin", "plan", "--json")) == []


def test_emptying_asks_and_needs_a_yes_without_a_terminal(capsys: Capture, plan: Path, home: Path) -> None:
    write(plan, "dana", Remove("kpi.upsell"))
    ran = run(capsys, "bin", "plan", "--empty")
    assert ran.status == 2 and "--yes" in ran.err
    assert [row["id"] for row in json.loads(good(capsys, "bin", "plan", "--json"))] == ["kpi.upsell"]
    good(capsys, "bin", "plan", "--empty", "--yes")
    assert good(capsys, "bin", "plan") == "Nothing was removed\n"
    assert "Upsell" in good(capsys, "history")


@pytest.mark.parametrize(("language", "words"), [("en", "The bin is empty.\n"), ("he", "סל המיחזור ריק.\n")])
def test_an_empty_bin_says_so_and_asks_nothing(
    capsys: Capture, plan: Path, language: str, words: str
) -> None:
    for argv in ((), ("--yes",), ("plan",), ("plan", "--yes")):
        assert good(capsys, "bin", "--empty", *argv, "--lang", language) == words


def test_a_removed_roadmap_comes_back_until_the_bin_is_emptied(
    capsys: Capture, plan: Path, home: Path
) -> None:
    before = stored(home, "plan")
    good(capsys, "remove", "plan")
    assert not plan.exists()
    assert "plan" in good(capsys, "bin")
    good(capsys, "bin", "--restore", "plan")
    assert stored(home, "plan") == before
    assert "Yossi" in good(capsys, "history", "plan")
    good(capsys, "remove", "plan")
    assert run(capsys, "bin", "--empty").status == 2
    good(capsys, "bin", "--empty", "--yes")
    assert run(capsys, "bin", "--restore", "plan").status == 1
    assert run(capsys, "remove", "plan").status == 1


def test_commands_work_while_the_roadmap_is_open(capsys: Capture, plan: Path, home: Path) -> None:
    store = Store(plan, "dana")
    store.start(lambda event: None)
    try:
        good(capsys, "snapshot", "plan", "--save", "now")
        assert "Yossi" in good(capsys, "history", "plan")
        end = time.monotonic() + 5
        while not peers(plan):
            assert time.monotonic() < end
        ran = run(capsys, "remove", "plan")
        assert ran.status == 1 and "another window" in ran.err
    finally:
        store.close()


def test_doctor_says_that_a_file_is_sound(capsys: Capture, plan: Path) -> None:
    before = plan.read_bytes()
    printed = good(capsys, "doctor", str(plan))
    assert "is sound" in printed and "4 changes" in printed
    assert printed == good(capsys, "doctor", "plan", "--check")
    assert plan.read_bytes() == before
    assert run(capsys, "doctor", "nowhere").status == 1


@pytest.mark.parametrize(
    ("changes", "en", "he"),
    [
        (0, "0 changes in", "0 שינויים"),
        (1, "1 change in", "שינוי אחד"),
        (2, "2 changes in", "שני שינויים"),
        (3, "3 changes in", "3 שינויים"),
    ],
)
def test_doctor_counts_in_words(capsys: Capture, home: Path, changes: int, en: str, he: str) -> None:
    good(capsys, "new", "plan")
    write(
        home / "data" / "roadmaps" / "plan.roadmap", "me", *(SetField(OWNER, f"{n}") for n in range(changes))
    )
    assert en in good(capsys, "doctor", "plan")
    assert he in good(capsys, "doctor", "plan", "--lang", "he")


@pytest.mark.parametrize(
    ("language", "undo", "redo"),
    quick_first([("he", "ביטול · ", "ביצוע חוזר · "), ("en", "undo · ", "redo · ")]),
)
def test_an_undo_and_a_redo_are_called_so_in_a_chain_of_any_length(
    capsys: Capture, plan: Path, language: str, undo: str, redo: str
) -> None:
    store = Store(plan, "noa")
    store.start(lambda event: None)
    store.submit(SetField(OWNER, "Noa"))
    for _ in range(200):
        store.undo()
        store.redo()
    store.undo()
    assert store.close() == ()
    options = ("--author", "noa", "--limit", "0", "--lang", language)
    texts = [row["text"] for row in json.loads(good(capsys, "history", *options, "--json"))]
    assert len(texts) == 402
    kinds = [next((kind for kind in (undo, redo) if text.startswith(kind)), "") for text in texts]
    assert kinds == [*([undo, redo] * 201)[:401], ""]
    assert [line.count(undo) for line in good(capsys, "history", *options).splitlines()[:3]] == [1, 0, 1]
    page = json.loads(good(capsys, "export", "json", "--history", "-o", "-", "--lang", language))
    assert [row["text"] for row in page["history"] if row["author"] == "noa"] == texts
    assert good(capsys, "export", "csv-history", "-o", "-", "--lang", language).count(redo) == 200


def test_doctor_saves_what_it_can_and_keeps_the_damaged_file(capsys: Capture, plan: Path, home: Path) -> None:
    write(plan, "dana", *(SetField(OWNER, f"Owner {n}" * 20) for n in range(80)))
    damaged = bytearray(plan.read_bytes())
    damaged[len(damaged) // 2 : len(damaged) // 2 + 5000] = b"\xff" * 5000
    plan.write_bytes(damaged)
    ran = run(capsys, "doctor", str(plan), "--check")
    assert ran.status == 1 and "is damaged" in ran.out and "Nothing was changed" in ran.out
    assert plan.read_bytes() == bytes(damaged)
    found = json.loads(good(capsys, "doctor", str(plan), "--json"))
    assert not found["sound"]
    assert Path(found["set_aside"]).read_bytes() == bytes(damaged)
    assert "is sound" in good(capsys, "doctor", str(plan))
    assert stored(home, "plan").template == "liquid-funnel"
