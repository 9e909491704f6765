from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

import writing
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.events import Undone
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.presence import EXPIRY
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN, Listener

pytestmark = pytest.mark.proof

KILLS = 200
FOREVER = 100_000


def killed_writer(path: Path, first: int, chance: random.Random) -> int:
    """Let a process write until it is killed at some moment; the number of the last acknowledged edit."""
    arguments = [sys.executable, writing.__file__, str(path), "dana", str(first), str(FOREVER)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    # opening and the document's library take about 0.15 s; some kills come before the first edit
    time.sleep(chance.uniform(0, 0.35))
    process.kill()
    acknowledged = process.stdout.read().split(b"\n")[:-1]
    process.stdout.close()
    process.wait()
    return int(acknowledged[-1]) if acknowledged else first


def test_no_acknowledged_edit_is_lost_by_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    chance = random.Random(20)
    done, expected, beyond = 0, PLAN, 0
    for _ in range(KILLS):
        acknowledged = killed_writer(path, done, chance)
        found = read(path)
        while done < acknowledged:
            expected = writing.edit("dana", done).on(expected)
            done += 1
        done, expected = _catch_up(found, expected, done)
        beyond += done - acknowledged
    assert done > KILLS  # the kills met a writer at work
    assert beyond < done / 2
    numbers = queries.numbers(path)
    assert len(numbers) == numbers[0]
    walk = TimeTravel(path)
    assert walk.at(0) == PLAN
    assert walk.unreadable == 0
    killed = [*tmp_path.glob(".*.window")]
    heard = Listener()
    store = Store(path, "dana")
    store.start(heard)
    store.undo()
    assert heard.wait(Undone).outcome == "done"
    # signs of the killed windows are cleared by who looks for others
    for _ in range(int(2 * EXPIRY)):
        if not any(sign.exists() for sign in killed):
            break
        time.sleep(0.5)
    assert store.peers == ()
    assert store.close() == ()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def _catch_up(found: Roadmap, expected: Roadmap, done: int) -> tuple[int, Roadmap]:
    """Edits that were durable though the kill came before their report: those up to some point, no other."""
    for ahead in range(writing.ROUND + 1):
        if found == expected:
            return done + ahead, expected
        expected = writing.edit("dana", done + ahead).on(expected)
    raise AssertionError(f"not the roadmap after edit {done} or a later one")
