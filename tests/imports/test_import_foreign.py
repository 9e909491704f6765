"""Files as other programs write them, each brought in by the command, and what the preview says of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from commanding import Capture, at_home, run, stored
from foreign_tasks import CHOOSE, EXIT, GOALS, TOUCHPOINTS, WANTED
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.templates import Labels

FILES = Path(__file__).parent / "foreign"
FIRST = "strategy.goals.choose-segments"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    at_home(tmp_path, monkeypatch)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield tmp_path
    monkeypatch.undo()
    time.tzset()


def tasks(roadmap: Roadmap, language: str = "en") -> dict[str, list[tuple[str, Task]]]:
    """Text of a task -> its card and itself."""
    labels = Labels(roadmap.template, "he" if language == "he" else "en")
    found: dict[str, list[tuple[str, Task]]] = {}
    for stage in roadmap.stages:
        for card in stage.cards:
            for task in card.tasks:
                found.setdefault(labels.of(task), []).append((labels.of(card), task))
    return found


def bring_in(
    capsys: Capture, home: Path, file: str, *more: str, language: str = "en"
) -> tuple[dict[str, list[tuple[str, Task]]], str]:
    """A new roadmap with the file in it, and what was shown before."""
    run(capsys, "new", "p", "--lang", language)
    ran = run(capsys, "import", str(FILES / file), "--into", "p", "--yes", "--lang", language, *more)
    assert (ran.status, ran.err) == (0, ""), ran
    return tasks(stored(home, "p"), language), " ".join(ran.out.split())


def check(found: dict[str, list[tuple[str, Task]]], wanted: dict[str, tuple[str, str, str, str]]) -> None:
    """Compare a task's card, owner, day it was done (or `open`, or `done`) and day it is due."""
    for text, (card, owner, done, due) in wanted.items():
        ((where, task),) = found[text]
        mark = "open" if not task.done else task.done_on if done not in ("done", "open") else "done"
        assert (where, task.owner, mark, task.due) == (card, owner, done, due), text


@pytest.mark.parametrize("file", sorted(WANTED))
@pytest.mark.quick_cases(5)
def test_the_tasks_of_another_program(capsys: Capture, home: Path, file: str) -> None:
    wanted, said = WANTED[file]
    found, out = bring_in(capsys, home, file)
    check(found, wanted)
    assert [part for part in said if part not in out] == [], out
    assert "no such card" not in out and "left out" not in out.replace("was left out", "")


@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        ("13-excel-hebrew-cp1255.csv", "Windows-1255"),
        ("16-excel-unicode-text-utf16-tab.txt", "UTF-16"),
        ("18-title-line-then-semicolon.csv", "מופרדת בנקודה-פסיק"),
    ],
)
def test_hebrew_tables_of_excel(capsys: Capture, home: Path, file: str, encoding: str) -> None:
    found, out = bring_in(capsys, home, file, language="he")
    first = "לבחור את פלחי השוק שמתחילים איתם"
    assert encoding in out
    check(
        found,
        {
            first: ("יעדי Liquid Funnel", "דנה לוי", "done", "2026-03-31"),
            "לכתוב טריגרים לחזרה": ("מיפוי נקודות מגע וטריגרים", "יואב כהן", "open", "2026-04-15"),
        },
    )
    assert "אין שלב" not in out


def test_merged_cells_name_the_card_of_the_rows_below(capsys: Capture, home: Path) -> None:
    found, _ = bring_in(capsys, home, "20-merged-cells.xlsx", language="he")
    check(
        found,
        {
            "משימה חדשה ראשונה": ("יעדי Liquid Funnel", "דנה", "open", "2026-04-01"),
            "משימה חדשה שנייה": ("יעדי Liquid Funnel", "יואב", "open", "2026-05-01"),
            "משימה חדשה שלישית": ("מיפוי נקודות מגע וטריגרים", "יואב", "open", ""),
        },
    )


def test_our_own_table_saved_by_excel_in_the_american_way(capsys: Capture, home: Path) -> None:
    found, out = bring_in(capsys, home, "19-excel-saved-own-export.csv")
    check(
        found,
        {CHOOSE: (GOALS, "Dana", "2026-03-10", "2026-03-31"), EXIT: (GOALS, "Dana", "open", "2026-04-05")},
    )
    assert "month/day" in out


def test_words_for_done(capsys: Capture, home: Path) -> None:
    found, out = bring_in(capsys, home, "25-done-words.csv")
    done = {text[2:] for text, ((_, task),) in found.items() if text.startswith("w ") and task.done}
    is_open = {text[2:] for text, ((_, task),) in found.items() if text.startswith("w ") and not task.done}
    assert is_open == {"In Progress", "To Do", "Not started", "0%", "0.5", "[ ]", "בתהליך"}
    assert len(done) == 18
    assert out.count("says neither done nor open") == 1 and "“0.5” says neither" in out


def test_percent_cells_of_kpis(capsys: Capture, home: Path) -> None:
    bring_in(capsys, home, "26-kpi-percent-cells.xlsx")
    kpis = stored(home, "p").kpis
    assert (kpis[0].baseline, kpis[0].target, kpis[0].current, kpis[0].unit) == ("30", "35", "32", "%")
    assert (kpis[-1].measure, kpis[-1].target, kpis[-1].unit) == ("Pipeline value", "1500000.5", "₪")


def test_the_same_words_in_two_cards_are_two_tasks(capsys: Capture, home: Path) -> None:
    found, out = bring_in(capsys, home, "28a-same-words-two-cards-B-first.csv")
    assert [(card, task.id == FIRST, task.due) for card, task in found[CHOOSE]] == [
        (GOALS, True, "2026-04-01"), (TOUCHPOINTS, False, "2026-05-01")
    ]  # fmt: skip
    assert "left out" not in out


def test_a_column_of_texts_beside_that_of_tasks_is_only_named(capsys: Capture, home: Path) -> None:
    run(capsys, "new", "p")
    ran = run(capsys, "import", str(FILES / "29-task-and-text-columns.csv"), "--into", "p", "--yes")
    assert ran.status == 0 and "Columns not read" in ran.out and "“Text”" in ran.out
    ran = run(
        capsys,
        "import",
        str(FILES / "29-task-and-text-columns.csv"),
        "--into",
        "p",
        "--map",
        "task=Text",
        "--yes",
    )
    assert ran.status == 0 and "Task = “Text”" in ran.out
    assert "notes: ask Dana first" in tasks(stored(home, "p"))


def test_a_card_that_is_not_there_is_offered_and_made(capsys: Capture, home: Path) -> None:
    run(capsys, "new", "p")
    argv = ("import", str(FILES / "46-new-card-name.csv"), "--into", "p", "--yes")
    ran = run(capsys, *argv)
    assert ran.status == 1 and "Sign ten partners" not in tasks(stored(home, "p"))
    for part in ("no such card: “Partner program”", "--create-cards", f"“{GOALS}”", "“Scale and adoption”"):
        assert part in ran.out
    ran = run(capsys, *argv, "--create-cards")
    out = " ".join(ran.out.split())
    assert ran.status == 0 and "“Partner program” in “A. " in out and "no stage “E. New stage”" in out
    found = tasks(stored(home, "p"))
    check(found, {text: ("Partner program", "", "open", "") for text in ("Sign ten partners", "Second")})


def test_every_sheet_that_we_write_is_read(capsys: Capture, home: Path) -> None:
    found, out = bring_in(capsys, home, "48-own-xlsx-cards-edited.xlsx")
    goals = stored(home, "p").stages[0].cards[0]
    values = {field.role: field.value for field in goals.fields}
    assert (values["owner"], values["deadline"]) == ("Dana edited", "2026-07-01")
    assert found[CHOOSE][0][1].owner == "דנה לוי"
    assert "“Overview” (our overview, which is never read back)" in out


def test_a_stage_by_any_of_its_names(capsys: Capture, home: Path) -> None:
    found, out = bring_in(capsys, home, "49-stage-short-name.csv")
    check(found, {text: (GOALS, "", "open", "") for text in ("stage short", "stage tab name", "שם הלשונית")})
    assert "no stage" not in out


@pytest.mark.parametrize(("zone", "day"), [("UTC", "2026-03-31"), ("Asia/Jerusalem", "2026-04-01")])
def test_days_as_people_write_them(capsys: Capture, home: Path, zone: str, day: str) -> None:
    os.environ["TZ"] = zone
    time.tzset()
    found, out = bring_in(capsys, home, "50-date-zoo.csv")
    days = {text: task.due for text, ((_, task), *_) in found.items() if text.startswith("Task ")}
    assert (days.pop("Task q"), days.pop("Task range"), days.pop("Task Z")) == ("", "2026-04-05", day)
    assert set(days.values()) == {"2026-03-31"} and len(days) == 12
    assert "“Q2 2026” is no day" in out and "the end of “2026-03-31 → 2026-04-05”" in out


def test_every_file_here_has_its_test() -> None:
    source = Path(__file__).read_text("utf-8")
    assert [
        file.name for file in FILES.iterdir() if file.name not in {*WANTED} and file.name not in source
    ] == []
    given = Path(__file__).parents[2].parent / "shared" / "cases" / "import"
    if given.is_dir():
        assert {file.name for file in given.iterdir()} - {"README.md"} <= {
            file.name for file in FILES.iterdir()
        }
