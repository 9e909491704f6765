"""Drafts and noted renames of killed commands, made by hand, and the next start."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from commanding import Capture
from lfroadmap.store.folder import noted_renames
from lfroadmap.store.folder.companions import NEW, RESCUED
from lfroadmap.store.folder.notices import Notice
from lfroadmap.store.library.library import Library
from lfroadmap.store.lifecycle import moving
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from store_states import OTHER, done, draft_of, keys, make_pipe, names


@pytest.mark.parametrize("kind", [NEW, RESCUED])
def test_a_finished_file_gets_the_name_that_is_free(
    library: Library, path: Path, notices: list[Notice], kind: str
) -> None:
    """As a rescue left it that was killed between putting aside and publishing."""
    aside = moving.set_aside(path)
    draft_of(path, kind)
    assert Library(library.folder).names() == ()
    library.recover()
    assert keys(notices) == ["published"]
    assert read(path) == OTHER
    assert names(path.parent) == sorted([aside.name, "plan.roadmap"])


def test_a_finished_rescue_whose_name_was_given_away_is_kept_under_another(
    library: Library, path: Path, notices: list[Notice]
) -> None:
    """An empty roadmap was begun under the name while what was saved lay hidden."""
    draft_of(path, RESCUED)
    library.recover()
    assert keys(notices) == ["published"]
    assert (read(path), read(library.path("plan-2"))) == (done(), OTHER)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"garbage" * 900])
@pytest.mark.parametrize("kind", ["new", "rescued", "copy"])
def test_a_draft_that_was_not_finished_is_cleared_and_told(
    library: Library, path: Path, notices: list[Notice], kind: str, content: bytes
) -> None:
    path.with_name(f".plan.roadmap.0123abcd.{kind}").write_bytes(content)
    path.with_name(f".plan.roadmap.0123abcd.{kind}-journal").write_bytes(content)
    library.recover()
    assert keys(notices) == ["cleared"]
    assert names(path.parent) == ["plan.roadmap"]
    assert read(path) == done()


def test_a_draft_that_is_a_second_name_goes_quietly(
    library: Library, path: Path, notices: list[Notice]
) -> None:
    path.with_name(".plan.roadmap.0123abcd.new").hardlink_to(path)
    library.recover()
    assert notices == []
    assert names(path.parent) == ["plan.roadmap"]


def test_the_draft_of_a_program_at_work_is_left_alone(
    library: Library, path: Path, notices: list[Notice]
) -> None:
    draft = draft_of(path.with_name("next.roadmap"), NEW)
    handle = os.open(path.parent, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    library.recover()
    assert draft.exists() and notices == []
    os.close(handle)
    library.recover()
    assert not draft.exists()
    assert library.names() == ("next", "plan")


@pytest.mark.parametrize("make", [make_pipe, Path.mkdir])
def test_what_only_looks_like_a_leftover_stays(
    library: Library, path: Path, notices: list[Notice], make: Callable[[Path], None]
) -> None:
    for kind in ("new", "steps", "copy"):
        make(path.with_name(f".plan.roadmap.0123abcd.{kind}"))
    path.with_name(".notes.txt.0123abcd.new").write_text("mine")
    before = names(path.parent)
    library.recover()
    assert names(path.parent) == before
    assert notices == []


@pytest.mark.parametrize(
    "text", ["", "[", "[" * 100_000, "{}", "null", '[["a"]]', '[["plan.roadmap", 5, 1]]', "[[1,2,3]]"]
)
def test_a_note_that_was_not_finished_goes(
    library: Library, path: Path, notices: list[Notice], text: str
) -> None:
    path.with_name(".plan.roadmap.0123abcd.steps").write_text(text)
    library.recover()
    assert notices == []
    assert names(path.parent) == ["plan.roadmap"]


@pytest.mark.parametrize("to", [None, "plan.roadmap"])
@pytest.mark.parametrize("name", ["../state.json", "../../precious", "/etc/hostname", "sub/x"])
def test_a_forged_note_reaches_nothing_outside(
    library: Library, path: Path, notices: list[Notice], name: str, to: str | None
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
    assert keys(notices) == ["left"]


def test_a_step_whose_file_was_replaced_meanwhile_is_not_done(
    library: Library, path: Path, notices: list[Notice]
) -> None:
    rows = [["plan.roadmap", "plan.damaged-x.roadmap", path.stat().st_ino + 1]]
    path.with_name(".plan.roadmap.0123abcd.steps").write_text(json.dumps(rows))
    library.recover()
    assert names(path.parent) == ["plan.roadmap"]
    assert notices == []


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
