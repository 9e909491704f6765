"""Keys by their place on a keyboard, whatever its layout sends."""

from __future__ import annotations

from textual.keys import _character_to_key

HEBREW_LETTERS = dict(zip("abcdefghijklmnoprstuvxyz", "שנבגקכעיןחלךצמםפרדאוהסטז", strict=True))
"""Letter -> what the same key of a keyboard sends whose layout is Hebrew (SI 1452).

Where `q` and `w` are, and where Hebrew letters stand on the keys of signs, the sign that arrives counts.
"""

LATIN_LETTERS = {hebrew: letter for letter, hebrew in HEBREW_LETTERS.items()}
"""What a Hebrew layout sends -> the letter of that key."""


def on_any_layout(keys: str) -> str:
    """A command's keys, each letter also by its place on a keyboard whose layout is Hebrew."""
    each = [as_named(key) for key in keys.split(",")]
    return ",".join(dict.fromkeys([*each, *map(_in_hebrew, each)]))


def as_named(keys: str) -> str:
    """A key, or several that are pressed one after the other, by the names that Textual has for them."""
    parts = keys.split()
    return " ".join(_character_to_key(key) if len(key) == 1 else key for key in parts)


def _in_hebrew(keys: str) -> str:
    return " ".join(HEBREW_LETTERS.get(key, key) for key in keys.split())
