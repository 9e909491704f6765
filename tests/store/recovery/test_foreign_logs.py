"""Logs beside a roadmap that belong to another file, or to a program that is still running."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from commanding import Capture, good, run
from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.events import SaveFailing
from lfroadmap.store.folder.notices import Notice
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.recovery.rescue import examine, rescue
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN, Listener
from store_states import OTHER, close, crashed, done, keys, make_pipe, names, opened_elsewhere, worked


def foreign_log(path: Path) -> bytes:
    """Leave the log of a roadmap that was deleted under the name of a file."""
    crashed(path, SetField("g", "in the old log"))
    path.unlink()
    return path.with_name(path.name + "-wal").read_bytes()


@pytest.mark.parametrize("end", ["-wal", "-journal"])
@pytest.mark.parametrize("how", ["new", "restore", "import"])
def test_a_log_that_was_left_behind_does_not_reach_the_next_file_of_the_name(
    library: Library, path: Path, notices: list[Notice], how: str, end: str
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
    assert keys(notices) == ["log_aside"]
    aside = notices[0].facts["aside"]
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


def test_an_index_without_its_file_goes_quietly(library: Library, path: Path, notices: list[Notice]) -> None:
    for end in ("-shm", "-wal"):
        path.with_name(f"gone.roadmap{end}").write_bytes(b"\0" * 32768 if end == "-shm" else b"")
    library.recover()
    assert notices == []
    assert names(path.parent) == ["plan.roadmap"]


def test_a_journal_beside_a_file_that_keeps_none_is_put_aside(
    library: Library, path: Path, notices: list[Notice]
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
@pytest.mark.quick_cases(3)
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
    checked = json.loads(good(capsys, "doctor", str(path), "--json"))
    assert (checked["sound"], checked["foreign_log"]) == (False, True)
    assert "is sound" in good(capsys, "doctor", str(path), "--lang", "en")


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
