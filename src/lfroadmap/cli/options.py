"""The options of a command: a frozen dataclass, whose fields say how they are written on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import Field, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol, TypeVar

from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    import argparse


class Options(Protocol):
    """A dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=Options)
Value = str | bool | tuple[str, ...] | None
_NAMES = "names"
_MANY = "many"
_SHOWN = "shown"
_AGAIN = "again"
_MINUS = re.compile(r"-[\d.,]")
"""A value such as `-5%`, which argparse would take for an option; it takes nothing with a blank for one."""


class Argument(NamedTuple):
    """An option, or a value that stands by itself."""

    names: tuple[str, ...]
    """`-o` and `--output`, or the name of a value that stands by itself."""
    field: str
    takes_value: bool = True
    many: bool = False
    """True for all the values that stand by themselves from here on; one of them may be empty."""
    label: str = ""
    """The name of a value that stands by itself as the help prints it, where that is another."""
    again: bool = False
    """True for an option that may stand several times, each time with a value."""

    @property
    def shown(self) -> str:
        """The argument as a message names it."""
        return self.names[-1] if self.names[-1].startswith("-") else self.label or self.names[-1].upper()


def positional(shown: str = "") -> str | None:
    """A field for a value that stands by itself. Commands say by themselves what must be there.

    `shown` is how the help names it; empty: its own name in capitals.
    """
    return field(default=None, metadata={_NAMES: (), _SHOWN: shown})


def words_of() -> tuple[str, ...]:
    """A field for the values that stand by themselves from here on: a text that needs no quotes."""
    return field(default=(), metadata={_NAMES: (), _MANY: True})


def option(*names: str) -> str | None:
    """A field for an option with a value."""
    return field(default=None, metadata={_NAMES: names})


def options_of(*names: str) -> tuple[str, ...] | None:
    """A field for an option with a value that may stand several times; None where it does not stand."""
    return field(default=None, metadata={_NAMES: names, _AGAIN: True})


def flag(*names: str) -> bool:
    """A field for an option without a value."""
    return field(default=False, metadata={_NAMES: names})


def arguments_of(options: type[Options]) -> tuple[Argument, ...]:
    """The arguments that a dataclass is read from."""
    return tuple(
        Argument(
            each.metadata[_NAMES] or (each.name,),
            each.name,
            each.default is None,
            each.metadata.get(_MANY, False),
            each.metadata.get(_SHOWN, ""),
            each.metadata.get(_AGAIN, False),
        )
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
    return _parsed(arguments, argv) if argv else (unwritten(arguments), [])


def unwritten(arguments: tuple[Argument, ...]) -> dict[str, Value]:
    """The values of arguments of which none is written, by field: those that argparse gives, without it."""
    return {
        each.field: () if each.many else None if each.takes_value or each.again else False
        for each in arguments
    }


def _parsed(arguments: tuple[Argument, ...], argv: Sequence[str]) -> tuple[dict[str, Value], list[str]]:
    import argparse

    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for each in arguments:
        _add(parser, each)
    mixed = any(each.many for each in arguments)
    try:
        if mixed:  # options may stand between the words of a text
            shielded = [f" {each}" if _MINUS.match(each) else each for each in argv]
            parsed, rest = parser.parse_known_intermixed_args(shielded)
        else:
            parsed, rest = parser.parse_known_args(argv)
    except argparse.ArgumentError as error:
        raise UsageError("option_value", option=error.argument_name) from error
    values = vars(parsed)
    for each in arguments:
        if each.many:
            values[each.field] = tuple(word.removeprefix(" ") for word in values[each.field])
        elif each.again and values[each.field] is not None:
            values[each.field] = tuple(values[each.field])
            if not all(values[each.field]):
                raise UsageError("argument_empty", argument=each.shown)
        elif values[each.field] in ("", []):  # argparse makes a list of the `--` in `--name=--`
            raise UsageError("argument_empty", argument=each.shown)
    return values, rest


def _add(parser: argparse.ArgumentParser, argument: Argument) -> None:
    if not argument.names[0].startswith("-"):
        parser.add_argument(argument.field, nargs="*" if argument.many else "?")
    elif argument.again:
        parser.add_argument(*argument.names, dest=argument.field, action="append")
    elif argument.takes_value:
        parser.add_argument(*argument.names, dest=argument.field)
    else:
        parser.add_argument(*argument.names, dest=argument.field, action="store_true")
