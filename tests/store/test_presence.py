from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import writing
from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store import presence
from lfroadmap.store.events import PeersChanged, Saved, WriterEnded
from lfroadmap.store.history.queries import marks
from lfroadmap.store.presence import EXPIRY, FilePresence
from lfroadmap.store.recovery.rescue import examine
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.words import LANGUAGES, words
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
    other = heard.wait(PeersChanged, lambda event: len(event.windows) == 1).windows[0]
    assert (other.author, other.host, other.process) == ("noa", socket.gethostname(), os.getpid())
    assert here.peers == (other,)
    there.close()
    heard.wait(PeersChanged, lambda event: event.windows == ())
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
    event = heard.wait(PeersChanged, lambda event: len(event.windows) == 1)
    assert event.windows[0].process == process.pid
    process.send_signal(signal.SIGKILL)
    process.stdout.close()
    process.wait()
    heard.wait(PeersChanged, lambda event: event.windows == ())
    store.close()
    assert list(path.parent.iterdir()) == [path]


def test_a_window_on_another_machine_is_believed_while_it_gives_signs(path: Path) -> None:
    fresh = sign(path, host="elsewhere", process=1)
    assert [window.author for window in presence.peers(path)] == ["noa"]
    assert fresh.exists()
    old = sign(path, host="elsewhere", process=1, age=EXPIRY + 5)
    assert presence.peers(path) == ()
    assert not old.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"author": 1, "process": "x"}'])
def test_a_sign_that_cannot_be_read_is_passed_over(path: Path, content: bytes) -> None:
    path.with_name(f".{path.name}.0000.window").write_bytes(content)
    assert presence.peers(path) == ()


def test_presence_is_a_comfort_where_the_folder_takes_no_files(tmp_path: Path) -> None:
    presence = FilePresence(tmp_path / "nowhere" / "plan.roadmap", "dana")
    assert presence.refresh() is None
    presence.leave()


def huge(sign: Path) -> None:
    sign.write_bytes(b'{"author": "' + b"x" * 10_000_000 + b'"}')


def a_pipe(sign: Path) -> None:
    os.mkfifo(sign)


def a_socket(sign: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(sign))


def a_device_link(sign: Path) -> None:
    sign.symlink_to("/dev/zero")


def a_loop(sign: Path) -> None:
    sign.symlink_to(sign.name)


def a_folder(sign: Path) -> None:
    sign.mkdir()
    (sign / "inside").write_text("somebody's")


def a_sparse_file(sign: Path) -> None:
    sign.touch()
    os.truncate(sign, 1 << 40)


def holding(**facts: object) -> Callable[[Path], None]:
    sign_facts = {"author": "noa", "host": socket.gethostname(), "process": os.getpid(), "since": 1} | facts
    return lambda sign: sign.write_text(json.dumps(sign_facts))


def of(content: bytes) -> Callable[[Path], None]:
    return lambda sign: sign.write_bytes(content) and None


GARBAGE: dict[str, Callable[[Path], None]] = {
    "a huge process": holding(process=10**400),
    "a process past the last": holding(process=2**31),
    "a process of infinity": holding(process=float("inf")),
    "no number of a process": holding(process=float("nan")),
    "every process": holding(process=-1),
    "a group of processes": holding(process=0),
    "a process of text": holding(process="1"),
    "a process of truth": holding(process=True),
    "a huge time": holding(process=2**31, since=10**400),
    "a time of infinity": holding(since=float("-inf")),
    "a nameless one": holding(author=None),
    "a machine of a list": holding(host=["x"]),
    "deep": of(b"[" * 4096),
    "deep maps": of(b'{"a":' * 800),
    "a long number": of(b"1" * 4096),
    "nothing": of(b""),
    "no text": of(b"\xff\xfe\x00"),
    "a list": of(b"[1, 2]"),
    "huge": huge,
    "sparse": a_sparse_file,
    "pipe": a_pipe,
    "socket": a_socket,
    "device": a_device_link,
    "loop": a_loop,
    "folder": a_folder,
}
"""What may bear the name of a sign and is none."""


def put_garbage(path: Path) -> None:
    """Everything of the table, each under a sign's name."""
    for n, make in enumerate(GARBAGE.values()):
        make(path.with_name(f".{path.name}.{n:08x}.window"))


def beside(path: Path) -> dict[str, tuple[int, int]]:
    """What lies in the folder: name -> kind and size."""
    return {entry.name: (entry.lstat().st_mode, entry.lstat().st_size) for entry in path.parent.iterdir()}


@pytest.mark.parametrize("garbage", GARBAGE)
def test_what_only_bears_the_name_of_a_sign_is_nobody(
    path: Path, garbage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)  # a socket's path may not be long
    GARBAGE[garbage](path.with_name(f".{path.name}.0000.window"))
    before = beside(path)
    assert presence.peers(path) == ()
    assert beside(path) == before


def test_whatever_lies_beside_the_file_edits_are_saved_and_true_windows_seen(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    put_garbage(path)
    before, heard = beside(path), Listener()
    here, there = Store(path, "dana"), Store(path, "noa")
    here.start(heard)
    there.start(lambda event: None)
    assert [window.author for window in heard.wait(PeersChanged).windows] == ["noa"]
    here.submit(SetField("g", "typed"))
    heard.wait(Saved, lambda saved: saved.number == 1)
    there.close()
    heard.wait(PeersChanged, lambda event: event.windows == ())
    assert here.close() == ()
    assert heard.of(WriterEnded) == []
    assert beside(path).keys() == before.keys()
    assert {name: data for name, data in beside(path).items() if name != path.name} == {
        name: data for name, data in before.items() if name != path.name
    }


def test_of_thousands_of_signs_the_fresh_ones_are_read(path: Path) -> None:
    long_ago = time.time() - 1_000_000
    for n in range(5000):
        old = path.with_name(f".{path.name}.{n:08x}.window")
        old.write_bytes(b"{")
        os.utime(old, (long_ago, long_ago))
    sign(path, host="elsewhere", process=1)
    assert [window.author for window in presence.peers(path, limit=presence.MAX_READ)] == ["noa"]
    assert [window.author for window in presence.peers(path)] == ["noa"]


def test_the_look_of_a_writer_reads_so_many_signs_and_no_more(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(presence.MAX_READ + 50):
        path.with_name(f".{path.name}.{n:08x}.window").write_bytes(b"{")
    read: list[object] = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda *arguments: read.append(arguments[0]) or real(*arguments))
    assert FilePresence(path, "dana").refresh() is None
    assert (
        len([arguments for arguments in read if str(arguments).endswith(".window")]) <= presence.MAX_READ + 1
    )  # and its own


def test_a_sign_can_be_read_by_those_who_read_the_roadmap(path: Path) -> None:
    path.chmod(0o600)
    window = FilePresence(path, "a" * 5000)
    window.refresh()
    (own,) = path.parent.glob(".*.window")
    assert own.stat().st_mode & 0o777 == 0o600
    assert own.stat().st_size < presence.MAX_BYTES
    (seen,) = presence.peers(path)
    assert seen.author == "a" * presence.MAX_NAME
    window.leave()


def test_a_sign_does_not_follow_a_link_out_of_the_folder(path: Path, tmp_path: Path) -> None:
    presence = FilePresence(path, "dana")
    target = tmp_path / "elsewhere"
    presence._file.symlink_to(target)
    assert presence.refresh() is None
    assert not target.exists()
    presence.leave()


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("make", [a_pipe, a_folder, a_device_link, a_loop])
def test_what_stands_where_sqlite_keeps_its_files_is_named_and_not_waited_for(
    path: Path, end: str, make: Callable[[Path], None]
) -> None:
    make(path.with_name(path.name + end))
    before = beside(path)
    for opening in (lambda: read(path), lambda: examine(path), lambda: marks(path)):
        with pytest.raises(BrokenStore) as refused:
            opening()
        assert refused.value.key == "store_beside"
    for language in LANGUAGES:
        assert path.name + end in words(language).error(refused.value)
    assert beside(path) == before
