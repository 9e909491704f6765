"""Killing a command at a chosen system call, and finding all the calls by which it changes files.

A run under strace lists the calls in order; a second run, in a fresh copy of the folder, is killed with
SIGKILL when it is about to make one of them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

CALLS = (
    "openat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,copy_file_range,sendfile,"
    "rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "fsync,fdatasync,chmod,fchmod,fchmodat,chown,fchown,fchownat,utimensat"
)
WRITES = re.compile("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
LINE = re.compile(r"(\d+) +(?:<\.\.\. )?(\w+)(.*)")


class Point(NamedTuple):
    """A call that changes a file, and how to stop before it."""

    call: str
    number: int
    """The how manieth call of its kind it is: of its thread, or on its path where the thread is another."""
    path: str
    """The path to narrow the count to; empty for a call of the main thread."""
    paths_named: str

    def __str__(self) -> str:
        return f"{self.call} {self.paths_named}"


def strace() -> str | None:
    """The tracer; None where there is none, or processes may not be traced."""
    found = shutil.which("strace")
    if found is None:
        return None
    tried = subprocess.run([found, "-o", os.devnull, "true"], capture_output=True, check=False)
    return found if tried.returncode == 0 else None


def environment(home: Path) -> dict[str, str]:
    """What a command needs to find its folders, and to do the same calls each time."""
    return os.environ | {
        "HOME": str(home), "LFROADMAP_DATA_DIR": str(home / "data"), "LANG": "en_US.UTF-8",
        "LFROADMAP_CONFIG_DIR": str(home / "config"), "XDG_CONFIG_HOME": str(home / "config"),
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "LFROADMAP_DAY": "",
    }  # fmt: skip


def points(home: Path, command: Sequence[str]) -> list[Point]:
    """Run a command to its end and list the calls by which it changes files under its data folder."""
    trace = home / "trace"
    done = _run(home, command, trace, ["--seccomp-bpf", "-e", f"trace={CALLS}"])
    assert done.returncode == 0, done.stderr
    return list(_points(trace.read_text("utf-8", "replace"), str(home / "data")))


def _points(trace: str, data: str) -> list[Point]:
    """The calls of a trace; a call in two parts counts where it begins."""
    out: list[Point] = []
    main = trace.split(" ", 1)[0]
    of_thread: Counter[tuple[str, str]] = Counter()
    of_path: Counter[tuple[str, str, str]] = Counter()
    for line in trace.splitlines():
        found = LINE.match(line)
        if found is None or "resumed>" in line or found[2] not in CALLS.split(","):
            continue
        thread, call, rest = found.groups()
        of_thread[thread, call] += 1
        paths = _paths(rest, data)
        for path in paths:
            of_path[thread, path, call] += 1
        if not paths or (call == "openat" and not WRITES.search(rest)):
            continue
        if call == "pwrite64" and paths[0].endswith("-shm"):
            continue  # an index of the log that every start makes again
        paths_named = " ".join(_plain(path, data) for path in paths)
        number = of_path[thread, paths[0], call]
        if thread == main:
            out.append(Point(call, of_thread[thread, call], "", paths_named))
        elif paths_named == _without_chance(paths_named) and of_path[main, paths[0], call] < number:
            # a name with chance in it is another in each run, and strace counts for each thread alone
            out.append(Point(call, number, _plain(paths[0], data), paths_named))
    return out


def _paths(text: str, data: str) -> list[str]:
    """The paths under the data folder that a line names, each once."""
    return list(dict.fromkeys(re.findall(re.escape(data) + r'[^">]*', text)))


def _plain(path: str, data: str) -> str:
    return path.removeprefix(data)


def kill_at(home: Path, command: Sequence[str], point: Point) -> subprocess.CompletedProcess[str]:
    """Run a command until it is about to make a call, and no further."""
    trace = home / "trace"
    narrowed = ["-P", f"{home / 'data'}{point.path}"] if point.path else []
    inject = f"inject={point.call}:signal=KILL:when={point.number}"
    done = _run(home, command, trace, [*narrowed, "-e", f"trace={point.call}", "-e", inject])
    last = [line for line in trace.read_text("utf-8", "replace").splitlines() if line.endswith("= ?")]
    assert done.returncode in (-9, 137), (point, done.returncode, done.stderr)
    assert any(_same(line, point, str(home / "data")) for line in last), (point, last)
    return done


def _same(line: str, point: Point, data: str) -> bool:
    """Whether the killed call was the one that was meant, but for what is random or a time in the name."""
    paths = " ".join(_plain(path, data) for path in _paths(line, data))
    return _without_chance(paths) == _without_chance(point.paths_named)


def _without_chance(text: str) -> str:
    return re.sub(r"\.[0-9a-f]{8}\.|\d{8}-\d{6}(-\d+)*", "…", text)


def _run(
    home: Path, command: Sequence[str], trace: Path, options: list[str]
) -> subprocess.CompletedProcess[str]:
    tracer = strace()
    assert tracer is not None
    return subprocess.run(
        [tracer, "-f", "-y", "-s", "0", "-o", str(trace), *options,
         str(Path(sys.executable).resolve()), "-c", _START, *command],
        capture_output=True, text=True, check=False, timeout=120, env=environment(home), cwd=home,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


_START = f"""
import sys
sys.path[:0] = {[entry for entry in sys.path if entry]!r}
import runpy
if sys.argv[1].endswith(".py"):
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
else:
    from lfroadmap.main import main
    sys.exit(main(sys.argv[1:]))
"""
