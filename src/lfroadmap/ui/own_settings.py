"""A person's settings as the app follows them: at the start, and when they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from lfroadmap.settings import Settings
from lfroadmap.ui.key_layouts import on_any_layout

if TYPE_CHECKING:
    from textual.app import App

    from lfroadmap.ui.key_sequences import KeySequences
    from lfroadmap.words import Words


def usable(settings: Settings) -> Settings:
    """The settings with the keys of the keymap among their own, and without keys that cannot work."""
    if not (keys := settings.all_keys):
        return settings
    from lfroadmap.ui.settings_warnings import usable_keys  # noqa: PLC0415 - most people set no keys

    return replace(settings, keys=usable_keys(keys))


def use_keys(app: App[None], sequences: KeySequences, keys: Mapping[str, str]) -> None:
    """Have commands by these keys from now on; those that are not named by their usual ones."""
    app.set_keymap({name: on_any_layout(chosen) for name, chosen in keys.items()})
    sequences.use(",".join(keys.values()))


def warn(app: App[None], settings: Settings, words: Words) -> None:
    """Name the settings that have no effect."""
    if not settings.keys and settings.theme in app.available_themes:
        return  # the keymaps of the product are sound
    from lfroadmap.ui.settings_warnings import settings_warnings  # noqa: PLC0415 - most people set no keys

    for warning in settings_warnings(settings, app.available_themes, words):
        app.notify(warning, severity="warning", timeout=20)
