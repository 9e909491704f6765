"""The thread that writes to the terminal, on a real one that is read as a test wants it."""

from __future__ import annotations

import os
import pty
import select
import threading
import time
import tty
from collections.abc import Callable, Iterator
from typing import TextIO

import pytest

from lfroadmap.ui.terminal import output
from lfroadmap.ui.terminal.output import MOST_BYTES, Output

GENEROUS = 30.0
BIG = "x" * 200_000
"""More than a terminal holds that nobody reads."""


class Ends:
    """Both ends of a terminal."""

    def __init__(self) -> None:
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.slave: TextIO = os.fdopen(slave, "w", encoding="utf-8", errors="strict")

    def read(self, until: str) -> str:
        """What was written, up to a text that must come."""
        taken, end = b"", time.monotonic() + GENEROUS
        while until.encode() not in taken:
            assert time.monotonic() < end, f"{until!r} never came: {taken[-200:]!r}"
            if select.select([self.master], [], [], 0.05)[0]:
                taken += os.read(self.master, 65536)
        return taken.decode()

    def wait_until_full(self) -> None:
        """Wait until the terminal takes nothing more, also when the kernel has moved on what it took."""
        end, full = time.monotonic() + GENEROUS, 0
        while full < 30:
            assert time.monotonic() < end, "it was never full"
            full = 0 if select.select([], [self.slave], [], 0)[1] else full + 1
            time.sleep(0.01)

    def close(self) -> None:
        os.close(self.master)
        self.master = -1


@pytest.fixture
def ends() -> Iterator[Ends]:
    both = Ends()
    yield both
    both.slave.close()
    if both.master >= 0:
        both.close()


@pytest.fixture(params=["own", "shared", "shared and non-blocking"])
def start(
    ends: Ends, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Output]:
    """Starts the thread; also as where the terminal must not be opened once more."""
    if request.param != "own":
        monkeypatch.setattr(output, "_reopened", lambda descriptor: None)
    os.set_blocking(ends.slave.fileno(), "non-blocking" not in request.param)

    def begin(gone: threading.Event | None = None, drained: threading.Event | None = None) -> Output:
        thread = Output(ends.slave, (gone or threading.Event()).set, (drained or threading.Event()).set)
        thread.start()
        return thread

    return begin


def test_everything_is_sent_in_order(ends: Ends, start: Callable[..., Output]) -> None:
    thread = start()
    for n in range(500):
        thread.write(f"{n} שלום\n")
    assert ends.read("499 שלום\n") == "".join(f"{n} שלום\n" for n in range(500))
    thread.stop()
    assert not thread.is_cut_off


def test_nobody_waits_for_a_terminal_that_stalls(ends: Ends, start: Callable[..., Output]) -> None:
    drained = threading.Event()
    thread = start(drained=drained)
    thread.write(BIG)
    for _ in range(1000):
        thread.write("never waits")
    assert thread.is_behind
    thread.skip_frame()
    assert not drained.is_set()
    thread.write("the end")
    ends.read("the end")
    assert drained.wait(GENEROUS)
    assert not thread.is_behind
    thread.stop()


def test_what_waits_for_a_stalled_terminal_is_bounded(start: Callable[..., Output]) -> None:
    thread = start()
    for _ in range(20):
        thread.write(BIG)
    assert thread.unsent <= MOST_BYTES + len(BIG)
    thread.drop_unsent()
    thread.stop()


def test_a_frame_that_is_skipped_at_the_last_moment_is_still_called_for(start: Callable[..., Output]) -> None:
    drained = threading.Event()
    thread = start(drained=drained)
    thread.skip_frame()  # everything has been sent
    assert drained.wait(GENEROUS)
    thread.stop()


def test_leaving_sends_only_what_gives_the_screen_back(ends: Ends, start: Callable[..., Output]) -> None:
    thread = start()
    thread.write(BIG)
    thread.write("never shown")
    ends.wait_until_full()
    thread.drop_unsent()
    thread.write("the end")
    reader = threading.Thread(target=lambda: got.append(ends.read("the end")))
    got: list[str] = []
    reader.start()
    thread.stop()
    reader.join()
    assert len(got[0]) < len(BIG) and "never shown" not in got[0]
    assert got[0].endswith("\x18the end")  # what was cut in the middle is cancelled
    assert not thread.is_cut_off


def test_leaving_a_terminal_that_takes_nothing_does_not_wait_for_it(
    ends: Ends, start: Callable[..., Output]
) -> None:
    thread = start()
    thread.write(BIG)
    ends.wait_until_full()
    thread.drop_unsent()
    thread.write("the end")
    thread.stop()
    assert thread.is_cut_off


def test_a_terminal_that_is_gone_is_reported_once(ends: Ends, start: Callable[..., Output]) -> None:
    gone = threading.Event()
    thread = start(gone=gone)
    ends.close()
    thread.write("to nobody")
    assert gone.wait(GENEROUS)
    gone.clear()
    for _ in range(100):
        thread.write("to nobody")
    thread.stop()
    assert not gone.is_set() and thread.is_cut_off and not thread.is_alive()


def test_what_the_terminal_takes_at_once_waits_for_no_thread(ends: Ends) -> None:
    thread = Output(ends.slave, lambda: None, lambda: None)
    thread.write("a frame, ")
    thread.write("and one more")
    assert ends.read("one more") == "a frame, and one more"
    assert thread.unsent == 0
    thread.write(BIG)
    assert 0 < thread.unsent < len(BIG)
    thread.write("the end")  # behind what waits
    thread.start()
    assert ends.read("the end") == BIG + "the end"
    thread.stop()
