"""A notification on the desktop, by the program that the system has for it."""

from __future__ import annotations

import shutil
import subprocess

from lfroadmap.errors import RoadmapError
from lfroadmap.text import clean, one_line
from lfroadmap.usecases.reminder import Reminder

MOST_LINES = 8
"""Lines of a body that a notification shows; it cannot be scrolled."""
_LONGEST = 10.0
"""Seconds after which the program is given up."""
_REASON = 200
_APPLE = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
"""A script that is given the texts as values, so that nothing in them is a part of it."""


def notify(made: Reminder, more: str) -> None:
    """Show a notification; `more` stands for the lines that do not fit.

    Raises RoadmapError where the system has no program for it, or where that fails, as without a desktop.
    """
    lines = [line for line in clean(made.body).split("\n") if line]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], more]
    command = _command(one_line(made.subject), "\n".join(lines))
    if command is None:
        raise RoadmapError("no_notifier")
    program = command[0]
    try:
        ran = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_LONGEST, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RoadmapError("notifier_slow", program=program) from error
    if ran.returncode:
        said = ran.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:_REASON]
        raise RoadmapError("notifier_failed", program=program, why=said or ran.returncode)


def _command(subject: str, body: str) -> list[str] | None:
    """The program with its arguments; None where there is none."""
    if program := shutil.which("notify-send"):
        # the body is read as markup
        escaped = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return [program, "--app-name=lfroadmap", "--", subject, escaped]
    if program := shutil.which("osascript"):
        script = [part for line in _APPLE for part in ("-e", line)]
        return [program, *script, subject, body]
    return None
