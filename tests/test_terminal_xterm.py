"""Alt with a digit in xterm as it is set up by itself, where it would type `²`."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lfroadmap.roadmap.templates import load
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from losing import GENEROUS, until
from terminal import environment

PROGRAM = str(Path(sys.executable).with_name("lfroadmap"))
NEEDED = ("Xvfb", "xterm", "xdotool")
ASK = r"""for mode in 1036 1039; do
    printf '\033[?%s$p' $mode > /dev/tty; IFS= read -rsd y answer; printf '%q\n' "$answer"
done"""
"""A piece of bash that prints how the terminal's modes are."""

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}"),
]


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of its own, which chooses its number."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1000x700x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as number:
        yield f":{number.readline().strip()}"
    server.terminate()
    server.wait(GENEROUS)


def press_until(display: str, key: str, holds: Callable[[], bool]) -> None:
    """Press a key, and again where it came before the program took keys."""

    def pressed() -> bool:
        subprocess.run(["xdotool", "key", key], env=os.environ | {"DISPLAY": display}, check=True)
        end = time.monotonic() + 1
        while not holds() and time.monotonic() < end:
            time.sleep(0.02)
        return holds()

    until(pressed, key)


def test_alt_opens_tabs_in_xterm_which_is_left_as_it_was(tmp_path: Path, display: str) -> None:
    library = Library(tmp_path / "data")
    path = library.create("plan", load("liquid-funnel").roadmap("r1"), "dana")
    before, after = tmp_path / "before", tmp_path / "after"
    script = f"({ASK}) > {before}.new; mv {before}.new {before}\n"
    script += f"{shlex.quote(PROGRAM)} open plan --lang en\n"
    script += f"({ASK}) > {after}.new; mv {after}.new {after}\n"

    env = environment(tmp_path) | {"DISPLAY": display}
    command = ["xterm", "-u8", "-geometry", "120x40", "-e", "bash", "-c", script]
    xterm = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    try:
        until(before.exists, "xterm")
        press_until(display, "alt+2", lambda: library.tab("plan") == "strategy")
        subprocess.run(["xdotool", "type", "Dana"], env=os.environ | {"DISPLAY": display}, check=True)
        until(lambda: read(path).stages[0].cards[0].fields[0].value == "Dana", "the text")
        press_until(display, "alt+3", lambda: library.tab("plan") == "data")
        press_until(display, "ctrl+q", after.exists)
    finally:
        xterm.terminate()
        xterm.wait(GENEROUS)
    assert read(path).stages[0].cards[0].fields[0].value == "Dana", "no character was typed by Alt"
    assert after.read_text() == before.read_text()
