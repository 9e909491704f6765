"""Hooks: each change is given to a person's own programs once, in order, and nothing waits for them."""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from checked import validate
from commanding import Capture, at_home, good, run, stored
from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetTask, Tick
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.store.events import Event, Saved
from lfroadmap.store.store import Store
from lfroadmap.usecases import hooks
from lfroadmap.usecases.hooks import HookedRoadmap, HookRunner
from lfroadmap.usecases.hooks_folder import has_hooks, hooks_in
from lfroadmap.usecases.opening import store_of
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import words
from merging import lineage_of, peer_of
from store_states import value

NAME = "acme"
OWNER, GOALS = "launch.pilot.owner", "launch.pilot.goals"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    at_home(tmp_path, monkeypatch)
    good(capsys, "new", NAME)
    return tmp_path


def hook(home: Path, name: str, script: str) -> Path:
    path = home / "config" / "hooks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def writes(home: Path, name: str = "10-note") -> Path:
    """A hook that keeps what it is given."""
    kept = home / f"{name}.kept"
    hook(home, name, f"cat >> '{kept}'")
    return kept


def given(kept: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []


class Window:
    """A window with hooks, without a screen."""

    def __init__(self, home: Path) -> None:
        self.reported: list[RoadmapError] = []
        self.store: Store = store_of(home / "data" / "roadmaps" / f"{NAME}.roadmap")
        roadmap = HookedRoadmap(self.store, NAME, words("en"))
        self.runner = HookRunner(home / "config", roadmap, self.reported.append)
        self.store.start(self._hear)
        self.runner.start()

    def _hear(self, event: Event) -> None:
        if isinstance(event, Saved):
            self.runner.saved()

    def does(self, *edits: Edit) -> None:
        for edit in edits:
            self.store.submit(edit)
        self.store.flush()

    def leaves(self) -> None:
        assert self.store.close() == ()
        assert self.runner.close(60)


@pytest.fixture
def window(home: Path) -> Iterator[Window]:
    opened = Window(home)
    yield opened
    opened.store.close()
    opened.runner.close(60)


# ------------------------------------------------------------------ which programs


def test_programs_run_by_their_names_and_nothing_else_does(home: Path) -> None:
    assert not has_hooks()
    hook(home, "20-b", "")
    hook(home, "10-a", "")
    hook(home, ".hidden", "")
    hook(home, "notes.txt", "").chmod(0o644)
    (home / "config" / "hooks" / "folder").mkdir()
    assert has_hooks()
    assert [path.name for path in hooks_in(home / "config")] == ["10-a", "20-b"]


# ------------------------------------------------------------------ commands


def test_a_command_gives_what_it_did(home: Path, capsys: Capture) -> None:
    kept = writes(home)
    good(capsys, "add", "--card", "pilot", "Ask the bank @dana")
    good(capsys, "tick", "ask the bank")
    good(capsys, "tick", "ask the bank")
    lines = given(kept)
    assert [line["what"] for line in lines] == ["add", "tick"]
    assert lines[0]["roadmap"] == NAME
    assert lines[0]["path"] == str(home / "data" / "roadmaps" / f"{NAME}.roadmap")
    assert lines[1]["text"] == "ticked: Ask the bank"
    for line in lines:
        validate(line, SCHEMAS["hooks"]())
    assert json.loads(good(capsys, "schema", "hooks")) == SCHEMAS["hooks"]()


def test_a_command_that_did_nothing_gives_nothing(home: Path, capsys: Capture) -> None:
    kept = writes(home)
    assert run(capsys, "tick", "no such task").status == 1
    good(capsys, "show")
    assert given(kept) == []


@pytest.mark.parametrize(
    ("script", "said"),
    [("echo that went wrong >&2; exit 3", "that went wrong"), ("exit 7", "7"), ("kill -9 $$", "-9")],
)
def test_a_failing_hook_is_reported_and_the_next_one_runs(
    home: Path, capsys: Capture, script: str, said: str
) -> None:
    hook(home, "00-bad", script)
    kept = writes(home)
    ran = run(capsys, "stage", "add", "Partners")
    assert ran.status == 0
    assert "00-bad" in ran.err
    assert said in ran.err
    assert len(given(kept)) == 1
    assert stored(home, NAME).stages[-1].title == "Partners"


def test_a_file_that_is_no_program_is_reported(home: Path, capsys: Capture) -> None:
    hook(home, "00-bad", "").write_bytes(b"\x00\x01")
    ran = run(capsys, "stage", "add", "Partners")
    assert (ran.status, "00-bad" in ran.err) == (0, True)


def test_a_slow_hook_is_ended_with_all_that_it_began(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "LONGEST_RUN", 0.2)
    pipe = home / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    hook(home, "00-slow", f"exec 9> '{pipe}'; echo began >&9; sleep 600 & sleep 600")
    ran = run(capsys, "stage", "add", "Partners")
    assert (ran.status, "00-slow" in ran.err) == (0, True)
    assert os.read(reading, 100) == b"began\n"
    os.set_blocking(reading, True)
    assert os.read(reading, 100) == b"", "all that wrote to it has ended"
    os.close(reading)


def test_what_a_hook_leaves_in_the_background_goes_on(home: Path, capsys: Capture) -> None:
    pipe = home / "pipe"
    os.mkfifo(pipe)
    hook(home, "10-quick", f"{{ read line < '{pipe}'; touch '{home}/done'; }} &")
    ran = run(capsys, "stage", "add", "Partners")
    assert (ran.status, ran.err) == (0, "")
    pipe.write_text("go on\n")
    while not (home / "done").exists():
        threading.Event().wait(0.02)


def test_one_that_reads_nothing_of_a_long_change_is_no_failure(home: Path, capsys: Capture) -> None:
    hook(home, "10-deaf", "exit 0")
    ran = run(capsys, "set", "pilot.goals", "x" * 200_000)
    assert (ran.status, ran.err) == (0, "")


# ------------------------------------------------------------------ windows


def test_a_burst_of_typing_is_given_once_when_it_is_over(home: Path, window: Window) -> None:
    kept = writes(home)
    for end in range(1, 5):
        window.does(SetField(OWNER, "Dana"[:end]))
    window.store.end_burst()
    window.does(Tick("launch.pilot.pick-segment", True, "2026-03-31"))
    window.leaves()
    assert [(line["what"], line["after"]) for line in given(kept)] == [("fill", "Dana"), ("tick", "")]


def test_it_is_given_while_the_window_goes_on(home: Path, window: Window) -> None:
    kept = writes(home)
    hook(home, "99-last", f"touch '{home}/seen'")
    window.does(SetField(OWNER, "Dana"))
    while not (home / "seen").exists():
        threading.Event().wait(0.02)
        assert window.runner.is_alive()
    assert [line["after"] for line in given(kept)] == ["Dana"]


def test_a_task_that_is_being_typed_waits_for_its_owner(home: Path, window: Window) -> None:
    kept = writes(home)
    window.does(Add(Task("new", "Call"), "launch.pilot"), Rename("new", "Call the bank @dana"))
    window.does(Batch((Rename("new", "Call the bank"), SetTask("new", "owner", "dana"))))
    window.store.end_burst()
    window.leaves()
    (line,) = given(kept)
    assert (line["what"], line["place"]) == ("add", "Call the bank")


def test_what_others_did_is_not_given_here(home: Path, window: Window, capsys: Capture) -> None:
    good(capsys, "stage", "add", "Partners")
    kept = writes(home)
    window.does(SetField(GOALS, "one"))
    window.leaves()
    assert [line["node"] for line in given(kept)] == [GOALS]


def test_changes_come_in_order_through_slow_hooks(home: Path, window: Window) -> None:
    kept = home / "kept"
    hook(home, "10-slow", f"sleep 0.05; cat >> '{kept}'")
    for number in range(8):
        window.does(Tick("launch.pilot.pick-segment", number % 2 == 0, "2026-03-31"))
    window.leaves()
    assert [line["what"] for line in given(kept)] == ["tick", "untick"] * 4


@pytest.mark.proof
def test_what_many_edits_changed_while_a_hook_ran_is_given_too(home: Path, window: Window) -> None:
    kept = writes(home)
    for number in range(210):
        window.store.end_burst()
        window.store.submit(Tick("launch.pilot.pick-segment", number % 2 == 0, "2026-03-31"))
    window.leaves()
    assert [line["what"] for line in given(kept)] == ["tick", "untick"] * 105


def test_what_a_peer_did_is_not_given_nor_what_came_back_of_it(home: Path, window: Window) -> None:
    kept, path = writes(home), window.store.path
    peer = peer_of(path)
    window.does(Remove("launch.pilot"))
    peer.does(Tick("launch.pilot.pick-segment", True, "2026-03-31"), SetField(OWNER, "Noa"))
    window.store.merge(peer.document.full_update(), lineage_of(path))
    window.store.undo()
    window.store.flush()
    assert value(window.store.roadmap, OWNER) == "Noa"
    window.leaves()
    assert [(line["what"], line["author"]) for line in given(kept)] == [
        ("remove", window.store.author.name),
        ("add", window.store.author.name),
    ]


def test_the_window_does_not_wait_for_a_hook_that_hangs(
    home: Path, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "LONGEST_RUN", 30.0)
    pipe = home / "pipe"
    os.mkfifo(pipe)
    hook(home, "10-hangs", f"cat '{pipe}'")
    window.does(SetField(OWNER, "Dana"))
    assert window.store.close() == ()
    assert not window.runner.close(0.1)
    pipe.write_text("go on")
    assert window.runner.close(60)
