"""The title of the terminal's window: the roadmap's while the program has the screen, then the old one."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lfroadmap.store.library.library import Library
from lfroadmap.ui.terminal.title import plain, set_title
from lfroadmap.usecases.creating import new_roadmap
from matrices import quick_first
from terminal import Terminal, environment, keys

PROGRAM = str(Path(sys.executable).with_name("lfroadmap"))
BEFORE = "the title of the shell"
BREAKS_DOWN = """
import sys
from lfroadmap.main import main
from lfroadmap.ui.window import Window
Window.toggle = lambda window, screen: 1 / 0
sys.exit(main())
"""
_TITLES = re.compile(rb"\x1b\[(2[23]);[012]t|\x1b\][02];([^\x07\x1b]*)(?:\x07|\x1b\\)")


def title_of(terminal: Terminal) -> str:
    """The title that a terminal with a stack of titles has by now, and had the shell's at first."""
    title, kept = BEFORE, list[str]()
    for stack, text in _TITLES.findall(terminal.output):
        if stack == b"22":
            kept.append(title)
        elif stack == b"23":
            title = kept.pop()
        else:
            title = text.decode()
    return title


def has_title(terminal: Terminal, title: str) -> Callable[[str], bool]:
    """A condition for `wait_for`."""
    return lambda _: title_of(terminal) == title


def made(home: Path, *names: str) -> Library:
    """Roadmaps of these names, as `new` makes them."""
    library = Library(home / "data")
    for name in names:
        library.create(name, new_roadmap(name), "dana")
    return library


@pytest.mark.proof
def test_a_first_roadmap_has_the_title_of_its_template_and_another_its_own(tmp_path: Path) -> None:
    with Terminal([PROGRAM], environment(tmp_path)) as terminal:
        terminal.wait_for("^Q")
        assert title_of(terminal) == "Liquid Funnel roadmap"
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
        assert title_of(terminal) == BEFORE
    made(tmp_path, "Q3 plan")
    with Terminal([PROGRAM, "Q3 plan"], environment(tmp_path)) as terminal:
        shown = terminal.wait_for("^Q")
        assert shown.splitlines()[0].startswith(" Q3 plan ")
        assert title_of(terminal) == "Q3 plan"


def quit_by_key(terminal: Terminal) -> None:
    terminal.send(keys("ctrl+q"))


ENDS: dict[str, Callable[[Terminal], None]] = {
    "quit": quit_by_key,
    "SIGTERM": lambda terminal: terminal.signal(signal.SIGTERM),
    "SIGINT": lambda terminal: terminal.signal(signal.SIGINT),
    "crash": lambda terminal: terminal.send(keys("f1")),
}


@pytest.mark.parametrize("end", quick_first(ENDS))
def test_the_old_title_is_back_however_the_program_ends(tmp_path: Path, end: str) -> None:
    made(tmp_path, "Q3 plan")
    program = [sys.executable, "-c", BREAKS_DOWN] if end == "crash" else [PROGRAM]
    with Terminal([*program, "Q3 plan"], environment(tmp_path)) as terminal:
        terminal.wait_for("^Q")
        terminal.wait_for(has_title(terminal, "Q3 plan"))
        ENDS[end](terminal)
        status = terminal.wait_exit()
        assert (status == 0) == (end == "quit")
        assert title_of(terminal) == BEFORE


@pytest.mark.proof
@pytest.mark.parametrize("number", quick_first([signal.SIGTSTP, signal.SIGSTOP]))
def test_the_shell_has_its_title_while_the_program_is_suspended(tmp_path: Path, number: int) -> None:
    made(tmp_path, "Q3 plan")
    with Terminal([PROGRAM, "Q3 plan"], environment(tmp_path)) as terminal:
        terminal.wait_for("^Q")
        terminal.signal(number)
        if number == signal.SIGTSTP:
            terminal.wait_for(has_title(terminal, BEFORE))
        _, status = os.waitpid(terminal.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for(has_title(terminal, "Q3 plan"))
        terminal.send(keys("alt+2"))
        terminal.wait_for("□")
        quit_by_key(terminal)
        assert terminal.wait_exit() == 0
        assert title_of(terminal) == BEFORE


@pytest.mark.proof
def test_two_windows_on_two_roadmaps_can_be_told_apart(tmp_path: Path) -> None:
    library = made(tmp_path, "liquid-funnel", "Q3 plan")
    library.create("from dana", new_roadmap("liquid-funnel"), "dana")
    heads = {}
    for name in library.names():
        with Terminal([PROGRAM, name], environment(tmp_path)) as terminal:
            head = terminal.wait_for("^Q").splitlines()[0].split("  ")[0].strip()
            terminal.wait_for(has_title(terminal, head))
            heads[name] = head
    assert heads == {
        "liquid-funnel": "Liquid Funnel roadmap",
        "Q3 plan": "Q3 plan",
        "from dana": "Liquid Funnel roadmap · from dana",
    }


def test_nothing_but_the_words_of_a_title_goes_to_the_terminal() -> None:
    assert plain("\u202bמפה\u202c \u2066Q3\u2069\u200f") == "מפה Q3"
    assert plain("a\x07b\x1b]0;c\x9cd\x85e\tf\ng\u2028h\ud800") == "ab]0;cd e f g h"
    assert plain("👩\u200d💻 plan") == "👩\u200d💻 plan"
    assert len(plain("long " * 500)) <= 200
    assert set_title("a\x1b\\b\x07") == "\x1b]0;a\\b\x07"


@pytest.mark.proof
@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_in_tmux_the_title_is_the_panes_and_the_old_one_is_back(tmp_path: Path) -> None:
    made(tmp_path, "Q3 plan")
    tmux = ["tmux", "-S", str(tmp_path / "tmux"), "-f", "/dev/null"]
    env = environment(tmp_path) | {"LANG": "C.UTF-8", "TERM": "xterm-256color"}

    def ask(*command: str) -> str:
        return subprocess.run([*tmux, *command], capture_output=True, text=True, check=True, env=env).stdout

    def until(holds: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < end, ask("capture-pane", "-p")
            time.sleep(0.05)

    def pane() -> str:
        return ask("display-message", "-p", "#{pane_title}").strip()

    shell = f"printf '\\033]0;{BEFORE}\\007'; '{PROGRAM}' 'Q3 plan'; echo the-end; sleep 60"
    ask("new-session", "-d", "-x", "100", "-y", "30", shell)
    try:
        until(lambda: pane() == "Q3 plan" and "^Q" in ask("capture-pane", "-p"))
        ask("send-keys", "C-q")
        until(lambda: "the-end" in ask("capture-pane", "-p"))
        assert pane() == BEFORE
    finally:
        ask("kill-server")
