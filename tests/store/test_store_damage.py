from __future__ import annotations

import os
import random
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from damage import damaged
from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.codec import load_roadmap
from lfroadmap.roadmap.edits import SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.store.events import Saved, SaveFailing
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.sqlite.file_schema import checksum
from lfroadmap.store.store import Store, set_aside
from lfroadmap.words import LANGUAGES, words
from listening import PLAN, Listener


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A roadmap that was worked at."""
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    store = Store(path, "dana")
    store.start(lambda event: None)
    for n in range(30):
        store.submit(Add(Task(f"n{n}", f"task {n}"), "c"))
        store.submit(SpliceText("f", 0, 0, "some words "))
        store.end_burst()
    store.submit(Tick("n3", True))
    assert store.close() == ()
    return path


def refused(path: Path) -> str:
    """The key of the refusal, which is the same for both ways of opening."""
    with pytest.raises(BrokenStore) as opening:
        Store(path, "dana")
    for language in LANGUAGES:
        assert words(language).error(opening.value).count(str(path)) == 1
    return opening.value.key


def folder(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if entry.is_file()}


def run_sql(path: Path, *statements: str) -> None:
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.roadmap") == "store_missing"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "x.roadmap").mkdir()
    assert refused(tmp_path / "x.roadmap") == "store_folder"


def test_a_pipe_or_a_socket_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "x.roadmap"
    os.mkfifo(pipe)
    assert refused(pipe) == "store_foreign"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "y.roadmap"))
        assert refused(tmp_path / "y.roadmap") == "store_foreign"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "store_empty"),
        (b"hello", "store_foreign"),
        (b"\0" * 8192, "store_foreign"),
        (b'{"format": "lfroadmap"}' * 100, "store_foreign"),
        (b"SQLite format 3\0", "store_foreign"),
        (random.Random(1).randbytes(20_000), "store_foreign"),
    ],
)
def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path, content: bytes, key: str) -> None:
    path = tmp_path / "x.roadmap"
    path.write_bytes(content)
    assert refused(path) == key
    assert folder(path) == {"x.roadmap": content}


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.roadmap"
    run_sql(path, "CREATE TABLE updates(seq, data)", "PRAGMA user_version=1")
    before = folder(path)
    assert refused(path) == "store_foreign"
    assert folder(path) == before


def test_a_newer_version_is_left_as_it_is(path: Path) -> None:
    run_sql(path, "PRAGMA user_version=99", "ALTER TABLE updates RENAME TO renamed")
    before = folder(path)
    assert refused(path) == "store_newer"
    assert folder(path) == before


def test_a_newer_version_that_is_understood_is_shown_and_never_written_to(path: Path) -> None:
    run_sql(path, "PRAGMA user_version=99", "ALTER TABLE view ADD COLUMN later")
    before, heard = folder(path)[path.name], Listener()
    assert read(path).title == "Plan"
    store = Store(path, "dana")
    store.start(heard)
    assert heard.wait(SaveFailing).error.key == "save_newer"
    store.submit(edit := SetField("g", "typed"))
    assert heard.wait(SaveFailing, lambda told: told.waiting == 1).error.key == "save_newer"
    assert store.close() == (edit,)
    assert folder(path) == {path.name: before}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM updates",
        "UPDATE updates SET data = x'00'",
        "UPDATE updates SET data = 'text'",
        "UPDATE updates SET sum = 'none'",
        "DROP TABLE updates",
        "DROP TABLE view",
        "PRAGMA user_version=0",
        "UPDATE updates SET data = substr(data, 2) WHERE seq = 2",
    ],
)
def test_rows_that_are_not_ours_are_told_as_damage(path: Path, statement: str) -> None:
    run_sql(path, statement)
    before = folder(path)
    assert refused(path) == "store_damaged"
    assert folder(path) == before


@pytest.mark.parametrize("with_view", [True, False])
def test_whatever_is_damaged_opens_or_is_refused_and_stays_untouched(path: Path, with_view: bool) -> None:
    if not with_view:
        run_sql(path, "DELETE FROM view")
    sound, chance = path.read_bytes(), random.Random(7)
    told: dict[str, int] = {}
    for n in range(100):
        path.write_bytes(broken := damaged(sound, chance, n))
        try:
            Store(path, "dana").close()
            key = "opened"
        except BrokenStore as error:
            key = error.key
        told[key] = told.get(key, 0) + 1
        assert folder(path) == {path.name: broken}
    assert told["opened"] > 5
    assert told["store_damaged"] > 20
    assert set(told) <= {"opened", "store_damaged", "store_foreign", "store_newer", "store_empty"}


def test_work_at_a_damaged_file_fails_with_words_or_goes_well(path: Path) -> None:
    sound, chance = path.read_bytes(), random.Random(8)
    for n in range(60):
        path.write_bytes(damaged(sound, chance, n))
        try:
            store = Store(path, "dana")
        except BrokenStore:
            continue
        store.start(lambda event: None)
        store.submit(SetField("g", "x"))
        store.undo()
        store.undo()
        store.submit(last := SetField("g", "y"))
        unsaved = store.close()
        assert unsaved == () or unsaved[-1] == last
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)


def test_a_damaged_file_with_a_log_beside_it_is_left_as_it_is(path: Path, tmp_path: Path) -> None:
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SetField("g", "in the log only"))
    assert store.flush(10)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for end in ("", "-wal"):
        shutil.copy(path.with_name(path.name + end), crashed / (path.name + end))
    store.close()
    left = crashed / path.name
    assert read(left) == store.roadmap
    left.write_bytes(left.read_bytes()[:4096] + b"noise" * 8000)
    before = {name: held for name, held in folder(left).items() if not name.endswith("-shm")}
    assert len(before) == 2
    assert refused(left) == "store_damaged"
    assert {name: held for name, held in folder(left).items() if not name.endswith("-shm")} == before


def test_what_can_be_read_of_a_damaged_file_is_given(path: Path) -> None:
    sound = read(path)
    db = sqlite3.connect(path)
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'changes'").fetchone()
    db.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert refused(path) == "store_damaged"
    assert read(path) == sound


def test_a_damaged_file_is_set_aside_with_what_belongs_to_it(path: Path) -> None:
    damaged = path.read_bytes()[:-5000]
    path.write_bytes(damaged)
    path.with_name(path.name + "-wal").write_bytes(b"the log")
    first = set_aside(path)
    Store.create(path, PLAN, "dana")
    second = set_aside(path)
    assert first.name.startswith("plan.damaged-2")
    assert first.suffix == ".roadmap"
    assert first.read_bytes() == damaged
    assert first.with_name(first.name + "-wal").read_bytes() == b"the log"
    assert read(second) == PLAN
    assert not path.exists()
    assert sorted(folder(path)) == sorted([first.name, first.name + "-wal", second.name])


@pytest.fixture
def open_folder(path: Path) -> Iterator[Path]:
    """A copy of the roadmap in a folder that everybody may enter."""
    home = Path(tempfile.mkdtemp())
    home.chmod(0o777)
    copy = home / path.name
    shutil.copy(path, copy)
    copy.chmod(0o666)
    yield copy
    home.chmod(0o777)
    shutil.rmtree(home)


def as_nobody(code: str, path: Path) -> str:
    """What a program prints that runs without special rights; `path` is known to it."""
    program = f"""if True:
        import os
        from pathlib import Path
        from lfroadmap.errors import BrokenStore
        from lfroadmap.roadmap.edits import SetField
        from lfroadmap.store.document import document
        from lfroadmap.store.lifecycle import moving
        from lfroadmap.store.sqlite.file_format import read
        from lfroadmap.store.events import Saved, SaveFailing
        from lfroadmap.store.store import Store, set_aside
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        path = Path({str(path)!r})
        try:
            {code}
        except BrokenStore as error:
            print(error.key)
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "opened", "only_read"),
    [
        (0o666, 0o777, "Plan", "Plan"),
        (0o444, 0o777, "store_read_only", "Plan"),
        (0o666, 0o555, "store_read_only", "Plan"),
        (0o444, 0o555, "store_read_only", "Plan"),
        (0o000, 0o777, "store_unreadable", "store_unreadable"),
        (0o666, 0o000, "store_unreadable", "store_unreadable"),
    ],
)
def test_what_may_not_be_read_or_written(
    open_folder: Path, file_mode: int, folder_mode: int, opened: str, only_read: str
) -> None:
    before = open_folder.read_bytes()
    open_folder.chmod(file_mode)
    open_folder.parent.chmod(folder_mode)
    assert as_nobody("print(Store(path, 'dana').roadmap.title)", open_folder) == opened
    assert as_nobody("print(read(path).title)", open_folder) == only_read
    if folder_mode != 0o777:
        assert as_nobody("set_aside(path)", open_folder) in ("store_read_only", "store_unreadable")
    open_folder.parent.chmod(0o777)
    assert [entry.name for entry in open_folder.parent.iterdir()] == [open_folder.name]
    assert stat.S_IMODE(open_folder.stat().st_mode) == file_mode
    open_folder.chmod(0o666)
    assert open_folder.read_bytes() == before


@pytest.mark.parametrize("text", ["{}", "null", "no JSON", "[" * 100_000])
def test_a_sound_copy_that_is_no_roadmap_is_passed_over_and_made_anew(path: Path, text: str) -> None:
    sound = read(path)
    db = sqlite3.connect(path)
    (seq,) = db.execute("SELECT seq FROM view").fetchone()
    db.execute("UPDATE view SET data = ?, sum = ?", (text, checksum(seq, text)))
    db.commit()
    assert read(path) == sound
    store = Store(path, "dana")
    heard = Listener()
    store.start(heard)
    store.submit(Tick("n4", True))
    heard.wait(Saved)
    assert store.close() == ()
    assert load_roadmap(db.execute("SELECT data FROM view").fetchone()[0]) == store.roadmap
    db.execute("UPDATE view SET data = ?, sum = ?", (text, checksum(seq + 1, text)))
    db.execute("UPDATE updates SET data = x'00', sum = ?  WHERE seq = 1", (checksum(1, b"\0"),))
    db.commit()
    db.close()
    assert refused(path) == "store_damaged"
