"""Reading the command line: the command, its options, and those that stand before or after any command."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lfroadmap.errors import UsageError
from lfroadmap.settings import DIALECTS
from lfroadmap.words import LANGUAGES, Language

_Argument = tuple[tuple[str, ...], dict[str, Any]]

LANGUAGE: _Argument = (("--lang",), {})
COMMON: tuple[_Argument, ...] = (
    (("--data-dir",), {}),
    (("--bidi",), {}),
    (("-h", "--help"), {"action": "store_true"}),
    (("--version",), {"action": "store_true"}),
)
_NAME: _Argument = (("name",), {"nargs": "?"})
_JSON: _Argument = (("--json",), {"action": "store_true"})
_AT: _Argument = (("--at",), {})
_FORCE: _Argument = (("--force",), {"action": "store_true"})

# What must be there is asked for by the command itself: argparse would do it in English only.
ARGUMENTS: dict[str, tuple[_Argument, ...]] = {
    "open": (_NAME,),
    "new": (_NAME, (("--template",), {})),
    "list": (_JSON,),
    "show": (_NAME, _AT, _JSON),
    "export": (
        (("format",), {"nargs": "?"}),
        _NAME,
        _AT,
        (("-o", "--output"), {}),
        _FORCE,
        (("--all",), {"action": "store_true"}),
        (("--watch",), {"action": "store_true"}),
        (("--stages",), {}),
        (("--brief",), {"action": "store_true"}),
        (("--history",), {"action": "store_true"}),
        (("--reload",), {}),
    ),
    "import": (
        (("file",), {"nargs": "?"}),
        (("--name",), {}),
        (("--into",), {}),
        (("--yes",), {"action": "store_true"}),
    ),
    "diff": (
        (("a",), {"nargs": "?"}),
        (("b",), {"nargs": "?"}),
        (("--of",), {"dest": "name"}),
        (("--format",), {}),
        _JSON,
        (("-o", "--output"), {}),
        _FORCE,
    ),
    "history": (
        _NAME,
        *(((option,), {}) for option in ("--card", "--author", "--since", "--until", "--text")),
        (("--limit",), {}),
        _JSON,
    ),
    "snapshot": (_NAME, (("--save",), {}), (("--restore",), {}), _JSON),
    "bin": (
        _NAME,
        (("--restore",), {}),
        (("--empty",), {"action": "store_true"}),
        (("--yes",), {"action": "store_true"}),
        _JSON,
    ),
    "remove": (_NAME,),
    "doctor": ((("file",), {"nargs": "?"}), (("--check",), {"action": "store_true"}), _JSON),
    "schema": (),
    "path": (_NAME,),
    "help": ((("topic",), {"nargs": "?"}),),
}
"""Every command with its own arguments."""


class CommandLine(NamedTuple):
    """A command line with what may stand anywhere in it taken out."""

    rest: tuple[str, ...]
    """The command, if one was named, and its own arguments."""
    data_folder: Path | None
    bidi: str | None
    """How the terminal is spoken to in right-to-left text, if that is told."""
    wants_help: bool
    wants_version: bool


def take_language(argv: Sequence[str]) -> tuple[Language | None, list[str]]:
    """The language that is asked for, and the line without it; raises UsageError for an unknown one.

    It is read before all else, so that everything else can be complained of in it.
    """
    _check(argv)
    told, rest = _parse((LANGUAGE,), argv)
    if told.lang is None or told.lang in LANGUAGES:
        return told.lang, rest
    raise UsageError("unknown_language", name=told.lang, known=", ".join(LANGUAGES))


def split(argv: Sequence[str]) -> CommandLine:
    """The command line with its common options read; raises UsageError for a wrong one."""
    common, rest = _parse(COMMON, argv)
    folder = None if common.data_dir is None else Path(common.data_dir)
    if common.bidi not in (None, *DIALECTS):
        raise UsageError("unknown_bidi", name=common.bidi, known=", ".join(DIALECTS))
    return CommandLine(tuple(rest), folder, common.bidi, common.help, common.version)


def understand(line: CommandLine) -> tuple[str, argparse.Namespace]:
    """The command and its arguments by name; raises UsageError for what is not known.

    A line that begins with no command opens a roadmap.
    """
    named = bool(line.rest) and line.rest[0] in ARGUMENTS
    command, given = (line.rest[0], line.rest[1:]) if named else ("open", line.rest)
    if line.wants_help:
        return "help", argparse.Namespace(topic=command if named else None)
    options, unknown = _parse(ARGUMENTS[command], given)
    if unknown:
        raise UsageError("unknown_argument", argument=unknown[0], command=command)
    return command, options


def whole_number(text: str, most: int) -> int | None:
    """The number that an option's value writes in digits, no more than `most`; None for anything else.

    Long rows of digits are never converted: Python refuses thousands of them.
    """
    typed = text.strip()
    number = int(typed) if typed.isdecimal() and len(typed) <= len(str(most)) else -1
    return number if 0 <= number <= most else None


def _check(argv: Sequence[str]) -> None:
    """Refuse what no system hands over, and no file can be called; raises UsageError."""
    for argument in argv:
        try:
            if b"\0" not in os.fsencode(argument):
                continue
        except UnicodeEncodeError:
            pass  # half of a surrogate pair
        raise UsageError("argument_characters", argument=ascii(argument)[:80])


def _parse(arguments: tuple[_Argument, ...], argv: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for names, details in arguments:
        parser.add_argument(*names, **details)
    try:
        options, rest = parser.parse_known_args(argv)
    except argparse.ArgumentError as error:
        raise UsageError("option_value", option=error.argument_name) from error
    for names, details in arguments:
        value = getattr(options, details.get("dest") or names[-1].lstrip("-").replace("-", "_"))
        if value in ("", []):  # argparse makes a list of the `--` in `--name=--`
            shown = names[-1] if names[-1].startswith("-") else names[-1].upper()
            raise UsageError("argument_empty", argument=shown)
    return options, rest
