"""Commands whose terminal goes away or stalls while they ask or print."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from lfroadmap.store.sqlite.file_format import read
from losing import GENEROUS, PROGRAM, ended, new_plan, on_full_terminal, on_terminal, signs, until
from matrices import quick_first
from terminal import Terminal, environment, keys

proof = pytest.mark.proof


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    return new_plan(tmp_path)


@pytest.fixture
def thrown_away(tmp_path: Path, roadmap: Path) -> Path:
    """A roadmap in the bin, which `bin --empty` asks about."""
    command = [PROGRAM, "remove", "plan"]
    subprocess.run(command, env=environment(tmp_path), check=True, capture_output=True)
    (path,) = (tmp_path / "data").rglob("plan*.roadmap")
    return path


@pytest.mark.parametrize("end", quick_first(["hang-up", "SIGTERM", "SIGHUP"]))
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


@pytest.mark.parametrize("command", quick_first([(("bin", "--empty"),), (("doctor",),)]))
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


@pytest.mark.quick_cases(1)
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


@pytest.mark.proof
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


def test_a_complaint_that_nobody_can_read_still_gives_its_status(tmp_path: Path, roadmap: Path) -> None:
    both = f"{PROGRAM} show nothing; echo $? >status; {PROGRAM} --no; echo $? >>status"
    shell = f"trap '' HUP; echo ready; read line; {both}"
    with Terminal(["sh", "-c", shell], environment(tmp_path), cwd=tmp_path) as terminal:
        terminal.wait_for("ready", GENEROUS)
        terminal.hang_up()
        ended(terminal, "complaint")
    assert (tmp_path / "status").read_text().split() == ["1", "2"]
