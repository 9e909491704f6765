"""A replaced file keeps its permissions, owner, group and access list."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from file_modes import NOBODY, STRANGER, TEAM, as_root, mode
from lfroadmap.export import write_file
from lfroadmap.files import replace_file
from lfroadmap.settings import save
from lfroadmap.store.library.library import Library


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o644, 0o664, 0o666, 0o604, 0o755, 0o200])
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path, bits: int) -> None:
    export, setting = tmp_path / "plan.html", tmp_path / "settings.toml"
    for path in (export, setting):
        path.write_bytes(b"old")
        path.chmod(bits)
    write_file(b"new", export, force=True)
    replace_file(setting, "new")
    for path in (export, setting):
        assert (mode(path), path.read_bytes()) == (bits, b"new")


def test_a_link_stays_and_its_file_keeps_its_permissions(tmp_path: Path) -> None:
    real, link, chain = tmp_path / "real", tmp_path / "link", tmp_path / "chain"
    real.write_bytes(b"old")
    real.chmod(0o600)
    link.symlink_to("real")
    chain.symlink_to("link")
    write_file(b"new", chain, force=True)
    replace_file(link, "newer")
    assert chain.is_symlink() and link.is_symlink()
    assert (mode(real), real.read_bytes()) == (0o600, b"newer")


def test_a_link_that_leads_nowhere_is_an_error_and_not_a_crash(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    with pytest.raises(OSError):
        replace_file(loop, "x")
    assert Library(tmp_path).remember("plan", "overview")
    (tmp_path / "state.json").unlink()
    (tmp_path / "state.json").symlink_to("state.json")
    assert not Library(tmp_path).remember("plan", "kpis")


@pytest.mark.parametrize("sort", ["pipe", "folder"])
def test_what_is_no_file_is_never_replaced(tmp_path: Path, sort: str) -> None:
    path = tmp_path / "settings.toml"
    os.mkfifo(path) if sort == "pipe" else path.mkdir()
    before = path.stat()
    with pytest.raises(OSError):
        replace_file(path, "x")
    assert (path.stat().st_ino, path.stat().st_mode) == (before.st_ino, before.st_mode)
    assert [*tmp_path.iterdir()] == [path]


@as_root
def test_a_file_of_somebody_else_stays_theirs(tmp_path: Path) -> None:
    for owner in ((STRANGER, TEAM), (0, TEAM), (STRANGER, 0)):
        path = tmp_path / "plan"
        path.write_bytes(b"old")
        os.chown(path, *owner)
        path.chmod(0o640)
        write_file(b"new", path, force=True)
        status = path.stat()
        assert (status.st_uid, status.st_gid, mode(path)) == (*owner, 0o640)
        path.unlink()


@as_root
def test_what_root_makes_in_the_folder_of_somebody_else_is_theirs(tmp_path: Path) -> None:
    os.chown(tmp_path, STRANGER, TEAM)
    save(tmp_path / "config" / "lfroadmap", language="he")
    for path in tmp_path.rglob("*"):
        assert (path.stat().st_uid, path.stat().st_gid) == (STRANGER, TEAM)
    write_file(b"x", tmp_path / "copy", private=True)
    assert mode(tmp_path / "copy") == 0o600


AS_OTHERS = """
import os, sys
from pathlib import Path
from lfroadmap.export import write_file
from lfroadmap.errors import RoadmapError
os.setgroups([]); os.setgid({gid}); os.setuid({uid}); os.umask(0)
try:
    write_file(b"new", Path(sys.argv[1]), force=True)
except RoadmapError as error:
    print(error.key)
"""


def put_as(path: Path, uid: int, gid: int) -> str:
    """The message for somebody else who replaces a file."""
    code = AS_OTHERS.format(uid=uid, gid=gid)
    command = [sys.executable, "-c", code, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody reaches, which `tmp_path` is not."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o777)
        yield Path(name)


@as_root
@pytest.mark.parametrize(("bits", "left"), [(0o660, 0o600), (0o664, 0o644), (0o640, 0o600), (0o600, 0o600)])
def test_where_the_group_cannot_be_kept_the_new_one_reads_no_more_than_everybody(
    open_folder: Path, bits: int, left: int
) -> None:
    path = open_folder / "plan"
    path.write_bytes(b"old")
    os.chown(path, NOBODY, TEAM)
    path.chmod(bits)
    assert put_as(path, NOBODY, NOBODY) == ""
    assert (path.stat().st_gid, mode(path), path.read_bytes()) == (NOBODY, left, b"new")


@as_root
def test_a_file_that_somebody_may_not_write_is_not_replaced_by_them(open_folder: Path) -> None:
    path = open_folder / "plan"
    path.write_bytes(b"old")
    path.chmod(0o644)
    assert put_as(path, NOBODY, NOBODY) == "no_permission"
    assert path.read_bytes() == b"old" and [*open_folder.iterdir()] == [path]


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """A POSIX access list as the kernel keeps it: tag, permissions and id of each entry."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def test_a_replaced_file_keeps_its_access_list(tmp_path: Path) -> None:
    path, none = tmp_path / "plan", 0xFFFFFFFF
    path.write_bytes(b"old")
    shared = access_list((1, 6, none), (2, 4, STRANGER), (4, 0, none), (0x10, 4, none), (0x20, 0, none))
    try:
        os.setxattr(path, "system.posix_acl_access", shared)
    except (AttributeError, OSError):
        pytest.skip("no access lists here")
    write_file(b"new", path, force=True)
    assert os.getxattr(path, "system.posix_acl_access") == shared
    assert path.read_bytes() == b"new"
