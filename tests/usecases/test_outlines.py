"""The cache of outlines: never another line than a fresh reading, whatever is in the cache."""

from __future__ import annotations

import json
import os
import random
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lfroadmap.store.folder import stamps
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.library.outline_cache import NAME, OutlineCache
from lfroadmap.usecases import outlines as caching
from lfroadmap.usecases.library_rows import LibraryRows
from outlines import NAMES, READING, check, edited, files_read, known_library, seen, settle


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    return known_library(tmp_path, monkeypatch)


def cache_of(library: Library) -> Path:
    return library.folder / NAME


def test_a_new_program_reads_no_file_that_is_known(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    assert files_read(monkeypatch, library) == []
    check(library)


def test_only_what_changed_is_read_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    edited(library, "beta", random.Random(1))
    assert files_read(monkeypatch, library) == ["beta"]
    check(library)


def test_the_names_of_who_changed_them_come_with_the_first_rows(library: Library) -> None:
    edited(library, "beta", random.Random(1))
    settle(library)
    seen(library)
    authors = {row.name: row.author for row in LibraryRows(library).read(READING)}
    assert authors == {"acme": "", "beta": "command", "תוכנית": ""}


def test_a_portfolio_that_is_known_is_the_one_that_is_read(library: Library) -> None:
    rows = LibraryRows(library)
    known = rows.known_portfolio(READING)
    assert known is not None
    assert tuple((member.name, member.changed) for member in known.members) == rows.state()
    cache_of(library).unlink()
    assert LibraryRows(library).known_portfolio(READING) is None
    assert known == LibraryRows(library).portfolio(READING)


def test_a_portfolio_with_a_change_or_a_damage_is_read(library: Library) -> None:
    rows = LibraryRows(library)
    assert rows.known_portfolio(READING)
    edited(library, "beta", random.Random(1))
    assert rows.known_portfolio(READING) is None
    assert [row.content is None for row in LibraryRows(library).names(READING)] == [False, True, False]
    rows.portfolio(READING)
    assert rows.known_portfolio(READING)
    library.path("acme").write_bytes(b"x" * 4096)
    assert rows.known_portfolio(READING) is None
    assert len(rows.portfolio(READING).unreadable) == 1


def test_what_changed_just_now_is_not_kept(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change within the same step of the disk's clock would have the same stamp."""
    monkeypatch.setattr(stamps, "SETTLED", 10**15)
    cache_of(library).unlink()
    seen(library)
    assert not cache_of(library).exists()


def test_few_new_outlines_are_not_worth_a_write(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "WORTH", 4)
    cache_of(library).unlink()
    seen(library)
    assert not cache_of(library).exists()


def test_only_its_owner_may_read_the_cache(library: Library) -> None:
    assert stat.S_IMODE(cache_of(library).stat().st_mode) == 0o600


def test_a_removed_roadmap_leaves_nothing_in_the_cache(library: Library) -> None:
    trash.move_to_trash(library, "beta")
    assert OutlineCache(library.folder).names == {"acme", "תוכנית"}
    library.path("acme").unlink()
    seen(library)
    assert OutlineCache(library.folder).names == {"תוכנית"}


def test_the_cache_is_no_roadmap(library: Library) -> None:
    library.recover()
    assert library.names() == NAMES
    assert cache_of(library).exists()


# ------------------------------------------------------------------ a cache that is not as it was written


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def other_letter(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Plan", b"Flan"))


def no_text(path: Path) -> None:
    path.write_bytes(b"\xff" * 300)


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def sealed(path: Path, text: str) -> None:
    path.write_text(f"{zlib.crc32(text.encode()):08x}{text}", "utf-8")


def nested(path: Path) -> None:
    sealed(path, "[" * 200_000)


def half_a_letter(path: Path) -> None:
    sealed(path, path.read_text("utf-8")[8:].replace("Plan", "\\ud800"))


def of_another_version(path: Path) -> None:
    sealed(
        path, path.read_text("utf-8")[8:].replace('"version":"1 ', '"version":"0 ').replace("Plan", "Flan")
    )


@pytest.mark.parametrize(
    "spoil",
    [cut, emptied, other_letter, no_text, a_pipe, a_folder, nested, half_a_letter, of_another_version],
)
@pytest.mark.quick_cases(3)
def test_a_spoiled_cache_is_not_believed(library: Library, spoil: Callable[[Path], None]) -> None:
    spoil(cache_of(library))
    check(library)
    check(library)
    trash.move_to_trash(library, "acme")
    check(library)


Place = tuple[str | int, ...]


def spots(value: object, place: Place = ()) -> Iterator[Place]:
    yield place
    if isinstance(value, dict | list):
        for at, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from spots(each, (*place, at))


def put(value: object, place: Place, to: object) -> object:
    """A value of JSON with another one in a place of it."""
    if not place:
        return to
    if isinstance(value, dict):
        return value | {place[0]: put(value[place[0]], place[1:], to)}
    assert isinstance(value, list)
    return [put(each, place[1:], to) if n == place[0] else each for n, each in enumerate(value)]


def test_a_forged_cache_ends_in_a_row_or_a_reading(library: Library) -> None:
    text, chance = cache_of(library).read_text("utf-8")[8:], random.Random(2)
    for place in spots(json.loads(text)):
        to = chance.choice([None, -1, 1e400, "x", [], {}, [None] * 3, [[1] * 4, [None, None]], 10**30])
        sealed(cache_of(library), json.dumps(put(json.loads(text), place, to)))
        assert [row.name for row in LibraryRows(library).read(READING)] == list(NAMES)


def test_a_folder_that_may_not_be_written_is_read_each_time(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_of(library).unlink()
    cache_of(library).mkdir()  # root may write anything else
    assert files_read(monkeypatch, library) == list(NAMES)
    check(library)
    assert [path.name for path in library.folder.iterdir() if path.suffix == ".tmp"] == []
