"""A process that is killed while it merges: each update is in the file with its change, or not at all."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

import merging_process
import writing
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN
from matrices import quick_first
from merging import lineage_of, peer_of

FOREVER = 4000


def killed_merging(path: Path, updates: Path, first: int, chance: random.Random, *, works: bool) -> int:
    """Let a process merge until it is killed at some moment; the number of the last acknowledged update.

    One that `works` has acknowledged an update before.
    """
    arguments = [sys.executable, merging_process.__file__, str(path), str(updates), str(first)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    begun = process.stdout.readline() if works else b""
    time.sleep(chance.uniform(0, 0.4))  # at any moment: what is to be found does not depend on it
    process.kill()
    lines = (begun + process.stdout.read()).split(b"\n")[:-1]
    process.stdout.close()
    process.wait()
    return int(lines[-1]) if lines else first


@pytest.mark.parametrize("kills", quick_first([3, 100]))
def test_no_acknowledged_update_is_lost_by_a_kill_and_none_is_half_there(tmp_path: Path, kills: int) -> None:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    peer, roadmaps, lines = peer_of(path), [PLAN], [lineage_of(path)]
    for n in range(FOREVER if kills > 3 else 400):
        (update,) = peer.does(writing.edit("noa", n))
        lines.append(update.hex())
        roadmaps.append(peer.roadmap)
    updates, chance, done = tmp_path / "updates", random.Random(kills), 0
    updates.write_text("\n".join(lines))
    for number in range(kills):
        acknowledged = killed_merging(path, updates, done, chance, works=number == 0)
        found = read(path)
        done = next(n for n in range(acknowledged, len(roadmaps)) if roadmaps[n] == found)
        assert done - acknowledged <= merging_process.ROUND
        assert len(queries.numbers(path)) == done
    assert done > 0  # the kills met a window at work
    walk = TimeTravel(path)
    assert walk.at(0) == PLAN
    assert walk.unreadable == 0
    assert all(entry.author == "noa" for entry in queries.every(path))
