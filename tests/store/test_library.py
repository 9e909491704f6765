import json
import os
import unicodedata
from pathlib import Path

import pytest

from lfroadmap.cli.commands import COMMANDS
from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.state import ExportState
from lfroadmap.store.folder.naming import COMMAND_NAMES, valid_name
from lfroadmap.store.folder.notices import Notice
from lfroadmap.store.library.library import Library, data_folder
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.words import LANGUAGES, words

PLAN = Roadmap("r1", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", (), (Task("t", "Task"),)),)),))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def roadmap_in(path: Path) -> Roadmap:
    store = Store(path, "me")
    try:
        return store.roadmap
    finally:
        store.close()


def test_an_empty_shelf_has_nothing_and_makes_nothing(library: Library) -> None:
    assert library.names() == ()
    assert library.last() is None
    assert library.tab("plan") == ""
    assert not library.exists("plan")
    assert not library.folder.exists()


def test_a_new_roadmap_is_on_the_shelf(library: Library) -> None:
    path = library.create("Q3 plan", PLAN, "me")
    assert path == library.folder / "roadmaps" / "Q3 plan.roadmap"
    assert library.names() == ("Q3 plan",)
    assert library.exists("Q3 plan")
    assert roadmap_in(path) == PLAN


def test_a_roadmap_that_is_there_is_never_touched(library: Library) -> None:
    path = library.create("plan", PLAN, "me")
    before = path.read_bytes()
    with pytest.raises(RoadmapError) as caught:
        library.create("plan", Roadmap("r2", "Other"), "me")
    assert caught.value.key == "roadmap_exists"
    assert path.read_bytes() == before


def test_names_are_sorted_and_only_roadmaps_count(library: Library) -> None:
    for name in ("תוכנית", "b", "a"):
        library.create(name, PLAN, "me")
    home = library.folder / "roadmaps"
    (home / "a.roadmap-wal").write_bytes(b"")
    (home / "notes.txt").write_text("mine")
    (home / "folder.roadmap").mkdir()
    (home / ".hidden.roadmap").write_bytes(b"")
    (home / "a.damaged-20260331.roadmap").write_bytes(b"")
    (home / f"{unicodedata.normalize('NFD', 'é')}.roadmap").write_bytes(b"")
    assert library.names() == ("a", "b", "é", "תוכנית")


@pytest.mark.parametrize(
    "name", ["plan", "Q3 plan", "תוכנית רבעון 3", "план", "计划", "a.b", "v1.2_final-3", "a" * 80, "é" * 80]
)
def test_good_names(library: Library, name: str) -> None:
    library.create(name, PLAN, "me")
    assert library.names() == (name,)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "empty"), ("  ", "empty"),
        ("a/b", "characters"), ("..\\b", "characters"), ("a\0b", "characters"), ("a\nb", "characters"),
        ("a\x1b[31m", "characters"), ("a\u202eb", "characters"), ("a\u200fb", "characters"),
        ("a\udce9b", "characters"), ("a:b", "characters"), ("a?", "characters"), ("a\u2028b", "characters"),
        ("a" * 81, "long"), ("计" * 67, "long"),
        (".a", "edges"), ("-a", "edges"), (" a", "edges"), ("a ", "edges"), ("a.", "edges"), ("..", "edges"),
        ("a.damaged-1", "edges"),
        ("new", "taken_word"), ("Export", "taken_word"), ("con", "taken_word"), ("LPT1.x", "taken_word"),
    ],
)  # fmt: skip
def test_bad_names_are_told(library: Library, name: str, problem: str) -> None:
    with pytest.raises(RoadmapError) as caught:
        library.create(name, PLAN, "me")
    assert caught.value.key == f"name_{problem}"
    assert not library.folder.exists()
    for language in LANGUAGES:
        assert words(language).error(caught.value)


def test_one_name_is_one_file_however_it_is_composed(library: Library) -> None:
    library.create(unicodedata.normalize("NFD", "café"), PLAN, "me")
    assert library.names() == (unicodedata.normalize("NFC", "café"),)
    assert library.exists(unicodedata.normalize("NFD", "café"))


def test_no_roadmap_is_called_like_a_command() -> None:
    assert set(COMMAND_NAMES) == set(COMMANDS)


def test_a_roadmap_that_was_there_before_the_command_of_its_name_stays(library: Library) -> None:
    library.create("plan", PLAN, "me")
    library.path("plan").rename(library.path("card"))
    assert library.names() == ("card",)
    assert library.named("card") == "card"
    assert read(library.path("card")) == PLAN
    with pytest.raises(RoadmapError):
        library.create("stage", PLAN, "me")


def test_a_free_name_counts_on(library: Library) -> None:
    assert library.free_name("plan") == "plan"
    library.create("plan", PLAN, "me")
    library.create("plan-2", PLAN, "me")
    assert library.free_name("plan") == "plan-3"


def test_the_tab_and_the_last_roadmap_are_remembered(library: Library) -> None:
    library.create("a", PLAN, "me")
    library.create("b", PLAN, "me")
    assert library.remember("b", "kpis")
    assert library.remember("a", "strategy")
    again = Library(library.folder)
    assert again.last() == "a"
    assert (again.tab("a"), again.tab("b"), again.tab("c")) == ("strategy", "kpis", "")


def test_what_was_last_is_the_newest_where_the_note_is_lost(library: Library) -> None:
    for name, day in (("a", 2), ("b", 3), ("c", 1)):
        os.utime(library.create(name, PLAN, "me"), (day * 86400, day * 86400))
    assert library.last() == "b"
    library.remember("gone", "kpis")
    assert library.last() == "b"


@pytest.mark.parametrize(
    "state",
    [
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"last": 5, "tabs": 7}',
        b'{"tabs": {"a": 5}}',
        b'{"export": 1}',
        b"[" * 100_000,
    ],
)
def test_a_state_that_is_not_ours_is_set_aside_and_reported(library: Library, state: bytes) -> None:
    notices: list[Notice] = []
    library.notify = notices.append
    library.create("a", PLAN, "me")
    (library.folder / "state.json").write_bytes(state)
    assert library.last() == "a"
    assert library.tab("a") == ""
    assert library.remember("a", "kpis")
    assert library.tab("a") == "kpis"
    (aside,) = library.folder.glob("state.damaged-*.json")
    assert aside.read_bytes() == state
    path = library.folder / "state.json"
    assert notices == [Notice("state_aside", {"path": path, "aside": aside})]
    assert path.stat().st_mode & 0o777 == 0o600
    assert library.remember("a", "strategy")
    assert len(notices) == 1


@pytest.mark.parametrize("state", [b"", b"\n", b"{}"])
def test_an_empty_state_has_nothing_to_set_aside(library: Library, state: bytes) -> None:
    library.create("a", PLAN, "me")
    (library.folder / "state.json").write_bytes(state)
    assert library.remember("a", "kpis")
    assert sorted(entry.name for entry in library.folder.iterdir()) == ["roadmaps", "state.json"]


def test_the_choices_of_an_export_come_back_and_wrong_ones_are_the_defaults(library: Library) -> None:
    library.create("a", PLAN, "me")
    assert library.state.export is None
    export = ExportState("md", "/tmp/\u05d0", True, False, True, "r1", ("a", "b"))
    assert library.remember("a", "kpis")
    assert library.remember_export(export)
    assert (library.state.export, library.tab("a"), library.last()) == (export, "kpis", "a")
    wrong = {"format": 7, "folder": None, "open_after": "yes", "history": True, "stages": ["a", 1], "more": 1}
    (library.folder / "state.json").write_text(json.dumps({"export": wrong}))
    assert library.state.export == ExportState(history=True)


def test_a_note_of_a_later_version_keeps_what_it_says(library: Library) -> None:
    library.create("a", PLAN, "me")
    (library.folder / "state.json").write_text('{"last": "a", "more": [1]}')
    library.remember("a", "kpis")
    assert json.loads((library.folder / "state.json").read_text())["more"] == [1]


def test_a_note_that_cannot_be_written_is_no_trouble(library: Library) -> None:
    library.create("a", PLAN, "me")
    (library.folder / "state.json").mkdir()
    assert not library.remember("a", "kpis")
    assert library.last() == "a"
    assert sorted(entry.name for entry in library.folder.iterdir()) == ["roadmaps", "state.json"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    library = Library(tmp_path / "data")
    with pytest.raises(RoadmapError) as caught:
        library.create("plan", PLAN, "me")
    assert caught.value.key == "folder_unwritable"
    with pytest.raises(RoadmapError) as caught:
        library.exists("plan")
    assert caught.value.key == "folder_unreadable"


def test_a_file_in_the_place_of_the_roadmaps_is_told(library: Library) -> None:
    library.folder.mkdir()
    (library.folder / "roadmaps").write_text("")
    with pytest.raises(RoadmapError) as caught:
        library.names()
    assert caught.value.key == "folder_unreadable"


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LFROADMAP_DATA_DIR", str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.delenv("LFROADMAP_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tmp_path in data_folder().parents
    assert data_folder().name == "lfroadmap"


def test_a_checked_name_is_composed() -> None:
    assert valid_name("cafe\u0301") == "caf\u00e9"
