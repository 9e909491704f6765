"""A kill before every call by which a command changes a file: the next start has the roadmap before or after.

A sample is run; `LFROADMAP_ALL_KILLS=1` runs every point.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import killing
import writing
from commanding import Capture, run
from kill_scenes import SCENES, WRITER, Scene, content
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.recovery.rescue import examine
from listening import PLAN
from store_states import WORK, worked

ALL = os.environ.get("LFROADMAP_ALL_KILLS") == "1"
SAMPLE = 2
"""Points of each command that the suite runs."""


def state(data: Path) -> tuple[frozenset[tuple[str, object]], frozenset[tuple[str, object]]]:
    """What stands under which name in the list and in the bin: the roadmap, or what is wrong with it."""
    library = Library(data)
    return (
        frozenset((name, content(library.path(name))) for name in library.names()),
        frozenset((entry.name, content(entry.path)) for entry in trash.entries(library)),
    )


def files(data: Path) -> set[str]:
    return {path.relative_to(data).as_posix() for path in data.rglob("*.roadmap*")}


def aside(data: Path) -> set[str]:
    return {name for name in files(data) if ".damaged-" in name}


def check(capsys: Capture, data: Path, allowed: list[object], known: set[str], printed: str) -> str:
    """The next start, after a command was killed that had printed something: its messages."""
    ran = run(capsys, "--data-dir", str(data), "list")
    assert ran.status == ("cannot be opened" in ran.err), ran.err
    for name in aside(data) - known:
        assert Path(name).name.removesuffix("-wal") in printed + ran.err, name  # a log goes with its file
    hidden = [path.name for home in ("roadmaps", "bin") for path in (data / home).glob(".*")]
    assert [name for name in hidden if not name.endswith(".window")] == []  # the next window clears a sign
    found = state(data)
    assert found in allowed, found
    assert all(name.removesuffix("-wal") in files(data) or ".damaged-" in name for name in files(data))
    for name, content_there in found[0]:
        path = Library(data).path(name)
        if isinstance(content_there, str):  # damaged as before: the rescue works as if nothing had been
            assert run(capsys, "--data-dir", str(data), "doctor", name).status == 0
        worked(path, SetField("g", "goes on"))
        assert path.stat().st_nlink == 1
        assert examine(path).sound
    return str(ran.err)


def homes(tmp_path: Path, scene: Scene, n: int) -> Path:
    home = tmp_path / str(n)
    home.mkdir()
    scene.prepare(home / "data")
    return home


@pytest.mark.proof
@pytest.mark.parametrize("name", SCENES)
def test_a_kill_at_any_call_leaves_the_roadmap_before_or_after(
    tmp_path: Path, capsys: Capture, name: str
) -> None:
    if killing.strace() is None:
        pytest.skip("processes cannot be traced here")
    scene = SCENES[name]
    whole = homes(tmp_path, scene, 0)
    template = tmp_path / "template"
    shutil.copytree(whole, template, symlinks=True)
    before = state(whole / "data")
    shutil.rmtree(whole)
    shutil.copytree(template, whole, symlinks=True)
    _link_again(whole)
    points = killing.points(whole, scene.command)
    after = state(whole / "data")
    allowed = [before, after, *_between(scene)]
    chosen = points if ALL else random.Random(name).sample(points, min(SAMPLE, len(points)))
    said = 0
    for n, point in enumerate(chosen, 1):
        home = tmp_path / str(n)
        shutil.copytree(template, home, symlinks=True)
        _link_again(home)
        known = aside(home / "data")
        killed = killing.kill_at(home, scene.command, point)
        try:
            said += bool(check(capsys, home / "data", allowed, known, killed.stdout + killed.stderr))
        except BaseException as error:
            error.add_note(f"killed at {point}")
            raise
        shutil.rmtree(home)
    print(f"\n{name}: {len(points)} points, {len(chosen)} kills, {said} times something was said")


def _link_again(home: Path) -> None:
    """A copied folder has no hard links any more, and other inodes."""
    path = home / "data" / "roadmaps" / "plan.roadmap"
    for linked in (home / "data" / "elsewhere", home / "data/bin/plan.20260101-101010-000001.roadmap"):
        if linked.exists() and path.exists():
            linked.unlink()
            linked.hardlink_to(path)
    for note in (home / "data" / "roadmaps").glob(".*.steps"):
        rows = json.loads(note.read_bytes())
        todo = [(old, new, (note.parent / old).lstat().st_ino) for old, new, _ in rows]
        note.write_text(json.dumps(todo))


def _between(scene: Scene) -> list[object]:
    """For a writer of many edits: every state on its way."""
    if scene.command is not WRITER:
        return []
    roadmap = PLAN
    for edit in WORK:
        roadmap = edit.on(roadmap)
    out: list[object] = []
    for n in range(int(WRITER[-1])):
        roadmap = writing.edit("dana", n).on(roadmap)
        out.append((frozenset({("plan", replace(roadmap, id=""))}), frozenset()))
    return out
