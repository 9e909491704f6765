"""Two windows of one file, and a peer who sends to both: all come to one roadmap."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

import merging_process
import writing
from lfroadmap.roadmap.edits import SetField, SpliceText, Tick
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.identity import Identity
from lfroadmap.store.sqlite.file_format import read
from listening import PLAN, Person
from merging import exchange, lineage_of, merge, peer_of


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(4))
def test_two_windows_and_a_peer_in_one_file_end_in_one_state(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    windows = [
        Person(path, "dana", Identity("a" * 22, "a" * 10)),
        Person(path, "avi", Identity("c" * 22, "c" * 10)),
    ]
    peer, updates = peer_of(path), list[bytes]()
    for n in range(150):
        updates += peer.does(writing.edit("noa", n))
        window = chance.choice(windows)
        window.does(
            chance.choice((SpliceText("f", 0, 0, f"{n} "), SetField("g", str(n)), Tick("t2", n % 2 == 0)))
        )
        merge(chance.choice(windows), updates[chance.randrange(max(0, len(updates) - 5), len(updates))])
        if chance.random() < 0.1:
            exchange(chance.choice(windows), peer)
    for window in (*windows, *windows):
        exchange(window, peer)
    assert windows[0].store.flush(20)
    assert windows[1].store.flush(20)
    for window in windows:
        window.does(SetField("g", "the end"))
    exchange(windows[0], peer)
    assert windows[0].store.roadmap == peer.roadmap == read(path)
    for window in windows:
        window.leaves()
    walk = TimeTravel(path)
    assert (walk.at(0), walk.at(walk.last), walk.unreadable) == (PLAN, peer.roadmap, 0)


@pytest.mark.proof
def test_a_process_that_merges_beside_a_window_ends_in_one_state(path: Path, tmp_path: Path) -> None:
    peer, lines = peer_of(path), [lineage_of(path)]
    for n in range(200):
        lines += [update.hex() for update in peer.does(writing.edit("noa", n))]
    updates = tmp_path / "updates"
    updates.write_text("\n".join(lines))
    arguments = [sys.executable, merging_process.__file__, str(path), str(updates), "0"]
    dana = Person(path, "dana", Identity("a" * 22, "a" * 10))
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as process:
        for n in range(60):
            dana.does(SpliceText("f", 0, 0, f"{n} "))
        process.communicate(timeout=120)
    exchange(dana, peer)
    dana.leaves()
    assert dana.store.roadmap == peer.roadmap == read(path)
    assert TimeTravel(path).at(0) == PLAN
