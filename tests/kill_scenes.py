"""Folders and commands for kills: what stands in a data folder before a command is run and killed."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import writing
from lfroadmap.errors import BrokenStore
from lfroadmap.main import main
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store.folder import companions, noted_renames
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN
from store_states import as_version, crashed, worked


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
    data = path.read_bytes()
    path.write_bytes(data[: 4 * 4096].ljust(len(data), b"\xff"))  # pages that the log does not have
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
    as_version(_plan(data), 1)


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


WRITER = (writing.__file__, "data/roadmaps/plan.roadmap", "dana", "0", "10")
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
    "compaction": Scene(_plan, WRITER),
}


def content(path: Path) -> object:
    """The roadmap in a file, or the key of a refusal."""
    try:
        Store(path, "dana").close()  # as a thorough look
        found = read(path)
    except BrokenStore as error:
        return error.key
    return replace(found, id="")  # a fresh roadmap has an id of its own
