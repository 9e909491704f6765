"""Running commands in this process, and looking at what they did."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from lfroadmap.cli.commands import COMMANDS
from lfroadmap.main import main
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.edits import Edit, Rename, SetField, Tick
from lfroadmap.roadmap.model import Card, Field, Roadmap, Task
from lfroadmap.roadmap.tree import find, places
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store

Capture = pytest.CaptureFixture[str]
ARGUMENTS = {name: place.load().arguments for name, place in COMMANDS.items()}
"""Every command with its own arguments."""


def settle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be a person with a home of their own in the folder, in English, working in an empty folder of it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LFROADMAP_DATA_DIR", str(folder / "data"))
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(folder / "config"))
    (folder / "here").mkdir()
    monkeypatch.chdir(folder / "here")
    return folder


def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `settle`, in a wide terminal and with nothing to read."""
    settle(home, monkeypatch)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))


def run(capture: Capture, *argv: str) -> SimpleNamespace:
    """One command: its status, output and complaints."""
    capture.readouterr()
    status = main(argv)
    out, err = capture.readouterr()
    return SimpleNamespace(status=status, out=out, err=err)


@contextlib.contextmanager
def _in_place_of(env: Mapping[str, str], cwd: Path) -> Iterator[None]:
    """This process with another environment and current folder."""
    before, there = dict(os.environ), Path.cwd()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        os.chdir(there)


def program(
    env: Mapping[str, str], *argv: str, cwd: Path, remove_cwd: bool = False
) -> subprocess.CompletedProcess[str]:
    """The command as a program with nothing to read and pipes to write into, but in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with (
        _in_place_of(env, cwd),
        Path(os.devnull).open(encoding="utf-8") as nothing,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        if remove_cwd:
            cwd.rmdir()
        stdin, sys.stdin = sys.stdin, nothing
        try:
            status = main(argv)
        finally:
            sys.stdin = stdin
    printed, complaints = (stream.buffer.getvalue().decode() for stream in (out, err))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(argv, status, printed, complaints)


def process(
    env: Mapping[str, str], *argv: str, cwd: Path, remove_cwd: bool = False
) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "lfroadmap", *argv]
    if remove_cwd:
        command = ["sh", "-c", 'rmdir "$PWD" && exec "$0" "$@"', *command]
    return subprocess.run(
        command, env=env, cwd=cwd, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def good(capture: Capture, *argv: str) -> str:
    """The output of a command that must succeed and complain of nothing."""
    ran = run(capture, *argv)
    assert (ran.status, ran.err) == (0, "")
    return str(ran.out)


def without_notes(err: str) -> str:
    """What a command complained of, but for formats that need a program which is not installed."""
    return "".join(
        line for line in err.splitlines(keepends=True) if "Not made, as what they need" not in line
    )


def export_all(capture: Capture, *argv: str) -> None:
    """Export every format into `out`, which must succeed."""
    ran = run(capture, "export", "--all", "-o", "out", *argv)
    assert (ran.status, without_notes(ran.err)) == (0, "")


def stored(home: Path, name: str) -> Roadmap:
    """What is on the disk."""
    return read(home / "data" / "roadmaps" / f"{name}.roadmap")


def stored_card(home: Path, name: str, card: str) -> Card:
    """A card of what is on the disk."""
    place = find(stored(home, name), card)
    assert place and isinstance(place.node, Card)
    return place.node


def edited(home: Path, name: str) -> Roadmap:
    """A roadmap on the library with some work done in it."""
    fresh = templates.load("liquid-funnel").roadmap("r1")
    nodes = [place.node for place in places(fresh)]
    task = next(node.id for node in nodes if isinstance(node, Task))
    field = next(node.id for node in nodes if isinstance(node, Field))
    done = Rename("r1", "Acme").on(
        SetField(field, "דנה לוי").on(Tick(task, done=True, on_day="2026-03-31").on(fresh))
    )
    Library(home / "data").create(name, done, "me")
    return done


def write(path: Path, author: str, *edits: Edit) -> Roadmap:
    """A window opens, does something in steps of their own, and closes; what is there then."""
    store = Store(path, author)
    store.start(lambda event: None)
    for edit in edits:
        store.submit(edit)
        store.end_burst()
    assert store.close() == ()
    return store.roadmap
