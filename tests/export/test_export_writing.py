"""Files appear whole or not at all, and nothing that is there is lost."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
import threading
from datetime import date
from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.export import FORMATS, ExportContext, default_name, render, write, write_file
from lfroadmap.imports.snapshot import read
from lfroadmap.words import LANGUAGES, words
from samples import TODAY, sample

SNAPSHOT = ExportContext(sample("en"), words("en"), TODAY)
DAY = date(2026, 3, 31)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def refused(data: bytes, path: Path, *, force: bool = False) -> RoadmapError:
    with pytest.raises(RoadmapError) as caught:
        write_file(data, path, force=force)
    for language in LANGUAGES:
        assert words(language).error(caught.value)
    return caught.value


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("liquid-funnel", "liquid-funnel-2026-03-31.html"),
        ("Q3 plan: Acme/West", "q3-plan-acme-west-2026-03-31.html"),
        ("תוכנית שנתית", "תוכנית-שנתית-2026-03-31.html"),
        ("v1.2", "v1.2-2026-03-31.html"),
        ("..", "roadmap-2026-03-31.html"),
        ("", "roadmap-2026-03-31.html"),
        ("\x00\u202e|", "roadmap-2026-03-31.html"),
    ],
)
def test_a_file_is_named_after_the_roadmap_and_the_day(name: str, file: str) -> None:
    assert default_name(name, ".html", DAY) == file


def test_a_long_name_is_cut_to_what_a_disk_takes(tmp_path: Path) -> None:
    name = default_name("א" * 300, ".json", DAY)
    assert len(name.encode()) < 200
    assert write_file(b"x", tmp_path / name).read_bytes() == b"x"


# ------------------------------------------------------------------ writing


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"pdf"}))
def test_every_format_is_written_as_it_is_rendered_and_read_back(name: str, tmp_path: Path) -> None:
    path = write(SNAPSHOT, name, tmp_path / f"plan{FORMATS[name].suffix}")
    data = path.read_bytes()
    assert data == render(SNAPSHOT, name) == render(SNAPSHOT, name)
    if name in ("html", "json"):
        assert b"\r" not in data and data.endswith(b"\n")
        assert read(path) == SNAPSHOT.roadmap
    assert FORMATS[name].words in words("he")


def test_the_full_path_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert write_file(b"x", Path("plan.html")) == tmp_path.resolve() / "plan.html"


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"precious")
    assert refused(b"new", path).key == "file_exists"
    assert path.read_bytes() == b"precious"
    write_file(b"new", path, force=True)
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["plan.json"]


def test_of_many_writers_at_once_one_wins_and_the_others_are_told(tmp_path: Path) -> None:
    path, results = tmp_path / "plan", []
    start = threading.Barrier(8)

    def attempt(n: int) -> None:
        start.wait()
        try:
            write_file(bytes([n]) * 1000, path)
            results.append(n)
        except RoadmapError as error:
            results.append(error.key)

    threads = [threading.Thread(target=attempt, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = (result for result in results if result != "file_exists")
    assert len(results) == 8
    assert path.read_bytes() == bytes([winner]) * 1000
    assert names(tmp_path) == ["plan"]


def test_where_there_are_no_hard_links_nothing_is_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)  # as on FAT and some network disks
    path = tmp_path / "plan"
    write_file(b"first", path)
    assert refused(b"second", path).key == "file_exists"
    assert path.read_bytes() == b"first"
    assert names(tmp_path) == ["plan"]


def test_the_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        path = write_file(b"x", tmp_path / "plan")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(real)
    assert refused(b"new", link).key == "file_exists"
    write_file(b"new", link, force=True)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_pipe_is_written_to_and_a_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_file(b"x" * 100_000, pipe)
    reader.join()
    assert got == [b"x" * 100_000]
    write_file(b"x", Path("/dev/null"), force=True)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


# ------------------------------------------------------------------ what goes wrong


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    assert refused(b"x", tmp_path).key == "is_folder"
    assert refused(b"x", tmp_path, force=True).key == "is_folder"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    error = refused(b"x", tmp_path / "no" / "plan")
    assert (error.key, error.facts["path"]) == ("no_folder", str(tmp_path / "no"))
    (tmp_path / "file").write_bytes(b"")
    assert refused(b"x", tmp_path / "file" / "plan").key == "no_folder"


@pytest.mark.parametrize("name", ["x" * 300, "nul\x00", "half\ud800"])
def test_a_name_that_no_disk_takes(tmp_path: Path, name: str) -> None:
    error = refused(b"x", tmp_path / name)
    assert error.key == "bad_file_name"
    assert names(tmp_path) == []


def test_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(RoadmapError) as caught:
        write_file(b"x", Path("/dev/full"))
    assert caught.value.key == "disk_full"
    assert names(tmp_path) == []


LIMITED = """
import resource, signal, sys
from pathlib import Path
from lfroadmap.errors import RoadmapError
from lfroadmap.export import write_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_file(b"x" * 5000, Path(sys.argv[1]), force=True)
except RoadmapError as error:
    print(error.key)
"""


def test_a_disk_that_stops_taking_leaves_the_old_file_and_no_rubbish(tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_bytes(b"precious")
    run = subprocess.run([sys.executable, "-c", LIMITED, path], capture_output=True, text=True, check=True)
    assert run.stdout == "cannot_write\n"
    assert path.read_bytes() == b"precious"
    assert names(tmp_path) == ["plan"]


OTHER_USER = """
import os, sys
from pathlib import Path
from lfroadmap.errors import RoadmapError
from lfroadmap.export import write_file
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    write_file(b"x", Path(sys.argv[1]))
except RoadmapError as error:
    print(error.key)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user, which only root can")
def test_a_folder_that_may_not_be_written() -> None:
    # tmp_path is root's own
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o555)
        command = [sys.executable, "-c", OTHER_USER, folder / "plan"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (run.stdout, run.stderr) == ("no_permission\n", "")
        assert names(folder) == []
