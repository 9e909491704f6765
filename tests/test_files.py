"""What is new is private or as the umask says; what is replaced keeps its permissions, owner and group."""

from __future__ import annotations

import os
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commanding import Capture, good, run, settle
from lfroadmap.errors import RoadmapError
from lfroadmap.export import ExportContext, write_file, write_somewhere
from lfroadmap.files import ReadOnlyFile, make_private_folder, replace_file, write_whole
from lfroadmap.roadmap.templates import load
from lfroadmap.settings import save
from lfroadmap.state import ExportState, State
from lfroadmap.store.library.library import Library
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES, words
from samples import TODAY, sample

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="gives files to other users, which only root can")
NOBODY, STRANGER, TEAM = 65534, 12345, 54321
MOMENT = datetime(2026, 3, 15, 9, 30, tzinfo=UTC)
COPY = "plan-unsaved-2026-03-15-093000.json"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def modes(folder: Path) -> dict[str, int]:
    """The permissions of all that is below a folder."""
    return {path.relative_to(folder).as_posix(): mode(path) for path in folder.rglob("*")}


@contextmanager
def umask(bits: int) -> Iterator[None]:
    old = os.umask(bits)
    try:
        yield
    finally:
        os.umask(old)


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = settle(tmp_path, monkeypatch)
    Library(home / "data").create("plan", load("liquid-funnel").roadmap("r"), "me")
    return home


# ------------------------------------------------------------------ new files


@pytest.mark.parametrize("bits", [0, 0o022, 0o077])
def test_settings_and_what_was_open_last_are_for_their_owner_alone(tmp_path: Path, bits: int) -> None:
    with umask(bits):
        save(tmp_path / "config" / "lfroadmap", language="he")
        assert Library(tmp_path / "share" / "lfroadmap").remember("plan", "overview")
    assert modes(tmp_path) == {
        "config": 0o700,
        "config/lfroadmap": 0o700,
        "config/lfroadmap/settings.toml": 0o600,
        "share": 0o700,
        "share/lfroadmap": 0o700,
        "share/lfroadmap/state.json": 0o600,
    }


def test_folders_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with umask(0):
        make_private_folder(tmp_path)
        make_private_folder(tmp_path / "a" / "b")
    assert (mode(tmp_path), mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o755, 0o700, 0o700)
    with pytest.raises(OSError):
        make_private_folder(tmp_path / "a" / "b" / ("x" * 300))


@pytest.mark.parametrize(("bits", "wanted"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_a_new_export_is_as_the_umask_says(capsys: Capture, plan: Path, bits: int, wanted: int) -> None:
    Path("out").mkdir()
    with umask(bits):
        good(capsys, "export", "html", "-o", "plan.html")
        good(capsys, "diff", "now", "now", "-o", "diff.json")
        good(capsys, "export", "--all", "-o", "out")
    assert {mode(Path(name)) for name in ("plan.html", "diff.json", *map(str, Path("out").iterdir()))} == {
        wanted
    }


def test_an_emergency_copy_is_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with umask(0):
        path = write_somewhere(
            ExportContext(sample("en"), words("en"), TODAY, moment=MOMENT), "plan", [tmp_path]
        )
    assert path == tmp_path / COPY
    assert mode(path) == 0o600


@pytest.mark.parametrize("trap", ["dangling link", "link to a file", "pipe"])
def test_an_emergency_copy_follows_nothing_that_stands_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: str
) -> None:
    here, home = tmp_path / "here", tmp_path / "home"
    here.mkdir()
    home.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(home))
    target = tmp_path / "target"
    if trap == "pipe":
        os.mkfifo(here / COPY)  # nobody reads it: to write there would wait for ever
    else:
        (here / COPY).symlink_to(target)
    if trap == "link to a file":
        target.write_bytes(b"theirs")
    path = write_somewhere(
        ExportContext(sample("en"), words("en"), TODAY, moment=MOMENT), "plan", [here, home]
    )
    assert path == home / COPY
    assert (target.read_bytes() if target.exists() else None) == (
        b"theirs" if trap == "link to a file" else None
    )


def test_what_is_being_written_is_never_more_open_than_what_it_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, seen = tmp_path / "plan", []
    real = os.fsync

    def look(file: int) -> None:
        seen.append(stat.S_IMODE(os.fstat(file).st_mode))
        real(file)

    monkeypatch.setattr(os, "fsync", look)
    path.write_bytes(b"old")
    path.chmod(0o600)
    with umask(0):
        write_file(b"new", path, force=True)
        write_file(b"new", tmp_path / "private", private=True)
    assert seen == [0o600, 0o600]


# ------------------------------------------------------------------ files that are replaced


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


def test_every_kind_of_export_that_replaces_a_file_keeps_its_permissions(capsys: Capture, plan: Path) -> None:
    Path("out").mkdir()
    good(capsys, "export", "json", "-o", "plan.json")
    good(capsys, "diff", "now", "now", "-o", "diff.html")
    good(capsys, "export", "--all", "-o", "out")
    paths = [Path("plan.json"), Path("diff.html"), *Path("out").iterdir()]
    for path in paths:
        path.chmod(0o600)
    good(capsys, "export", "json", "-o", "plan.json", "--force")
    good(capsys, "diff", "now", "now", "-o", "diff.html", "--force")
    good(capsys, "export", "--all", "-o", "out", "--force")
    assert [mode(path) for path in paths] == [0o600] * len(paths)


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
        held = path.stat()
        assert (held.st_uid, held.st_gid, mode(path)) == (*owner, 0o640)
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
    """What somebody else is told who replaces a file."""
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


# ------------------------------------------------------------------ read-only files


@pytest.mark.parametrize("bits", [0o444, 0o400, 0o440, 0o555, 0o464])
def test_a_read_only_file_is_refused_also_for_root(
    capsys: Capture, plan: Path, bits: int, tmp_path: Path
) -> None:
    real, link = tmp_path / "real.html", Path("plan.html")
    real.write_bytes(b"mine")
    real.chmod(bits)
    link.symlink_to(real)
    for language in LANGUAGES:
        for path in (real, link):
            ran = run(capsys, "--lang", language, "export", "html", "-o", str(path), "--force")
            assert (ran.status, ran.out) == (1, "")
            told = clean(words(language)("error.read_only_file", path=real))
            assert ran.err == f"lfroadmap: {told}\n"
        ran = run(capsys, "--lang", language, "diff", "now", "now", "-o", str(real), "--force")
        assert ran.status == 1 and str(real) in ran.err
    assert (real.read_bytes(), mode(real), link.is_symlink()) == (b"mine", bits, True)
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["plan.html"]


def test_of_a_set_the_others_are_written(capsys: Capture, plan: Path) -> None:
    Path("out").mkdir()
    good(capsys, "export", "--all", "-o", "out")
    page = next(Path("out").glob("*.html"))
    for path in Path("out").iterdir():
        path.write_bytes(b"old")
    page.chmod(0o444)
    ran = run(capsys, "export", "--all", "-o", "out", "--force")
    assert ran.status == 1 and page.name in ran.err and ran.err.count("\n") == 1
    assert [path for path in Path("out").iterdir() if path.read_bytes() == b"old"] == [page]


def test_read_only_settings_stay_and_are_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "nord"\n')
    path.chmod(0o444)
    with pytest.raises(ReadOnlyFile):
        replace_file(path, "x")
    with pytest.raises(RoadmapError, match="settings_unwritable"):
        save(tmp_path, language="he")
    assert path.read_text() == 'theme = "nord"\n'


def test_a_note_that_is_read_only_hinders_nothing(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text("{}")
    state.chmod(0o444)
    assert not Library(tmp_path).remember("plan", "overview")
    assert state.read_text() == "{}"


def test_a_name_that_settings_cannot_hold_is_told(tmp_path: Path) -> None:
    with pytest.raises(RoadmapError, match="settings_unwritable"):
        save(tmp_path, theme="/half\udcff")
    state = State(tmp_path / "state.json")
    assert not state.remember_export(ExportState(folder="/half\udcff"), print)
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_is_there_stays_where_none_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_bytes(b"mine")
    for private in (False, True):
        with pytest.raises(FileExistsError):
            write_whole(path, b"new", replace=False, private=private)
    assert path.read_bytes() == b"mine" and [*tmp_path.iterdir()] == [path]
