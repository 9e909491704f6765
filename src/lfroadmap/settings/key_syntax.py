"""The names of keys as the settings write them, and of two keys that are pressed one after the other."""

from __future__ import annotations

import unicodedata

_SIGN_NAMES = frozenset(
    ("slash", "backslash", "at", "minus", "plus", "underscore", "less_than_sign", "equals_sign",
     "greater_than_sign")
)  # fmt: skip
"""The signs that have another name than that of Unicode."""
_EDITING = frozenset(("space", "delete", "backspace"))
MODIFIERS = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})
KEY_NAMES = frozenset(
    {
        "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace",
        "enter", "escape", "space", "tab", "menu", "pause", "print_screen",
        *_SIGN_NAMES,
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


def types_sign(keys: str) -> bool:
    """True if a key, or one of those that are pressed one after the other, changes a text that is written."""
    return any(key in _EDITING or _is_sign(key) for key in keys.split(" "))


def is_never_sent(keys: str) -> bool:
    """True if one of the keys is a sign with Shift alone, for which terminals send what it types: `A`."""
    return any(key.startswith("shift+") and _is_sign(key[6:]) for key in keys.split(" "))


def _is_sign(key: str) -> bool:
    if len(key) == 1 or key in _SIGN_NAMES:
        return True
    return "+" not in key and key not in KEY_NAMES and not _sign(key).isspace()


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
