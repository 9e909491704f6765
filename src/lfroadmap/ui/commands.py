"""The table of all commands: keys, footer, palette and help are made from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from textual.binding import Binding, BindingType

Place = Literal[
    "app", "form", "checklist", "kpi", "overview", "history", "moment", "snapshots", "bin", "late"
]
"""Where a command works: everywhere, while that part has the focus, or on that screen."""


class Command(NamedTuple):
    """A command; its name is the text `command.<id>`, its description `command.<id>_about`."""

    id: str
    keys: str
    action: str
    place: Place = "app"
    footer: bool = False
    palette: bool = False
    priority: bool = False
    """Works even where the focused field knows the same key."""


COMMANDS: tuple[Command, ...] = (
    Command("tick", "space", "tick", "checklist", footer=True),
    Command("add_task", "a", "add", "checklist", footer=True),
    Command("edit_task", "enter", "edit", "checklist", footer=True),
    Command("remove_task", "delete,backspace", "remove", "checklist", footer=True),
    Command("task_due", "d", "edit_detail('due')", "checklist", footer=True),
    Command("task_owner", "o", "edit_detail('owner')", "checklist", footer=True),
    Command("task_up", "alt+up", "shift(-1)", "checklist", footer=True),
    Command("task_down", "alt+down", "shift(1)", "checklist"),
    Command("copy_card", "y", "copy_card", "checklist"),
    Command("go_card", "enter", "enter", "overview", footer=True),
    Command("next_panel", "tab", "panel(1)", "overview", footer=True),
    Command("previous_panel", "shift+tab", "panel(-1)", "overview"),
    Command("edit_cell", "enter", "edit", "kpi", footer=True),
    Command("add_kpi", "insert", "add", "kpi", footer=True, palette=True),
    Command("remove_kpi", "delete", "remove", "kpi", footer=True),
    Command("clear_cell", "backspace", "clear", "kpi"),
    Command("kpi_up", "alt+up", "shift(-1)", "kpi", footer=True),
    Command("kpi_down", "alt+down", "shift(1)", "kpi"),
    Command("next_field", "tab", "app.focus_next", "form", footer=True),
    Command("previous_field", "shift+tab", "app.focus_previous", "form"),
    Command("next_tab", "ctrl+pagedown", "step_tab(1)", footer=True, priority=True),
    Command("previous_tab", "ctrl+pageup", "step_tab(-1)", priority=True),
    Command("undo", "ctrl+z", "start('undo')", footer=True, palette=True, priority=True),
    Command("redo", "ctrl+y", "start('redo')", palette=True, priority=True),
    Command("history", "f3", "start('history')", palette=True, priority=True),
    Command("moment", "", "start('moment')", palette=True),
    Command("snapshots", "", "start('snapshots')", palette=True),
    Command("bin", "", "start('bin')", palette=True),
    Command("export", "ctrl+e", "start('export')", footer=True, palette=True, priority=True),
    Command("import", "ctrl+o", "start('import')", palette=True, priority=True),
    Command("copy", "ctrl+c", "start('copy')", priority=True),
    Command("late", "", "start('late')", palette=True),
    Command("changes", "f4", "start('changes')", palette=True, priority=True),
    Command("language", "ctrl+l", "start('language')", palette=True, priority=True),
    Command("palette", "ctrl+p", "start('palette')", priority=True),
    Command("help", "f1", "start('help')", footer=True, palette=True, priority=True),
    Command("reset", "", "start('reset')", palette=True),
    Command("theme", "", "change_theme", palette=True),
    Command("dark", "", "start('dark')", palette=True),
    Command("quit", "ctrl+q", "start('quit')", footer=True, palette=True, priority=True),
    Command("go_change", "enter", "enter", "history", footer=True),
    Command("restore_value", "r", "restore", "history", footer=True),
    Command("see_then", "v", "moment", "history", footer=True),
    Command("only_card", "c", "only_card", "history", footer=True),
    Command("only_person", "p", "only_person", "history", footer=True),
    Command("filter", "slash", "filter", "history", footer=True),
    Command("to_snapshots", "s", "snapshots", "history", footer=True),
    Command("to_bin", "b", "bin", "history", footer=True),
    Command("earlier", "left", "step(-1)", "moment", footer=True),
    Command("later", "right", "step(1)", "moment", footer=True),
    Command("day_earlier", "shift+left", "day(-1)", "moment", footer=True),
    Command("day_later", "shift+right", "day(1)", "moment"),
    Command("first_moment", "home", "end(0)", "moment"),
    Command("last_moment", "end", "end(1)", "moment"),
    Command("pick_day", "d", "pick", "moment", footer=True),
    Command("export_then", "e", "export_then", "moment", footer=True),
    Command("restore_then", "r", "restore", "moment", footer=True),
    Command("new_snapshot", "a", "new", "snapshots", footer=True),
    Command("open_snapshot", "enter", "enter", "snapshots", footer=True),
    Command("restore_snapshot", "r", "restore", "snapshots", footer=True),
    Command("go_late", "enter", "enter", "late", footer=True),
    Command("bring_back", "enter", "enter", "bin", footer=True),
    Command("empty_bin", "e", "empty", "bin", footer=True),
)

TAB_KEYS = tuple(f"alt+{number}" for number in range(1, 10))
"""Alt+1 is the overview, Alt+2 the first stage, …"""


HEBREW_LETTERS = dict(zip("abcdefghijklmnoprstuvxyz", "שנבגקכעיןחלךצמםפרדאוהסטז", strict=True))
"""Letter -> what the same key of a keyboard sends whose layout is Hebrew (SI 1452).

Where `q` and `w` are, and where Hebrew letters stand on the keys of signs, the sign that arrives counts.
"""


def on_any_layout(keys: str) -> str:
    """A command's keys, each letter also by its place on a keyboard whose layout is Hebrew."""
    each = [key.strip() for key in keys.split(",")]
    return ",".join([*each, *(HEBREW_LETTERS[key] for key in each if key in HEBREW_LETTERS)])


def bindings(place: Place) -> list[BindingType]:
    """The bindings of a widget or the app; by their ids a person's settings choose other keys."""
    return [
        Binding(
            on_any_layout(command.keys),
            command.action,
            command.id,
            id=command.id,
            show=False,
            priority=command.priority,
        )
        for command in COMMANDS
        if command.place == place and command.keys
    ]


def in_footer(places: Iterable[Place]) -> list[Command]:
    """The commands that the footer names while the focus is in one of `places`."""
    shown = set(places)
    return [command for command in COMMANDS if command.footer and command.place in shown]


_NAMES = {
    "ctrl": "^",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "insert": "Ins",
    "delete": "Del",
    "backspace": "⌫",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "shift": "Shift",
    "alt": "Alt",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
    "home": "Home",
    "end": "End",
}


def shown_key(keys: str) -> str:
    """The first of a command's keys as it is printed: `^Z`, `Alt+↑`, `F1`."""
    parts = keys.split(",", maxsplit=1)[0].split("+")
    names = [_NAMES.get(part, part.upper() if len(part) == 1 and len(parts) > 1 else part) for part in parts]
    names = [name.upper() if name.startswith("f") and name[1:].isdigit() else name for name in names]
    return names[0] + "+".join(names[1:]) if names[0] == "^" and len(names) == 2 else "+".join(names)
