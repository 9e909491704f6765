"""Power loss: what a disk would hold if all that was not synced yet were gone, or were there in part."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import writing
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.history import queries
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN

pytestmark = pytest.mark.proof

EDITS = 120
CALLS = "openat,close,lseek,write,pwrite64,fsync,fdatasync,ftruncate,unlink,rename,link"
LINE = re.compile(r"(\w+)\((.*)\)\s+= (\d+)")


@dataclass
class File:
    """A file's bytes as programs see them, as the disk surely has them, and what was written between."""

    seen: bytearray = field(default_factory=bytearray)
    sure: bytes = b""
    open: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes not synced: offset and bytes; None for bytes: cut off there."""

    def write(self, at: int, data: bytes | None) -> None:
        _put(self.seen, at, data)
        self.open.append((at, data))

    def sync(self) -> None:
        self.sure = bytes(self.seen)
        self.open.clear()

    def after_a_cut(self, chance: random.Random | None) -> bytes:
        """What is there afterwards: nothing that was not synced, or any part of it, sector by sector."""
        left = bytearray(self.sure)
        for at, data in self.open:
            if chance is None:
                continue
            if data is None:
                _put(left, at, data) if chance.random() < 0.5 else None
                continue
            for start in range(0, len(data), 512):
                if chance.random() < 0.5:
                    _put(left, at + start, data[start : start + 512])
        return bytes(left)


def _put(buffer: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del buffer[at:]
        return
    buffer.extend(b"\0" * (at + len(data) - len(buffer)))
    buffer[at : at + len(data)] = data


class Disk:
    """Follows a trace of system calls; at every acknowledged edit it keeps what a power cut would leave."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files = {path.name: File(bytearray(path.read_bytes()), path.read_bytes())}
        self.handles: dict[int, list[object]] = {}
        self.images: list[tuple[int, list[dict[str, bytes]]]] = []
        self.chance = random.Random(5)

    def follow(self, trace: Path) -> None:
        begun: dict[str, str] = {}
        for line in trace.read_text("ascii").splitlines():
            process, _, rest = line.partition(" ")
            rest = rest.strip()
            if rest.endswith("<unfinished ...>"):
                begun[process] = rest.removesuffix("<unfinished ...>")
            elif rest.startswith("<..."):
                self.call(begun.pop(process, "") + rest.partition("resumed>")[2])
            else:
                self.call(rest)

    def call(self, line: str) -> None:
        found = LINE.match(line)
        if found:
            getattr(self, f"_{found[1]}", lambda *_: None)(found[2], int(found[3]))

    def _openat(self, arguments: str, handle: int) -> None:
        name = _text(arguments.split(",")[1]).decode()
        if Path(name).parent == self.path.parent and not name.endswith(("-shm", ".window")):
            file = self.files.setdefault(Path(name).name, File())
            if "O_TRUNC" in arguments:
                file.write(0, None)
            self.handles[handle] = [Path(name).name, 0]
        else:
            self.handles.pop(handle, None)

    def _close(self, arguments: str, _: int) -> None:
        self.handles.pop(int(arguments), None)

    def _lseek(self, arguments: str, at: int) -> None:
        if (handle := self.handles.get(int(arguments.split(",", maxsplit=1)[0]))) is not None:
            handle[1] = at

    def _pwrite64(self, arguments: str, count: int) -> None:
        handle, data, _, at = arguments.split(", ")
        if int(handle) in self.handles:
            self.files[str(self.handles[int(handle)][0])].write(int(at), _text(data)[:count])

    def _write(self, arguments: str, count: int) -> None:
        handle, data, _ = arguments.split(", ")
        if int(handle) == 1:
            if (number := _text(data).strip()).isdigit():
                self._cut(int(number))
        elif int(handle) in self.handles:
            handle_place = self.handles[int(handle)]
            self.files[str(handle_place[0])].write(int(str(handle_place[1])), _text(data)[:count])
            handle_place[1] = int(str(handle_place[1])) + count

    def _ftruncate(self, arguments: str, _: int) -> None:
        handle, size = map(int, arguments.split(", "))
        if handle in self.handles:
            self.files[str(self.handles[handle][0])].write(size, None)

    def _fsync(self, arguments: str, _: int) -> None:
        if int(arguments) in self.handles and (file := self.files.get(str(self.handles[int(arguments)][0]))):
            file.sync()

    _fdatasync = _fsync

    def _unlink(self, arguments: str, _: int) -> None:
        self.files.pop(Path(_text(arguments).decode()).name, None)

    def _cut(self, number: int) -> None:
        images = [
            {name: file.after_a_cut(chance) for name, file in self.files.items()}
            for chance in (None, self.chance)
        ]
        self.images.append((number, images))


def _text(quoted: str) -> bytes:
    return bytes.fromhex(quoted.strip().strip('"').replace("\\x", ""))


def test_every_acknowledged_edit_outlives_a_power_cut(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not here to follow the writes with")
    path, trace = (tmp_path / "home").resolve() / "plan.roadmap", tmp_path / "trace"
    path.parent.mkdir()
    Store.create(path, PLAN, "dana")
    disk = Disk(path)
    arguments = [sys.executable, writing.__file__, str(path), "dana", "0", str(EDITS)]
    done = subprocess.run(
        [strace, "-f", "-xx", "-s", "10000000", "-o", str(trace), "-e", f"trace={CALLS}", *arguments],
        capture_output=True, check=False, timeout=120, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    if b"ptrace" in done.stderr and done.returncode:
        pytest.skip("processes may not be traced here")
    assert done.returncode == 0, done.stderr
    disk.follow(trace)
    assert bytes(disk.files[path.name].seen) == path.read_bytes()  # the trace was followed rightly
    assert disk.images[-1][0] == EDITS
    for n, (number, images) in enumerate(disk.images):
        for kind, image in enumerate(images):
            home = tmp_path / f"{n}-{kind}"
            home.mkdir()
            for name, data in image.items():
                (home / name).write_bytes(data)
            assert _has_all(home / path.name, number), (number, kind)
            shutil.rmtree(home)


def _has_all(path: Path, number: int) -> bool:
    """Whether the roadmap is what the edits up to this one make, or a few more that were not reported yet."""
    found, expected = read(path), _after(number)
    Store(path, "dana").close()
    numbers = queries.numbers(path)
    assert len(numbers) == (numbers[0] if numbers else 0)
    for ahead in range(number, number + writing.ROUND + 1):
        if found == expected:
            return True
        expected = writing.edit("dana", ahead).on(expected)
    return False


def _after(number: int) -> Roadmap:
    roadmap = PLAN
    for n in range(number):
        roadmap = writing.edit("dana", n).on(roadmap)
    return roadmap
