"""Files that somebody made by hand, checksums and all: every command ends, and with words."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from commanding import Capture, at_home, run
from forging import FORGED, forge
from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import SetField, SetKpi, SpliceText, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite import tables
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.sqlite.file_schema import MIGRATIONS, VERSION
from lfroadmap.store.store import Store
from listening import PLAN
from matrices import quick_every

NAME = "plan"
END = 120
"""Seconds after which a command counts as one that does not end."""
COMMANDS = (
    ("list",),
    ("show", NAME),
    ("show", NAME, "--at", "2020-01-01"),
    ("show", NAME, "--at", "board"),
    ("history", NAME),
    ("history", NAME, "--json", "--text", "task"),
    ("snapshot", NAME),
    ("bin", NAME),
    ("export", "json", NAME, "-o", "-", "--history"),
    ("diff", "-7", "--of", NAME),
)
"""Every command that reads a roadmap's file."""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A roadmap that was worked at, of a person who speaks English."""
    at_home(tmp_path, monkeypatch)
    path = Library(tmp_path / "data").create(NAME, PLAN, "dana")
    store = Store(path, "dana")
    store.start(lambda event: None)
    for n in range(4):
        store.submit(Add(Task(f"n{n}", f"task {n}"), "c"))
        store.submit(SpliceText("f", 0, 0, "some words "))
        store.submit(Tick(f"n{n}", True, "2026-01-01"))
        store.end_burst()
    store.mark("board")
    store.submit(Batch((Remove("n1"), Tick("t1", True))))
    store.submit(SetKpi("k", "owner", "Noa"))
    assert store.close() == ()
    return path


@pytest.fixture(autouse=True)
def ends() -> Iterator[None]:
    """Break off what does not end."""

    def late(number: int, frame: FrameType | None) -> None:
        raise AssertionError("it does not end")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(END)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_a_file_of_ours_has_our_tables(path: Path, tmp_path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    assert tables.has_our_tables(db, VERSION)
    db.execute("ALTER TABLE view RENAME TO other")
    assert not tables.has_our_tables(db, VERSION)
    db.execute("ALTER TABLE other RENAME TO view")  # SQLite writes the name in quotes now
    assert tables.has_our_tables(db, VERSION)
    db.close()


SAME = {4: 3, 5: 3, 7: 6}
"""Version -> the earlier one that has the same tables: what is in the document may be more."""


def test_the_tables_of_every_version_are_known(tmp_path: Path) -> None:
    from lfroadmap.store.sqlite.file_format import run_statements
    from lfroadmap.store.sqlite.file_schema import FIRST_TABLES

    db = sqlite3.connect(tmp_path / "x", isolation_level=None)
    run_statements(db, FIRST_TABLES)
    for version in range(1, VERSION + 1):
        if version > 1:
            run_statements(db, MIGRATIONS[version])
        fitting = [each for each in range(1, VERSION + 1) if tables.has_our_tables(db, each)]
        same = SAME.get(version, version)
        assert fitting == [each for each in range(1, VERSION + 1) if SAME.get(each, each) == same]
    assert tables.has_our_tables(db, VERSION + 1)  # as far as that can be seen
    db.close()


@pytest.mark.quick_cases(4)
@pytest.mark.parametrize("how", quick_every(5, FORGED))
def test_every_command_ends_with_words_and_leaves_the_file_as_it_is(
    capsys: Capture, path: Path, how: str
) -> None:
    forge(path, FORGED[how])
    before = path.read_bytes()
    for command in COMMANDS:
        ran = run(capsys, *command)
        assert ran.status in (0, 1, 2), command
        assert bool(ran.err) is (ran.status != 0) or "could not be read are not shown" in ran.err, command
        assert "Traceback" not in ran.err, command
    assert path.read_bytes() == before
    try:
        store = Store(path, "dana")
    except BrokenStore as error:
        assert str(path) in str(error)
    else:
        store.start(lambda event: None)
        store.submit(SetField("g", "typed"))
        store.undo()
        store.close()


@pytest.mark.parametrize("how", quick_every(5, FORGED))
@pytest.mark.quick_cases(5)
def test_doctor_saves_what_can_be_saved_or_says_that_nothing_can(
    capsys: Capture, path: Path, how: str
) -> None:
    forge(path, FORGED[how])
    checked = run(capsys, "doctor", str(path), "--check")
    mended = run(capsys, "doctor", str(path))
    assert checked.status in (0, 1)
    if mended.status:
        assert str(path) in mended.err
        return
    assert isinstance(read(path), Roadmap)
    again = run(capsys, "doctor", str(path), "--check")
    assert (again.status, again.err) == (0, "")
    assert run(capsys, "history", NAME).status == 0
