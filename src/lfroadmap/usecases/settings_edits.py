"""The settings as a list that a person changes one by one, on the screen and by the command `settings`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lfroadmap import machine
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS, Thresholds
from lfroadmap.settings import Settings, load, save_values
from lfroadmap.settings.checks import most_of
from lfroadmap.settings.key_syntax import parse_keys
from lfroadmap.settings.key_uses import without_effect
from lfroadmap.settings.values import (
    DATES,
    DEFAULT_THEME,
    DIALECTS,
    GLYPHS,
    KEYMAP_NAMES,
    LONGEST_AUTHOR,
    THEMES,
    WEEKS,
)
from lfroadmap.text import one_line, without_direction_marks
from lfroadmap.words import LANGUAGES, DateFormat, Words

WEEKDAYS = {0: "monday", 6: "sunday"}
AUTO = "auto"
"""The value of a setting that is found out."""
KEYS = "keys."
"""What the name of a command follows in the name of a setting: `keys.undo`."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, and what it may be."""

    name: str
    """By which the command line takes it."""
    default: str
    choices: tuple[str, ...] = ()
    """All that it may be; empty: a number or a text."""
    most: int = 0
    """The highest of its numbers, which begin with 0; 0 where it is no number."""
    table: str = ""
    """The table of the file that it is in."""
    needs_restart: bool = False
    """True if a change holds from the next start, and not at once."""

    @property
    def path(self) -> tuple[str, ...]:
        """Where the file has it."""
        return (self.table, self.name) if self.table else (self.name,)

    def of(self, settings: Settings) -> str:
        """Its value, as a text."""
        if self.table:
            return str(getattr(settings.thresholds, self.name))
        value = getattr(settings, self.name)
        return AUTO if value is None else str(value)


def _threshold(name: str) -> Setting:
    return Setting(name, str(getattr(DEFAULT_THRESHOLDS, name)), most=most_of(name), table="thresholds")


SETTINGS = (
    Setting("language", AUTO, (AUTO, *LANGUAGES)),
    Setting("author", ""),
    Setting("date_format", AUTO, DATES),
    Setting("week_starts", AUTO, WEEKS),
    Setting("theme", DEFAULT_THEME, THEMES),
    Setting("glyphs", AUTO, GLYPHS),
    Setting("bidi", AUTO, DIALECTS, needs_restart=True),
    Setting("keymap", KEYMAP_NAMES[0], KEYMAP_NAMES),
    *map(_threshold, ("orange", "green", "risk_days")),
)
"""The settings that have a line of their own, in the order in which they are shown; keys are apart."""


def setting_named(name: str) -> Setting:
    """The setting of a name; raises UsageError."""
    found = next((each for each in SETTINGS if each.name == name), None)
    if found is None:
        known = [*(each.name for each in SETTINGS), f"{KEYS}COMMAND"]
        raise UsageError("no_setting", name=name, known=known)
    return found


def setting_names(words: Words) -> list[tuple[str, str]]:
    """The name of each setting as the command line takes it, and as a person reads it."""
    return [*((each.name, words(f"settings.name_{each.name}")) for each in SETTINGS), (KEYS, "")]


def choices_of(name: str) -> tuple[str, ...]:
    """All that the setting of a name may be; empty where it is typed, or there is none."""
    return next((each.choices for each in SETTINGS if each.name == name), ())


def in_words(setting: Setting, value: str, words: Words) -> str:
    """A value as a person reads it: what `auto` comes to, the account's name where none is chosen."""
    if setting.name == "author":
        return value or words("settings.of_account", name=machine.author())
    if (example := _example(setting, value, words)) is not None:
        what = words("settings.auto") if value == AUTO else value
        return words("settings.example", what=what, example=example)
    if setting.most:
        return words(f"settings.unit_{setting.name}", n=value)
    key = f"settings.{setting.name}_{value.replace('-', '_')}"
    return words(key if key in words else "settings.auto") if key in words or value == AUTO else value


def _example(setting: Setting, value: str, words: Words) -> str | None:
    """Today in a format of days, the day on which weeks begin in the language; None for other values."""
    if setting.name == "date_format":
        chosen: DateFormat = next(each for each in DATES if each == value)
        return words.dated(chosen, "auto").day(machine.now().date())
    if setting.name == "week_starts" and value == AUTO:
        return words(f"settings.week_starts_{WEEKDAYS[words.dated('auto', 'auto').first_weekday]}")
    return None


def write_setting(folder: Path, setting: Setting, text: str) -> Settings:
    """Set a setting to what was typed, and return all of them as they are in the file then.

    One that is set to its default goes out of the file. Raises RoadmapError with what it may be.
    """
    value = checked(setting, text, load(folder).thresholds)
    written: str | int | None = int(value) if setting.most else value
    return _written(folder, setting.path, None if value == setting.default else written)


def checked(setting: Setting, text: str, limits: Thresholds) -> str:
    """The value that is meant; raises UsageError."""
    typed = " ".join(without_direction_marks(one_line(text)).split())
    if setting.name == "author":
        if len(typed) > LONGEST_AUTHOR:
            raise UsageError("setting_author", most=LONGEST_AUTHOR)
        return typed
    if setting.choices:
        if typed not in setting.choices:
            raise UsageError("setting_choice", name=setting.name, value=typed, known=[*setting.choices])
        return typed
    if not typed.isdecimal() or len(typed) > len(str(setting.most)) or int(typed) > setting.most:
        raise UsageError("setting_number", name=setting.name, value=typed, most=setting.most)
    changed = limits._replace(**{setting.name: int(typed)})
    if changed.orange > changed.green:
        raise UsageError("setting_order", orange=changed.orange, green=changed.green)
    return str(int(typed))


def file_stamp(folder: Path) -> tuple[int, ...]:
    """Inode, size and time of the file: another one after each write; empty where there is no file."""
    try:
        stat = (folder / "settings.toml").stat()
    except OSError:
        return ()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def write_keys(folder: Path, command: str, keys: str | None, words: Words) -> Settings:
    """Set the keys of a command, or give it those of the keymap again with None.

    Returns all settings as they are in the file then. Raises RoadmapError for what is no key or no command.
    """
    if f"command.{command}_about" not in words:
        raise UsageError("no_command_of_keys", name=command)
    chosen = ",".join(parse_keys(keys)) if keys is not None else None
    if chosen == "":
        raise UsageError("setting_keys", value=one_line(keys or ""))
    if unusable := next(without_effect({command: chosen} if chosen else {}), None):
        name = words(f"command.{command}")
        raise UsageError(f"setting_keys_{unusable.reason}", value=unusable.key, name=name)
    return _written(folder, ("keys", command), chosen)


def _written(folder: Path, path: tuple[str, ...], value: str | int | None) -> Settings:
    """Write one setting; raises RoadmapError, and then it is as it was."""
    try:
        save_values(folder, {path: value})
    except RoadmapError as error:
        if error.key == "settings_unwritable":
            raise RoadmapError("settings_unchanged", **error.facts) from error
        raise
    return load(folder)


def describe_settings(settings: Settings, words: Words) -> list[dict[str, object]]:
    """Every setting as the file says it, for programs."""
    rows: list[dict[str, object]] = [
        {
            "name": each.name,
            "value": int(each.of(settings)) if each.most else each.of(settings),
            "default": int(each.default) if each.most else each.default,
            "is_default": each.of(settings) == each.default,
            "shown": in_words(each, each.of(settings), words),
            "choices": [*each.choices],
            "needs_restart": each.needs_restart,
        }
        for each in SETTINGS
    ]
    return rows + [keys_row(command, keys, words) for command, keys in settings.keys.items()]


def keys_row(command: str, keys: str, words: Words) -> dict[str, object]:
    """The keys of a command for programs."""
    about = f"command.{command}_about"
    return {
        "name": f"{KEYS}{command}",
        "value": keys,
        "default": "",
        "is_default": not keys,
        "shown": words(about) if about in words else "",
        "choices": [],
        "needs_restart": False,
    }
