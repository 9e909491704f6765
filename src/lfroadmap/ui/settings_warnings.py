"""Settings that have no effect: unknown themes and commands, keys that are set twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from lfroadmap.settings import Settings
from lfroadmap.settings.key_uses import FIXED, without_effect
from lfroadmap.ui.command_keys import bound_keys
from lfroadmap.ui.command_places import WORKS_TOO
from lfroadmap.ui.commands import COMMANDS, Command, Place
from lfroadmap.ui.key_layouts import as_named
from lfroadmap.words import Words


def settings_warnings(settings: Settings, themes: Mapping[str, object], words: Words) -> list[str]:
    """A sentence for each setting that has no effect, or an ambiguous one."""
    warnings = [words("settings_warning.theme", name=settings.theme)] if settings.theme not in themes else []
    known, keys = {command.id for command in COMMANDS}, settings.all_keys
    warnings += [words("settings_warning.command", name=name) for name in settings.keys if name not in known]
    warnings += [
        words(f"settings_warning.{each.reason}", name=each.name, key=each.key)
        for each in without_effect(keys)
    ]
    warnings += [
        words("settings_warning.twice", key=key, first=first.id, second=second.id)
        for key, first, second in _twice(usable_keys(keys))
    ]
    return warnings


def usable_keys(keys: Mapping[str, str]) -> dict[str, str]:
    """The keys of the settings without those that have no effect, as one that types a sign in a field.

    The field could not be written in, for such a key goes to the command, or the command would never get it.
    """
    useless = {(each.name, each.key) for each in without_effect(keys)}
    usable = {
        name: ",".join(key for key in chosen.split(",") if (name, key) not in useless)
        for name, chosen in keys.items()
        if name not in FIXED
    }
    return {name: chosen for name, chosen in usable.items() if chosen}


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
