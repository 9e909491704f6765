"""The keys of commands as footers, palette and help print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lfroadmap.key_names import shown_key
from lfroadmap.ui.commands import Command

_BETWEEN_ARROWS = re.compile(r"(?<=[↑↓←→]) (?=[↑↓←→])")


def bound_keys(command: Command, keys: Mapping[str, str]) -> str:
    """The keys of a command, by the settings where these choose them."""
    return keys.get(command.id, command.keys) if command.can_be_set else command.keys


def shown_keys(command: Command, keys: str) -> str:
    """All of a command's keys as they are printed; of many the first and the last: `1 … 9`."""
    names = [shown_key(key) for key in keys.split(",")]
    return f"{names[0]} … {names[-1]}" if len(command.arguments) > 2 else ", ".join(names)


def footer_keys(commands: Iterable[Command], keys: Mapping[str, str]) -> str:
    """The keys of commands that stand together in a footer, by the settings: `↑↓ Enter`."""
    shown = " ".join(_footer_key(command, bound_keys(command, keys)) for command in commands)
    return _BETWEEN_ARROWS.sub("", shown)


def _footer_key(command: Command, keys: str) -> str:
    """A command's keys in a footer: the first, or all those that have an argument: `↑↓`, `1–9`."""
    if not command.arguments:
        return shown_key(keys)
    names = [shown_key(key) for key in command.keys.split(",")]
    if (
        len(names) == 2
        and (modifiers := names[0].rpartition("+")[0])
        and names[1].startswith(f"{modifiers}+")
    ):
        return names[0] + names[1].removeprefix(f"{modifiers}+")  # `Shift+←→`
    return f"{names[0]}–{names[-1]}" if len(names) > 2 else "".join(names)
