"""Files that are no roadmaps or may not be read: each is refused with its reason and left as it is."""

from __future__ import annotations

import os
import random
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from damage import folder, refused, run_sql


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.roadmap") == "store_missing"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "x.roadmap").mkdir()
    assert refused(tmp_path / "x.roadmap") == "store_folder"


def test_a_pipe_or_a_socket_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "x.roadmap"
    os.mkfifo(pipe)
    assert refused(pipe) == "store_foreign"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "y.roadmap"))
        assert refused(tmp_path / "y.roadmap") == "store_foreign"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "store_empty"),
        (b"hello", "store_foreign"),
        (b"\0" * 8192, "store_foreign"),
        (b'{"format": "lfroadmap"}' * 100, "store_foreign"),
        (b"SQLite format 3\0", "store_foreign"),
        (random.Random(1).randbytes(20_000), "store_foreign"),
    ],
)
def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path, content: bytes, key: str) -> None:
    path = tmp_path / "x.roadmap"
    path.write_bytes(content)
    assert refused(path) == key
    assert folder(path) == {"x.roadmap": content}


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.roadmap"
    run_sql(path, "CREATE TABLE updates(seq, data)", "PRAGMA user_version=1")
    before = folder(path)
    assert refused(path) == "store_foreign"
    assert folder(path) == before


@pytest.fixture
def open_folder(path: Path) -> Iterator[Path]:
    """A copy of the roadmap in a folder that everybody may enter."""
    home = Path(tempfile.mkdtemp())
    home.chmod(0o777)
    copy = home / path.name
    shutil.copy(path, copy)
    copy.chmod(0o666)
    yield copy
    home.chmod(0o777)
    shutil.rmtree(home)


def as_nobody(code: str, path: Path) -> str:
    """What a program prints that runs without special rights; `path` is known to it."""
    program = f"""if True:
        import os
        from pathlib import Path
        from lfroadmap.errors import BrokenStore
        from lfroadmap.roadmap.edits import SetField
        from lfroadmap.store.document import document
        from lfroadmap.store.lifecycle import moving
        from lfroadmap.store.sqlite.file_format import read
        from lfroadmap.store.events import Saved, SaveFailing
        from lfroadmap.store.store import Store, set_aside
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        path = Path({str(path)!r})
        try:
            {code}
        except BrokenStore as error:
            print(error.key)
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "opened", "only_read"),
    [
        (0o666, 0o777, "Plan", "Plan"),
        (0o444, 0o777, "store_read_only", "Plan"),
        (0o666, 0o555, "store_read_only", "Plan"),
        (0o444, 0o555, "store_read_only", "Plan"),
        (0o000, 0o777, "store_unreadable", "store_unreadable"),
        (0o666, 0o000, "store_unreadable", "store_unreadable"),
    ],
)
def test_what_may_not_be_read_or_written(
    open_folder: Path, file_mode: int, folder_mode: int, opened: str, only_read: str
) -> None:
    before = open_folder.read_bytes()
    open_folder.chmod(file_mode)
    open_folder.parent.chmod(folder_mode)
    assert as_nobody("print(Store(path, 'dana').roadmap.title)", open_folder) == opened
    assert as_nobody("print(read(path).title)", open_folder) == only_read
    assert as_nobody("print(Store(path, 'dana', to_read=True).roadmap.title)", open_folder) == only_read
    if folder_mode != 0o777:
        assert as_nobody("set_aside(path)", open_folder) in ("store_read_only", "store_unreadable")
    open_folder.parent.chmod(0o777)
    assert [entry.name for entry in open_folder.parent.iterdir()] == [open_folder.name]
    assert stat.S_IMODE(open_folder.stat().st_mode) == file_mode
    open_folder.chmod(0o666)
    assert open_folder.read_bytes() == before
