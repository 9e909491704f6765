"""`import --into`: tables and snapshots into a roadmap that is there."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import warnings
from pathlib import Path

import openpyxl
import pytest

from commanding import Capture, edited, good, run, stored
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.progress import tally
from lfroadmap.roadmap.tree import find
from lfroadmap.usecases.opening import store_of

TASK = "strategy.goals.define-exit"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("LFROADMAP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return tmp_path


def edit_csv(path: str, task: str, **cells: str) -> None:
    """Change a row of an exported table, as a sheet program would."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["ID"] == task).update(cells)
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def task(roadmap: Roadmap, node_id: str) -> Task:
    place = find(roadmap, node_id)
    assert place and isinstance(place.node, Task)
    return place.node


def test_an_edited_csv_comes_back_as_one_step_that_can_be_undone(capsys: Capture, home: Path) -> None:
    before = edited(home, "acme")
    good(capsys, "export", "csv", "-o", "t.csv")
    edit_csv("t.csv", TASK, Task="Agree on exits", Done="TRUE", Owner="נועה", Due="31/3/2027")
    text = " ".join(good(capsys, "import", "t.csv", "--into", "acme", "--yes").split())
    for part in (
        "1 row changes something",
        "silent days →",
        "Agree on exits",
        "Owner: נועה",
        "Due: 2027-03-31",
        "was changed",
    ):
        assert part in text
    after = stored(home, "acme")
    assert (task(after, TASK).text, task(after, TASK).owner, task(after, TASK).due) == (
        "Agree on exits", "נועה", "2027-03-31"
    )  # fmt: skip
    assert tally(after).done == tally(before).done + 1
    store = store_of(home / "data" / "roadmaps" / "acme.roadmap")
    store.start(lambda event: None)
    store.undo()
    store.close()
    assert stored(home, "acme") == before


def test_an_edited_workbook_comes_back(capsys: Capture, home: Path) -> None:
    edited(home, "acme")
    good(capsys, "export", "xlsx", "-o", "t.xlsx", "--lang", "he")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it does not keep the data bars, as no other program minds
        book = openpyxl.load_workbook(io.BytesIO(Path("t.xlsx").read_bytes()))
    sheet = book["משימות"]
    rows = list(sheet.iter_rows())
    heads = next(row for row in rows if "מזהה" in [cell.value for cell in row])
    columns = {cell.value: n for n, cell in enumerate(heads)}
    row = next(row for row in rows if row[columns["מזהה"]].value == TASK)
    row[columns["בוצע"]].value = True
    book.save("t.xlsx")
    assert "1 row changes something" in good(capsys, "import", "t.xlsx", "--into", "acme", "--yes")
    assert task(stored(home, "acme"), TASK).done


def test_a_table_of_which_no_row_can_be_taken_is_told_and_is_no_success(capsys: Capture, home: Path) -> None:
    edited(home, "plan")
    Path("none.csv").write_text("task,card,done\nAsk them,No such card,yes\n", "utf-8")
    ran = run(capsys, "import", "none.csv", "--into", "plan", "--yes")
    assert ran.status == 1 and "No row of it can be taken" in ran.out and "already says" not in ran.out


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ("was not changed", "55 rows change nothing", "1 row left out")),
        ("he", ("לא השתנתה", "55", "אחת")),
    ],
)
def test_rows_that_are_there_are_counted_apart_from_those_that_cannot_be_taken(
    capsys: Capture, home: Path, language: str, parts: tuple[str, ...]
) -> None:
    before = edited(home, "acme")
    good(capsys, "export", "csv", "-o", "t.csv")
    with Path("t.csv").open("a", encoding="utf-8") as file:
        file.write(",,No such card,Ask them,FALSE\n")
    ran = run(capsys, "import", "t.csv", "--into", "acme", "--yes", "--lang", language)
    assert ran.status == 1 and "No row" not in ran.out
    assert all(part in ran.out.splitlines()[-1] for part in parts), ran.out
    assert stored(home, "acme") == before


def test_without_a_yes_nothing_changes(capsys: Capture, home: Path) -> None:
    before = edited(home, "acme")
    Path("t.csv").write_text("task,card,done\nA new one,Liquid Funnel goals,no\n,,yes\nlost,,\n")
    ran = run(capsys, "import", "t.csv", "--into", "acme")
    assert ran.status == 2
    assert "2 rows are new" in ran.out and "“t” in “A. " in ran.out and "--yes" in ran.err
    assert "1 row left out" in ran.out and "it has no words" in ran.out
    assert stored(home, "acme") == before


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "done"), [("y\n", True), ("כן\n", True), ("\n", False), ("", False)])
def test_on_a_terminal_it_asks(
    capsys: Capture, home: Path, monkeypatch: pytest.MonkeyPatch, answer: str, done: bool
) -> None:
    before = edited(home, "acme")
    Path("t.csv").write_text(f"id,task,done\n{TASK},,TRUE\n")
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert run(capsys, "import", "t.csv", "--into", "acme").status == (0 if done else 1)
    assert (stored(home, "acme") != before) is done


@pytest.mark.parametrize("wanted", ["json", "html"])
def test_a_whole_snapshot_brings_its_state_back(capsys: Capture, home: Path, wanted: str) -> None:
    before = edited(home, "acme")
    good(capsys, "export", wanted, "-o", f"s.{wanted}")
    Path("t.csv").write_text(f"id,task,done\n{TASK},Agree on exits,TRUE\n")
    good(capsys, "import", "t.csv", "--into", "acme", "--yes")
    text = good(capsys, "import", f"s.{wanted}", "--into", "acme", "--yes")
    assert "1 task reopened" in text and "1 task reworded" in text
    assert stored(home, "acme") == before
    assert "already says all of this" in good(capsys, "import", f"s.{wanted}", "--into", "acme")


@pytest.mark.parametrize("language", ["en", "he"])
def test_what_cannot_be_is_told_and_nothing_changes(capsys: Capture, home: Path, language: str) -> None:
    before = edited(home, "acme")
    Path("t.csv").write_text("task\nx\n")
    Path("other.csv").write_text("name,price\nx,1\n")
    Path("no.xlsx").write_bytes(b"PK\x03\x04nothing")
    good(capsys, "export", "json", "-o", "a.json")
    Path("foreign.json").write_text(Path("a.json").read_text().replace('"liquid-funnel"', '"other"', 1))
    for argv, status, part in (
        (["t.csv"], 2, "--into"),
        (["t.csv", "--into", "acme", "--name", "x"], 2, "--name"),
        (["t.csv", "--into", "nowhere"], 1, "nowhere"),
        (["other.csv", "--into", "acme"], 1, "other.csv"),
        (["no.xlsx", "--into", "acme"], 1, "no.xlsx"),
        (["missing.csv", "--into", "acme"], 1, "missing.csv"),
        (["foreign.json", "--into", "acme"], 1, "other"),
    ):
        ran = run(capsys, "import", *argv, "--lang", language)
        assert (ran.status, ran.out) == (status, ""), argv
        assert part in ran.err, argv
    assert stored(home, "acme") == before


def test_a_workbook_is_read_without_the_library_that_writes_one(capsys: Capture, home: Path) -> None:
    """As a program, in a Python that lacks the libraries for Excel."""
    edited(home, "acme")
    good(capsys, "export", "xlsx", "-o", "t.xlsx")
    code = (
        "import sys; sys.modules['openpyxl'] = sys.modules['xlsxwriter'] = None\n"
        "from lfroadmap.main import main; sys.exit(main(['import', 't.xlsx', '--into', 'acme']))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("language", ["en", "he"])
def test_the_result_names_the_key_of_the_settings(capsys: Capture, home: Path, language: str) -> None:
    edited(home, "acme")
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text('[keys]\nundo = "f5"\nnext_tab = "alt+n"\n', "utf-8")
    good(capsys, "export", "csv", "-o", "t.csv")
    edit_csv("t.csv", TASK, Task="Agree on exits")
    text = good(capsys, "import", "t.csv", "--into", "acme", "--yes", "--lang", language)
    assert "F5" in text and "Ctrl+Z" not in text
    assert "Alt+N" in run(capsys, "doctor", "--lang", language).out
