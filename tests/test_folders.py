"""The app in a real terminal, with one of its folders gone, unreadable, full or a pipe."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.sqlite import file_format
from sitting import OWNER, value
from terminal import Terminal, environment, keys

pytestmark = pytest.mark.proof

PROGRAM = [sys.executable, "-m", "lfroadmap"]
PLACES = ("here", "data", "config", "exports", "tmp")
"""The current folder, those of roadmaps and settings, where the last export went, and the temporary one."""
ROOT = os.name != "nt" and os.geteuid() == 0
POWERS = "-dac_override,-dac_read_search"
AS_ANYBODY = ["setpriv", "--bounding-set", POWERS, "--inh-caps", POWERS]
"""Takes from root what lets it pass by permissions."""
F3, F4 = "\x1bOR", "\x1bOS"


def spoil_gone(folder: Path) -> None:
    shutil.rmtree(folder)


def spoil_pipe(folder: Path) -> None:
    shutil.rmtree(folder)
    os.mkfifo(folder)


def spoil_unreadable(folder: Path) -> None:
    folder.chmod(0)


def spoil_full(folder: Path) -> None:
    with suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(b"x" * 4096)


SPOILED: dict[str, Callable[[Path], None]] = {
    "gone": spoil_gone,
    "unreadable": spoil_unreadable,
    "full": spoil_full,
    "pipe": spoil_pipe,
}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home with a folder for each of the places; those that are mounted are let go afterwards."""
    for place in PLACES:
        (tmp_path / place).mkdir()
    settings = f'export_folder = "{tmp_path / "exports"}"\nexport_format = "json"\n'
    (tmp_path / "config" / "settings.toml").write_text(settings, "utf-8")
    yield tmp_path
    for place in PLACES:
        if (tmp_path / place).is_mount():
            subprocess.run(["umount", "-l", str(tmp_path / place)], check=True)


def small_disk(folder: Path) -> None:
    """Put a disk of one megabyte in the place of a folder; what is in it goes along."""
    if not ROOT:
        pytest.skip("only root may mount a small disk")
    there = {path.name: path.read_bytes() for path in folder.iterdir()}
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    for name, data in there.items():
        (folder / name).write_bytes(data)


def opened(home: Path) -> Terminal:
    """The app, as anybody who does not own the machine, with its temporary files in the home."""
    if ROOT and shutil.which("setpriv") is None:
        pytest.skip("root passes by all permissions, and nothing is here to hinder it")
    env = environment(home) | {"TMPDIR": str(home / "tmp")}
    return Terminal([*(AS_ANYBODY if ROOT else []), *PROGRAM], env, cwd=home / "here", columns=300)


def typed(terminal: Terminal, text: str) -> None:
    """Open the first stage, on its owner, and type."""
    terminal.wait_for("Overview")
    terminal.send(keys("alt+2"))
    terminal.wait_for("Deadline")
    terminal.send(text)
    terminal.wait_for(lambda shown: text in shown and re.search(r" saved \d\d:\d\d", shown) is not None)


def left(terminal: Terminal, title: str) -> None:
    """Leave a screen that lies over the roadmap."""
    terminal.send(keys("escape"))
    terminal.wait_for(lambda shown: title not in shown)


def visited(terminal: Terminal) -> None:
    """Do all that needs a folder."""
    terminal.send(keys("ctrl+e"))
    terminal.wait_for("Export a snapshot")
    before = terminal.text().count("another")
    terminal.send(keys("enter"))
    # it says where the file is, or names another place, and then the dialog comes back
    shown = terminal.wait_for(lambda shown: "Exported" in shown or shown.count("another") > before)
    if "Exported" not in shown:
        terminal.wait_for("Export a snapshot")
        left(terminal, "Export a snapshot")
    answers = ("imported", "neither", "The roadmap file", "There is no roadmap file")
    for title, key in (("What changed since", F4), ("Import into this roadmap", keys("ctrl+o"))):
        terminal.send(key)
        terminal.wait_for(title)
        terminal.send(keys("end") + "\x15nowhere.json", keys("enter"))
        terminal.wait_for(lambda shown: any(answer in shown for answer in answers))
        left(terminal, title)
    terminal.send(F3)
    if "History ·" in terminal.wait_for(
        lambda shown: any(answer in shown for answer in ("History ·", *answers))
    ):
        left(terminal, "History ·")
    for english in (False, True):
        terminal.send(keys("ctrl+l"))
        terminal.wait_for(lambda shown, english=english: ("Deadline" in shown) is english)


def copy_named(terminal: Terminal) -> Roadmap:
    """What is in the emergency copy that the last words of the program name."""
    shown = terminal.output.decode(errors="replace")[-5000:]
    named = re.search(r"is in (/\S+\.json)", shown)
    assert named, shown
    return read(Path(named[1]))


SAMPLE = {("here", "gone"), ("data", "full"), ("exports", "unreadable")}
MATRIX = [
    pytest.param(place, state, marks=[] if (place, state) in SAMPLE else pytest.mark.proof)
    for place in PLACES
    for state in SPOILED
]


@pytest.mark.parametrize(("place", "state"), MATRIX)
def test_a_folder_that_fails_costs_no_work(home: Path, place: str, state: str) -> None:
    if state == "full":
        small_disk(home / place)
    with opened(home) as terminal:
        typed(terminal, "Dana")
        SPOILED[state](home / place)
        terminal.send("!")
        if place == "data":
            terminal.send(f"\x1b[200~{'x' * 60_000}\x1b[201~" if state == "full" else "")
            terminal.wait_for("NOT SAVED")
        visited(terminal)
        terminal.send(keys("ctrl+q"))
        if place == "data":
            terminal.wait_for("Write a copy and quit")
            terminal.send(keys("left", "left", "enter"))
        assert terminal.wait_exit() == 0
        assert b"Traceback" not in terminal.output
    kept = (
        copy_named(terminal)
        if place == "data"
        else file_format.read(home / "data/roadmaps/liquid-funnel.roadmap")
    )
    assert value(kept, OWNER).startswith("Dana!")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_without_any_folder_of_its_own_it_writes_its_copy_elsewhere(
    home: Path, number: signal.Signals
) -> None:
    with opened(home) as terminal:
        typed(terminal, "Dana")
        for place in PLACES:
            spoil_pipe(home / place)
        terminal.send("!")
        terminal.wait_for("NOT SAVED")
        terminal.signal(number)
        assert terminal.wait_exit() == 128 + number
        assert b"Traceback" not in terminal.output
    (copy,) = home.glob("*-unsaved-*.json")
    assert value(read(copy), OWNER) == "Dana!"
