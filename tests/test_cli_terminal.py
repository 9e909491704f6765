"""The commands on a terminal: what is asked there, and what an answer does."""

import sys
from pathlib import Path

import pytest

from commanding import write
from lfroadmap.imports import snapshot
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Field, Roadmap
from lfroadmap.roadmap.tree import find
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from matrices import quick_first
from terminal import Terminal, environment, keys

PROGRAM = [sys.executable, "-m", "lfroadmap"]
BROKEN = b"SQLite format 3\0" + b"nothing more" * 1000
QUESTION = "[y/N]"
OWNER = "strategy.goals.owner"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A damaged file where the built-in roadmap should be."""
    home = tmp_path / "data" / "roadmaps"
    home.mkdir(parents=True)
    path = home / "liquid-funnel.roadmap"
    path.write_bytes(BROKEN)
    return path


@pytest.mark.parametrize("answer", quick_first(["\r", "n\r", "\x04"]))
def test_a_damaged_file_stays_unless_the_person_says_so(tmp_path: Path, broken: Path, answer: str) -> None:
    with Terminal(PROGRAM, environment(tmp_path), columns=200) as terminal:
        shown = terminal.wait_for(QUESTION)
        assert str(broken) in shown.replace("\n", "")
        terminal.send(answer)
        assert terminal.wait_exit() == 1
    assert broken.read_bytes() == BROKEN
    assert [entry.name for entry in broken.parent.iterdir()] == [broken.name]


def test_an_interrupt_is_a_no(tmp_path: Path, broken: Path) -> None:
    with Terminal(PROGRAM, environment(tmp_path)) as terminal:
        terminal.wait_for(QUESTION)
        terminal.send(keys("ctrl+c"))
        assert terminal.wait_exit() == 1
        assert "Traceback" not in terminal.text()
    assert broken.read_bytes() == BROKEN


@pytest.mark.proof
@pytest.mark.parametrize(("locale", "answer"), quick_first([("he_IL.UTF-8", "כן\r"), ("en_US.UTF-8", "y\r")]))
def test_a_yes_sets_it_aside_untouched_and_begins_anew(
    tmp_path: Path, broken: Path, locale: str, answer: str
) -> None:
    with Terminal(PROGRAM, environment(tmp_path, locale)) as terminal:
        terminal.wait_for(QUESTION)
        terminal.send(answer)
        terminal.wait_for(lambda shown: "Liquid Funnel" in shown and "^Q" in shown)
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
    aside = [entry for entry in broken.parent.iterdir() if ".damaged-" in entry.name]
    assert [entry.read_bytes() for entry in aside] == [BROKEN]
    assert Library(tmp_path / "data").names() == ("liquid-funnel",)
    assert read(broken).template == "liquid-funnel"


@pytest.mark.proof
def test_a_file_of_a_later_version_is_shown_and_never_written_to(tmp_path: Path, broken: Path) -> None:
    import sqlite3

    broken.unlink()
    Library(tmp_path / "data").create("liquid-funnel", read_fresh(), "me")
    db = sqlite3.connect(broken)
    db.execute("PRAGMA user_version=99")
    db.close()
    before = broken.read_bytes()
    with Terminal(PROGRAM, environment(tmp_path), columns=200) as terminal:
        shown = terminal.wait_for(lambda shown: "^Q" in shown and "read-only" in shown)
        assert QUESTION not in shown
        terminal.send("\x1b2Nobody")
        terminal.wait_for(lambda shown: "Dana Levi" in shown and "Nobody" not in shown)
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
    assert broken.read_bytes() == before


@pytest.mark.proof
def test_what_can_be_saved_of_a_damaged_file_is_saved_and_opened(tmp_path: Path, broken: Path) -> None:
    broken.unlink()
    Library(tmp_path / "data").create("liquid-funnel", read_fresh(), "me")
    write(broken, "me", *(SetField(OWNER, f"Dana {n}") for n in range(40)))
    whole = bytearray(broken.read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 5000] = b"\xff" * 5000
    broken.write_bytes(whole)
    with Terminal(PROGRAM, environment(tmp_path), columns=200) as terminal:
        shown = terminal.wait_for(QUESTION)
        assert "Saved: " in shown
        terminal.send("y\r")
        terminal.wait_for(lambda shown: "Liquid Funnel" in shown and "^Q" in shown)
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
    (aside,) = broken.parent.glob("*.damaged-*")
    assert aside.read_bytes() == bytes(whole)
    assert read(broken).template == "liquid-funnel"


def read_fresh() -> Roadmap:
    from lfroadmap.roadmap.templates import load

    return load("liquid-funnel").roadmap("r1")


_BREAKS_DOWN = """
import sys
from lfroadmap.main import main
from lfroadmap.ui.window import Window
Window.toggle = lambda window, screen: 1 / 0
sys.exit(main())
"""


@pytest.mark.proof
@pytest.mark.parametrize("end", ["break down", "hang up"])
def test_what_the_disk_refused_is_kept_whatever_ends_the_screen(tmp_path: Path, end: str) -> None:
    (tmp_path / "here").mkdir()
    program = [sys.executable, "-c", _BREAKS_DOWN]
    env = environment(tmp_path)
    with Terminal(program, env, columns=200, cwd=tmp_path / "here") as terminal:
        terminal.wait_for("^Q")
        (path,) = (tmp_path / "data" / "roadmaps").glob("*.roadmap")
        path.rename(tmp_path / "unplugged")
        terminal.send("\x1b2Dana\t")
        terminal.wait_for("NOT SAVED")
        if end == "hang up":
            terminal.hang_up()
            assert terminal.wait_exit() != 0
        else:
            terminal.send(keys("f1"))
            assert terminal.wait_exit() == 1
            assert b"ZeroDivisionError" in terminal.output
            assert b"lfroadmap: Everything, including the unsaved changes, is in" in terminal.output
    (copy,) = (tmp_path / "here").iterdir()
    place = find(snapshot.read(copy), OWNER)
    assert place is not None and isinstance(place.node, Field) and place.node.value == "Dana"
