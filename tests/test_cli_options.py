"""The options of commands: each is read into a dataclass of its own."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, fields
from importlib import import_module

import pytest

from commanding import ARGUMENTS
from lfroadmap.cli.commands import COMMANDS
from lfroadmap.cli.context import Command
from lfroadmap.cli.exporting import ExportOptions
from lfroadmap.cli.options import (
    _parsed,
    arguments_of,
    flag,
    option,
    positional,
    read_options,
    unwritten,
    words_of,
)
from lfroadmap.errors import UsageError


@dataclass(frozen=True, slots=True)
class Sample:
    file: str | None = positional()
    name: str | None = option("--of")
    output: str | None = option("-o", "--output")
    force: bool = flag("--force")


def test_the_fields_say_what_is_read() -> None:
    assert read_options(Sample, [], "x") == Sample(None, None, None, False)
    read = read_options(Sample, ["plan", "--of", "acme", "-o", "a.html", "--force"], "x")
    assert read == Sample("plan", "acme", "a.html", True)
    assert [argument.names for argument in arguments_of(Sample)] == [
        ("file",), ("--of",), ("-o", "--output"), ("--force",)
    ]  # fmt: skip
    with pytest.raises(FrozenInstanceError):
        read.force = False  # type: ignore[misc]


@pytest.mark.parametrize(
    ("argv", "key"),
    [
        (["a", "b"], "unknown_argument"),
        (["--nothing"], "unknown_argument"),
        (["--of"], "option_value"),
        (["--force=yes"], "option_value"),
        (["--of", ""], "argument_empty"),
        (["--of=--"], "argument_empty"),
        ([""], "argument_empty"),
    ],
)
def test_what_is_not_known_is_refused(argv: list[str], key: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_options(Sample, argv, "x")
    assert raised.value.key == key


def test_every_command_of_the_table_has_options_that_hold_texts_words_and_flags() -> None:
    for name, place in COMMANDS.items():
        command = getattr(import_module(f"lfroadmap.cli.{place.module}"), place.constant)
        assert isinstance(command, Command)
        types = {field.type for field in fields(command.options)}
        assert types <= {"str | None", "bool", "tuple[str, ...]", "tuple[str, ...] | None"}, name
        assert len(ARGUMENTS[name]) == len(fields(command.options))


@dataclass(frozen=True, slots=True)
class Text:
    name: str | None = positional()
    words: tuple[str, ...] = words_of()
    card: str | None = option("--card")
    quiet: bool = flag("--quiet")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ((), Text()),
        (("a",), Text("a")),
        (("a", ""), Text("a", ("",))),
        (("a", "b", "c"), Text("a", ("b", "c"))),
        (("--card", "x", "a", "b"), Text("a", ("b",), "x")),
        (("a", "--card", "x", "b", "--quiet", "c"), Text("a", ("b", "c"), "x", True)),
        (("a", "-5%"), Text("a", ("-5%",))),
        (("a", "-.5", "-15", "%"), Text("a", ("-.5", "-15", "%"))),
        (("a", "--", "-x"), Text("a", ("-x",))),
    ],
)
def test_words_stand_by_themselves_between_the_options(typed: tuple[str, ...], read: Text) -> None:
    assert read_options(Text, typed, "x") == read


@pytest.mark.parametrize("typed", [("a", "-x"), ("a", "b", "--zap"), ("a", "--card")])
def test_what_begins_as_an_option_is_no_word(typed: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        read_options(Text, typed, "x")


def test_an_abbreviation_is_no_option() -> None:
    with pytest.raises(UsageError):
        read_options(ExportOptions, ["html", "--hist"], "export")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_without_options_has_the_values_that_argparse_gives(name: str) -> None:
    arguments = COMMANDS[name].load().arguments
    assert (unwritten(arguments), []) == _parsed(arguments, [])
