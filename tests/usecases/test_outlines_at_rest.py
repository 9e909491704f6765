"""Outlines of files to which nobody writes: the same as beside writers, whatever is in the file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.folder.notices import Notify
from lfroadmap.store.library.library import Library
from lfroadmap.store.library.outline_cache import NAME
from lfroadmap.store.sqlite import file_format
from outlines import NAMES, check, edited, known_library, seen, settle


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    made = known_library(tmp_path, monkeypatch)
    (made.folder / NAME).unlink()
    return made


def refuse(path: Path, notify: Notify) -> Roadmap:
    pytest.fail(f"{path.name} was read beside writers")


def test_a_file_at_rest_is_read_without_locks(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(file_format, "read", refuse)
        assert [row.name for row in seen(library)] == list(NAMES)
    (library.folder / NAME).unlink()
    check(library)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_as_it_is_beside_writers(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    path = library.path("beta")
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 1, 5, 200])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content[: chance.choice([len(content), len(content), chance.randrange(len(content))])])
    settle(library)
    check(library)


def test_a_change_while_a_file_is_read_is_shown(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    original = file_format.read_at_rest

    def changing(path: Path, notify: Notify) -> Roadmap:
        found = original(path, notify)
        if path.stem == "beta":
            edited(library, "beta", random.Random(3))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(file_format, "read_at_rest", changing)
        titles = {row.name: getattr(row.content, "title", "") for row in seen(library)}
    assert titles["beta"] == file_format.read(library.path("beta")).title
    assert titles["beta"].startswith("beta ")


def test_a_file_with_a_log_is_read_beside_writers(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Path(f"{library.path('beta')}-wal")
    log.write_bytes(b"x")
    settle(library)
    names, original = list[str](), file_format.read_at_rest

    def noting(path: Path, notify: Notify) -> Roadmap:
        names.append(path.stem)
        return original(path, notify)

    monkeypatch.setattr(file_format, "read_at_rest", noting)
    seen(library)
    assert names == [name for name in NAMES if name != "beta"]
