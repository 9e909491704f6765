"""The options of a command: a frozen dataclass, whose fields say how they are written on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import Field, field, fields
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar

from lfroadmap.errors import UsageError


class Options(Protocol):
    """A dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=Options)
Value = str | bool | None
_NAMES = "names"


class Argument(NamedTuple):
    """An option, or a value that stands by itself."""

    names: tuple[str, ...]
    """`-o` and `--output`, or the name of a value that stands by itself."""
    field: str
    takes_value: bool = True

    @property
    def shown(self) -> str:
        """The argument as a message names it."""
        return self.names[-1] if self.names[-1].startswith("-") else self.names[-1].upper()


def positional() -> str | None:
    """A field for a value that stands by itself. Commands say by themselves what must be there."""
    return field(default=None, metadata={_NAMES: ()})


def option(*names: str) -> str | None:
    """A field for an option with a value."""
    return field(default=None, metadata={_NAMES: names})


def flag(*names: str) -> bool:
    """A field for an option without a value."""
    return field(default=False, metadata={_NAMES: names})


def arguments_of(options: type[Options]) -> tuple[Argument, ...]:
    """The arguments that a dataclass is read from."""
    return tuple(
        Argument(each.metadata[_NAMES] or (each.name,), each.name, each.default is None)
        for each in fields(options)
    )


def read_options(options: type[T], argv: Sequence[str], command: str) -> T:
    """The options that are written; raises UsageError for what the command does not know."""
    values, unknown = parse(arguments_of(options), argv)
    if unknown:
        raise UsageError("unknown_argument", argument=unknown[0], command=command)
    make: Callable[..., T] = options
    return make(**values)


def parse(arguments: tuple[Argument, ...], argv: Sequence[str]) -> tuple[dict[str, Value], list[str]]:
    """The values of the arguments by field, and the rest of the line; raises UsageError."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for each in arguments:
        _add(parser, each)
    try:
        parsed, rest = parser.parse_known_args(argv)
    except argparse.ArgumentError as error:
        raise UsageError("option_value", option=error.argument_name) from error
    values = vars(parsed)
    for each in arguments:
        if values[each.field] in ("", []):  # argparse makes a list of the `--` in `--name=--`
            raise UsageError("argument_empty", argument=each.shown)
    return values, rest


def _add(parser: argparse.ArgumentParser, argument: Argument) -> None:
    if not argument.names[0].startswith("-"):
        parser.add_argument(argument.field, nargs="?")
    elif argument.takes_value:
        parser.add_argument(*argument.names, dest=argument.field)
    else:
        parser.add_argument(*argument.names, dest=argument.field, action="store_true")
