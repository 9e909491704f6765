"""What a killed command left, here made by hand as earlier versions left it too, and the next start."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from commanding import Capture, good, run
from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.events import SaveFailing
from lfroadmap.store.folder import noted_renames, renaming
from lfroadmap.store.folder.companions import NEW, RESCUED
from lfroadmap.store.folder.notices import Notice
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.lifecycle import moving
from lfroadmap.store.recovery.rescue import examine, rescue
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.words import LANGUAGES, words
from listening import PLAN, Listener
from store_states import WORK, crashed, worked

OTHER = Roadmap("o", "Other", "")


@pytest.fixture
def told() -> list[Notice]:
    return []


@pytest.fixture
def library(tmp_path: Path, told: list[Notice]) -> Library:
    library = Library(tmp_path / "data", told.append)
    library.create("plan", PLAN, "dana")
    worked(library.path("plan"))
    return library


@pytest.fixture
def path(library: Library) -> Path:
    return library.path("plan")


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def done() -> Roadmap:
    roadmap = PLAN
    for edit in WORK:
        roadmap = edit.on(roadmap)
    return roadmap


def keys(told: list[Notice]) -> list[str]:
    for notice in told:
        for language in LANGUAGES:
            assert words(language)(f"recovery.{notice.key}", **notice.facts)
    return [notice.key for notice in told]


# ------------------------------------------------------------------ one file under two names


@pytest.mark.parametrize("done_so_far", range(3))
def test_a_name_in_the_list_and_in_the_bin_becomes_one(
    library: Library, path: Path, told: list[Notice], done_so_far: int
) -> None:
    """As links and then deletions left it, from the log to the file, at each point between."""
    crashed(path)
    binned = library.folder / "bin" / "plan.20260101-101010-000001.roadmap"
    binned.parent.mkdir()
    for end in ("-wal", ""):
        binned.with_name(binned.name + end).hardlink_to(path.with_name(path.name + end))
    for end in ("-wal", "")[:done_so_far]:
        path.with_name(path.name + end).unlink()
    library.recover()
    if done_so_far == 2:  # the move was over
        assert library.names() == () and [held.name for held in trash.entries(library)] == ["plan"]
        path = binned
    else:
        assert library.names() == ("plan",) and trash.entries(library) == ()
        assert keys(told) == ["one_name"]
    assert path.stat().st_nlink == 1
    assert read(path) == SetField("g", "in the log").on(done())


def test_a_log_in_the_bin_that_is_of_an_earlier_time_is_kept_aside(
    library: Library, path: Path, told: list[Notice]
) -> None:
    crashed(path)
    binned = library.folder / "bin" / "plan.20260101-101010-000001.roadmap"
    binned.parent.mkdir()
    binned.hardlink_to(path)
    log = path.with_name(path.name + "-wal")
    log.rename(binned.with_name(binned.name + "-wal"))
    # another version of the program worked on, with the name in the list
    db = sqlite3.connect(path)
    db.execute("UPDATE updates SET session = 'another' WHERE seq = (SELECT max(seq) FROM updates)")
    db.commit()
    db.close()
    library.recover()
    assert library.names() == ("plan",) and trash.entries(library) == ()
    assert keys(told) == ["one_name", "log_aside"]
    assert read(path) == done()


def test_two_names_in_the_list_take_no_edits_from_each_other(library: Library, path: Path) -> None:
    """The case of the lost edits: both names open at once, and a checkpoint of each."""
    second = library.path("plan-2")
    second.hardlink_to(path)
    stores = [Store(path, "dana"), Store(second, "noa")]
    assert keys(stores[0].notices) == ["own_file"]
    assert stores[1].notices == []  # it has one name by now
    for n in range(30):
        for store in stores:
            if n == 0:
                store.start(lambda event: None)
            store.submit(SetField("g", f"{store.path.name} {n}"))
            assert store.flush(10)
    assert [store.close() for store in stores] == [(), ()]
    for each in (path, second):
        assert each.stat().st_nlink == 1
        assert read(each) == SetField("g", f"{each.name} 29").on(done())
        assert examine(each).sound


def test_a_linked_file_keeps_its_log_mode_and_time(library: Library, path: Path) -> None:
    crashed(path)
    path.chmod(0o640)
    before = path.stat()
    path.with_name("other").hardlink_to(path)
    store = Store(path, "dana")
    assert store.roadmap == SetField("g", "in the log").on(done())
    after = path.stat()
    assert (after.st_mode, after.st_mtime_ns, after.st_uid) == (
        before.st_mode, before.st_mtime_ns, before.st_uid
    )  # fmt: skip
    assert after.st_ino != before.st_ino
    assert path.with_name("other").stat().st_ino == before.st_ino


OPENER = """
import sys, sqlite3
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN"); db.execute("SELECT * FROM updates").fetchall()
print("open", flush=True)
sys.stdin.read()
"""


def opened_elsewhere(path: Path) -> subprocess.Popen[bytes]:
    """Another process that has a file open with SQLite and shows itself nowhere else."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPENER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"open\n"
    return process


def close(process: subprocess.Popen[bytes]) -> None:
    process.communicate(timeout=30)


def test_a_linked_file_that_is_open_under_its_other_name_is_not_opened(library: Library, path: Path) -> None:
    other = path.with_name("other")
    other.hardlink_to(path)
    process = opened_elsewhere(other)
    with pytest.raises(BrokenStore) as refused:
        Store(path, "dana")
    assert refused.value.key == "store_in_use"
    close(process)
    Store(path, "dana").close()
    assert path.stat().st_nlink == 1
    worked(path, SetField("g", "goes on"))
    assert (read(path), read(other)) == (SetField("g", "goes on").on(done()), done())
    assert names(path.parent) == ["other", "plan.roadmap"]


def test_doctor_says_that_a_file_has_more_names(
    library: Library, path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LFROADMAP_DATA_DIR", str(library.folder))
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(library.folder))
    path.with_name("other").hardlink_to(path)
    assert "2 names" in good(capsys, "doctor", "plan", "--check", "--lang", "en")
    ran = run(capsys, "snapshot", "plan", "--save", "now", "--lang", "en")
    assert ran.status == 0 and "hard link" in ran.err
    assert good(capsys, "doctor", "plan", "--check", "--lang", "en").count("\n") == 2


@pytest.mark.parametrize("error", [AttributeError, ImportError])
def test_moves_without_the_one_call_of_the_system_leave_one_name(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    monkeypatch.setattr(renaming, "_rename_by_syscall", lambda old, new: False)
    thrown = trash.move_to_trash(library, "plan")
    assert thrown.path.stat().st_nlink == 1
    library.create("plan", OTHER, "noa")
    assert trash.restore(library, thrown) == "plan-2"
    assert (read(path), read(library.path("plan-2"))) == (OTHER, done())
    with pytest.raises(FileExistsError):
        renaming.rename_exclusive(path, library.path("plan-2"))
    assert read(path) == OTHER


def test_a_roadmap_that_another_program_has_open_is_not_moved(library: Library, path: Path) -> None:
    process = opened_elsewhere(path)
    with pytest.raises(RoadmapError) as refused:
        trash.move_to_trash(library, "plan")
    assert refused.value.key == "store_in_use"
    close(process)
    trash.move_to_trash(library, "plan")
    assert names(path.parent) == []


# ------------------------------------------------------------------ drafts and noted steps


def draft_of(path: Path, kind: str, roadmap: Roadmap = OTHER) -> Path:
    """A finished file that never got its name."""
    draft = path.with_name(f".{path.name}.0123abcd.{kind}")
    Store.create(draft, roadmap, "dana")
    return draft


@pytest.mark.parametrize("kind", [NEW, RESCUED])
def test_a_finished_file_gets_the_name_that_is_free(
    library: Library, path: Path, told: list[Notice], kind: str
) -> None:
    """As a rescue left it that was killed between putting aside and publishing."""
    aside = moving.set_aside(path)
    draft_of(path, kind)
    assert Library(library.folder).names() == ()
    library.recover()
    assert keys(told) == ["published"]
    assert read(path) == OTHER
    assert names(path.parent) == sorted([aside.name, "plan.roadmap"])


def test_a_finished_rescue_whose_name_was_given_away_is_kept_under_another(
    library: Library, path: Path, told: list[Notice]
) -> None:
    """An empty roadmap was begun under the name while what was saved lay hidden."""
    draft_of(path, RESCUED)
    library.recover()
    assert keys(told) == ["published"]
    assert (read(path), read(library.path("plan-2"))) == (done(), OTHER)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"garbage" * 900])
@pytest.mark.parametrize("kind", ["new", "rescued", "copy"])
def test_a_draft_that_was_not_finished_is_cleared_and_told(
    library: Library, path: Path, told: list[Notice], kind: str, content: bytes
) -> None:
    path.with_name(f".plan.roadmap.0123abcd.{kind}").write_bytes(content)
    path.with_name(f".plan.roadmap.0123abcd.{kind}-journal").write_bytes(content)
    library.recover()
    assert keys(told) == ["cleared"]
    assert names(path.parent) == ["plan.roadmap"]
    assert read(path) == done()


def test_a_draft_that_is_a_second_name_goes_quietly(library: Library, path: Path, told: list[Notice]) -> None:
    path.with_name(".plan.roadmap.0123abcd.new").hardlink_to(path)
    library.recover()
    assert told == []
    assert names(path.parent) == ["plan.roadmap"]


def test_the_draft_of_a_program_at_work_is_left_alone(
    library: Library, path: Path, told: list[Notice]
) -> None:
    draft = draft_of(path.with_name("next.roadmap"), NEW)
    handle = os.open(path.parent, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    library.recover()
    assert draft.exists() and told == []
    os.close(handle)
    library.recover()
    assert not draft.exists()
    assert library.names() == ("next", "plan")


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("make", [make_pipe, Path.mkdir])
def test_what_only_looks_like_a_leftover_stays(
    library: Library, path: Path, told: list[Notice], make: Callable[[Path], None]
) -> None:
    for kind in ("new", "steps", "copy"):
        make(path.with_name(f".plan.roadmap.0123abcd.{kind}"))
    path.with_name(".notes.txt.0123abcd.new").write_text("mine")
    before = names(path.parent)
    library.recover()
    assert names(path.parent) == before
    assert told == []


@pytest.mark.parametrize(
    "text", ["", "[", "[" * 100_000, "{}", "null", '[["a"]]', '[["plan.roadmap", 5, 1]]', "[[1,2,3]]"]
)
def test_a_note_that_was_not_finished_goes(
    library: Library, path: Path, told: list[Notice], text: str
) -> None:
    path.with_name(".plan.roadmap.0123abcd.steps").write_text(text)
    library.recover()
    assert told == []
    assert names(path.parent) == ["plan.roadmap"]


@pytest.mark.parametrize("to", [None, "plan.roadmap"])
@pytest.mark.parametrize("name", ["../state.json", "../../precious", "/etc/hostname", "sub/x"])
def test_a_forged_note_reaches_nothing_outside(
    library: Library, path: Path, told: list[Notice], name: str, to: str | None
) -> None:
    (library.folder / "state.json").write_text("{}")
    (library.folder.parent / "precious").write_text("work")
    (path.parent / "sub").mkdir()
    (path.parent / "sub" / "x").write_text("x")
    target = Path(os.path.normpath(path.parent / name))
    rows = [[name, to, target.stat().st_ino]]
    path.with_name(".plan.roadmap.0123abcd.steps").write_text(json.dumps(rows))
    library.recover()
    assert target.exists()
    assert keys(told) == ["left"]


def test_a_step_whose_file_was_replaced_meanwhile_is_not_done(
    library: Library, path: Path, told: list[Notice]
) -> None:
    rows = [["plan.roadmap", "plan.damaged-x.roadmap", path.stat().st_ino + 1]]
    path.with_name(".plan.roadmap.0123abcd.steps").write_text(json.dumps(rows))
    library.recover()
    assert names(path.parent) == ["plan.roadmap"]
    assert told == []


def test_steps_that_fail_halfway_are_taken_back(tmp_path: Path) -> None:
    for name in ("a", "b", "taken"):
        (tmp_path / name).write_text(name)
    todo = [
        noted_renames.noted_rename(tmp_path / "a", tmp_path / "c"),
        noted_renames.noted_rename(tmp_path / "b", tmp_path / "taken"),
    ]
    with pytest.raises(FileExistsError):
        noted_renames.carry_out(tmp_path / "a", todo)
    assert {entry.name: entry.read_text() for entry in tmp_path.iterdir()} == {
        "a": "a", "b": "b", "taken": "taken"
    }  # fmt: skip


def test_a_rescue_beside_a_sound_file_of_any_folder_is_finished(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "anywhere.db"
    draft_of(path, RESCUED)
    store = Store(path, "dana")
    assert keys(store.notices) == ["published"]
    assert store.roadmap == OTHER


# ------------------------------------------------------------------ logs of other files


def foreign_log(path: Path) -> bytes:
    """Leave the log of a roadmap that was deleted under the name of a file."""
    crashed(path, SetField("g", "in the old log"))
    path.unlink()
    return path.with_name(path.name + "-wal").read_bytes()


@pytest.mark.parametrize("end", ["-wal", "-journal"])
@pytest.mark.parametrize("how", ["new", "restore", "import"])
def test_a_log_that_was_left_behind_does_not_reach_the_next_file_of_the_name(
    library: Library, path: Path, told: list[Notice], how: str, end: str
) -> None:
    thrown = None
    if how == "restore":
        thrown = trash.move_to_trash(library, "plan")
        library.create("plan", replace(OTHER, stages=PLAN.stages), "noa")
    log = foreign_log(path)
    if end != "-wal":
        path.with_name(path.name + "-wal").rename(path.with_name(path.name + end))
    if thrown:
        assert trash.restore(library, thrown) == "plan"
    else:
        library.create("plan", PLAN, "dana")
    assert keys(told) == ["log_aside"]
    aside = told[0].facts["aside"]
    assert isinstance(aside, Path)
    assert aside.name.startswith("plan.damaged-") and aside.name.endswith(end)
    assert aside.read_bytes() == log
    assert read(path) == (done() if thrown else PLAN)
    assert examine(path).sound
    assert names(path.parent) == sorted([aside.name, "plan.roadmap"])


def test_the_log_of_a_window_that_is_open_is_not_taken_away(library: Library, path: Path) -> None:
    """Its file was moved by hand while it was open: putting it back must bring everything back."""
    store, heard = Store(path, "dana"), Listener()
    store.start(heard)
    store.submit(SetField("g", "typed"))
    assert store.flush(10)
    path.rename(path.with_name("moved"))
    library.recover()
    assert path.with_name(path.name + "-wal").exists()
    with pytest.raises(RoadmapError) as refused:
        library.create("plan", OTHER, "noa")
    assert refused.value.key == "store_in_use"
    store.submit(SetField("g", "typed on"))
    heard.wait(SaveFailing)
    path.with_name("moved").rename(path)
    assert store.flush(10)
    assert store.close() == ()
    assert read(path) == SetField("g", "typed on").on(done())


def test_the_log_of_a_program_that_shows_itself_nowhere_is_not_taken_away(
    library: Library, path: Path
) -> None:
    process = opened_elsewhere(path)
    path.rename(path.with_name("moved"))
    before = names(path.parent)
    library.recover()
    assert names(path.parent) == before
    close(process)


def test_an_index_without_its_file_goes_quietly(library: Library, path: Path, told: list[Notice]) -> None:
    for end in ("-shm", "-wal"):
        path.with_name(f"gone.roadmap{end}").write_bytes(b"\0" * 32768 if end == "-shm" else b"")
    library.recover()
    assert told == []
    assert names(path.parent) == ["plan.roadmap"]


def test_a_journal_beside_a_file_that_keeps_none_is_put_aside(
    library: Library, path: Path, told: list[Notice]
) -> None:
    path.with_name(path.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 5000)
    assert Store(path, "dana").notices[0].key == "log_aside"
    assert read(path) == done()


def mixed(path: Path, roadmap: Roadmap, rounds: int = 3) -> bytes:
    """Put another roadmap's file, alone, where a killed program left a log; returns its bytes."""
    crashed(path)
    other = path.with_name("other.db")
    Store.create(other, roadmap, "noa")
    worked(other, *(SetField("g", f"of the other {n}") for n in range(rounds)))
    data = other.read_bytes()
    other.unlink()
    path.write_bytes(data)
    return data


@pytest.mark.parametrize("roadmap", [PLAN, Roadmap("another", "Another", "", PLAN.stages)])
@pytest.mark.parametrize("rounds", [1, 3, 40])
def test_a_file_that_was_copied_beside_the_log_of_another_is_not_mixed_with_it(
    path: Path, roadmap: Roadmap, rounds: int
) -> None:
    data = mixed(path, roadmap, rounds)
    log = path.with_name(path.name + "-wal").read_bytes()
    for opening in (lambda: Store(path, "dana"), lambda: read(path)):
        with pytest.raises(BrokenStore) as refused:
            opening()
        assert refused.value.key == "store_foreign_log"
    assert path.read_bytes() == data
    looked = examine(path)
    assert (looked.sound, looked.foreign_log, looked.aside) == (False, True, None)
    found = rescue(path)
    assert found.aside is not None
    assert found.aside.read_bytes() == log
    assert found.roadmap == read(path) == SetField("g", f"of the other {rounds - 1}").on(roadmap)
    assert path.read_bytes() == data
    assert examine(path).sound


def test_a_damaged_file_is_not_put_together_with_the_log_of_another(path: Path) -> None:
    data = mixed(path, Roadmap("another", "Another", "", PLAN.stages), 40)
    path.write_bytes(b"\0" * 4096 + data[4096:])
    found = rescue(path)
    assert found.damaged and found.foreign_log and found.aside is not None
    assert found.roadmap.title == "Another"
    assert read(path) == SetField("g", "of the other 39").on(Roadmap("another", "Another", "", PLAN.stages))
    assert found.aside.with_name(found.aside.name + "-wal").exists()


@pytest.mark.parametrize("point", range(0, 12))
def test_a_kill_while_the_log_was_worked_in_is_no_foreign_log(path: Path, point: int) -> None:
    """The file alone is of no one moment then; with the log it is whole."""
    before = path.read_bytes()
    crashed(path, SetField("g", "x" * 9000))
    whole = path.with_name("whole")
    for end in ("", "-wal"):
        shutil.copy(path.with_name(path.name + end), whole.with_name(whole.name + end))
    worked(whole, SetField("g", "y"))
    after = whole.read_bytes()
    torn = bytearray(before)
    at = point * 4096
    torn[at : at + 4096] = after[at : at + 4096] or torn[at : at + 4096]
    expected = read(path)
    path.write_bytes(torn)
    assert read(path) in (expected, SetField("g", "y").on(expected))


def test_the_words_for_a_foreign_log_are_said(path: Path, capsys: Capture) -> None:
    mixed(path, PLAN)
    ran = run(capsys, "doctor", str(path), "--check", "--lang", "en")
    assert ran.status == 1
    assert "belongs to another file" in ran.out and "Nothing was changed" in ran.out
    for lang in ("en", "he"):
        ran = run(capsys, "show", "plan", "--data-dir", str(path.parent.parent), "--lang", lang)
        assert ran.status == 1 and "lfroadmap doctor" in ran.err
    told = json.loads(good(capsys, "doctor", str(path), "--json"))
    assert (told["sound"], told["foreign_log"]) == (False, True)
    assert "is sound" in good(capsys, "doctor", str(path), "--lang", "en")


# ------------------------------------------------------------------ several programs at once

MAKER = """
import sys
from pathlib import Path
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from listening import PLAN
library = Library(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    name = f"{sys.argv[2]}{n}"
    library.create(name, PLAN, "dana")
    if n % 2:
        trash.restore(library, trash.move_to_trash(library, name))
    library.recover()
"""


def test_programs_that_make_move_and_tidy_at_once_lose_nothing(library: Library, told: list[Notice]) -> None:
    count = 6
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKER, str(library.folder), who, str(count)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        for who in "ab"
    ]
    while any(maker.poll() is None for maker in makers):
        library.recover()
    assert [maker.returncode for maker in makers] == [0, 0]
    library.recover()
    assert told == []
    assert set(library.names()) == {"plan", *(f"{who}{n}" for who in "ab" for n in range(count))}
    assert all(examine(library.path(name)).sound for name in library.names())
    assert names(library.folder / "bin") == []


def test_what_another_program_moved_meanwhile_is_told_in_words(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thrown = trash.move_to_trash(library, "plan")
    assert trash.restore(library, thrown) == "plan"
    with pytest.raises(RoadmapError) as refused:
        trash.restore(library, thrown)
    assert refused.value.key == "not_in_bin"
    (library.folder / "bin").rmdir()
    (library.folder / "bin").write_text("a file where the bin should be")
    with pytest.raises(RoadmapError) as refused:
        trash.move_to_trash(library, "plan")
    assert refused.value.key == "folder_unwritable"
    assert read(path) == done()


def make_link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("make", [make_pipe, Path.mkdir, make_link])
def test_what_is_no_file_beside_a_roadmap_is_not_waited_for(
    library: Library, path: Path, capsys: Capture, end: str, make: Callable[[Path], None]
) -> None:
    make(path.with_name(path.name + end))
    with pytest.raises(BrokenStore) as refused:
        read(path)
    assert refused.value.key == "store_beside"
    assert run(capsys, "doctor", str(path), "--check").status == 1
    store = Store(path, "dana")
    assert keys(store.notices) == ["log_aside"]
    store.start(lambda event: None)
    store.submit(SetField("g", "goes on"))
    assert store.close() == ()
    assert read(path) == SetField("g", "goes on").on(done())
