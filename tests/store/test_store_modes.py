"""Who may read what is made: new data is private, and what is replaced keeps its permissions."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetField
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.recovery.rescue import rescue
from lfroadmap.store.store import Store
from listening import PLAN
from store_states import as_version, worked


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    """A person whose files others may read if nobody takes care."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def damage(path: Path) -> None:
    path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:])


def test_folders_and_files_of_a_new_home_are_private(tmp_path: Path) -> None:
    library = Library(tmp_path / "share" / "lfroadmap")
    path = library.create("plan", PLAN, "dana")
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SetField("g", "x"))
    assert store.flush(10)
    beside = [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
    assert {mode(each) for each in beside} == {"0o600"}
    store.close()
    thrown = trash.move_to_trash(library, "plan")
    assert mode(thrown.path) == "0o600"
    for folder in (tmp_path / "share", library.folder, library.folder / "roadmaps", library.folder / "bin"):
        assert mode(folder) == "0o700"


def test_folders_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    (library.folder / "roadmaps").mkdir(parents=True, mode=0o755)
    library.create("plan", PLAN, "dana")
    assert mode(library.folder / "roadmaps") == "0o755"


@pytest.mark.parametrize("wanted", [0o600, 0o640, 0o664])
def test_a_rescued_file_keeps_its_permissions(tmp_path: Path, wanted: int) -> None:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    worked(path)
    path.chmod(wanted)
    damage(path)
    found = rescue(path)
    assert found.aside is not None
    assert (mode(path), mode(found.aside)) == (oct(wanted), oct(wanted))


def test_a_rescued_file_keeps_its_owner(tmp_path: Path) -> None:
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root may give a file away")
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    damage(path)
    os.chown(path, 65534, 65534)
    rescue(path)
    assert (path.stat().st_uid, path.stat().st_gid, mode(path)) == (65534, 65534, "0o600")


@pytest.mark.parametrize("wanted", [0o600, 0o660])
def test_a_migrated_file_keeps_its_permissions_and_the_copy_is_private(tmp_path: Path, wanted: int) -> None:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    worked(path)
    as_version(path, 1)
    path.chmod(wanted)
    Store(path, "dana").close()
    (copy,) = (entry for entry in tmp_path.iterdir() if entry != path)
    assert (mode(path), mode(copy)) == (oct(wanted), "0o600")
