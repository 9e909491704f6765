"""Opening a file with the program that the person's system has for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from lfroadmap.errors import RoadmapError

GRACE = 3.0
"""Seconds in which a failing opener has failed; some stay for as long as the file is open."""


def open_file(path: Path) -> None:
    """Open a file; raises RoadmapError where the system has nothing for it."""
    if sys.platform == "win32":
        os.startfile(path)
        return
    program = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        status = _run(program, path)
    except OSError as error:
        raise RoadmapError("cannot_open", path=path, reason=f"{program}: {error.strerror}") from error
    if status:
        raise RoadmapError("cannot_open", path=path, reason=f"{program}: {status}")


def _run(program: str, path: Path) -> int:
    """The program's exit status; 0 where it is still at work after a while.

    It gets neither the keyboard nor the screen, outlives us, and needs no current folder: ours may be gone.
    """
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        [program, str(path)],
        stdin=silent,
        stdout=silent,
        stderr=silent,
        start_new_session=True,
        cwd=path.anchor or None,
    )
    try:
        return process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.returncode = 0  # it is on its own now: nobody is to warn of it
        return 0
