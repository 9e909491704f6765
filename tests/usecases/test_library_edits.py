"""Copying and renaming roadmaps, and what is read again of a library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from damage import run_sql
from lfroadmap.errors import RoadmapError
from lfroadmap.machine import author
from lfroadmap.roadmap.edits import Rename
from lfroadmap.roadmap.portfolio import Member, Unreadable
from lfroadmap.state import State
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.usecases import library_rows
from lfroadmap.usecases.creating import new_roadmap
from lfroadmap.usecases.library_edits import check_free, copy_roadmap, rename_roadmap
from lfroadmap.usecases.library_rows import LibraryRows
from lfroadmap.usecases.opening import store_of
from lfroadmap.usecases.portfolio import Reading
from lfroadmap.words import words

READING = Reading(words("en"), date(2026, 3, 15), 7)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(tmp_path / "config"))
    made = Library(tmp_path / "data")
    made.create("acme", new_roadmap("acme"), "dana")
    return made


def renamed(library: Library, name: str, to: str) -> str:
    reported: list[RoadmapError] = []
    new = rename_roadmap(library, name, to, words("en"), reported.append)
    assert reported == []
    return new


def edited(library: Library, name: str, title: str) -> None:
    store = store_of(library.path(name))
    store.start(lambda event: None)
    store.submit(Rename(store.roadmap.id, title))
    store.close()


def test_a_renamed_roadmap_keeps_its_content_its_tab_and_its_place(library: Library) -> None:
    library.create("other", new_roadmap("other"), "dana")
    library.remember("acme", "kpis")
    library.remember("other", "overview")
    before = read(library.path("acme"))
    assert renamed(library, "acme", "acme 2027") == "acme 2027"
    after = read(library.path("acme 2027"))
    assert (after.id, after.stages, after.title) == (before.id, before.stages, "acme 2027")
    assert library.names() == ("acme 2027", "other")
    assert library.tab("acme 2027") == "kpis"
    assert library.state.last == "other"


def test_a_title_of_its_own_stays(library: Library) -> None:
    edited(library, "acme", "The plan")
    renamed(library, "acme", "beta")
    assert read(library.path("beta")).title == "The plan"


def test_the_new_title_is_an_own_step_of_the_history(library: Library) -> None:
    renamed(library, "acme", "beta")
    rows = LibraryRows(library)
    assert [row.name for row in rows.read(READING)] == ["beta"]
    (row,) = rows.name_authors()
    assert row.author == author()


@pytest.mark.parametrize("to", ["acme", "a/b", "", "list", "-x"])
def test_a_name_that_cannot_be_is_refused_and_nothing_changes(library: Library, to: str) -> None:
    with pytest.raises(RoadmapError) as refused:
        renamed(library, "acme", to)
    with pytest.raises(RoadmapError) as also:
        check_free(library, to)
    assert refused.value.key == also.value.key
    assert library.names() == ("acme",)


def test_a_roadmap_that_is_open_in_a_window_is_not_renamed(library: Library) -> None:
    beside = library.path("acme").with_name(".acme.roadmap.12345678.window")
    beside.write_text('{"author": "yossi", "host": "elsewhere", "process": 1, "since": 1}', "utf-8")
    with pytest.raises(RoadmapError) as refused:
        renamed(library, "acme", "beta")
    assert refused.value.key == "store_in_use"
    assert library.names() == ("acme",)


def test_a_roadmap_that_is_not_there_is_not_renamed(library: Library) -> None:
    with pytest.raises(RoadmapError) as refused:
        renamed(library, "nowhere", "beta")
    assert refused.value.key == "no_roadmap"


def test_a_file_of_a_newer_version_gets_its_name_and_stays_as_it_is(library: Library) -> None:
    path = library.path("acme")
    run_sql(path, "PRAGMA user_version=99", "ALTER TABLE updates RENAME TO renamed")
    before = path.read_bytes()
    renamed(library, "acme", "beta")
    assert library.path("beta").read_bytes() == before


def test_a_copy_has_an_id_and_a_title_of_its_own_and_no_history(library: Library) -> None:
    edited(library, "acme", "The plan")
    copy_roadmap(library, "acme", "acme-2")
    before, after = read(library.path("acme")), read(library.path("acme-2"))
    assert (after.stages, after.kpis, after.template) == (before.stages, before.kpis, before.template)
    assert after.id != before.id and after.title == "acme-2"
    rows = LibraryRows(library)
    assert len(list(rows.read(READING))) == 2
    assert {row.name: row.author for row in rows.name_authors()} == {"acme": author(), "acme-2": ""}


# ------------------------------------------------------------------ the rows


def test_what_did_not_change_is_not_read_again(library: Library) -> None:
    rows = LibraryRows(library)
    assert [row.content for row in rows.names(READING)] == [None]
    (first,) = rows.read(READING)
    assert isinstance(first.content, Member)
    assert rows.names(READING) == [first]
    (again,) = rows.read(READING)
    assert again.content is first.content
    edited(library, "acme", "Another")
    (after,) = rows.read(READING)
    assert isinstance(after.content, Member) and after.content.title == "Another"


def test_another_day_and_another_language_are_read_again(library: Library) -> None:
    rows = LibraryRows(library)
    list(rows.read(READING))
    later, hebrew = (
        Reading(words("en"), date(2026, 3, 16), 7),
        Reading(words("he"), READING.day, READING.risk_days),
    )
    for other in (later, hebrew):
        (row,) = rows.read(other)
        assert isinstance(row.content, Member)
        assert (row.content.day, row.content.language) == (other.day, other.words.language)


def test_a_damaged_file_has_its_reason_until_it_is_mended(library: Library) -> None:
    path = library.path("acme")
    sound = path.read_bytes()
    rows = LibraryRows(library)
    path.write_bytes(b"x" * 4096)
    (row,) = rows.read(READING)
    assert isinstance(row.content, Unreadable)
    path.write_bytes(sound)
    (row,) = rows.read(READING)
    assert isinstance(row.content, Member)


def test_of_a_large_roadmap_only_its_standing_is_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = LibraryRows(library)
    (small,) = rows.read(READING)
    monkeypatch.setattr(library_rows, "KEPT_TASKS", 3)
    rows = LibraryRows(library)
    (large,) = rows.read(READING)
    assert isinstance(small.content, Member) and isinstance(large.content, Member)
    assert large.content.roadmap.stages == () != small.content.roadmap.stages
    for name in ("title", "tally", "health", "at_risk", "changed"):
        assert getattr(large.content, name) == getattr(small.content, name)
    assert list(rows.read(READING)) == [large]
    (member,) = rows.portfolio(READING).members
    assert member.roadmap == small.content.roadmap


def test_the_roadmaps_that_were_open_are_known_the_latest_first(tmp_path: Path) -> None:
    state = State(tmp_path / "state.json")
    assert state.recent == ()
    for name in ("a", "b", "c", "a"):
        state.remember_tab(name, "overview", lambda path: None)
    assert state.recent == ("a", "c", "b")
