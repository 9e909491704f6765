"""What is written to a real terminal: for a letter, for a tick, and while nothing happens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboards import busy
from lfroadmap.bidi.dialect import DIALECTS
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.templates import load
from lfroadmap.store.library.library import Library
from lfroadmap.words import Language
from submitting import make
from terminal import Terminal, environment, keys

SMALL, WIDE, LARGE = (80, 24), (120, 40), (200, 60)
LETTER, TICK, TICK_BESIDE_PANELS = 700, 1_200, 3_000
"""Bytes that are written at most."""
READ_AGAIN = 1.5
"""Seconds after which the newest changes have been read again, and shown."""
QUIET = 0.4
"""Seconds without output after which a key has been answered, and what it changed is saved."""


@contextmanager
def stage(tmp_path: Path, size: tuple[int, int]) -> Iterator[Terminal]:
    """The first stage of a new roadmap, when nothing more is written."""
    env = environment(tmp_path)
    library = Library(tmp_path / "data")
    library.create("plan", load("liquid-funnel").roadmap("r1"), "dana")
    library.dismiss("r1")
    command = [sys.executable, "-m", "lfroadmap", "open", "plan", "--lang", "en"]
    with Terminal(command, env, columns=size[0], lines=size[1]) as terminal:
        terminal.wait_for("Overview")
        settle(terminal)
        terminal.send(keys("alt+2"))
        terminal.wait_for("Market segments")
        if size != SMALL:
            terminal.wait_for("Nothing was changed here yet")
        settle(terminal)
        yield terminal
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0


def settle(terminal: Terminal) -> None:
    """Read until the terminal has had a rest."""
    before = -1
    while before != len(terminal.output):
        before = len(terminal.output)
        terminal.read(QUIET)


def written(terminal: Terminal, *pressed: str) -> int:
    """Bytes that are written for keys, and until what they changed is saved."""
    before = len(terminal.output)
    terminal.send(keys(*pressed))
    terminal.read(QUIET)
    settle(terminal)
    return len(terminal.output) - before


@pytest.mark.proof
@pytest.mark.parametrize("size", [SMALL, WIDE, LARGE], ids=str)
def test_little_is_written_for_a_letter_and_a_tick_and_nothing_in_between(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with stage(tmp_path, size) as terminal:
        before = len(terminal.output)
        terminal.read(1.0)
        assert len(terminal.output) == before, "nothing happens"
        terminal.send(keys(*["tab"] * 2))  # the goals, whose letters no panel shows
        settle(terminal)
        written(terminal, "a")
        assert written(terminal, "b") <= LETTER + (0 if size == SMALL else TICK_BESIDE_PANELS)
        terminal.send(keys("escape"))
        settle(terminal)
        written(terminal, "space")
        assert written(terminal, "space") <= (TICK if size == SMALL else TICK_BESIDE_PANELS)


@pytest.mark.proof
@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("order", DIALECTS)
def test_little_is_written_for_an_old_task_that_is_open_again_in_a_large_window(
    tmp_path: Path, language: Language, order: str
) -> None:
    env = environment(tmp_path)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text(f'bidi = "{order}"\n')
    lived_in(Library(tmp_path / "data"), language)
    command = [sys.executable, "-m", "lfroadmap", "open", "plan", "--lang", language]
    with Terminal(command, env, columns=LARGE[0], lines=LARGE[1]) as terminal:
        terminal.wait_for("plan")
        terminal.send(keys("alt+2"))
        terminal.wait_for("long enough")
        terminal.wait_for("F3")  # the panels come behind the cards, and the history behind the panels
        terminal.wait_for("dana")
        settle(terminal)
        terminal.send(keys("escape"))
        settle(terminal)
        for _ in range(3):
            before = len(terminal.output)
            terminal.send(keys("space"))
            terminal.read(READ_AGAIN)
            settle(terminal)
            assert 0 < len(terminal.output) - before <= TICK_BESIDE_PANELS
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0


def lived_in(library: Library, language: Language) -> None:
    """A roadmap in full use, in the first stage of which many texts were changed."""
    roadmap = busy(language)
    library.create("plan", roadmap, "dana")
    library.dismiss(roadmap.id)
    fields = [field.id for card in roadmap.stages[0].cards for field in card.fields if not field.role]
    texts = (f"Text {number}, long enough to be cut" for number in range(40))
    make(
        library.path("plan"), *(SetField(field, text) for field, text in zip(fields * 9, texts, strict=False))
    )


@pytest.mark.proof
def test_an_example_is_fitted_on_a_tab_that_is_opened_later(tmp_path: Path) -> None:
    with stage(tmp_path, WIDE) as terminal:
        lines = terminal.text().splitlines()
        assert next(line for line in lines if "Touchpoints " in line and "e.g." in line).count("…") >= 1
        assert any("customer…" in line for line in lines)
