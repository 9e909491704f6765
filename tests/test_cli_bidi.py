"""Right to left on a real pty: what the terminal is sent, what it is asked, and how it is left behind."""

from __future__ import annotations

import re
import signal
import sys
import termios
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest

import terminal as harness
from commanding import edited
from lfroadmap.bidi.dialect import DIALECTS, cells_of
from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.terminals import DialectName
from lfroadmap.settings import DIALECTS as SETTINGS
from lfroadmap.settings import load
from lfroadmap.store.sqlite.file_format import read
from matrices import quick_first
from sitting import DEADLINE, OWNER, value
from terminal import Terminal, environment, keys

PROGRAM = [sys.executable, "-m", "lfroadmap"]
FOOTER = "^Q"
ASKED = b"\x1b[8$p"
DRAWS = b"\x1b[?1000h"
"""Sent when the app takes the screen."""
ALTERNATE = re.compile(rb"\x1b\[\?1049([hl])")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    edited(tmp_path, "plan")
    return tmp_path


def opened(home: Path, *argv: str, lang: str = "he", columns: int = 120, **env: str) -> Terminal:
    command = [*PROGRAM, "open", "plan", "--lang", lang, *argv]
    return Terminal(command, environment(home) | env, columns=columns)


def quit_by_key(terminal: Terminal) -> None:
    terminal.send(keys("ctrl+q"))


def quit_by_signal(terminal: Terminal) -> None:
    terminal.signal(signal.SIGTERM)


def crash(terminal: Terminal) -> None:
    terminal.send(keys("f1"))


CRASHING = (
    "import sys\n"
    "from lfroadmap.main import main\n"
    "from lfroadmap.ui.window import Window\n"
    "def broken(self, screen): raise RuntimeError('broken help')\n"
    "Window.toggle = broken\n"
    "sys.exit(main(['open', 'plan', '--bidi', sys.argv[1]]))\n"
)


# ------------------------------------------------------------------ at the start and at the end


@pytest.mark.proof
@pytest.mark.parametrize("name", ["explicit", "mlterm"])
@pytest.mark.parametrize("end", [quit_by_key, quit_by_signal, crash])
def test_a_dialect_is_entered_on_the_alternate_screen_and_left_however_it_ends(
    home: Path, name: DialectName, end: Callable[[Terminal], None]
) -> None:
    dialect = DIALECTS[name]
    with Terminal([sys.executable, "-c", CRASHING, name], environment(home)) as terminal:
        before = termios.tcgetattr(terminal._fd)
        terminal.wait_for(FOOTER)
        end(terminal)
        status = terminal.wait_exit()
        assert termios.tcgetattr(terminal._fd) == before
    assert (status == 0) == (end is quit_by_key)
    sent = terminal.output
    enter = dialect.enter_screen(terminal.screen.lines)
    assert [sent.count(enter.encode()), sent.count(dialect.leave.encode())] == [1, 1]
    first, last = (match.start() for match in ALTERNATE.finditer(sent))
    assert first < sent.index(dialect.enter.encode()) < sent.index(dialect.leave.encode()) < last
    assert ASKED not in sent


@pytest.mark.proof
@pytest.mark.parametrize("after", [0.1, 0.15, 0.2, 0.25, 0.3, 0.4])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_start_that_is_broken_off_leaves_the_terminal_as_it_was(
    home: Path, after: float, number: signal.Signals
) -> None:
    with opened(home) as terminal:
        before = termios.tcgetattr(terminal._fd)
        terminal.read(after)
        terminal.signal(number)
        assert terminal.wait_exit() != 0
        assert termios.tcgetattr(terminal._fd) == before
    switches = [match[1] for match in ALTERNATE.finditer(terminal.output)]
    assert switches.count(b"h") == switches.count(b"l")
    assert not switches or switches[-1] == b"l"
    assert re.findall(rb"\x1b\[8([hl])", terminal.output)[-1:] in ([], [b"h"])


@pytest.mark.parametrize("lang", quick_first(["he", "en"]))
def test_who_answers_is_asked_once_and_spoken_to_as_it_wants(
    home: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(harness._ANSWERS, ASKED, b"\x1b[8;2$y\x1bP>|VTE(7006)\x1b\\")
    with opened(home, lang=lang) as terminal:
        terminal.wait_for(FOOTER)
        quit_by_key(terminal)
        assert terminal.wait_exit() == 0
    asking, drawing = terminal.output.split(DRAWS, 1)
    assert asking.count(ASKED) == 1
    assert (b"\x1b[8l" in drawing, b"\x1b[8h" in drawing) == (True, True)
    # the lines of the alternate screen were made while the terminal ordered text, and each keeps that
    lines = {int(line) for line in re.findall(rb"\x1b\[(\d+);1H\x1b\[8l", drawing)}
    assert lines == set(range(1, terminal.screen.lines + 1))


# ------------------------------------------------------------------ keys


def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(harness._ANSWERS, b"\x1b[c")


def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers come when the app has begun to listen."""
    silent(monkeypatch)
    answers = b"\x1b[8;0$y\x1bP>|aXTerm(379)\x1b\\\x1b[>41;379;0c\x1b[?64;1;2c"
    monkeypatch.setitem(harness._ANSWERS, b"\x1b[?2026$p", answers + b"\x1b[?2026;2$y")


def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """It answers at once, as the harness does."""


@pytest.mark.proof
@pytest.mark.parametrize("how", [prompt, silent, late])
@pytest.mark.parametrize("after", [0.0, 0.1, 0.2, 0.3, 0.4])
def test_keys_typed_ahead_arrive_in_their_order_and_answers_never(
    home: Path, how: Callable[[pytest.MonkeyPatch], None], after: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    how(monkeypatch)
    with opened(home) as terminal:
        terminal.read(after)
        terminal.send(keys("alt+2"), keys("end"), " שלום", keys("tab"), "31.12.26", keys("enter"))
        terminal.wait_for(FOOTER)
        terminal.wait_for("31.12.2026")
        quit_by_key(terminal)
        assert terminal.wait_exit() == 0
    after_all = read(home / "data" / "roadmaps" / "plan.roadmap")
    assert (value(after_all, OWNER), value(after_all, DEADLINE)) == ("דנה לוי שלום", "2026-12-31")


@pytest.mark.proof
def test_a_silent_terminal_holds_up_nothing_for_long(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent(monkeypatch)
    with opened(home) as terminal:
        while ASKED not in terminal.output:
            terminal.read(0.001)
        began = time.monotonic()
        while not terminal.output.endswith(b"\x1b[?1049l"):
            terminal.read(0.001)
        assert time.monotonic() - began < 30
        terminal.wait_for(FOOTER)


# ------------------------------------------------------------------ dialects that rewrite


def turned_by_words(line: str) -> str:
    """What a terminal shows that turns each run of Hebrew letters around."""
    out = ""
    for rtl, run in groupby(cells_of(line), lambda cell: cell[1]):
        letters = [text for text, _ in run]
        out += "".join(reversed(letters) if rtl else letters)
    return out


CORNERS, STAND_INS = "╭╮╰╯", "①②③④"
"""A terminal turns brackets around with the text, but not frames, which the app's own line does."""


def ordered(line: str) -> str:
    """What a terminal shows that runs the whole algorithm on each line."""
    shown = line_of(line.translate(str.maketrans(CORNERS, STAND_INS)), 0).glyphs
    return shown.replace("\u2800", " ").translate(str.maketrans(STAND_INS, CORNERS))


def drawn(home: Path, name: str) -> list[str]:
    """What the terminal is sent, drawn: a tab, an edit in it, and a dialog over it."""
    out = []
    # narrow: beside the cards there would be changes, which one time are saved as more than another
    with opened(home, "--bidi", name, columns=100) as terminal:
        terminal.wait_for(FOOTER)
        terminal.send(keys("alt+2", "end"), " (API) מוכן")
        terminal.wait_for("API")
        terminal.read(0.5)
        out.append(terminal.text())
        terminal.send(keys("ctrl+e"))
        terminal.wait_for("HTML")
        terminal.read(0.5)
        out.append(terminal.text())
        assert b"\x1b[8$p" not in terminal.output
    return [re.sub(r"\d+:\d+", "", text) for text in out]


@pytest.mark.proof
@pytest.mark.parametrize(
    ("name", "shows"),
    [("lrm", str), ("kitty", turned_by_words), ("word", ordered)],
    ids=["lrm", "kitty", "word"],
)
def test_a_terminal_that_orders_text_shows_what_another_one_shows(
    home: Path, tmp_path: Path, name: str, shows: Callable[[str], str]
) -> None:
    other = tmp_path / "other"
    edited(other, "plan")
    for wanted, sent in zip(drawn(home, "plain"), drawn(other, name), strict=True):
        assert name == "lrm" or sent != wanted
        assert [shows(line).rstrip() for line in sent.split("\n")] == wanted.split("\n")


@pytest.mark.proof
def test_marks_stand_behind_each_letter_that_reads_from_the_right(home: Path) -> None:
    with opened(home, "--bidi", "lrm") as terminal:
        terminal.wait_for(FOOTER)
    text = terminal.output.decode("utf-8", "ignore")
    assert "Liquid Funnel ידעי" in re.sub("\u200e|\x1b\\[[0-9;]*m", "", text)  # in the order of the screen
    assert not re.search("[א-ת](?!\u200e)", text)


# ------------------------------------------------------------------ which dialect


@pytest.mark.proof
def test_the_option_counts_before_the_setting_and_that_before_what_is_found(home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('bidi = "mlterm"\n')
    for argv, name in (((), "mlterm"), (("--bidi", "explicit"), "explicit"), (("--bidi=plain",), "plain")):
        with opened(home, *argv) as terminal:
            terminal.wait_for(FOOTER)
            quit_by_key(terminal)
            assert terminal.wait_exit() == 0
        for dialect in DIALECTS.values():
            used = bool(dialect.enter) and dialect.enter.encode() in terminal.output
            assert used == (dialect.name == name and bool(dialect.enter))
    assert load(home / "config").bidi == "mlterm"


def test_settings_know_all_dialects() -> None:
    assert ("auto", *DIALECTS) == SETTINGS
