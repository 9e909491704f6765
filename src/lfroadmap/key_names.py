"""The names of keys as texts, footers and the help print them."""

from __future__ import annotations

from collections.abc import Mapping

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
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "at": "@",
    "minus": "-",
    "plus": "+",
    "home": "Home",
    "end": "End",
}
_SPELLED = _NAMES | {"ctrl": "Ctrl", "insert": "Insert", "delete": "Delete", "backspace": "Backspace"}


def key_names(keys: Mapping[str, str]) -> dict[str, str]:
    """The names that texts have for the keys of the settings: `Ctrl+Z`, `F5`."""
    return {name: spelled_key(chosen) for name, chosen in keys.items()}


def spelled_key(keys: str) -> str:
    """The first of a command's keys as a text names it: `Ctrl+Z`, `Insert`."""
    return _joined(keys, _SPELLED)


def shown_key(keys: str) -> str:
    """The first of a command's keys as it is printed: `^Z`, `Alt+↑`, `F1`."""
    return _joined(keys, _NAMES).replace("^+", "^")


def _joined(keys: str, names: Mapping[str, str]) -> str:
    steps = [_step(step, names) for step in keys.split(",", maxsplit=1)[0].split()]
    return ("" if all(len(step) == 1 for step in steps) else " ").join(steps)


def _step(key: str, names: Mapping[str, str]) -> str:
    """The name of one of the keys that are pressed one after the other: `dd`."""
    parts = key.split("+")
    named = [names.get(part, part.upper() if len(part) == 1 and len(parts) > 1 else part) for part in parts]
    return "+".join(name.upper() if name[:1] == "f" and name[1:].isdigit() else name for name in named)
