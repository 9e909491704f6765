"""The names of keys as the settings write them, and of two keys that are pressed one after the other."""

from __future__ import annotations

import unicodedata

MODIFIERS = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})
KEY_NAMES = frozenset(
    {
        "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace",
        "enter", "escape", "space", "tab", "slash", "backslash", "at", "minus", "plus", "underscore",
        "less_than_sign", "equals_sign", "greater_than_sign", "menu", "pause", "print_screen",
        *(f"f{number}" for number in range(1, 36)),
    }
)  # fmt: skip
"""The keys that have another name than the sign that they type."""
LONGEST_SEQUENCE = 2
"""Most keys that are pressed one after the other for one command."""


def parse_keys(text: str) -> tuple[str, ...]:
    """The keys in a text with commas: `f5`, `ctrl+e,x`, `d d`; empty where one of them is no key.

    Keys with a blank between them are pressed one after the other.
    """
    named = [" ".join(key.split()) for key in text.split(",") if key.strip()]
    return tuple(named) if all(map(_is_sequence, named)) else ()


def _is_sequence(keys: str) -> bool:
    parts = keys.split(" ")
    return len(parts) <= LONGEST_SEQUENCE and all(map(_is_key, parts))


def _is_key(name: str) -> bool:
    """True if it is the name of a key: a sign, or a name as Textual has it, behind any modifiers."""
    *modifiers, key = name.split("+") if len(name) > 1 else [name]
    if not set(modifiers) <= MODIFIERS or (modifiers and key != key.lower()):
        return False
    return key in KEY_NAMES or (_sign(key).isprintable() and not _sign(key).isspace())


def _sign(key: str) -> str:
    """The sign that a key types, by itself or by its Unicode name; a blank where it types none."""
    if len(key) == 1:
        return key
    try:
        return unicodedata.lookup(key.replace("_", " ")) if key == key.lower() else " "
    except KeyError:
        return " "
