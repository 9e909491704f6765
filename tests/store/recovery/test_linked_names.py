"""One file under two names, as links, older versions and killed moves leave it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from commanding import Capture, good, run
from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store.folder import renaming
from lfroadmap.store.folder.notices import Notice
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.recovery.rescue import examine
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from store_states import OTHER, close, crashed, done, keys, names, opened_elsewhere, worked


@pytest.mark.parametrize("done_so_far", range(3))
def test_a_name_in_the_list_and_in_the_bin_becomes_one(
    library: Library, path: Path, notices: list[Notice], done_so_far: int
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
        assert library.names() == () and [entry.name for entry in trash.entries(library)] == ["plan"]
        path = binned
    else:
        assert library.names() == ("plan",) and trash.entries(library) == ()
        assert keys(notices) == ["one_name"]
    assert path.stat().st_nlink == 1
    assert read(path) == SetField("g", "in the log").on(done())


def test_a_log_in_the_bin_that_is_of_an_earlier_time_is_kept_aside(
    library: Library, path: Path, notices: list[Notice]
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
    assert keys(notices) == ["one_name", "log_aside"]
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
