"""Opening a file or a link with the program that the person's system has for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.links import address_of
from lfroadmap.text import one_line

GRACE = 3.0
"""Seconds in which a failing opener has failed; some stay for as long as the file is open."""


def open_file(path: Path) -> None:
    """Open a file; raises RoadmapError where the system has nothing for it."""
    if reason := _failure(str(path), path.anchor):
        raise RoadmapError("cannot_open", path=path, reason=reason)


def open_link(address: str) -> None:
    """Open an address of the web or of mail; raises RoadmapError for any other, and as `open_file`."""
    if address_of(address) != address:
        raise RoadmapError("no_link", address=one_line(address))
    if reason := _failure(address, Path.home().anchor):
        raise RoadmapError("cannot_open_link", address=address, reason=reason)


def _failure(what: str, folder: str) -> str:
    """Open it; why that failed, empty where it did not."""
    if sys.platform == "win32":
        os.startfile(what)
        return ""
    program = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        status = _run(program, what, folder)
    except OSError as error:
        return f"{program}: {error.strerror}"
    return f"{program}: {status}" if status else ""


def _run(program: str, what: str, folder: str) -> int:
    """The program's exit status; 0 where it is still at work after a while.

    It gets neither the keyboard nor the screen, outlives us, and needs no current folder: ours may be gone.
    """
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        [program, what],
        stdin=silent,
        stdout=silent,
        stderr=silent,
        start_new_session=True,
        cwd=folder or None,
    )
    try:
        return process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.returncode = 0  # it is on its own now: nobody is to warn of it
        return 0
