"""Tables in further layouts: read right, or refused with the place and the reason."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from commanding import Capture, at_home, good, stored, write
from importing import TASK, into, table, task, tasks
from lfroadmap.imports.layout import layout_key
from lfroadmap.roadmap.edits import SetTask
from lfroadmap.roadmap.table_rows import Column
from lfroadmap.store.library.library import Library
from lfroadmap.words import LANGUAGES, words
from strangers import LAYOUTS, REFUSED, Wanted


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Iterator[Path]:
    at_home(tmp_path, monkeypatch)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    good(capsys, "new", "p")
    yield tmp_path
    monkeypatch.undo()
    time.tzset()


def kept(content: str | bytes, name: str = "table") -> str:
    Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def workbook(*rows: tuple[object, ...], mac: bool = False) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for row in rows:
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook) -> str:
    out = io.BytesIO()
    book.save(out)
    return kept(out.getvalue(), "book")


def check(home: Path, wanted: Wanted) -> None:
    found = {text: each for text, (_, each) in tasks(home).items() if text}
    assert found.keys() == wanted.keys()
    for text, (owner, done, due) in wanted.items():
        each = found[text]
        mark = "open" if not each.done else each.done_on if done not in ("done", "open") else "done"
        assert (each.owner, mark, each.due) == (owner, done, due), text


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.quick_cases(9)
def test_a_layout(capsys: Capture, home: Path, name: str) -> None:
    content, wanted, said = LAYOUTS[name]
    ran = into(capsys, kept(content))
    assert (ran.status, ran.err) == (0, "")
    check(home, wanted)
    assert [part for part in said if part not in ran.out] == [], ran.out


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_refused(capsys: Capture, home: Path, name: str) -> None:
    content, reason = REFUSED[name]
    before = stored(home, "p")
    ran = into(capsys, kept(content))
    assert ran.status == 1 and ran.out == "" and reason in ran.err, ran
    assert into(capsys, "table", "--lang", "he").status == 1
    assert stored(home, "p") == before


def test_quotes_that_are_closed_are_no_fault(capsys: Capture, home: Path) -> None:
    assert into(capsys, kept('Task,Owner\n"A\nB",Dana\n"C","say ""x"""')).status == 0
    check(home, {"A B": ("Dana", "open", ""), "C": ('say "x"', "open", "")})


# ------------------------------------------------------------------ workbooks


def test_a_number_is_a_day_of_the_calendar_of_its_workbook(capsys: Capture, home: Path) -> None:
    rows = (("Task", "Due"), ("a day", date(2026, 3, 31)), ("a number", 44650), ("with a time", 44650.5))
    assert into(capsys, saved(workbook(*rows, mac=True))).status == 0
    check(home, {name: ("", "open", "2026-03-31") for name in ("a day", "a number", "with a time")})


def test_a_formula_without_a_result_leaves_what_is_there(capsys: Capture, home: Path) -> None:
    write(home / "data" / "roadmaps" / "p.roadmap", "dana", SetTask(TASK, "owner", "Dana"))
    ran = into(capsys, saved(workbook(("ID", "Task", "Owner"), (TASK, None, '=CONCATENATE("a","b")'))))
    assert ran.status == 0 and "Owner: the cell has a formula without a result" in ran.out
    assert task(home, TASK).owner == "Dana"


def test_the_unit_that_the_figures_show_stands_for_an_empty_one(capsys: Capture, home: Path) -> None:
    book = workbook(("Measure", "Baseline", "Current", "Unit"), ("Close rate", 0.18, 0.172, None))
    for column in (2, 3):
        book.active.cell(2, column).number_format = "0.0%"
    assert into(capsys, saved(book)).status == 0
    found = next(kpi for kpi in stored(home, "p").kpis if kpi.baseline == "18")
    assert (found.current, found.unit) == ("17.2", "%")


def test_subitems_have_the_headings_above_them(capsys: Capture, home: Path) -> None:
    """As Monday exports them: their headings stand in the table, one column further."""
    rows = (
        ("Board",), ("Group A",), ("Name", "Subitems", "Person", "Status", "Date"),
        ("Item 1", "Sub 1", "Dana", "Done", date(2026, 3, 31)),
        ("Subitems", "Name", "Owner", "Status", "Date"), (None, "Sub 1", "Omer", "Done", date(2026, 3, 30)),
        ("Item 2", None, "Yoav", "Stuck", None),
    )  # fmt: skip
    ran = into(capsys, saved(workbook(*rows)))
    assert ran.status == 0 and "repeats the headings" in ran.out
    wanted = {"Item 1": ("Dana", "done", "2026-03-31"), "Sub 1": ("Omer", "done", "2026-03-30")}
    check(home, wanted | {"Item 2": ("Yoav", "open", "")})


# ------------------------------------------------------------------ what was chosen before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_uses_what_was_chosen_on_the_screen_and_says_so(
    capsys: Capture, home: Path, language: str
) -> None:
    file = table("Vorgang,Wer", "Anrufen,Eva")
    assert into(capsys, file).status == 1
    library = Library(home / "data")
    library.remember_columns(
        layout_key((Column("Vorgang"), Column("Wer"))), (("task", "Vorgang"), ("owner", "Wer"))
    )
    said = " ".join(words("he" if language == "he" else "en")("merge.recalled").split())
    ran = into(capsys, file, "--lang", language)
    assert ran.status == 0 and said in ran.out
    check(home, {"Anrufen": ("Eva", "open", "")})
    other = into(capsys, table("Vorgang,Wer", "Schreiben,Max"), "--map", "task=Vorgang", "--lang", language)
    assert other.status == 0 and said not in other.out
    check(home, {"Anrufen": ("Eva", "open", ""), "Schreiben": ("", "open", "")})


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_that_nobody_gave_are_counted(capsys: Capture, home: Path, language: str) -> None:
    said = words("he" if language == "he" else "en").plural("merge.assumed_days", 2)
    ran = into(
        capsys, table("Task,Done,Done on", "a,x,", "b,x,2026-03-10", "c,,", "d,x,"), "--lang", language
    )
    assert ran.status == 0 and said in ran.out
    assert {text for text, (_, each) in tasks(home).items() if text and each.done} == {"a", "b", "d"}
    again = into(capsys, table("Task,Done", "a,x", "d,x"), "--lang", language)
    assert words("he" if language == "he" else "en").plural("merge.assumed_days", 2) not in again.out


def test_a_table_that_the_archive_lacks_is_named(capsys: Capture) -> None:
    with zipfile.ZipFile("t.zip", "w") as archive:
        archive.writestr("a.csv", "Task,Owner\na,x\n")
    ran = into(capsys, "t.zip", "--table", "b.csv")
    assert ran.status == 2 and "no table “b.csv”" in ran.err and "a.csv" in ran.err


def test_the_day_of_a_mark_is_written_as_other_days(capsys: Capture, home: Path) -> None:
    ran = into(capsys, table("משימה,בוצע ביום", "לבדוק,2026-03-10"), "--lang", "he")
    assert ran.status == 0 and "✓ 10.3.2026" in ran.out and "2026-03-10" not in ran.out
