from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import writing
from lfroadmap.store import windows
from lfroadmap.store.store import Others, Store
from lfroadmap.store.windows import GONE, Presence
from listening import PLAN, Listener


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan [1].roadmap"
    Store.create(path, PLAN, "dana")
    return path


def sign(path: Path, *, host: str, process: int, age: float = 0) -> Path:
    """The sign of a window of somebody else's."""
    out = path.with_name(f".{path.name}.0000.window")
    out.write_text(
        json.dumps({"author": "noa", "host": host, "process": process, "since": 1_700_000_000_000})
    )
    os.utime(out, (time.time() - age,) * 2)
    return out


def test_two_windows_see_each_other_come_and_go(path: Path) -> None:
    heard = Listener()
    here, there = Store(path, "dana"), Store(path, "noa")
    here.start(heard)
    there.start(lambda event: None)
    other = heard.wait(Others, lambda told: len(told.windows) == 1).windows[0]
    assert (other.author, other.host, other.process) == ("noa", socket.gethostname(), os.getpid())
    assert here.others == (other,)
    there.close()
    heard.wait(Others, lambda told: told.windows == ())
    here.close()
    assert list(path.parent.iterdir()) == [path]


def test_a_killed_window_is_not_shown_for_long(path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, writing.__file__, str(path), "noa", "0", "100000"], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    assert process.stdout.readline().strip().isdigit()
    process.send_signal(signal.SIGSTOP)
    heard = Listener()
    store = Store(path, "dana")
    store.start(heard)
    told = heard.wait(Others, lambda told: len(told.windows) == 1)
    assert told.windows[0].process == process.pid
    process.send_signal(signal.SIGKILL)
    process.stdout.close()
    process.wait()
    heard.wait(Others, lambda told: told.windows == ())
    store.close()
    assert list(path.parent.iterdir()) == [path]


def test_a_window_on_another_machine_is_believed_while_it_gives_signs(path: Path) -> None:
    fresh = sign(path, host="elsewhere", process=1)
    assert [window.author for window in windows.windows(path)] == ["noa"]
    assert fresh.exists()
    old = sign(path, host="elsewhere", process=1, age=GONE + 5)
    assert windows.windows(path) == ()
    assert not old.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"author": 1, "process": "x"}'])
def test_a_sign_that_cannot_be_read_is_passed_over(path: Path, content: bytes) -> None:
    path.with_name(f".{path.name}.0000.window").write_bytes(content)
    assert windows.windows(path) == ()


def test_presence_is_a_comfort_where_the_folder_takes_no_files(tmp_path: Path) -> None:
    presence = Presence(tmp_path / "nowhere" / "plan.roadmap", "dana")
    assert presence.look() is None
    presence.leave()
