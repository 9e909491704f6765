"""Other programs that make a file of ours: a browser, an office, a rasterizer.

They are looked for on the PATH and where they are installed on macOS and Windows. The variable
`LFROADMAP_PROGRAMS` names the folders to look in instead; if it is empty, no program is used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from lfroadmap.errors import RoadmapError
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.text import one_line

FOLDERS: Final = "LFROADMAP_PROGRAMS"
_TIME = 180
"""Seconds that a program may take."""
_LOOK = 0.2
"""Seconds between two checks for cancellation."""


class Program(NamedTuple):
    """A program that was found."""

    name: str
    """As people call it."""
    path: str


class Known(NamedTuple):
    """A program that may be there."""

    name: str
    commands: tuple[str, ...]
    apps: tuple[str, ...] = ()
    """Places below the folders of applications of macOS and Windows."""


def find(known: Sequence[Known]) -> Program | None:
    """The first of the programs that is there."""
    folders = os.environ.get(FOLDERS)
    if folders == "":
        return None
    for each in known:
        for command in each.commands:
            if path := shutil.which(command, path=folders):
                return Program(each.name, path)
        if folders is None and (path := _app(each)):
            return Program(each.name, path)
    return None


def _app(known: Known) -> str | None:
    """Where a program is installed that is not on the PATH."""
    variables = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
    roots = ["/Applications", *filter(None, (os.environ.get(name) for name in variables))]
    places = (Path(root) / app for root in roots for app in known.apps)
    return next((str(place) for place in places if place.is_file()), None)


def run(
    program: Program, arguments: Sequence[str], data: bytes = b"", progress: ExportProgress | None = None
) -> bytes:
    """What a program prints that is given `data`; raises RoadmapError, and Cancelled as `progress` says."""
    try:
        process = subprocess.Popen(
            [program.path, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise _failed(program, str(error.strerror)) from error
    with process:
        try:
            out, messages = _finish(program, process, data, progress or ExportProgress())
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        lines = [line for line in messages.decode("utf-8", "replace").splitlines() if line.strip()]
        raise _failed(program, one_line(lines[-1])[:200] if lines else str(process.returncode))
    return out


def _finish(
    program: Program, process: subprocess.Popen[bytes], data: bytes, progress: ExportProgress
) -> tuple[bytes, bytes]:
    waited, given = 0.0, data or None
    while True:
        try:
            return process.communicate(given, timeout=_LOOK)
        except subprocess.TimeoutExpired as error:
            given, waited = None, waited + _LOOK
            progress.reach(progress.share)
            if waited > _TIME:
                raise RoadmapError("program_slow", program=program.name, seconds=_TIME) from error


def _failed(program: Program, reason: str) -> RoadmapError:
    return RoadmapError("program_failed", program=program.name, reason=reason)
