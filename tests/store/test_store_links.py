"""Roadmaps behind symbolic links, and names as other systems write them."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.folder.naming import is_valid_name
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.presence import peers
from lfroadmap.store.recovery.rescue import examine, rescue
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN
from store_states import crashed, worked

NFC, NFD = (unicodedata.normalize(form, "café שׂ") for form in ("NFC", "NFD"))
OTHER = Roadmap("o", "Other", "", PLAN.stages)


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that everybody may enter."""
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)
    yield home
    shutil.rmtree(home)


def link(library: Library, real: Path, name: str = "plan", *, relative: bool = True) -> Path:
    """A roadmap in the list whose file lies elsewhere."""
    real.parent.mkdir(exist_ok=True)
    Store.create(real, PLAN, "dana")
    path = library.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(os.path.relpath(real, path.parent) if relative else real)
    return path


READER = """
import asyncio, os, sys
from pathlib import Path
import anyio
from lfroadmap.store.document import document
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.sqlite.file_format import read
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for path in map(Path, sys.argv[1:]):
    print(read(path).stages[0].cards[0].fields[1].value, TimeTravel(path).last)
"""


def test_a_reader_sees_the_newest_state_through_a_link(home: Path) -> None:
    """It may not write, and a window is at work: what is in the log only counts."""
    library = Library(home / "data")
    path = link(library, home / "real" / "file.roadmap")
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SetField("g", "newest"))
    assert store.flush(10)
    for folder in (library.folder, path.parent, home / "real"):
        folder.chmod(0o755)
    for each in (home / "real").iterdir():
        each.chmod(0o644)
    again = home / "again.roadmap"
    again.symlink_to(path)
    done = subprocess.run(
        [sys.executable, "-c", READER, str(path), str(home / "real" / "file.roadmap"), str(again)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("newest 1\n" * 3, "")
    store.close()


def test_a_window_at_a_link_and_one_at_the_file_see_each_other(tmp_path: Path) -> None:
    real = tmp_path / "real" / "file.roadmap"
    path = link(Library(tmp_path / "data"), real)
    stores = [Store(path, "dana"), Store(real, "noa")]
    for store in stores:
        store.start(lambda event: None)
        assert store.flush(10)
    assert len(peers(real)) == 2
    for n, store in enumerate(stores):
        store.submit(SetField("g", f"from {n}"))
        assert store.flush(10)
    assert [store.close() for store in stores] == [(), ()]
    assert read(path) == SetField("g", "from 1").on(PLAN)
    assert TimeTravel(path).last == 2


@pytest.mark.parametrize("where", ["real/file.roadmap", "data/roadmaps/other.roadmap", "data/x.roadmap"])
@pytest.mark.parametrize("relative", [True, False])
def test_a_link_goes_to_the_bin_and_back_and_leads_to_its_file(
    tmp_path: Path, where: str, relative: bool
) -> None:
    library = Library(tmp_path / "data")
    (tmp_path / "data" / "roadmaps").mkdir(parents=True)
    path = link(library, tmp_path / where, relative=relative)
    crashed(tmp_path / where)
    expected = SetField("g", "in the log").on(PLAN)
    thrown = trash.move_to_trash(library, "plan")
    assert not os.path.lexists(path)
    assert thrown.path.is_symlink() and read(thrown.path) == expected
    trash.restore(library, thrown)
    assert path.is_symlink() and read(path) == expected
    trash.move_to_trash(library, "plan")
    trash.empty_trash(library, trash.entries(library))
    assert trash.entries(library) == ()
    assert read(tmp_path / where) == expected  # only the name was ours to delete


def test_an_open_roadmap_is_not_thrown_away_by_a_link_to_it(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    path = link(library, tmp_path / "real" / "file.roadmap")
    store = Store(tmp_path / "real" / "file.roadmap", "dana")
    store.start(lambda event: None)
    assert store.flush(10)
    with pytest.raises(Exception, match="store_in_use"):
        trash.move_to_trash(library, "plan")
    store.close()
    assert path.is_symlink()


def test_a_rescue_through_a_link_mends_the_file_and_keeps_the_link(tmp_path: Path) -> None:
    real = tmp_path / "real" / "file.roadmap"
    path = link(Library(tmp_path / "data"), real)
    worked(path, SetField("g", "x"))
    real.write_bytes(b"\0" * 4096 + real.read_bytes()[4096:])
    found = rescue(path)
    assert path.is_symlink()
    assert found.aside is not None and found.aside.parent == real.parent
    assert read(path) == SetField("g", "x").on(PLAN)
    assert examine(real).sound


@pytest.mark.parametrize("target", ["plan.roadmap", "nowhere"])
def test_a_link_to_nothing_is_told(tmp_path: Path, target: str) -> None:
    path = tmp_path / "plan.roadmap"
    path.symlink_to(target)
    for opening in (lambda: Store(path, "dana"), lambda: read(path), lambda: examine(path)):
        with pytest.raises(BrokenStore) as refused:
            opening()
        assert refused.value.key in ("store_missing", "store_unreadable")


# ------------------------------------------------------------------ names


def decomposed(library: Library, roadmap: Roadmap = PLAN, name: str = NFD) -> Path:
    """A file whose name a Mac wrote."""
    path = library.folder / "roadmaps" / f"{name}.roadmap"
    path.parent.mkdir(parents=True, exist_ok=True)
    Store.create(path, roadmap, "dana")
    return path


def test_a_name_from_a_mac_is_listed_opened_and_not_made_a_second_time(tmp_path: Path) -> None:
    library = Library(tmp_path)
    path = decomposed(library)
    assert NFC != NFD
    assert library.names() == (NFC,)
    assert library.last() == NFC
    for name in (NFC, NFD):
        assert library.exists(name)
        assert library.path(name) == path
    with pytest.raises(Exception, match="roadmap_exists"):
        library.create(NFC, OTHER, "noa")
    worked(library.path(NFC), SetField("g", "x"))
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    library.recover()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    thrown = trash.move_to_trash(library, NFC)
    assert trash.entries(library)[0].name == NFC
    assert trash.restore(library, thrown) == NFC
    assert read(library.path(NFC)) == SetField("g", "x").on(PLAN)


def test_two_names_that_look_the_same_become_two(tmp_path: Path) -> None:
    """An earlier version made a new roadmap beside the one from the Mac."""
    notices: list[object] = []
    library = Library(tmp_path, lambda notice: notices.append(notice.key))
    crashed(decomposed(library))
    Store.create(tmp_path / "roadmaps" / f"{NFC}.roadmap", OTHER, "noa")
    library.recover()
    assert notices == ["renamed"]
    assert library.names() == (NFC, f"{NFC}-2")
    assert read(library.path(NFC)) == OTHER
    assert read(library.path(f"{NFC}-2")) == SetField("g", "in the log").on(PLAN)
    library.recover()
    assert notices == ["renamed"]


@pytest.mark.parametrize("name", ["a" * 80, "ab " * 26 + "ab", "计" * 66, "é" * 80, "x" * 77 + ". y"])
@pytest.mark.quick_cases(2)
def test_a_name_as_long_as_can_be_leaves_the_bin_though_it_is_taken(tmp_path: Path, name: str) -> None:
    library = Library(tmp_path)
    names = []
    for n in range(11):
        library.create(name, PLAN, "dana")
        worked(library.path(name), SetField("g", str(n)))
        names.append(trash.move_to_trash(library, name))
    assert {trash.restore(library, thrown) for thrown in names} == set(library.names())
    assert len(library.names()) == 11
    assert all(is_valid_name(each) for each in library.names())
    values = {read(library.path(each)).stages[0].cards[0].fields[1].value for each in library.names()}
    assert values == {str(n) for n in range(11)}


def test_the_longest_name_can_be_rescued_migrated_and_put_aside(tmp_path: Path) -> None:
    from store_states import as_version

    library = Library(tmp_path)
    path = library.create("计" * 66, PLAN, "dana")
    as_version(path, 1)
    Store(path, "dana").close()
    crashed(path)
    data = path.read_bytes()
    path.write_bytes(b"\0" * 4096 + data[4096:])
    found = rescue(path)
    assert found.aside is not None
    assert read(path) == SetField("g", "in the log").on(PLAN)
    assert stat.S_ISREG(found.aside.stat().st_mode)
