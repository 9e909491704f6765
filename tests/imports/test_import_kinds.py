"""Files of all kinds, known by their content: read, or refused with what they are."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from commanding import Capture, stored, write
from importing import OTHER, OWNER, TASK, into, task, tasks
from lfroadmap.roadmap.edits import SetField, SetTask
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.words import LANGUAGES, Language, words

pytestmark = pytest.mark.usefixtures("home")


# ------------------------------------------------------------------ kinds of files


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize("name", ["t.xlsm", "t.csv", "t", "t.json", "t.roadmap"])
def test_a_file_is_known_by_its_content(capsys: Capture, home: Path, plan: Path, name: str) -> None:
    Path(name).write_bytes(workbook(("Task", "Owner"), ("a", "b")))
    assert into(capsys, name).status == 0 and tasks(home)["a"][1].owner == "b"


@pytest.mark.parametrize("data", [workbook(("Task", "Owner"), ("a", "b")), b"Task;Owner\na;b\n"])
def test_what_is_piped_is_known_by_its_content(
    capsys: Capture, home: Path, plan: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    ran = into(capsys, "-")
    assert ran.status == 0 and tasks(home)["a"][1].owner == "b" and tasks(home)["a"][0] == "Imported"


def test_an_archive_with_several_tables_asks_for_one(capsys: Capture, home: Path, plan: Path) -> None:
    one, two = b"Task,Owner\na,x\n", b"Task,Owner\nb,y\n"
    Path("t.zip").write_bytes(
        zipped(one_csv=one, two_csv=two, page_md=b"# Page\n", inner_zip=zipped(three_csv=one))
    )
    ran = into(capsys, "t.zip")
    assert ran.status == 2 and "one.csv, two.csv, three.csv" in ran.err and "--table" in ran.err
    ran = into(capsys, "t.zip", "--table", "two.csv")
    assert ran.status == 0 and "b" in tasks(home) and "a" not in tasks(home)
    Path("t.zip").write_bytes(zipped(page_md=b"# Page\n"))
    ran = into(capsys, "t.zip")
    assert ran.status == 1 and "page.md" in ran.err


ODS = zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")
OTHERS = {
    "pdf": b"%PDF-1.7\n", "ods": ODS, "old_office": b"\xd0\xcf\x11\xe0" + bytes(600),
    "picture": b"\x89PNG\r\n\x1a\n", "packed": b"\x1f\x8b\x08", "rtf": b"{\\rtf1 x}",
    "mail": b"From: a@b.c\nTo: d@e.f\nSubject: plan\n\nHello\n", "calendar": b"BEGIN:VCALENDAR\n",
    "text": b"Dear all,\nhere is the plan\n", "binary": bytes(range(256)) * 20,
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(5)
def test_other_kinds_say_what_they_are(
    capsys: Capture, home: Path, plan: Path, kind: str, language: Language
) -> None:
    Path("plan.csv").write_bytes(OTHERS[kind])
    before = stored(home, "p")
    ran = into(capsys, "plan.csv", "--lang", language)
    assert ran.status == 1 and " ".join(words(language)(f"error.kind_{kind}").split()) in ran.err
    assert stored(home, "p") == before


def test_a_conflict_copy_is_brought_in_row_by_row(capsys: Capture, home: Path, plan: Path) -> None:
    copy = Path("p (conflicted copy).roadmap")
    copy.write_bytes(plan.read_bytes())
    write(
        copy,
        "noa",
        SetTask(TASK, "owner", "Noa"),
        SetField(OWNER, "Noa"),
        Add(Task("n1", "Only there"), "strategy.goals"),
    )
    write(plan, "dana", SetTask(OTHER, "due", "2026-03-31"), Add(Task("d1", "Only here"), "strategy.goals"))
    copied = copy.read_bytes()
    ran = into(capsys, str(copy))
    assert ran.status == 0, ran
    for part in ("copy of a roadmap's own file", "Owner: Noa", "Only there", "Liquid Funnel goals · Owner"):
        assert part in ran.out
    assert task(home, TASK).owner == "Noa" and {"Only here", "Only there"} <= tasks(home).keys()
    assert copy.read_bytes() == copied and [p.name for p in Path().iterdir()] == [copy.name]
