"""Rows of a library that come from the cache of outlines, after every way by which a file changes."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.edits import Rename, Tick
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.recovery.rescue import rescue
from lfroadmap.usecases.library_edits import copy_roadmap, rename_roadmap
from lfroadmap.words import words
from listening import PLAN, Person
from merging import merge, peer_of
from outlines import check, edited, known_library, seen, settle

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
    return known_library(tmp_path, monkeypatch)


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
@pytest.mark.quick_cases(3)
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
