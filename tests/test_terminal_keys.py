"""Escape, Alt and a Hebrew layout on a real terminal, and the modes by which Alt arrives."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from lfroadmap.roadmap.templates import load
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from losing import GENEROUS, until
from matrices import quick_first
from terminal import Terminal, environment, keys

PROGRAM = str(Path(sys.executable).with_name("lfroadmap"))
MODES = ("1036", "1039")
ASKED = {mode: f"\x1b[?{mode}$p".encode() for mode in MODES}
SET, RESET = ({mode: f"\x1b[?{mode}{end}".encode() for mode in MODES} for end in "hl")
CRASHING = """
from lfroadmap.main import main
from lfroadmap.ui.screens.help import HelpScreen

def compose(self):
    raise RuntimeError("the screen is broken")

HelpScreen.compose = compose
raise SystemExit(main(["open", "plan", "--lang", "en"]))
"""
Start = Callable[..., Terminal]


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    """The file that the program opens."""
    library = Library(tmp_path / "data")
    library.create("plan", load("liquid-funnel").roadmap("r1"), "dana")
    return library.path("plan")


@pytest.fixture
def start(tmp_path: Path, roadmap: Path) -> Iterator[Start]:
    """Starts the program on a terminal with answers of its own."""
    with ExitStack() as stack:

        def started(
            answers: dict[bytes, bytes] | None = None, command: tuple[str, ...] = (), **env: str
        ) -> Terminal:
            argv = command or (PROGRAM, "open", "plan", "--lang", "en")
            terminal = Terminal(argv, environment(tmp_path) | env, answers=answers)
            stack.enter_context(terminal)
            terminal.wait_for("^Q", GENEROUS)
            return terminal

        yield started


def owner(path: Path) -> str:
    return read(path).stages[0].cards[0].fields[0].value


def wait_for_output(terminal: Terminal, *parts: bytes) -> None:
    def came() -> bool:
        terminal.read(0.02)
        return all(part in terminal.output for part in parts)

    until(came)


def _state(pid: int) -> str:
    """The state of a process: `T` where it is stopped."""
    return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2][0]


@pytest.mark.proof
def test_alt_sends_escape_while_the_program_has_the_terminal(start: Start) -> None:
    terminal = start()
    for mode in MODES:
        assert terminal.output.index(ASKED[mode]) < terminal.output.index(SET[mode])
        assert RESET[mode] not in terminal.output
    terminal.send(keys("ctrl+q"))
    assert terminal.wait_exit(GENEROUS) == 0
    for mode in MODES:
        assert terminal.output.rindex(RESET[mode]) > terminal.output.rindex(SET[mode])


@pytest.mark.proof
def test_a_mode_that_was_set_before_is_left_as_it_was(start: Start) -> None:
    answers = {ASKED["1036"]: b"\x1b[?1036;1$y", ASKED["1039"]: b"\x1b[?1039;2$y"}
    terminal = start(answers)
    terminal.send(keys("alt+2"), "Dana", keys("ctrl+q"))
    assert terminal.wait_exit(GENEROUS) == 0
    assert RESET["1036"] not in terminal.output
    assert RESET["1039"] in terminal.output


@pytest.mark.parametrize("number", quick_first([signal.SIGTERM, signal.SIGINT]))
def test_a_signal_leaves_the_terminal_as_it_was(start: Start, number: int) -> None:
    terminal = start()
    terminal.signal(number)
    assert terminal.wait_exit(GENEROUS) == 128 + number
    assert all(RESET[mode] in terminal.output for mode in MODES)


@pytest.mark.proof
def test_a_crash_leaves_the_terminal_as_it_was(start: Start) -> None:
    terminal = start(command=(sys.executable, "-c", CRASHING))
    terminal.send(keys("f1"))
    assert terminal.wait_exit(GENEROUS) == 1
    assert b"the screen is broken" in terminal.output
    assert all(RESET[mode] in terminal.output for mode in MODES)


@pytest.mark.proof
def test_a_stopped_program_gives_the_modes_back_and_takes_them_again(start: Start) -> None:
    terminal = start()
    terminal.signal(signal.SIGTSTP)
    wait_for_output(terminal, *RESET.values())
    until(lambda: _state(terminal.pid) == "T", "the stop")
    terminal.output = b""
    terminal.signal(signal.SIGCONT)
    wait_for_output(terminal, *SET.values(), b"Overview")
    terminal.send(keys("alt+2"))
    terminal.wait_for("□", GENEROUS)
    terminal.send(keys("ctrl+q"))
    assert terminal.wait_exit(GENEROUS) == 0
    assert all(RESET[mode] in terminal.output for mode in MODES)


@pytest.mark.proof
def test_apples_terminal_is_not_asked_what_it_would_print(start: Start) -> None:
    terminal = start(TERM_PROGRAM="Apple_Terminal")
    assert not any(asked in terminal.output for asked in ASKED.values())
    assert all(SET[mode] in terminal.output for mode in MODES)


@pytest.mark.proof
def test_alt_with_a_digit_is_a_key_in_a_field_and_what_option_types_is_text(
    start: Start, roadmap: Path
) -> None:
    terminal = start()
    terminal.send(keys("alt+2"), "Dana", "™¡", keys("alt+1"))
    terminal.wait_for("go there", GENEROUS)
    terminal.send(keys("ctrl+q"))
    assert terminal.wait_exit(GENEROUS) == 0
    assert owner(roadmap) == "Dana™¡"


@pytest.mark.proof
def test_a_digit_soon_after_escape_is_no_key_and_no_text(start: Start, roadmap: Path) -> None:
    terminal = start(ESCDELAY="700")
    terminal.send(keys("alt+2"), "Dana", keys("escape"))
    terminal.wait_for("a add", GENEROUS)  # Escape was taken as a key by itself, and left the field
    terminal.send("3")
    terminal.send("a", "still here", keys("enter"))
    terminal.wait_for("still here", GENEROUS)
    assert "Liquid Funnel goals" in terminal.text(), "it opened no tab"
    terminal.send(keys("ctrl+q"))
    assert terminal.wait_exit(GENEROUS) == 0
    assert owner(roadmap) == "Dana"
    assert [task.text for task in read(roadmap).stages[0].cards[0].tasks if task.text] == ["still here"]


@pytest.mark.proof
def test_escape_leads_up_step_by_step(start: Start) -> None:
    terminal = start()
    terminal.send(keys("alt+2"), "Dana")
    terminal.wait_for("Dana", GENEROUS)
    terminal.send("\x1bOR", "v")
    terminal.wait_for("As it was", GENEROUS)
    terminal.send(keys("escape"))
    terminal.wait_for("History ·", GENEROUS)
    terminal.send(keys("escape"))
    terminal.wait_for("next field", GENEROUS)
    terminal.send(keys("escape"))
    terminal.wait_for("Space tick", GENEROUS)
    terminal.send(keys("escape"))
    terminal.wait_for("go there", GENEROUS)


@pytest.mark.proof
def test_commands_work_on_a_hebrew_layout(start: Start, roadmap: Path) -> None:
    terminal = start()
    terminal.send("2", keys("down"), "שDraft", keys("enter"), keys("escape"))
    terminal.wait_for("Draft", GENEROUS)
    terminal.wait_for("Space tick", GENEROUS)
    terminal.send("ם", "Noa", keys("enter"))
    terminal.wait_for("Noa", GENEROUS)
    terminal.send("\x1bOR", "ה")
    terminal.wait_for("As it was", GENEROUS)
    terminal.send(keys("ctrl+q"))
    assert terminal.wait_exit(GENEROUS) == 0
    assert [t.owner for t in read(roadmap).stages[0].cards[0].tasks if t.text == "Draft"] == ["Noa"]


@pytest.mark.proof
def test_the_keymap_is_chosen_in_the_settings_and_its_keys_work(
    start: Start, roadmap: Path, tmp_path: Path
) -> None:
    before = [task.id for task in read(roadmap).stages[0].cards[0].tasks]
    terminal = start()
    terminal.send("\x1b[24~")
    terminal.wait_for("Keymap", GENEROUS)
    terminal.send(keys(*["down"] * 7, "right"))
    terminal.wait_for("vim", GENEROUS)
    terminal.send(keys("escape"))
    terminal.wait_for("Overview", GENEROUS)
    terminal.send("]", keys("down", "up"))  # no digit: just behind Escape one is ignored, as it may be Alt
    terminal.wait_for("D due", GENEROUS)
    terminal.send("jk", "x", "ddgg")
    terminal.send("d")
    terminal.wait_for(" d …", GENEROUS)
    terminal.send("d", "u", keys("ctrl+q"))
    assert terminal.wait_exit(GENEROUS) == 0
    assert (tmp_path / "config" / "settings.toml").read_text("utf-8") == 'keymap = "vim"\n'
    assert [task.id for task in read(roadmap).stages[0].cards[0].tasks] == before[1:]
