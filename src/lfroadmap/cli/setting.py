"""`settings`: what the person has set, and setting it."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.cli.context import Command, CommandContext
from lfroadmap.cli.options import flag, positional, words_of
from lfroadmap.cli.output import print_json
from lfroadmap.errors import UsageError
from lfroadmap.settings import Settings, config_folder, load

DONE = 0


@dataclass(frozen=True, slots=True)
class SettingsOptions:
    """The options of `settings`."""

    name: str | None = positional()
    value: tuple[str, ...] = words_of()
    default: bool = flag("--default")
    json: bool = flag("--json")


SettingsContext = CommandContext[SettingsOptions]


def settings(context: SettingsContext) -> int:
    """List the settings, print one, or set one."""
    from lfroadmap.usecases.settings_edits import KEYS

    options = context.options
    wanted = " ".join(options.value) if options.value else None
    if options.default and (wanted is not None or not options.name):
        raise UsageError("setting_default")
    written = load(config_folder())
    if (wanted is not None or options.default) and options.name:
        written = _changed(context, options.name, wanted)
    rows = _rows(context, written)
    if options.name:
        rows = [row for row in rows if row["name"] == options.name]
        if not rows and options.name.startswith(KEYS):
            rows = [_keys(context, written, options.name.removeprefix(KEYS))]
    if options.json:
        print_json(rows)
    else:
        context.output.rows([_line(context, row) for row in rows])
        if rows and rows[0]["needs_restart"] and wanted is not None:
            context.say("cli.setting_at_start")
        if wanted is not None and options.name and options.name.startswith(KEYS):
            context.say("cli.setting_keys_window")
    return DONE


def _changed(context: SettingsContext, name: str, text: str | None) -> Settings:
    """Set a setting, or take it back to its default with None; raises RoadmapError."""
    from lfroadmap.usecases.settings_edits import KEYS, setting_named, write_keys, write_setting

    folder = config_folder()
    if name.startswith(KEYS):
        return write_keys(folder, name.removeprefix(KEYS), text, context.words)
    setting = setting_named(name)
    return write_setting(folder, setting, setting.default if text is None else text)


def _rows(context: SettingsContext, written: Settings) -> list[dict[str, object]]:
    from lfroadmap.usecases.settings_edits import KEYS, describe_settings, setting_named

    name = context.options.name
    if name and not name.startswith(KEYS):
        setting_named(name)  # raises for one that there is not
    return describe_settings(written, context.words)


def _keys(context: SettingsContext, written: Settings, command: str) -> dict[str, object]:
    """The keys that the keymap gives a command that has none of its own; raises RoadmapError."""
    from lfroadmap.usecases.settings_edits import keys_row

    if f"command.{command}_about" not in context.words:
        raise UsageError("no_command_of_keys", name=command)
    return keys_row(command, written.all_keys.get(command, ""), context.words)


def _line(context: SettingsContext, row: dict[str, object]) -> tuple[str, str, str]:
    """The name, the value, and what it means in words; the default has a word behind it."""
    shown, value = str(row["shown"]), str(row["value"])
    usual = context.words("settings.usual") if row["is_default"] else ""
    return str(row["name"]), value or "—", " · ".join(filter(None, (shown if shown != value else "", usual)))


SETTINGS = Command(SettingsOptions, settings, needs_library=False)
