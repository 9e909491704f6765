"""What a person decides about a file on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commanding import Capture, good, run, stored, write
from importing import OTHER, TASK, into, table, task, tasks
from lfroadmap.roadmap.edits import SetKpi, SetTask
from lfroadmap.roadmap.structure import Remove
from lfroadmap.words import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("home")

CARD = "Liquid Funnel goals"


# ------------------------------------------------------------------ the order of day and month


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_that_prove_no_order_are_refused_with_the_flag(
    capsys: Capture, home: Path, plan: Path, language: Language
) -> None:
    file = table("ID,Task,Due", f"{TASK},,4/5/2026")
    before = stored(home, "p")
    ran = into(capsys, file, "--lang", language)
    assert ran.status == 2 and ran.out == ""
    assert "4/5/2026" in ran.err and "--dates dmy" in ran.err and "--dates mdy" in ran.err
    assert stored(home, "p") == before


@pytest.mark.parametrize(
    ("order", "day"), [("dmy", "2026-05-04"), ("mdy", "2026-04-05"), ("DMY", "2026-05-04")]
)
def test_the_order_that_is_chosen(capsys: Capture, home: Path, plan: Path, order: str, day: str) -> None:
    assert into(capsys, table("ID,Task,Due", f"{TASK},,4/5/2026"), "--dates", order).status == 0
    assert task(home, TASK).due == day


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("4/5/2026,31/3/2026", "2026-05-04"),
        ("4/5/2026,3/31/2026", "2026-04-05"),
        ("5/5/2026,", "2026-05-05"),
    ],
)
def test_all_date_columns_prove_it_together(
    capsys: Capture, home: Path, plan: Path, days: str, expected: str
) -> None:
    assert into(capsys, table("ID,Task,Due,Done on", f"{TASK},,{days}")).status == 0
    assert task(home, TASK).due == expected


def test_dates_of_both_orders_decide_nothing(capsys: Capture, plan: Path) -> None:
    ran = into(capsys, table("Task,Due", "a,31/3/2026", "b,3/31/2026", "c,4/5/2026"))
    assert ran.status == 2 and "“4/5/2026” in row 4" in ran.err


def test_a_day_that_is_the_other_way_round_than_here_is_named(
    capsys: Capture, home: Path, plan: Path
) -> None:
    write(plan, "dana", SetTask(TASK, "due", "2026-04-05"))
    ran = into(capsys, table("ID,Task,Due", f"{TASK},,4/5/2026"), "--dates", "dmy")
    assert "the other way round than 2026-04-05" in ran.out
    assert task(home, TASK).due == "2026-05-04"


# ------------------------------------------------------------------ columns, encodings, cards


def test_columns_of_any_name(capsys: Capture, home: Path, plan: Path) -> None:
    file = table("Vorgang,Wer,Bis wann", "Anrufen,Eva,31.3.2026")
    ran = into(capsys, file)
    assert ran.status == 1 and "Vorgang, Wer, Bis wann" in ran.err and "--map" in ran.err
    ran = into(capsys, file, "--map", "task=Vorgang, owner=wer,due=#3")
    assert ran.status == 0 and "Due = “Bis wann”" in ran.out
    card, made = tasks(home)["Anrufen"]
    assert (card, made.owner, made.due) == ("t", "Eva", "2026-03-31")


@pytest.mark.parametrize(
    ("mapping", "part"),
    [
        ("task", "task=Summary"),
        ("job=Task", "job"),
        ("task=Nowhere", "Task, Owner"),
        ("owner=#7,task=Task", "Task, Owner"),
    ],
)
def test_a_mapping_that_is_none(capsys: Capture, home: Path, plan: Path, mapping: str, part: str) -> None:
    before = stored(home, "p")
    ran = into(capsys, table("Task,Owner", "a,b"), "--map", mapping)
    assert ran.status == 2 and part in ran.err, ran
    assert stored(home, "p") == before


def test_a_role_that_is_not_to_be_read(capsys: Capture, home: Path, plan: Path) -> None:
    ran = into(capsys, table("Task,Owner", "a,b"), "--map", "owner=")
    assert "Columns not read “Owner”" in ran.out and tasks(home)["a"][1].owner == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (("לקרוא לדנה", "cp1255"), "Windows-1255"),
        (("Café déjà vu à Zürich", "cp1252"), "Windows-1252"),
        (("naïve", "cp1252"), "Windows-1252"),
        (("לקרוא לדנה", "utf-16"), "UTF-16"),
        (("לקרוא לדנה", "utf-16-le"), "UTF-16"),
        (("לקרוא לדנה", "utf-16-be"), "UTF-16"),
        (("לקרוא לדנה", "utf-8-sig"), "UTF-8"),
    ],
)
def test_encodings(capsys: Capture, home: Path, plan: Path, written: tuple[str, str], said: str) -> None:
    text, encoding = written
    ran = into(capsys, table("Task,Owner", f"{text},x", encoding=encoding))
    assert ran.status == 0 and said in ran.out and text in tasks(home)


def test_an_encoding_that_is_chosen(capsys: Capture, home: Path, plan: Path) -> None:
    file = table("Task,Owner", "Привет,x", encoding="cp1251")
    assert into(capsys, file, "--encoding", "cp1251").status == 0 and "Привет" in tasks(home)
    ran = into(capsys, file, "--encoding", "utf-8")
    assert ran.status == 1 and "UTF-8" in ran.err and "--encoding" in ran.err
    assert into(capsys, file, "--encoding", "klingon").status == 1


def test_a_damaged_byte_is_no_other_encoding(capsys: Capture, home: Path, plan: Path) -> None:
    before = stored(home, "p")
    Path("t.csv").write_bytes("Task,Owner\nלקרוא לדנה,x\n".encode() + b"\xff,y\n")
    assert into(capsys, "t.csv").status == 1 and stored(home, "p") == before


def test_rows_without_a_card(capsys: Capture, home: Path, plan: Path) -> None:
    file = table("Task", "a")
    ran = into(capsys, file, "--card", CARD)
    assert ran.status == 0 and "New cards" not in ran.out and tasks(home)["a"][0] == ""
    ran = into(capsys, table("Task", "b"), "--card", "Somewhere else")
    assert "“Somewhere else” in “A. " in ran.out and tasks(home)["b"][0] == "Somewhere else"
    assert into(capsys, table("Task", "c", name="My list.csv")).status == 0
    assert tasks(home)["c"][0] == "My list"
    assert into(capsys, table("Task,Due", "c,2026-03-31", name="My list.csv")).status == 0
    assert tasks(home)["c"][1].due == "2026-03-31" and len([t for t in tasks(home) if t == "c"]) == 1


def test_the_groups_of_a_board_become_cards(capsys: Capture, home: Path, plan: Path) -> None:
    board = Path(__file__).parent / "foreign" / "04-monday.xlsx"
    assert into(capsys, str(board), "--create-cards").status == 0
    assert {text: tasks(home)[text][0] for text in ("Write return triggers", "Ask legal about consent")} == {
        "Write return triggers": "Strategy", "Ask legal about consent": "Data"
    }  # fmt: skip


# ------------------------------------------------------------------ our own


def test_a_sign_that_a_spreadsheet_drops_stays(capsys: Capture, home: Path, plan: Path) -> None:
    kpi = stored(home, "p").kpis[0].id
    write(plan, "dana", SetKpi(kpi, "target", "+10%"))
    ran = into(capsys, table("ID,Measure,Target", f"{kpi},,10%"))
    assert ran.status == 0 and "“+10%” stays" in ran.out
    assert stored(home, "p").kpis[0].target == "+10%"
    assert into(capsys, table("ID,Measure,Target", f"{kpi},,35%")).status == 0
    assert stored(home, "p").kpis[0].target == "35"


def test_cards_come_back(capsys: Capture, home: Path, plan: Path) -> None:
    file = table(
        "ID,Stage,Card,Owner,Deadline,Goals", "strategy.goals,A Strategy,Our goals,Dana,31/3/2026,Many"
    )
    assert into(capsys, file).status == 0
    card = stored(home, "p").stages[0].cards[0]
    values = {field.role: field.value for field in card.fields if field.role}
    assert (card.title, values) == ("Our goals", {"owner": "Dana", "deadline": "2026-03-31", "goals": "Many"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_older_snapshot_with_no_day_under_due_is_read_and_named(
    capsys: Capture, home: Path, plan: Path, language: Language
) -> None:
    content = json.loads(good(capsys, "export", "json", "-o", "-"))
    content["roadmap"]["stages"][0]["cards"][0]["tasks"][0]["due"] = "soon"
    Path("old.json").write_text(json.dumps(content), "utf-8")
    ran = run(capsys, "import", "old.json", "--name", "q", "--lang", language)
    assert ran.status == 0 and "soon" in ran.out
    assert stored(home, "q").stages[0].cards[0].tasks[0].due == ""
    write(plan, "dana", Remove(OTHER))
    ran = into(capsys, "old.json", "--lang", language)
    assert ran.status == 0 and "soon" in ran.out and task(home, TASK).due == ""
