"""The terminal taken away, stalled, and slow: what was typed is on the disk, and the program ends by itself.

Nothing here depends on how fast the machine is: each wait ends when what it waits for has come. How long
a program took to end is printed (`pytest -s`).
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path

import pytest

from lfroadmap.roadmap.templates import load
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from losing import GENEROUS, busy_machine, ended, signs, until
from matrices import quick_first
from terminal import Terminal, environment, keys

PROGRAM = str(Path(sys.executable).with_name("lfroadmap"))
TYPED = "typed until the end"
SCREENS = {
    "import": keys("ctrl+o"),
    "tab": keys("alt+1"),
    "field": "",
    "checklist": keys("tab") * 7,
    "task": keys("tab") * 7 + "a" + "half a task",
    "kpis": keys("alt+9"),
    "help": keys("f1"),
    "palette": keys("ctrl+p"),
    "export": keys("ctrl+e"),
    "changes": "\x1bOS",
    "history": "\x1bOR",
    "filter": "\x1bOR/half",
    "snapshots": "\x1bORs",
    "bin": "\x1bORb",
    "moment": "\x1bORv",
    "paste": "\x1b[200~pasted in part",
}
"""Screen -> the keys that lead there from a field."""
Open = Callable[[], Terminal]


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    """The file that the app opens."""
    library = Library(tmp_path / "data")
    library.create("plan", load("liquid-funnel").roadmap("r1"), "dana")
    library.remember("plan", "strategy")
    return library.path("plan")


@pytest.fixture
def open_app(tmp_path: Path, roadmap: Path) -> Iterator[Open]:
    """Starts the app on a field of the first stage."""
    with ExitStack() as stack:

        def start() -> Terminal:
            command = [PROGRAM, "open", "plan", "--lang", "en"]
            terminal = stack.enter_context(Terminal(command, environment(tmp_path)))
            terminal.wait_for("^Q", GENEROUS)
            terminal.send(keys("alt+2"))
            terminal.wait_for("□", GENEROUS)
            return terminal

        yield start


def owner(path: Path) -> str:
    """The field that was typed into, as it is on the disk."""
    return read(path).stages[0].cards[0].fields[0].value


ENDS: dict[str, tuple[Callable[[Terminal], None], int]] = {
    "SIGTERM": (lambda terminal: terminal.signal(signal.SIGTERM), 128 + signal.SIGTERM),
    "SIGINT": (lambda terminal: terminal.signal(signal.SIGINT), 128 + signal.SIGINT),
    "SIGHUP": (lambda terminal: terminal.signal(signal.SIGHUP), 128 + signal.SIGHUP),
    "ctrl+q": (lambda terminal: terminal.send_unread(keys("ctrl+q")), 0),
    "taken away": (Terminal.hang_up, 128 + signal.SIGHUP),
}
"""What ends a program -> how it is done, and the status that the program ends with."""


# ------------------------------------------------------------------ taken away


def taken_away(open_app: Open, roadmap: Path, screen: str) -> None:
    terminal = open_app()
    terminal.send(TYPED)
    terminal.wait_for(TYPED, GENEROUS)
    terminal.send(SCREENS[screen])
    terminal.hang_up()
    assert ended(terminal, screen) == 128 + signal.SIGHUP
    assert owner(roadmap).startswith(TYPED)
    assert signs(roadmap) == []


@pytest.mark.parametrize(("load", "screen"), quick_first(product([0, 2], SCREENS)))
def test_a_terminal_that_goes_away_ends_the_program_wherever_it_is(
    open_app: Open, roadmap: Path, screen: str, load: int
) -> None:
    with busy_machine(load):
        taken_away(open_app, roadmap, screen)


# ------------------------------------------------------------------ stalled


def stall(terminal: Terminal) -> None:
    """Make the program draw more than a terminal holds of which nobody reads."""
    for _ in range(40):
        terminal.send_unread(keys("alt+1", "alt+2"))
        time.sleep(0.01)  # each tab is drawn, as quick keys would share a frame; nothing depends on it


@pytest.mark.proof
@pytest.mark.parametrize("end", quick_first(["SIGTERM", "ctrl+q", "SIGINT", "SIGHUP", "taken away"]))
def test_a_stalled_terminal_stops_neither_saving_nor_leaving(open_app: Open, roadmap: Path, end: str) -> None:
    act, status = ENDS[end]
    terminal = open_app()
    stall(terminal)
    terminal.send_unread(TYPED)
    until(lambda: owner(roadmap) == TYPED, "saving")
    assert signs(roadmap)
    act(terminal)
    assert ended(terminal, "stalled", stalled=True) == status
    assert signs(roadmap) == []


@pytest.mark.proof
def test_a_terminal_that_goes_on_shows_everything_that_it_missed(open_app: Open, roadmap: Path) -> None:
    terminal = open_app()
    stall(terminal)
    terminal.send_unread(TYPED)
    until(lambda: owner(roadmap) == TYPED, "saving")
    shown = terminal.wait_for(lambda shown: TYPED in shown and "saved " in shown, GENEROUS)
    cards = shown.splitlines()[:20]  # below them are the changes, which are read when nothing more is saved
    terminal.resize(120, 41)
    terminal.wait_for(lambda taller: "^Q" in taller.splitlines()[-1], GENEROUS)
    terminal.screen.reset()
    terminal.resize(120, 40)  # everything is drawn once more
    terminal.wait_for(lambda again: again.splitlines()[:20] == cards, GENEROUS)


@pytest.mark.proof
def test_a_slow_terminal_delays_neither_keys_nor_saving(open_app: Open, roadmap: Path) -> None:
    terminal = open_app()
    for n in range(200):
        terminal.send_unread("x", *([keys("alt+1", "alt+2")] if n % 10 == 9 else []))
        terminal.take(64)
    until(lambda: terminal.take(64) or owner(roadmap) == "x" * 200, "saving")
    terminal.wait_for("x" * 20, GENEROUS)
    terminal.signal(signal.SIGTERM)
    assert ended(terminal, "slow") == 128 + signal.SIGTERM
    assert signs(roadmap) == []


# ------------------------------------------------------------------ waiting for somebody else


@pytest.mark.proof
@pytest.mark.parametrize("end", ["taken away", "SIGTERM"])
def test_an_export_to_a_pipe_is_refused_and_holds_up_nobody(
    open_app: Open, roadmap: Path, tmp_path: Path, end: str
) -> None:
    pipe = tmp_path / "fifo"
    os.mkfifo(pipe)
    terminal = open_app()
    terminal.send(TYPED, keys("ctrl+e"))
    terminal.wait_for("plan-20", GENEROUS)
    terminal.send(keys("tab", "end", "ctrl+u"), str(pipe), "\r")
    terminal.wait_for("pipe", GENEROUS)  # the notice breaks its lines by the length of the path
    act, status = ENDS[end]
    act(terminal)
    assert ended(terminal, end) == status
    assert owner(roadmap) == TYPED
    assert signs(roadmap) == []


# ------------------------------------------------------------------ the program itself hangs

HANGING = """
import sys, time
from lfroadmap.main import main
from lfroadmap.ui.app import RoadmapApp
def hang(self):
    while True: time.sleep(0 if sys.argv[1] == "busy" else 100)
RoadmapApp.action_help = hang
sys.exit(main(["open", "plan", "--lang", "en"]))
"""


@pytest.mark.proof
@pytest.mark.parametrize(("end", "how"), quick_first(product(["taken away", "SIGTERM"], ["busy", "asleep"])))
def test_a_screen_that_hangs_can_be_ended(tmp_path: Path, roadmap: Path, how: str, end: str) -> None:
    act, status = ENDS[end]
    with Terminal([sys.executable, "-c", HANGING, how], environment(tmp_path)) as terminal:
        terminal.wait_for("^Q", GENEROUS)
        terminal.send(keys("alt+2"))
        terminal.wait_for("□", GENEROUS)
        terminal.send(TYPED)
        terminal.wait_for(TYPED, GENEROUS)
        terminal.send(keys("f1"))
        act(terminal)
        assert ended(terminal, f"hanging, {end}") == status
    assert owner(roadmap) == TYPED
    assert signs(roadmap) == []


@pytest.mark.proof
def test_a_program_that_was_stopped_takes_its_screen_again(open_app: Open, roadmap: Path) -> None:
    terminal = open_app()
    terminal.signal(signal.SIGSTOP)
    until(lambda: state(terminal.pid) == "T", "the stop")
    terminal.send_unread(TYPED)
    terminal.screen.reset()
    terminal.signal(signal.SIGCONT)
    terminal.wait_for(TYPED, GENEROUS)
    terminal.send(keys("ctrl+q"))
    assert ended(terminal, "stopped") == 0
    assert owner(roadmap) == TYPED


def state(pid: int) -> str:
    """The state of a process, as ps shows it."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
