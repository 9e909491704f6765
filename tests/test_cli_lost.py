"""Commands whose terminal goes away or stalls, and which are told to end while they wait for somebody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commanding import write
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.templates import load
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from losing import GENEROUS, ended, signs, until
from terminal import Terminal, environment, keys

PROGRAM = str(Path(sys.executable).with_name("lfroadmap"))
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
FULL = """
import os, sys
os.set_blocking(1, False)
try:
    while os.write(1, b"x" * 4096):
        pass
except BlockingIOError:
    os.set_blocking(1, True)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Turns into a program when the terminal takes nothing more."""
proof = pytest.mark.proof
each_end = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    library = Library(tmp_path / "data")
    library.create("plan", load("liquid-funnel").roadmap("r1"), "dana")
    return library.path("plan")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "plan.html"


def on_terminal(home: Path, *argv: str) -> Terminal:
    return Terminal([PROGRAM, *argv], environment(home), cwd=home)


def on_full_terminal(home: Path, *argv: str) -> Terminal:
    """A command on a terminal that takes nothing from the beginning."""
    return Terminal([sys.executable, "-c", FULL, PROGRAM, *argv], environment(home), cwd=home)


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


# ------------------------------------------------------------------ following a roadmap


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


def test_a_watch_on_a_stalled_terminal_goes_on(tmp_path: Path, roadmap: Path, page: Path) -> None:
    with on_full_terminal(tmp_path, *WATCH) as terminal:
        until(page.exists, "the page")
        write(roadmap, "yael", SetField(GOALS, "written later"))
        until(lambda: "written later" in page.read_text("utf-8"), "writing")
        terminal.signal(signal.SIGTERM)
        assert ended(terminal, "watch", stalled=True) == 0
    assert LIVE not in page.read_text("utf-8")


def test_a_watched_page_is_freshened_though_nothing_changes(
    start: Callable[..., subprocess.Popen[str]], roadmap: Path, page: Path
) -> None:
    process = start(*WATCH)
    until(page.exists, "the page")
    times: set[int] = set()
    until(lambda: times.add(page.stat().st_mtime_ns) or len(times) > 3, "a new time")
    process.send_signal(signal.SIGTERM)
    assert process.wait(GENEROUS) == 0


# ------------------------------------------------------------------ asking and printing


@pytest.fixture
def thrown_away(tmp_path: Path, roadmap: Path) -> Path:
    """A roadmap in the bin, which `bin --empty` asks about."""
    command = [PROGRAM, "remove", "plan"]
    subprocess.run(command, env=environment(tmp_path), check=True, capture_output=True)
    (path,) = (tmp_path / "data").rglob("plan*.roadmap")
    return path


@pytest.mark.parametrize("end", ["hang-up", "SIGTERM", "SIGHUP"])
def test_a_question_whose_terminal_goes_away_is_answered_no(
    tmp_path: Path, thrown_away: Path, end: str
) -> None:
    with on_terminal(tmp_path, "bin", "--empty") as terminal:
        terminal.wait_for("[y/N]", GENEROUS)
        if end == "hang-up":
            terminal.hang_up()
        else:
            terminal.signal(getattr(signal, end))
        number = signal.SIGTERM if end == "SIGTERM" else signal.SIGHUP
        assert ended(terminal, "question") == -number
    assert b"Traceback" not in terminal.output
    assert thrown_away.exists()


@pytest.mark.parametrize("command", [("bin", "--empty"), ("doctor",)])
def test_a_question_is_answered_no_by_a_terminal_that_is_gone_unnoticed(
    tmp_path: Path, thrown_away: Path, command: tuple[str, ...]
) -> None:
    """As after `nohup` or `disown`, when nobody sends a signal."""
    complaints = tmp_path / "complaints"
    shell = f"trap '' HUP; exec {PROGRAM} {' '.join(command)} 2>{complaints}"

    def asked() -> str:
        return complaints.read_text() if complaints.exists() else ""

    with Terminal(["sh", "-c", shell], environment(tmp_path), cwd=tmp_path) as terminal:
        until(lambda: terminal.read(0.01) or "> " in asked() or "[y/N]" in asked(), "the question")
        terminal.hang_up()
        ended(terminal, "question")
    assert "Traceback" not in complaints.read_text()
    assert thrown_away.exists()


@pytest.mark.parametrize(
    ("number", "command"),
    [
        (signal.SIGINT, ("show", "plan")),
        (signal.SIGTERM, ("open", "plan")),
        pytest.param(signal.SIGTERM, ("show", "plan"), marks=proof),
        pytest.param(signal.SIGHUP, ("show", "plan"), marks=proof),
        pytest.param(signal.SIGINT, ("schema",), marks=proof),
        pytest.param(signal.SIGTERM, ("schema",), marks=proof),
        pytest.param(signal.SIGINT, ("doctor",), marks=proof),
        pytest.param(signal.SIGTERM, ("doctor",), marks=proof),
        pytest.param(signal.SIGINT, ("open", "plan"), marks=proof),
        pytest.param(signal.SIGHUP, ("open", "plan"), marks=proof),
    ],
)
def test_a_command_on_a_stalled_terminal_can_be_ended(
    tmp_path: Path, roadmap: Path, command: tuple[str, ...], number: signal.Signals
) -> None:
    with on_full_terminal(tmp_path, *command) as terminal:
        until(lambda: waits_to_write(terminal.pid) or signs(roadmap), "waiting, or the screen")
        terminal.signal(number)
        assert ended(terminal, command[0], stalled=True) in (1, -number, 128 + number)
    assert b"Traceback" not in terminal.output
    assert signs(roadmap) == []


def waits_to_write(pid: int) -> bool:
    """Whether a program waits for its terminal to take something."""
    return Path(f"/proc/{pid}/wchan").read_text() in ("n_tty_write", "wait_woken")


def test_typing_on_a_terminal_that_is_stalled_from_the_beginning_is_saved(
    tmp_path: Path, roadmap: Path
) -> None:
    with on_full_terminal(tmp_path, "open", "plan") as terminal:
        terminal.send_unread(keys("alt+2"), "typed blindly")
        until(lambda: find_owner(roadmap) == "typed blindly", "saving")
        terminal.send_unread(keys("ctrl+q"))
        assert ended(terminal, "stalled", stalled=True) == 0
    assert signs(roadmap) == []


def find_owner(path: Path) -> str:
    """The first field of the first stage, as it is on the disk."""
    return read(path).stages[0].cards[0].fields[0].value


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
    assert (process.returncode, err) == (0, "")
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []


def test_a_complaint_that_nobody_can_read_still_gives_its_status(tmp_path: Path, roadmap: Path) -> None:
    both = f"{PROGRAM} show nothing; echo $? >status; {PROGRAM} --no; echo $? >>status"
    shell = f"trap '' HUP; echo ready; read line; {both}"
    with Terminal(["sh", "-c", shell], environment(tmp_path), cwd=tmp_path) as terminal:
        terminal.wait_for("ready", GENEROUS)
        terminal.hang_up()
        ended(terminal, "complaint")
    assert (tmp_path / "status").read_text().split() == ["1", "2"]
