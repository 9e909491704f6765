"""Settings that have no effect: unknown themes and commands, keys that are set twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from textual.keys import key_to_character

from lfroadmap.settings import Settings
from lfroadmap.ui.command_keys import bound_keys
from lfroadmap.ui.command_places import WORKS_TOO
from lfroadmap.ui.commands import COMMANDS, Command, Place
from lfroadmap.ui.key_layouts import as_named
from lfroadmap.words import Words

_FIELDS: tuple[Place, ...] = ("app", "form", "editing", "filter", "search")
"""The places whose commands work while a text is typed."""


def settings_warnings(settings: Settings, themes: Mapping[str, object], words: Words) -> list[str]:
    """A sentence for each setting that has no effect, or an ambiguous one."""
    warnings = [words("settings_warning.theme", name=settings.theme)] if settings.theme not in themes else []
    bound, keys = {command.id for command in COMMANDS if command.can_be_set}, settings.all_keys
    warnings += [words("settings_warning.command", name=name) for name in settings.keys if name not in bound]
    warnings += [words("settings_warning.typed", name=name, key=key) for name, key in _typed(keys)]
    warnings += [
        words("settings_warning.twice", key=key, first=first.id, second=second.id)
        for key, first, second in _twice(usable_keys(keys))
    ]
    return warnings


def usable_keys(keys: Mapping[str, str]) -> dict[str, str]:
    """The keys of the settings without those that type a sign where their command works in fields.

    A field could not be written in, for such a key goes to the command, or the command would never get it.
    """
    typed = set(_typed(keys))
    usable = {
        name: ",".join(key for key in chosen.split(",") if (name, key) not in typed)
        for name, chosen in keys.items()
    }
    return {name: chosen for name, chosen in usable.items() if chosen}


def _typed(keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Command and key, where the command works in fields and the key types a sign."""
    in_fields = {command.id for command in COMMANDS if command.place in _FIELDS}
    for name, chosen in keys.items():
        if name in in_fields:
            yield from ((name, key) for key in chosen.split(",") if types_sign(key))


def is_text_there(command: Command, keys: str) -> bool:
    """True if keys type a text where a command works."""
    return command.place in _FIELDS and types_sign(keys)


def clashes(command: Command, pressed: str, keys: Mapping[str, str]) -> list[Command]:
    """The other commands that a key belongs to, or begins with, where a command works."""
    wanted = {as_named(pressed)}
    return [
        other
        for other in COMMANDS
        if other is not command
        and _meet(command.place, other.place)
        and hidden_keys(wanted, _keys(other, keys))
    ]


def types_sign(keys: str) -> bool:
    """True if a key, or one of those that are pressed one after the other, types a sign."""
    return any(key_to_character(key) is not None for key in keys.split())


def _twice(keys: Mapping[str, str]) -> Iterator[tuple[str, Command, Command]]:
    """Keys with two commands that work at the same place, at least one of them by the settings."""
    bound = [(command, _keys(command, keys), command.id in keys) for command in COMMANDS]
    for (first, some, is_own), (second, others, is_own_too) in combinations(bound, 2):
        if (is_own or is_own_too) and _meet(first.place, second.place):
            for key in sorted(hidden_keys(some, others)):
                yield key, first, second


def hidden_keys(first: set[str], second: set[str]) -> set[str]:
    """The keys that two commands share, and those with which the keys of the other one begin: `d`, `d d`."""
    begins = {key.split(" ")[0] for key in first | second if " " in key}
    ahead = {key for key in (first | second) & begins if _begins(key, second if key in first else first)}
    return first & second | ahead


def _begins(key: str, others: set[str]) -> bool:
    return any(other.startswith(f"{key} ") for other in others)


def _meet(first: Place, second: Place) -> bool:
    """True if the keys of both places work at the same time."""
    apart = first != second and "app" not in (first, second)
    return not apart or second in WORKS_TOO.get(first, ()) or first in WORKS_TOO.get(second, ())


def _keys(command: Command, keys: Mapping[str, str]) -> set[str]:
    """A command's keys by Textual's names: `slash` for `/`."""
    return {as_named(key) for key in bound_keys(command, keys).split(",") if key}
