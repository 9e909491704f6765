"""`apply`: several edits, read from the standard input, as one step."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from lfroadmap.cli.context import Command, CommandContext
from lfroadmap.cli.options import flag, option
from lfroadmap.cli.plan_changes import change
from lfroadmap.errors import UsageError


@dataclass(frozen=True, slots=True)
class ApplyOptions:
    """The options of `apply`."""

    within: str | None = option("--in")
    quiet: bool = flag("--quiet")


def apply(context: CommandContext[ApplyOptions]) -> int:
    """Make all the edits that are read, or none of them."""
    if sys.stdin.isatty():
        raise UsageError("edits_input")
    from lfroadmap.usecases.edit_lines import read_edits

    lines = _lines()
    return change(context, context.options, lambda plan: read_edits(lines, plan))


def _lines() -> list[str]:
    """What is read, line by line; raises UsageError for what is no text."""
    buffer = getattr(sys.stdin, "buffer", None)
    try:
        text = buffer.read().decode("utf-8-sig") if buffer else sys.stdin.read()
    except UnicodeDecodeError as error:
        raise UsageError("edits_encoding") from error
    return text.split("\n")


APPLY = Command(ApplyOptions, apply)
