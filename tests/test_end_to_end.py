"""The installed program on a real terminal: what a person types is there afterwards, whatever happens."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Card, Roadmap
from lfroadmap.roadmap.templates import load
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from terminal import Terminal, as_drawn, environment, keys

PROGRAM = str(Path(sys.executable).with_name("lfroadmap"))
FIRST_STAGE = keys("alt+2")
SAVED = "saved "
"""The mark in the header, followed by the time."""

Open = Callable[..., Terminal]


def ticked(shown: str) -> bool:
    """Whether a task is ticked; the header and the tabs have signs of their own."""
    return any("✓" in line for line in shown.splitlines()[3:])


@pytest.fixture
def open_app(tmp_path: Path) -> Iterator[Open]:
    """Starts the program in a home of its own; ends what a test leaves running."""
    with ExitStack() as stack:

        def start(*argv: str, **how: int) -> Terminal:
            terminal = stack.enter_context(Terminal([PROGRAM, *argv], environment(tmp_path), **how))
            terminal.wait_for("^Q")
            return terminal

        yield start


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[], Roadmap]:
    """What is on the disk."""
    return lambda: read(tmp_path / "data" / "roadmaps" / "liquid-funnel.roadmap")


def first_card(roadmap: Roadmap) -> Card:
    return roadmap.stages[0].cards[0]


def owner(roadmap: Roadmap) -> str:
    return first_card(roadmap).fields[0].value


def go_to_checklist(terminal: Terminal) -> None:
    """Tab on until the footer offers to tick."""
    for _ in range(12):
        if "Space" in terminal.text().splitlines()[-1]:
            return
        written = len(terminal.output)
        terminal.send(keys("tab"))
        terminal.wait_for(lambda _, written=written: len(terminal.output) > written)
        drawn = -1
        while drawn != len(terminal.output):  # what was written first may be something else than the footer
            drawn = len(terminal.output)
            terminal.read(0.15)
    raise AssertionError(f"no checklist is reached by Tab:\n{terminal.text()}")


def leave(terminal: Terminal) -> None:
    terminal.send(keys("ctrl+q"))
    assert terminal.wait_exit() == 0


def test_a_day_of_work_is_there_the_next_day(
    open_app: Open, stored: Callable[[], Roadmap], tmp_path: Path
) -> None:
    terminal = open_app()
    terminal.send(FIRST_STAGE)
    title = load("liquid-funnel").words["en"]["strategy.goals.title"]
    terminal.wait_for(title)
    terminal.send("דנה לוי")
    terminal.wait_for(as_drawn("דנה לוי"))
    go_to_checklist(terminal)
    terminal.send(keys("space"))
    terminal.wait_for(ticked)
    terminal.send("a", "משימה חדשה")
    terminal.wait_for(as_drawn("משימה חדשה"))
    terminal.send(keys("enter"))  # offers a line for the next task, which stays empty
    leave(terminal)

    card = first_card(stored())
    assert owner(stored()) == "דנה לוי"
    assert [task.done for task in card.tasks].count(True) == 1
    assert [task.text for task in card.tasks if task.text is not None] == ["משימה חדשה"]

    again = open_app()
    for there in (as_drawn("דנה לוי"), title, ticked, as_drawn("משימה חדשה")):
        again.wait_for(there)
    leave(again)

    env = environment(tmp_path)
    page = tmp_path / "page.html"
    subprocess.run([PROGRAM, "export", "html", "-o", str(page)], env=env, check=True, capture_output=True)
    assert "דנה לוי" in page.read_text("utf-8")
    subprocess.run([PROGRAM, "import", str(page), "--name", "copy"], env=env, check=True, capture_output=True)
    assert read(tmp_path / "data" / "roadmaps" / "copy.roadmap") == stored()


@pytest.mark.proof
def test_undo_goes_on_after_a_restart(open_app: Open, stored: Callable[[], Roadmap]) -> None:
    terminal = open_app()
    terminal.send(FIRST_STAGE)
    go_to_checklist(terminal)
    terminal.send(keys("space"))
    terminal.wait_for(ticked)
    leave(terminal)
    again = open_app()
    again.wait_for(ticked)
    again.send(keys("ctrl+z"))
    again.wait_for(lambda shown: not ticked(shown))
    leave(again)
    assert not any(task.done for task in first_card(stored()).tasks)


@pytest.mark.proof
@pytest.mark.parametrize("gap", [0.0, 0.005, 0.010])
def test_two_hundred_keys_arrive_in_order(open_app: Open, stored: Callable[[], Roadmap], gap: float) -> None:
    typed = "".join(f"{n}{'אב ג'[n % 4]}" for n in range(200))[:200]
    terminal = open_app()
    terminal.send(FIRST_STAGE)
    terminal.wait_for("□")
    terminal.send(typed, gap=gap)
    leave(terminal)
    assert owner(stored()) == typed


@pytest.mark.proof
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_typing_loses_nothing(
    open_app: Open, stored: Callable[[], Roadmap], number: int
) -> None:
    terminal = open_app()
    terminal.send(FIRST_STAGE)
    terminal.wait_for("□")
    terminal.send("typed until the end", gap=0.005)
    terminal.wait_for("typed until the end")
    terminal.signal(number)
    assert terminal.wait_exit() == 128 + number
    assert owner(stored()) == "typed until the end"


@pytest.mark.proof
def test_a_terminal_that_is_closed_loses_nothing(open_app: Open, stored: Callable[[], Roadmap]) -> None:
    terminal = open_app()
    terminal.send(FIRST_STAGE)
    terminal.wait_for("□")
    terminal.send("typed until the end")
    terminal.wait_for("typed until the end")
    terminal.hang_up()
    assert terminal.wait_exit() != 0
    assert owner(stored()) == "typed until the end"


@pytest.mark.proof
def test_what_is_marked_as_saved_outlives_a_kill(open_app: Open, stored: Callable[[], Roadmap]) -> None:
    so_far = ""
    for word in ("one ", "שתיים ", "three "):
        terminal = open_app()
        terminal.send(FIRST_STAGE)
        terminal.wait_for("□")
        terminal.send(keys("end"), word)
        so_far += word
        terminal.wait_for(lambda shown: as_drawn(so_far.strip()) in shown and SAVED in shown)  # noqa: B023
        terminal.signal(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
        assert owner(stored()) == so_far


@pytest.mark.proof
def test_two_windows_see_each_others_work(open_app: Open, stored: Callable[[], Roadmap]) -> None:
    one, two = open_app(), open_app()
    for window in (one, two):
        window.send(FIRST_STAGE)
        window.wait_for("□")
    go_to_checklist(two)  # a field that is being typed in is not overwritten
    one.send("from one")
    two.wait_for("from one", timeout=5)
    two.send(keys("space"))
    one.wait_for(ticked, timeout=5)
    leave(two)
    leave(one)
    assert owner(stored()) == "from one"
    assert sum(task.done for task in first_card(stored()).tasks) == 1


@pytest.mark.proof
def test_a_window_of_any_size_is_survived(open_app: Open, stored: Callable[[], Roadmap]) -> None:
    terminal = open_app(columns=80, lines=24)
    terminal.send(FIRST_STAGE)
    terminal.wait_for("□")
    terminal.send("before")
    for columns, lines in ((1, 1), (59, 15), (250, 80), (2, 50), (80, 24)):
        terminal.resize(columns, lines)
        terminal.read(0.2)
    terminal.send(" and after")
    terminal.wait_for("before and after")
    leave(terminal)
    assert owner(stored()) == "before and after"


@pytest.mark.proof
def test_the_terminal_is_given_back_as_it_was(open_app: Open) -> None:
    terminal = open_app()
    leave(terminal)
    for entered, left in ((b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h")):
        assert terminal.output.rindex(left) > terminal.output.rindex(entered)


@pytest.mark.proof
def test_hebrew_is_chosen_by_the_locale_and_kept_apart_from_the_work(tmp_path: Path) -> None:
    title = load("liquid-funnel").words["he"]["strategy.goals.title"]
    with Terminal([PROGRAM], environment(tmp_path, "he_IL.UTF-8")) as terminal:
        terminal.wait_for("^Q")
        terminal.send(FIRST_STAGE)
        terminal.wait_for(as_drawn(title, "rtl"))
        leave(terminal)
    assert Library(tmp_path / "data").tab("liquid-funnel") == "strategy"
    with Terminal([PROGRAM, "--lang", "en"], environment(tmp_path, "he_IL.UTF-8")) as terminal:
        terminal.wait_for(load("liquid-funnel").words["en"]["strategy.goals.title"])
        leave(terminal)
