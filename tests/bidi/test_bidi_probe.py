"""The probe on a real pty, with a simulated terminal at its other end."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyte
import pytest

from lfroadmap.bidi.probe import Detected, probe
from lfroadmap.bidi.terminals import Answers

XTERM = {"TERM": "xterm-256color"}
VTE_ANSWERS = b"\x1b[8;2$y\x1bP>|VTE(7006)\x1b\\\x1b[>65;7006;1c\x1b[?65;1;9c"
LAST_QUERY = b"\x1b[c"
PATIENT = 20.0
"""Seconds to wait for a terminal that answers."""
BRIEF = 0.3
"""Seconds to wait for a terminal that does not."""


class Pair(NamedTuple):
    """A pty: the terminal's end, and the program's."""

    terminal: int
    program: int


@pytest.fixture
def pair() -> Iterator[Pair]:
    ends = Pair(*pty.openpty())
    yield ends
    os.close(ends.terminal)
    os.close(ends.program)


class SimulatedTerminal(threading.Thread):
    """Answers after it has received the last query, and records what it receives."""

    def __init__(self, descriptor: int, *answers: bytes, gap: float = 0.0) -> None:
        super().__init__()
        self.received = b""
        self._descriptor = descriptor
        self._answers = answers
        self._gap = gap
        self._done = threading.Event()

    def __enter__(self) -> SimulatedTerminal:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()
        self._receive(0.05)

    def _receive(self, seconds: float) -> None:
        while select.select([self._descriptor], [], [], seconds)[0]:
            self.received += os.read(self._descriptor, 4096)

    def run(self) -> None:
        while LAST_QUERY not in self.received and not self._done.is_set():
            self._receive(0.01)
        for answer in self._answers:
            os.write(self._descriptor, answer)
            time.sleep(self._gap)


def probed(
    pair: Pair, *answers: bytes, gap: float = 0.0, timeout: float = PATIENT, **environ: str
) -> tuple[Detected, bytes, float]:
    """The result of the probe, the bytes that the terminal received, and the seconds it took."""
    with SimulatedTerminal(pair.terminal, *answers, gap=gap) as terminal:
        began = time.monotonic()
        detected = probe(pair.program, pair.program, {**XTERM, **environ}, timeout)
        took = time.monotonic() - began
    return detected, terminal.received, took


def waiting(descriptor: int) -> bytes:
    """The input that a program could still read."""
    before = termios.tcgetattr(descriptor)
    raw = [*before[:3], before[3] & ~termios.ICANON, *before[4:]]
    termios.tcsetattr(descriptor, termios.TCSANOW, raw)
    data = os.read(descriptor, 4096) if select.select([descriptor], [], [], 0.05)[0] else b""
    termios.tcsetattr(descriptor, termios.TCSANOW, before)
    return data


def test_a_terminal_that_answers(pair: Pair) -> None:
    detected, received, took = probed(pair, VTE_ANSWERS)
    assert detected == Detected("explicit", "mode-8", Answers("VTE(7006)", 2, "65;7006;1", True))
    assert took < PATIENT / 2
    assert received == (b"\x1b[?1049h\x1b[8l\x1b[8$p\x1b[>q\x1b[>c\x1b[c" + b"\x1b[8h\r\x1b[K\x1b[?1049l")
    assert waiting(pair.program) == b""


def test_answers_in_small_pieces(pair: Pair) -> None:
    detected, _, _ = probed(
        pair, *(VTE_ANSWERS[at : at + 5] for at in range(0, len(VTE_ANSWERS), 5)), gap=0.002
    )
    assert (detected.dialect, detected.typed) == ("explicit", b"")
    assert waiting(pair.program) == b""


def test_only_the_last_query_is_answered(pair: Pair) -> None:
    detected, _, took = probed(pair, b"\x1b[?6c")
    assert (detected.dialect, detected.why, detected.answers.complete) == ("plain", "no-sign", True)
    assert took < PATIENT / 2


def test_a_silent_terminal_takes_the_timeout(pair: Pair) -> None:
    detected, received, took = probed(pair, timeout=BRIEF)
    assert BRIEF * 0.99 < took < PATIENT
    assert (detected.dialect, detected.why) == ("explicit", "silent")
    assert received.endswith(b"\x1b[?1049l")


@pytest.mark.parametrize("garbage", [b"\xff\xfe\x00", b"\x1b[", b"\x1bP>|never ends", b"?" * 3000])
def test_garbage_is_no_answer_and_is_kept_as_input(pair: Pair, garbage: bytes) -> None:
    detected, _, took = probed(pair, garbage, timeout=1.0)
    assert detected.answers == Answers()
    assert detected.typed == garbage
    assert took < PATIENT


def test_keys_typed_ahead_are_kept_in_their_order(pair: Pair) -> None:
    os.write(pair.terminal, "של\x1b[A".encode())
    detected, received, _ = probed(
        pair, b"\x1b[8;0$y", "ום\r".encode(), b"\x1bP>|XTerm(379)\x1b\\q\x1b[?62;22c"
    )
    assert detected.typed == "של\x1b[Aום\rq".encode()
    assert (detected.dialect, detected.answers.name) == ("plain", "XTerm(379)")
    assert "ום".encode() not in received  # nothing is echoed while it listens


def test_keys_typed_after_the_last_answer_are_not_lost(pair: Pair) -> None:
    detected, _, _ = probed(pair, b"\x1b[?62;22cabc", b"def\n", gap=0.02)
    assert detected.typed + waiting(pair.program) == b"abcdef\n"


def test_the_terminal_is_left_as_it_was(pair: Pair) -> None:
    before = termios.tcgetattr(pair.program)
    probed(pair, VTE_ANSWERS)
    assert termios.tcgetattr(pair.program) == before
    probed(pair, timeout=BRIEF)
    assert termios.tcgetattr(pair.program) == before


def test_a_terminal_that_prints_unknown_queries_shows_none_of_them(pair: Pair) -> None:
    _, received, _ = probed(pair, b"\x1b[?6c")
    screen = pyte.Screen(80, 5)
    pyte.Stream(screen).feed(
        "before\r\n" + re.sub(r"\x1b\[\?1049[hl]", "", received.decode()).replace("\x1b[8$p", "$p")
    )
    assert [line.rstrip() for line in screen.display] == ["before", "", "", "", ""]


def test_no_query_that_moves_the_cursor_is_sent(pair: Pair) -> None:
    _, received, _ = probed(pair, timeout=BRIEF)
    assert b" k" not in received


@pytest.mark.parametrize("term", ["dumb", "linux", ""])
def test_some_terminals_are_not_queried(pair: Pair, term: str) -> None:
    assert probe(pair.program, pair.program, {"TERM": term}) == Detected(
        "plain", "no-sign", Answers(complete=False)
    )
    assert not select.select([pair.terminal], [], [], 0.05)[0]


def test_without_a_terminal_the_environment_decides() -> None:
    reading, writing = os.pipe()
    try:
        assert probe(reading, writing, {**XTERM, "TERM": "xterm-kitty"}).dialect == "kitty"
        assert not select.select([reading], [], [], 0.05)[0]
    finally:
        os.close(reading)
        os.close(writing)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_tmux_reports_the_terminal_in_which_it_runs(pair: Pair, tmp_path: Path) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "tmux"), "-f", "/dev/null"]
    environ = {"TERM": "xterm-256color", "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(tmp_path)}
    pid, client = pty.fork()
    if pid == 0:
        os.execvpe("tmux", [*tmux, "new-session", "sleep 60"], environ)
    try:
        answer_as_vte(client)
        variable = subprocess.run(
            [*tmux, "display-message", "-p", "#{socket_path},#{pid},0"],
            capture_output=True,
            text=True,
            check=True,
        )
        inside = {**environ, "TMUX": variable.stdout.strip(), "TERM": "tmux-256color"}
        with SimulatedTerminal(pair.terminal, b"\x1bP>|tmux 3.3a\x1b\\\x1b[>84;0;0c\x1b[?1;2c"):
            detected = probe(pair.program, pair.program, inside, timeout=2.0)
        assert (detected.dialect, detected.answers.outer) == ("lrm", "VTE(7006)")
    finally:
        subprocess.run([*tmux, "kill-server"], capture_output=True, check=False)
        os.waitpid(pid, 0)
        os.close(client)


def answer_as_vte(client: int) -> None:
    """Act as the terminal in which tmux runs, until it has queried the name."""
    received, until = b"", time.monotonic() + 10
    while b"\x1b[>q" not in received:
        assert time.monotonic() < until, received
        if select.select([client], [], [], 0.1)[0]:
            received += os.read(client, 4096)
    os.write(client, b"\x1b[?65;1;9c\x1b[>65;7006;1c\x1bP>|VTE(7006)\x1b\\")
    time.sleep(0.3)


def test_a_tmux_that_cannot_be_run_is_no_error(pair: Pair) -> None:
    gone = {"TMUX": "/nowhere,1,0", "PATH": "/nowhere"}
    detected, _, _ = probed(pair, b"\x1bP>|tmux 3.3a\x1b\\\x1b[?1;2c", **gone)
    assert (detected.dialect, detected.why) == ("plain", "multiplexer")
