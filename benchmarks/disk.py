"""How often an edit asks the disk to make sure; told by strace, where it is there."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.programs import Program, built_in, new_home
from benchmarks.visits import LETTER, letters, ticks
from benchmarks.watch import Look, Watch
from tests.terminal import keys

TIMES = 10
"""Edits of each kind; each waits until the one before is on the disk."""


def measure(_: int) -> Iterator[str]:
    """Count the syncs of letters and of ticks that come one by one."""
    yield f"\n{'syncs of the disk':<46}{'edits':>9}{'syncs':>13}"
    if not shutil.which("strace"):
        yield "not measured: there is no strace"
        return
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder, "trace")
        yield from _edits(built_in(new_home(folder, "home")), trace)


def _edits(program: Program, trace: Path) -> Iterator[str]:
    command = ("strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace), *program.command)
    with Watch(command, program.env) as watch:
        watch.wait_until_written(program.ready)
        watch.press(LETTER, letters)
        watch.read(0.5)  # the first edit loads the document
        yield _counted("letter in a field", watch, trace, LETTER, letters)
        for _ in range(program.tabs_to_long + program.tabs_to_list):
            watch.send(keys("tab"))
            watch.listen()
        yield _counted("tick", watch, trace, "space", ticks)
        watch.send(keys("ctrl+q"))
        watch.wait_exit()


def _counted(label: str, watch: Watch, trace: Path, key: str, look: Look) -> str:
    before = _syncs(trace)
    for _ in range(TIMES):
        watch.press(key, look)
        watch.read(0.1)
    return f"{label:<46}{TIMES:>9}{_syncs(trace) - before:>13}"


def _syncs(trace: Path) -> int:
    """Calls that began; one that another thread's call cut in two is written in two lines."""
    return len(re.findall(r"(?m)^\d+ +f(?:data)?sync\(", trace.read_text("utf-8")))
