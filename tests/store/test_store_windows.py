from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

import writing
from lfroadmap.roadmap.edits import SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Field, Roadmap, Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.events import Changed
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN, Listener


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    return path


def text(roadmap: Roadmap) -> str:
    place = find(roadmap, "f")
    assert place is not None
    assert isinstance(place.node, Field)
    return place.node.value


@pytest.mark.proof
def test_two_processes_write_at_once_and_nothing_is_lost(path: Path) -> None:
    count = 1000
    heard = Listener()
    window = Store(path, "watcher")
    window.start(heard)
    processes = [
        subprocess.Popen(
            [sys.executable, writing.__file__, str(path), author, "0", str(count)], stdout=subprocess.PIPE
        )
        for author in ("dana", "noa")
    ]
    for n in range(20):
        window.submit(Add(Task(f"watcher{n}"), "d"))
        time.sleep(0.03)
    for process in processes:
        printed, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        assert printed.split(b"\n")[-2] == b"%d" % count
    final = read(path)
    tasks = {task.id: task for card in final.stages[0].cards for task in card.tasks}
    for author in ("dana", "noa"):
        for n in range(0, count, 4):
            assert tasks[f"{author}{n}"].done
            assert text(final).count(f"{author}{n + 1};") == 1
    assert {f"watcher{n}" for n in range(20)} <= set(tasks)
    assert len(tasks) == 2 + 2 * count // 4 + 20
    heard.wait(Changed)
    end = time.monotonic() + 10
    while window.roadmap != final and time.monotonic() < end:
        time.sleep(0.05)
    assert window.roadmap == final
    assert window.close() == ()


def test_another_window_hears_of_an_edit_within_a_second(path: Path) -> None:
    heard = Listener()
    here, there = Store(path, "dana"), Store(path, "noa")
    here.start(lambda event: None)
    there.start(heard)
    there.submit(Tick("t2", True))
    assert there.flush(10)
    for n in range(3):
        here.submit(SetField("g", str(n)))
        changed = heard.wait(
            Changed, lambda changed, n=n: SetField("g", str(n)).on(changed.roadmap) is changed.roadmap
        )

        assert (changed.number, changed.touched) == (1, ("g",))
    assert here.close() == there.close() == ()


def test_one_is_not_told_of_ones_own_edits(path: Path) -> None:
    heard = Listener()
    store = Store(path, "dana")
    store.start(heard)
    for n in range(5):
        store.submit(SetField("g", str(n)))
        time.sleep(0.15)
    time.sleep(0.5)
    assert store.close() == ()
    assert heard.of(Changed) == []


def test_what_two_do_between_two_looks_is_merged(path: Path) -> None:
    here, there = Store(path, "dana"), Store(path, "noa")
    here.start(lambda event: None)
    there.start(lambda event: None)
    assert here.flush(10)
    assert there.flush(10)
    here.submit(SpliceText("f", 0, 0, "dana"))
    assert here.flush(10)
    there.submit(SpliceText("f", 0, 0, "noa "))
    there.submit(Remove("t1"))
    assert there.flush(10)
    here.submit(Tick("t2", True))
    assert here.flush(10)
    assert text(here.roadmap) == "noa dana"
    assert here.close() == there.close() == ()
    assert text(read(path)) == "noa dana"
    assert [task.id for task in read(path).stages[0].cards[0].tasks] == ["t2"]


def test_a_window_that_is_behind_reads_on_after_a_kill(path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, writing.__file__, str(path), "noa", "0", "100000"], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    while process.stdout.readline() != b"50\n":
        assert process.poll() is None
    process.kill()
    process.communicate()
    store = Store(path, "dana")
    store.submit(SetField("g", "dana"))
    assert store.close() == ()
    assert find(read(path), "noa48") is not None
