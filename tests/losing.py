"""Losing a terminal: a busy machine, and waiting for programs to end by themselves, however long it takes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lfroadmap.roadmap.templates import load
from lfroadmap.store.library.library import Library
from terminal import Terminal, environment

PROGRAM = str(Path(sys.executable).with_name("lfroadmap"))
FULL = """
import os, sys
os.set_blocking(1, False)
try:
    while os.write(1, b"x" * 4096):
        pass
except BlockingIOError:
    os.set_blocking(1, True)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Turns into a program when the terminal takes nothing more."""
GENEROUS = 60.0
"""Seconds; they distinguish a program that spins for ever from one that is slow."""


@contextmanager
def busy_machine(processes: int = 2) -> Iterator[None]:
    """Other programs that want all of the machine."""
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def signs(path: Path) -> list[str]:
    """The signs of programs that have a roadmap open."""
    return [entry.name for entry in path.parent.iterdir() if entry.name.endswith(".window")]


def until(holds: Callable[[], object], what: str = "it") -> None:
    """Wait for something to become true."""
    end = time.monotonic() + GENEROUS
    while not holds():
        assert time.monotonic() < end, f"{what} never came about"
        time.sleep(0.01)


def ended(terminal: Terminal, what: str, *, stalled: bool = False) -> int:
    """Wait until the program has ended; say how long that took."""
    began = time.monotonic()
    status = terminal.wait_exit(GENEROUS, stalled=stalled)
    print(f"{what}: ended after {time.monotonic() - began:.2f} s")
    return status


def on_terminal(home: Path, *argv: str) -> Terminal:
    return Terminal([PROGRAM, *argv], environment(home), cwd=home)


def on_full_terminal(home: Path, *argv: str) -> Terminal:
    """A command on a terminal that takes nothing from the beginning."""
    return Terminal([sys.executable, "-c", FULL, PROGRAM, *argv], environment(home), cwd=home)


def new_plan(home: Path) -> Path:
    """A roadmap as a person begins it, in the home of `environment`."""
    library = Library(home / "data")
    library.create("plan", load("liquid-funnel").roadmap("r1"), "dana")
    return library.path("plan")
