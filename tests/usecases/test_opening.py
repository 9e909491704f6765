"""Opening a roadmap whose file is damaged: what is asked and reported, whichever face asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from commanding import at_home, edited, write
from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store.library.library import Library
from lfroadmap.store.recovery.rescue import Findings
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.usecases.creating import create_first
from lfroadmap.usecases.opening import open_store

OWNER = "strategy.goals.owner"


class Script:
    """An OpeningPrompt that gives one answer, does something before it, and keeps what it was called with."""

    def __init__(self, answer: bool, before: Callable[[], object] = lambda: None) -> None:
        self.answer = answer
        self.before = before
        self.calls: list[str] = []
        self.aside: Path | None = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        self.calls.append("reading")
        yield

    def report_damage(self, error: BrokenStore) -> None:
        self.calls.append(error.key)

    def may_rescue(self, found: Findings) -> bool:
        assert found.aside is None
        return self._asked("rescue?")

    def report_rescue(self, done: Findings) -> None:
        self.calls.append("rescued")
        self.aside = done.aside

    def may_start_over(self) -> bool:
        return self._asked("start over?")

    def report_set_aside(self, path: Path) -> None:
        self.calls.append("set aside")
        self.aside = path

    def _asked(self, question: str) -> bool:
        self.calls.append(question)
        self.before()
        return self.answer


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    edited(tmp_path, "acme")
    path = tmp_path / "data" / "roadmaps" / "acme.roadmap"
    write(path, "me", *(SetField(OWNER, f"Dana {n}") for n in range(40)))
    return path


def damage(path: Path) -> bytes:
    """Overwrite the middle, so that something can still be saved."""
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2 : len(damaged) // 2 + 5000] = b"\xff" * 5000
    path.write_bytes(damaged)
    return bytes(damaged)


def empty(path: Path) -> bytes:
    """Leave nothing to save."""
    path.write_bytes(b"SQLite format 3\0" + b"nothing more" * 1000)
    return path.read_bytes()


def test_a_sound_file_is_opened_and_nothing_asked(path: Path) -> None:
    script = Script(False)
    store = open_store(path, script)
    assert store is not None and store.roadmap == read(path)
    assert script.calls == ["reading"]


def test_a_damaged_file_is_rescued_on_a_yes(path: Path) -> None:
    before, script = damage(path), Script(True)
    store = open_store(path, script)
    assert store is not None and store.roadmap.template == "liquid-funnel"
    assert script.calls == ["reading", "store_damaged", "rescue?", "rescued"]
    assert script.aside is not None and script.aside.read_bytes() == before


def test_a_file_without_anything_to_save_is_replaced_on_a_yes(path: Path) -> None:
    before, script = empty(path), Script(True)
    store = open_store(path, script)
    assert store is not None and store.roadmap.template == "liquid-funnel"
    assert script.calls[2:] == ["start over?", "set aside"]
    assert store.roadmap.title == path.stem
    assert script.aside is not None and script.aside.read_bytes() == before


@pytest.mark.parametrize("ruin", [damage, empty])
def test_a_no_leaves_the_file(path: Path, ruin: Callable[[Path], bytes]) -> None:
    before = ruin(path)
    assert open_store(path, Script(False)) is None
    assert path.read_bytes() == before
    assert [entry for entry in path.parent.iterdir() if ".damaged-" in entry.name] == []


@pytest.mark.parametrize("ruin", [damage, empty])
def test_a_file_that_changes_while_the_person_thinks_is_left(
    path: Path, ruin: Callable[[Path], bytes]
) -> None:
    ruin(path)
    with pytest.raises(BrokenStore) as raised:
        open_store(path, Script(True, lambda: path.write_bytes(b"somebody else's work")))
    assert raised.value.key == "store_changed"
    assert path.read_bytes() == b"somebody else's work"


def test_what_no_rescue_helps_with_is_raised_and_nothing_asked(path: Path) -> None:
    path.unlink()
    script = Script(True)
    with pytest.raises(BrokenStore) as raised:
        open_store(path, script)
    assert (raised.value.key, script.calls) == ("store_missing", ["reading"])


def test_the_first_roadmap_is_the_built_in_one(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    name = create_first(library)
    assert library.names() == (name,)
    assert read(library.path(name)).template == name
    assert read(library.path(name)).title is None
