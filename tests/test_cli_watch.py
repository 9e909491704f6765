"""`export --watch`: a file that follows the roadmap."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exporting import GOALS, PROGRAM, TASK, do, run, with_plan
from foreign_peer import write_by_peer
from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.words import words
from matrices import quick_first

Watch = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return with_plan(tmp_path)


@pytest.fixture
def watch(env: dict[str, str]) -> Iterator[Watch]:
    running: list[subprocess.Popen[str]] = []

    def start(*argv: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*PROGRAM, "export", *argv, "--watch"],
            env=env | {"PYTHONUNBUFFERED": "1"}, cwd=env["HOME"], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        running.append(process)
        assert process.stdout is not None
        while "Ctrl+C" not in process.stdout.readline():
            assert process.poll() is None
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def until(holds: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.05)


@pytest.mark.parametrize("number", quick_first([signal.SIGINT, signal.SIGTERM]))
def test_a_watched_file_follows_the_roadmap(
    env: dict[str, str], watch: Watch, tmp_path: Path, number: signal.Signals
) -> None:
    path = tmp_path / "plan.json"
    process = watch("json", "-o", str(path))
    first = read(path)
    assert not first.stages[0].cards[0].tasks[0].done
    do(env, Tick(TASK, True, "2026-03-15"))
    until(lambda: read(path).stages[0].cards[0].tasks[0].done)
    do(env, SetField(GOALS, "שלום"))
    until(lambda: "שלום" in path.read_text("utf-8"))
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert [entry for entry in tmp_path.iterdir() if entry.name.startswith(".lfroadmap-")] == []


def test_a_watch_reports_what_cannot_be_read_when_it_comes_into_the_file(
    env: dict[str, str], watch: Watch, tmp_path: Path
) -> None:
    out, path = tmp_path / "plan.json", Path(env["LFROADMAP_DATA_DIR"]) / "roadmaps" / "plan.roadmap"
    process = watch("json", "-o", str(out))
    for things in (1, 2):
        write_by_peer(path, lambda m, n=things: m.tasks.update({f"x{n}": "boo"}))  # type: ignore[misc]
        do(env, SetField(GOALS, f"text {things}"))
        until(lambda n=things: f"text {n}" in out.read_text("utf-8"))  # type: ignore[misc]
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert ["".join(line.split()) for line in err.splitlines() if "how many" in line] == [
        "".join(f"lfroadmap: {words('en')('recovery.left_out', path=path, n=things)}".split())
        for things in (1, 2)
    ]


@pytest.mark.proof
@pytest.mark.parametrize(
    ("more", "reload"), quick_first([((), 30), (("--reload", "5"), 5), (("--reload", "0"), 0)])
)
def test_a_watched_page_keeps_itself_current_as_long_as_it_is_watched(
    env: dict[str, str], watch: Watch, tmp_path: Path, more: tuple[str, ...], reload: int
) -> None:
    path = tmp_path / "plan.html"
    process = watch("html", "-o", str(path), *more)
    first = path.read_text("utf-8")
    assert (f"{reload} * 1000" in first) == (reload > 0) == ("script-src" in first)
    do(env, SetField(GOALS, "שלום"))
    until(lambda: "שלום" in path.read_text("utf-8"))
    assert ("script-src" in path.read_text("utf-8")) == (reload > 0)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    last = path.read_text("utf-8")
    assert "script-src" not in last and "שלום" in last


@pytest.mark.proof
def test_a_reader_of_a_watched_file_never_finds_half_of_it(
    env: dict[str, str], watch: Watch, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    process = watch("json", "-o", str(path))
    with path.open("rb") as first:  # or the system would give its number to another file
        for n in range(3):
            do(env, SetField(GOALS, "x" * 50_000 + str(n)))
            until(lambda n=n: f'x{n}"' in path.read_text("utf-8") and read(path))  # type: ignore[misc]
        assert path.stat().st_ino != os.fstat(first.fileno()).st_ino, "it was replaced as a whole"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)


@pytest.mark.proof
def test_each_write_of_a_watch_keeps_the_permissions_of_the_file(
    env: dict[str, str], watch: Watch, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    path.chmod(0o600)
    process = watch("json", "-o", str(path), "--force")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for text, bits in (("first", 0o600), ("second", 0o640)):
        path.chmod(bits)
        do(env, SetField(GOALS, text))
        until(lambda text=text: text in path.read_text("utf-8"))  # type: ignore[misc]
        assert stat.S_IMODE(path.stat().st_mode) == bits
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.proof
def test_a_watched_file_that_becomes_read_only_is_left_as_it_is_and_told(
    env: dict[str, str], watch: Watch, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    process = watch("json", "-o", str(path))
    do(env, SetField(GOALS, "first"))
    until(lambda: "first" in path.read_text("utf-8"))
    path.chmod(0o444)
    before = path.read_bytes()
    do(env, SetField(GOALS, "new"))
    assert process.stderr is not None
    assert "read-only" in process.stderr.readline()
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (before, 0o444)


def test_a_watch_does_not_replace_a_file_unasked(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text("mine")
    ran = run(env, "export", "html", "-o", str(path), "--watch")
    assert ran.returncode == 1 and "--force" in ran.stderr
    assert path.read_text() == "mine"


def test_a_watch_ends_when_the_roadmap_goes(env: dict[str, str], watch: Watch, tmp_path: Path) -> None:
    process = watch("md", "-o", str(tmp_path / "plan.md"))
    roadmap = Path(env["LFROADMAP_DATA_DIR"]) / "roadmaps" / "plan.roadmap"
    roadmap.rename(tmp_path / "elsewhere.roadmap")
    _, err = process.communicate(timeout=20)
    assert process.returncode == 1 and "plan.roadmap" in err and "Traceback" not in err


@pytest.mark.proof
def test_a_folder_that_goes_is_complained_of_and_used_again_when_it_is_back(
    env: dict[str, str], watch: Watch, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    process = watch("json", "-o", str(out / "plan.json"))
    for entry in out.iterdir():
        entry.unlink()
    out.rmdir()
    do(env, Tick(TASK, True, "2026-03-15"))
    assert process.stderr is not None
    assert "out" in process.stderr.readline()
    out.mkdir()
    until((out / "plan.json").exists)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0
