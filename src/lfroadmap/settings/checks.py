"""The check of each setting's value."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS, Thresholds
from lfroadmap.settings.key_syntax import parse_keys
from lfroadmap.settings.values import (
    DATES,
    DIALECTS,
    GLYPHS,
    KEYMAP_NAMES,
    LONGEST_AUTHOR,
    LONGEST_RISK,
    WEEKS,
)
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES


class Unfit(Exception):
    """A value is not what its setting takes; `wanted` is, as the file writes it.

    `name` is the line of a table that is meant, where the setting is one.
    """

    def __init__(self, wanted: str, name: str = "") -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.name = name


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise Unfit('"…"')
    return value


def _author(value: object) -> str:
    """A name on one line, in which nothing is invisible."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_AUTHOR or clean(value).strip() != value:
        raise Unfit(f'"…" (1–{LONGEST_AUTHOR})')
    if "\n" in value or "\t" in value:
        raise Unfit(f'"…" (1–{LONGEST_AUTHOR})')
    return value


def _yes_or_no(value: object) -> str:
    if value not in ("yes", "no"):
        raise Unfit('"yes" | "no"')
    return str(value)


def _one_of(names: tuple[str, ...], value: object) -> object:
    if value not in names:
        raise Unfit(" | ".join(f'"{name}"' for name in names))
    return value


def _thresholds(value: object) -> Thresholds:
    if not isinstance(value, dict):
        raise Unfit("[thresholds]")
    limits = dict(DEFAULT_THRESHOLDS._asdict())
    for name, limit in value.items():
        if name not in limits:
            raise Unfit(" | ".join(limits), name)
        most = most_of(name)
        if type(limit) is not int or not 0 <= limit <= most:
            raise Unfit(f"0–{most}", name)
        limits[name] = limit
    if limits["orange"] > limits["green"]:
        raise Unfit("orange ≤ green", next(iter(value)))
    return Thresholds(**limits)


def most_of(threshold: str) -> int:
    """The highest value of a threshold."""
    return LONGEST_RISK if threshold == "risk_days" else 100


def _keys(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Unfit("[keys]")
    out = {}
    for name, keys in value.items():
        named = parse_keys(keys) if isinstance(keys, str) else ()
        if not named:
            raise Unfit('"ctrl+e" | "f5,alt+up" | "x" | "comma" | "d d" …', name)
        out[name] = ",".join(named)
    return out


CHECKS: dict[str, Callable[[object], object]] = {
    "language": partial(_one_of, LANGUAGES),
    "theme": _text,
    "author": _author,
    "date_format": partial(_one_of, DATES),
    "week_starts": partial(_one_of, WEEKS),
    "bidi": partial(_one_of, DIALECTS),
    "glyphs": partial(_one_of, GLYPHS),
    "keymap": partial(_one_of, KEYMAP_NAMES),
    "thresholds": _thresholds,
    "keys": _keys,
    "export_format": _text,
    "export_folder": _text,
    "export_open": _yes_or_no,
    "export_long": _yes_or_no,
    "export_history": _yes_or_no,
    "export_stages": _text,
}
"""Name of a setting -> the function that takes its value, or raises Unfit."""
