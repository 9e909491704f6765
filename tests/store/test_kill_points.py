"""A kill before every call by which a command changes a file: the next start has the roadmap before or after.

A sample is run; `LFROADMAP_ALL_KILLS=1` runs every point.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import killing
import writing
from commanding import Capture, run
from lfroadmap.errors import BrokenStore
from lfroadmap.main import main
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store.folder import companions, noted_renames
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.recovery.rescue import examine
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN
from store_states import WORK, crashed, version_1, worked

ALL = os.environ.get("LFROADMAP_ALL_KILLS") == "1"
SAMPLE = 2
"""Points of each command that the suite runs."""


@dataclass(frozen=True)
class Scene:
    """A folder, a command, and what stands under which name before and after it."""

    prepare: Callable[[Path], None]
    command: tuple[str, ...]


def _plan(data: Path) -> Path:
    path = Library(data).create("plan", PLAN, "dana")
    worked(path)
    return path


def _removed(data: Path) -> None:
    _plan(data)
    trash.move_to_trash(Library(data), "plan")


def _taken(data: Path) -> None:
    _removed(data)
    Library(data).create("plan", PLAN, "noa")


def _crashed(data: Path) -> None:
    crashed(_plan(data))


def _damaged(data: Path) -> None:
    path = _plan(data)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("DROP TABLE updates")
    db.close()


def _damaged_with_log(data: Path) -> None:
    path = _plan(data)
    crashed(path)
    held = path.read_bytes()
    path.write_bytes(held[: 4 * 4096].ljust(len(held), b"\xff"))  # pages that the log does not have
    assert content(path) == "store_damaged"


def _damaged_in_bin(data: Path) -> None:
    """What an earlier version could leave in the bin: a damaged file with its log."""
    _damaged_with_log(data)
    home = data / "bin"
    home.mkdir()
    for end in ("", "-wal"):
        (data / "roadmaps" / f"plan.roadmap{end}").rename(home / f"plan.20260101-101010-000001.roadmap{end}")


def _two_in_bin(data: Path) -> None:
    _damaged_in_bin(data)
    Library(data).create("other", PLAN, "noa")
    trash.move_to_trash(Library(data), "other")


def _foreign_log(data: Path) -> None:
    """A log that a killed program left, whose file was deleted."""
    _crashed(data)
    (data / "roadmaps" / "plan.roadmap").unlink()


def _old(data: Path) -> None:
    version_1(_plan(data))


def _linked(data: Path) -> None:
    path = _plan(data)
    (data / "elsewhere").hardlink_to(path)


def _symlinked(data: Path) -> None:
    path = _plan(data)
    real = data / "elsewhere.roadmap"
    path.rename(real)
    path.symlink_to("../elsewhere.roadmap")


def _importable(data: Path) -> None:
    """A snapshot beside the data folder, and a roadmap that it differs from."""
    path = _plan(data)
    assert (
        main(["--data-dir", str(data), "export", "json", "plan", "-o", str(data.parent / "given.json")]) == 0
    )
    worked(path, SetField("g", "later"))


def _marked(data: Path) -> None:
    path = _plan(data)
    assert main(["--data-dir", str(data), "snapshot", "plan", "--save", "then"]) == 0
    worked(path, SetField("g", "later"))


def _nothing(data: Path) -> None:
    data.mkdir()


def _half_rescued(data: Path) -> None:
    """A rescue that was killed between its note and the first rename."""
    _damaged_with_log(data)
    path = data / "roadmaps" / "plan.roadmap"
    fresh, aside = companions.temp_path(path, companions.RESCUED), companions.damaged_path(path)
    Store.create(fresh, PLAN, "dana")
    names = [(f"{path}-wal", Path(f"{aside}-wal")), (path, aside), (fresh, path), (f"{path}-shm", None)]
    noted_renames._write(
        companions.temp_path(path, companions.RENAMES),
        [noted_renames.noted_rename(Path(old), new) for old, new in names],
    )


def _two_names(data: Path) -> None:
    """What an earlier version left that was killed while it moved links, and two names that look alike."""
    _crashed(data)
    (data / "bin").mkdir()
    for end in ("", "-wal"):
        binned = data / "bin" / f"plan.20260101-101010-000001.roadmap{end}"
        binned.hardlink_to(data / "roadmaps" / f"plan.roadmap{end}")
    (data / "roadmaps" / "plan.roadmap-wal").unlink()
    for form in ("NFC", "NFD"):
        Store.create(data / "roadmaps" / f"{unicodedata.normalize(form, 'é')}.roadmap", PLAN, form)


_WRITER = (writing.__file__, "data/roadmaps/plan.roadmap", "dana", "0", "10")
SCENES = {
    "new": Scene(_nothing, ("new", "plan")),
    "new beside a foreign log": Scene(_foreign_log, ("new", "plan")),
    "remove": Scene(_plan, ("remove", "plan")),
    "remove after a crash": Scene(_crashed, ("remove", "plan")),
    "remove a damaged one with its log": Scene(_damaged_with_log, ("remove", "plan")),
    "remove a link": Scene(_symlinked, ("remove", "plan")),
    "restore": Scene(_removed, ("bin", "--restore", "plan")),
    "restore beside one of the name": Scene(_taken, ("bin", "--restore", "plan")),
    "restore a damaged one with its log": Scene(_damaged_in_bin, ("bin", "--restore", "plan")),
    "empty the bin": Scene(_two_in_bin, ("bin", "--empty", "--yes")),
    "rescue": Scene(_damaged, ("doctor", "plan")),
    "rescue with a log": Scene(_damaged_with_log, ("doctor", "plan")),
    "migration": Scene(_old, ("snapshot", "plan", "--save", "now")),
    "a file of its own": Scene(_linked, ("snapshot", "plan", "--save", "now")),
    "finish a rescue": Scene(_half_rescued, ("list",)),
    "make one name of two": Scene(_two_names, ("list",)),
    "import": Scene(_importable, ("import", "given.json", "--name", "other")),
    "import into": Scene(_importable, ("import", "given.json", "--into", "plan", "--yes")),
    "reset": Scene(_marked, ("snapshot", "plan", "--restore", "then")),
    "compaction": Scene(_plan, _WRITER),
}


def state(data: Path) -> tuple[frozenset[tuple[str, object]], frozenset[tuple[str, object]]]:
    """What stands under which name in the list and in the bin: the roadmap, or what is wrong with it."""
    library = Library(data)
    return (
        frozenset((name, content(library.path(name))) for name in library.names()),
        frozenset((held.name, content(held.path)) for held in trash.entries(library)),
    )


def content(path: Path) -> object:
    """The roadmap in a file, or the key of a refusal."""
    try:
        Store(path, "dana").close()  # as a thorough look
        found = read(path)
    except BrokenStore as error:
        return error.key
    return replace(found, id="")


# a fresh roadmap has an id of its own, so that ids are not compared


def files(data: Path) -> set[str]:
    return {path.relative_to(data).as_posix() for path in data.rglob("*.roadmap*")}


def aside(data: Path) -> set[str]:
    return {name for name in files(data) if ".damaged-" in name}


def check(capsys: Capture, data: Path, allowed: list[object], known: set[str], told: str) -> str:
    """The next start, after a command was killed that had told something: what it says."""
    ran = run(capsys, "--data-dir", str(data), "list")
    assert ran.status == 0
    for name in aside(data) - known:
        assert Path(name).name.removesuffix("-wal") in told + ran.err, name  # a log goes with its file
    hidden = [path.name for home in ("roadmaps", "bin") for path in (data / home).glob(".*")]
    assert [name for name in hidden if not name.endswith(".window")] == []  # the next window clears a sign
    found = state(data)
    assert found in allowed, found
    assert all(name.removesuffix("-wal") in files(data) or ".damaged-" in name for name in files(data))
    for name, held in found[0]:
        path = Library(data).path(name)
        if isinstance(held, str):  # damaged as before: the rescue works as if nothing had been
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
    if scene.command is not _WRITER:
        return []
    roadmap = PLAN
    for edit in WORK:
        roadmap = edit.on(roadmap)
    out: list[object] = []
    for n in range(int(_WRITER[-1])):
        roadmap = writing.edit("dana", n).on(roadmap)
        out.append((frozenset({("plan", replace(roadmap, id=""))}), frozenset()))
    return out
