"""Settings that have no effect: unknown themes and commands, keys that are set twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from textual.keys import _character_to_key

from lfroadmap.settings import Settings
from lfroadmap.ui.commands import COMMANDS, Command, bound_keys
from lfroadmap.words import Words


def settings_warnings(settings: Settings, themes: Mapping[str, object], words: Words) -> list[str]:
    """A sentence for each setting that has no effect, or an ambiguous one."""
    warnings = [words("misfit.theme", name=settings.theme)] if settings.theme not in themes else []
    bound = {command.id for command in COMMANDS if command.can_be_set}
    warnings += [words("misfit.command", name=name) for name in settings.keys if name not in bound]
    warnings += [
        words("misfit.twice", key=key, first=first.id, second=second.id)
        for key, first, second in _twice(settings.keys)
    ]
    return warnings


def _twice(keys: Mapping[str, str]) -> Iterator[tuple[str, Command, Command]]:
    """Keys with two commands that work at the same place, at least one of them by the settings."""
    for first, second in combinations([command for command in COMMANDS if command.keys], 2):
        meet = first.place == second.place or "app" in (first.place, second.place)
        if meet and (first.id in keys or second.id in keys):
            for key in sorted(_keys(first, keys) & _keys(second, keys)):
                yield key, first, second


def _keys(command: Command, keys: Mapping[str, str]) -> set[str]:
    """A command's keys by Textual's names: `slash` for `/`."""
    named = (key.strip() for key in bound_keys(command, keys).split(","))
    return {_character_to_key(key) if len(key) == 1 else key for key in named}
