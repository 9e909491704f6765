"""The cache of outlines: never another line than a fresh reading, whatever becomes of files and cache."""

from __future__ import annotations

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.edits import Rename, SetField, Tick
from lfroadmap.store.folder import stamps
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.library.outline_cache import NAME, OutlineCache
from lfroadmap.store.recovery.rescue import rescue
from lfroadmap.usecases import outlines as caching
from lfroadmap.usecases.library_edits import copy_roadmap, rename_roadmap
from lfroadmap.usecases.library_rows import LibraryRows
from lfroadmap.words import words
from listening import PLAN, Person
from merging import merge, peer_of
from outlines import READING, check, files_read, seen, settle

NAMES = ("acme", "beta", "תוכנית")
KILLED = """
import os, signal, sys
from pathlib import Path
from lfroadmap.roadmap.edits import Rename
from lfroadmap.store.events import Saved
from lfroadmap.store.store import Store

def die(event):
    if isinstance(event, Saved):
        os.kill(os.getpid(), signal.SIGKILL)

store = Store(Path(sys.argv[1]), "killed")
store.start(die)
store.submit(Rename(store.roadmap.id, sys.argv[2]))
store.flush(60)
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Three roadmaps that a program has read and kept."""
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(caching, "WORTH", 1)
    monkeypatch.setattr(stamps, "SETTLED", 50_000_000)
    made = Library(tmp_path / "data")
    for name in NAMES:
        made.create(name, PLAN, "dana")
    settle(made)
    seen(made)
    return made


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


# ------------------------------------------------------------------ changes of the files


def edited(library: Library, name: str, chance: random.Random) -> None:
    """A command changes a roadmap."""
    person = Person(library.path(name), "command")
    person.does(chance.choice([Tick("t1", chance.random() < 0.5), SetField("g", str(chance.random()))]))
    person.does(Rename("r", f"{name} {chance.random()}"))
    person.leaves()


def in_a_window(library: Library, name: str, chance: random.Random) -> None:
    """A window changes a roadmap, is looked at while it is open, and leaves or is forgotten."""
    person = Person(library.path(name), "window")
    person.does(Rename("c", str(chance.random())), Tick("t2", chance.random() < 0.5))
    check(library)
    settle(library)
    seen(library)
    person.does(Rename("t1", str(chance.random())))
    check(library)
    person.leaves()


def by_a_peer(library: Library, name: str, chance: random.Random) -> None:
    peer, person = peer_of(library.path(name)), Person(library.path(name), "window")
    for update in peer.does(Rename("d", str(chance.random()))):
        merge(person, update)
    check(library)
    person.leaves()


def killed(library: Library, name: str, chance: random.Random) -> None:
    """A program is killed behind a commit that only the log has."""
    command = [sys.executable, "-c", KILLED, str(library.path(name)), str(chance.random())]
    assert subprocess.run(command, check=False).returncode < 0
    assert library.path(name).with_name(f"{name}.roadmap-wal").stat().st_size


def removed_and_restored(library: Library, name: str, chance: random.Random) -> None:
    entry = trash.move_to_trash(library, name)
    check(library)
    trash.restore(library, entry)


def renamed(library: Library, name: str, chance: random.Random) -> None:
    """Two roadmaps change their names."""
    other = chance.choice([each for each in library.names() if each != name])
    for old, new in ((name, "between"), (other, name), ("between", other)):
        rename_roadmap(library, old, new, words("en"), lambda error: None)
        check(library)


def copied(library: Library, name: str, chance: random.Random) -> None:
    """A copy takes the place of another roadmap."""
    other = chance.choice([each for each in library.names() if each != name])
    trash.move_to_trash(library, other)
    copy_roadmap(library, name, other)


def put_in_place(library: Library, name: str, chance: random.Random) -> None:
    """A program that keeps times puts another file in the place of one, as those do that synchronize."""
    other = chance.choice([each for each in library.names() if each != name])
    path, beside = library.path(name), library.path(name).with_suffix(".beside")
    shutil.copy2(library.path(other), beside)
    os.utime(beside, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    beside.replace(path)


def damaged_and_rescued(library: Library, name: str, chance: random.Random) -> None:
    path = library.path(name)
    status, content = path.stat(), bytearray(path.read_bytes())
    content[100:4096] = bytes(3996)
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    check(library)
    try:
        rescue(path)
    except RoadmapError:  # there was too little: a roadmap of the same name takes its place
        path.unlink(missing_ok=True)
        library.create(name, PLAN, "dana")


WAYS = (
    edited, in_a_window, by_a_peer, killed, removed_and_restored, renamed, copied, put_in_place,
    damaged_and_rescued,
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_row_is_as_the_file_is(library: Library, way: Callable[..., None]) -> None:
    check(library)
    way(library, "beta", random.Random(3))
    check(library)
    settle(library)
    check(library)
    check(library)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(4))
def test_a_row_is_as_the_file_is_after_many_changes(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        chance.choice(WAYS)(library, chance.choice(library.names()), chance)
        if chance.random() < 0.5:
            check(library)
        if chance.random() < 0.5:
            settle(library)
            check(library)
