"""Watches whose terminal or reader goes away, and which get a signal while they wait."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commanding import without_notes, write
from lfroadmap.roadmap.edits import SetField
from losing import GENEROUS, PROGRAM, ended, new_plan, on_full_terminal, on_terminal, signs, until
from matrices import quick_first
from terminal import Terminal, environment

GOALS = "strategy.goals.goals"
LIVE = "script-src"
"""Stands in a page that looks for what is new."""
WATCH = ("export", "html", "plan", "-o", "plan.html", "--watch", "--reload", "1")
HEED = """
import os, signal, sys
for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
    signal.signal(number, signal.SIG_DFL)  # a test run in the background passes on "ignore"
os.execv(sys.argv[1], sys.argv[1:])
"""
each_end = pytest.mark.parametrize("number", quick_first([signal.SIGINT, signal.SIGTERM, signal.SIGHUP]))


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    return new_plan(tmp_path)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "plan.html"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a command without a terminal; ends what a test leaves running."""
    running = []

    def begin(*argv: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HEED, PROGRAM, *argv],
            env=environment(tmp_path),
            cwd=tmp_path,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.communicate()


@each_end
def test_a_watch_that_waits_for_a_reader_can_be_ended(
    start: Callable[..., subprocess.Popen[str]],
    roadmap: Path,
    tmp_path: Path,
    number: signal.Signals,
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = start("export", "json", "plan", "-o", str(pipe), "--watch")
    until(lambda: waits(process), "waiting")
    process.send_signal(number)
    out, err = process.communicate(timeout=GENEROUS)
    assert (process.returncode, out, err) == (0, "", "")


def waits(process: subprocess.Popen[str]) -> bool:
    """Whether a process sleeps for a while, as nothing does before there is a reader to wait for."""
    assert process.poll() is None
    return "nanosleep" in Path(f"/proc/{process.pid}/wchan").read_text()


@each_end
def test_a_watch_whose_reader_takes_nothing_can_be_ended(
    start: Callable[..., subprocess.Popen[str]], roadmap: Path, tmp_path: Path, number: signal.Signals
) -> None:
    write(roadmap, "dana", SetField(GOALS, "x" * 300_000))  # more than a pipe holds
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = start("export", "json", "plan", "-o", str(pipe), "--watch")
    with pipe.open("rb") as reader:
        assert reader.read(1)
        process.send_signal(number)
        _, err = process.communicate(timeout=GENEROUS)
    assert (process.returncode, err) == (0, "")


def test_a_pipe_gets_all_of_it_however_slowly_it_is_read(
    start: Callable[..., subprocess.Popen[str]], roadmap: Path, tmp_path: Path
) -> None:
    write(roadmap, "dana", SetField(GOALS, "x" * 300_000))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = start("export", "json", "plan", "-o", str(pipe))
    with pipe.open("rb", buffering=0) as reader:
        taken = b"".join(iter(lambda: reader.read(50_000), b""))
    assert taken.count(b"x") >= 300_000
    assert process.wait(GENEROUS) == 0


@each_end
def test_a_page_that_was_watched_looks_for_nothing_more(
    start: Callable[..., subprocess.Popen[str]], roadmap: Path, page: Path, number: signal.Signals
) -> None:
    process = start(*WATCH)
    until(page.exists, "the page")
    assert LIVE in page.read_text("utf-8")
    process.send_signal(number)
    _, err = process.communicate(timeout=GENEROUS)
    assert (process.returncode, err) == (0, "")
    assert LIVE not in page.read_text("utf-8")
    assert signs(roadmap) == []


def test_a_page_whose_watcher_loses_its_terminal_looks_for_nothing_more(
    tmp_path: Path, roadmap: Path, page: Path
) -> None:
    with on_terminal(tmp_path, *WATCH) as terminal:
        until(page.exists, "the page")
        terminal.hang_up()
        assert ended(terminal, "watch") == 0
    assert LIVE not in page.read_text("utf-8")
    assert signs(roadmap) == []


@pytest.mark.proof
def test_a_watch_that_ignores_the_hang_up_goes_on_without_its_terminal(
    tmp_path: Path, roadmap: Path, page: Path
) -> None:
    command = ["sh", "-c", f"trap '' HUP; exec {PROGRAM} {' '.join(WATCH)}"]
    with Terminal(command, environment(tmp_path), cwd=tmp_path) as terminal:
        until(page.exists, "the page")
        terminal.hang_up()
        write(roadmap, "yael", SetField(GOALS, "written later"))
        until(lambda: "written later" in page.read_text("utf-8"), "writing")
        terminal.signal(signal.SIGTERM)
        assert ended(terminal, "watch") == 0
    assert LIVE not in page.read_text("utf-8")


@pytest.mark.proof
def test_a_watch_on_a_stalled_terminal_goes_on(tmp_path: Path, roadmap: Path, page: Path) -> None:
    with on_full_terminal(tmp_path, *WATCH) as terminal:
        until(page.exists, "the page")
        write(roadmap, "yael", SetField(GOALS, "written later"))
        until(lambda: "written later" in page.read_text("utf-8"), "writing")
        terminal.signal(signal.SIGTERM)
        assert ended(terminal, "watch", stalled=True) == 0
    assert LIVE not in page.read_text("utf-8")


@pytest.mark.proof
def test_a_watched_page_is_freshened_though_nothing_changes(
    start: Callable[..., subprocess.Popen[str]], roadmap: Path, page: Path
) -> None:
    process = start(*WATCH)
    until(page.exists, "the page")
    times: set[int] = set()
    until(lambda: times.add(page.stat().st_mtime_ns) or len(times) > 3, "a new time")
    process.send_signal(signal.SIGTERM)
    assert process.wait(GENEROUS) == 0


def test_an_export_that_is_ended_leaves_no_half_a_file(
    start: Callable[..., subprocess.Popen[str]], roadmap: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    before = set(out.iterdir())
    process = start("export", "--all", "plan", "-o", str(out), "--watch")
    until(lambda: set(out.iterdir()) - before, "a file")
    process.send_signal(signal.SIGHUP)
    _, err = process.communicate(timeout=GENEROUS)
    assert (process.returncode, without_notes(err)) == (0, "")
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []
