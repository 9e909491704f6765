"""Reading the command line: the command, and the options that stand before or after any command."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from lfroadmap.cli.options import Argument, Value, parse
from lfroadmap.errors import UsageError
from lfroadmap.paths import typed_path
from lfroadmap.settings import DIALECTS
from lfroadmap.words import LANGUAGES, Language

LANGUAGE = Argument(("--lang",), "lang")
COMMON = (
    Argument(("--data-dir",), "data_folder"),
    Argument(("--bidi",), "bidi"),
    Argument(("-h", "--help"), "help", takes_value=False),
    Argument(("--version",), "version", takes_value=False),
)


class CommandLine(NamedTuple):
    """A command line without the options that may stand anywhere in it."""

    rest: tuple[str, ...]
    """The command, if one was named, and its own arguments."""
    data_folder: Path | None
    bidi: str | None
    """The dialect for right-to-left text, if one is named."""
    wants_help: bool
    wants_version: bool


def take_language(argv: Sequence[str]) -> tuple[Language | None, list[str]]:
    """The language that is asked for, and the line without it; raises UsageError for an unknown one.

    It is read before all else, so that all other errors are reported in it.
    """
    _check(argv)
    values, rest = parse((LANGUAGE,), argv)
    named = _text(values["lang"])
    if named is None:
        return None, rest
    for language in LANGUAGES:
        if named == language:
            return language, rest
    raise UsageError("unknown_language", name=named, known=", ".join(LANGUAGES))


def split(argv: Sequence[str]) -> CommandLine:
    """The command line with its common options read; raises UsageError for a wrong one."""
    values, rest = parse(COMMON, argv)
    folder, bidi = _text(values["data_folder"]), _text(values["bidi"])
    if bidi not in (None, *DIALECTS):
        raise UsageError("unknown_bidi", name=bidi, known=", ".join(DIALECTS))
    place = None if folder is None else typed_path(folder)
    return CommandLine(tuple(rest), place, bidi, bool(values["help"]), bool(values["version"]))


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def named_command(line: CommandLine) -> tuple[str, tuple[str, ...]]:
    """The command and its own arguments; a line that begins with no command opens a roadmap."""
    from lfroadmap.cli.commands import COMMANDS

    named = bool(line.rest) and line.rest[0] in COMMANDS
    if line.wants_help:
        return "help", line.rest[:1] if named else ()
    return (line.rest[0], line.rest[1:]) if named else ("open", line.rest)


def _check(argv: Sequence[str]) -> None:
    """Refuse what no system hands over, and no file can be called; raises UsageError."""
    for argument in argv:
        try:
            if b"\0" not in os.fsencode(argument):
                continue
        except UnicodeEncodeError:
            pass  # half of a surrogate pair
        raise UsageError("argument_characters", argument=ascii(argument)[:80])
