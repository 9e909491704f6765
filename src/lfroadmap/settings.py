"""A person's settings for all roadmaps: language, theme, keys, thresholds. One TOML file, theirs to edit."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from lfroadmap.errors import RoadmapError
from lfroadmap.files import replace_file
from lfroadmap.paths import is_endless, own_folder
from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS, Thresholds
from lfroadmap.state import ExportState
from lfroadmap.words import LANGUAGES, Language

DEFAULT_THEME = "deep"
DIALECTS = ("auto", "plain", "explicit", "lrm", "kitty", "word", "mlterm")
"""What `bidi` may be: the dialects of `lfroadmap.bidi`, and `auto` to find out at each start."""
GLYPHS = ("auto", "full", "plain", "ascii")
"""The signs that the screen is drawn with; `auto` takes plain ones where there are sixteen colors."""
LONGEST_RISK = 365
"""Most days before its day in which something can be at risk."""
_LONGEST = 64 * 1024
"""Most characters of the file."""
EXTREME = re.compile(
    r"""(?<![\d_])[\d_]{4000}|(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}"""
)
"""A number that Python does not convert, and a name of so many parts that reading it takes minutes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as read; what the file does not say has these values."""

    language: Language | None = None
    """None: the language of the locale."""
    theme: str = DEFAULT_THEME
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    keys: dict[str, str] = field(default_factory=dict)
    """Id of a command -> its keys, comma-separated, as `ctrl+e,f5`."""
    bidi: str = "auto"
    """How this terminal is spoken to in right-to-left text; `auto` finds out."""
    glyphs: str = "auto"
    old_export: ExportState | None = None
    """The choices of the last export, which earlier versions kept here; the state's come before them."""


def config_folder() -> Path:
    """Where `settings.toml` lives: `LFROADMAP_CONFIG_DIR`, or the user's own folder; raises RoadmapError."""
    return own_folder("config", "LFROADMAP_CONFIG_DIR")


def load(folder: Path) -> Settings:
    """The settings in `folder`; the defaults where there is no file.

    Raises RoadmapError with the file, the line and what was expected there.
    """
    path = folder / "settings.toml"
    return _read(path, _source(path))


def save(folder: Path, **changes: str | None) -> None:
    """Write settings that are texts, and leave everything else in the file as it is; None removes a setting.

    Raises RoadmapError where the folder cannot be written, the file there cannot be understood, or a value
    is none that its setting takes.
    """
    import tomlkit  # noqa: PLC0415 - takes as long as a start, and most runs change no setting
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    path = folder / "settings.toml"
    source = _source(path)
    _table(path, source)
    _check(path, {name: value for name, value in changes.items() if value is not None}, source)
    try:
        document = tomlkit.parse(source.replace("\r\n", "\n"))
    except TOMLKitError as error:
        raise RoadmapError("settings_syntax", path=path, reason=error) from error
    for name, value in changes.items():
        if value is None:
            document.pop(name, None)
        else:
            document[name] = value
    changed = document.as_string()
    changed = changed.replace("\n", "\r\n") if "\r\n" in source else changed
    if changed != source:
        _put(path, changed)


def _source(path: Path) -> str:
    if is_endless(path):
        raise RoadmapError("settings_endless", path=path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            source = file.read(_LONGEST + 1)
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise RoadmapError("settings_syntax", path=path, reason=error) from error
    except OSError as error:
        raise RoadmapError("settings_unreadable", path=path, reason=error.strerror) from error
    if len(source) > _LONGEST:
        raise RoadmapError("settings_large", path=path, limit=_LONGEST >> 10)
    return source


def _put(path: Path, text: str) -> None:
    try:
        replace_file(path, text)
    except OSError as error:
        raise RoadmapError("settings_unwritable", path=path, reason=error.strerror) from error
    except UnicodeEncodeError as error:  # a folder's name that is no UTF-8, which TOML cannot hold
        raise RoadmapError("settings_unwritable", path=path, reason=error.reason) from error


def _table(path: Path, source: str) -> dict[str, Any]:
    if extreme := EXTREME.search(source):
        raise RoadmapError("settings_extreme", path=path, line=source.count("\n", 0, extreme.start()) + 1)
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise RoadmapError("settings_syntax", path=path, reason=error) from error
    except RecursionError as error:
        raise RoadmapError("settings_extreme", path=path, line=deepest_line(source)) from error


def deepest_line(source: str) -> int:
    """The line, from 1, that opens most lists and tables."""
    lines = source.split("\n")
    return 1 + max(range(len(lines)), key=lambda at: lines[at].count("[") + lines[at].count("{"))


def _read(path: Path, source: str) -> Settings:
    """The settings in `source`; every name and value in it is checked."""
    values = _check(path, _table(path, source), source)
    old = {OLD_EXPORT[name]: values.pop(name) for name in OLD_EXPORT if name in values}
    return Settings(**values, old_export=_old_export(old) if old else None)


def _check(path: Path, table: Mapping[str, object], source: str) -> dict[str, Any]:
    """The values of a table, each as its setting takes it; raises RoadmapError with the line in `source`."""
    out: dict[str, Any] = {}
    for name, value in table.items():
        if name not in _KNOWN:
            known = ", ".join(name for name in _KNOWN if name not in OLD_EXPORT)
            raise RoadmapError(
                "settings_unknown", path=path, line=_line(source, name), name=name, known=known
            )
        try:
            out[name] = _KNOWN[name](value)
        except _Unfit as error:
            where = _line(source, error.name or name)
            raise RoadmapError(
                "settings_value", path=path, line=where, name=error.name or name, wanted=error.wanted
            ) from error
    return out


def _old_export(old: dict[str, str]) -> ExportState:
    """The choices of an export as an earlier version wrote them: `yes` or `no`, and ids as in a URL."""
    from urllib.parse import unquote  # noqa: PLC0415 - only where there are some

    roadmap, *stages = map(unquote, old.get("stages", "").split() or [""])
    return ExportState(
        old.get("format", ""),
        old.get("folder", ""),
        old.get("open_after") == "yes",
        old.get("long_texts") != "no",
        old.get("history") == "yes",
        roadmap,
        tuple(stages),
    )


class _Unfit(Exception):
    """A value is not what its setting takes."""

    def __init__(self, wanted: str, name: str = "") -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.name = name


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise _Unfit('"…"')
    return value


def _yes_or_no(value: object) -> str:
    if value not in ("yes", "no"):
        raise _Unfit('"yes" | "no"')
    return str(value)


def _one_of(names: tuple[str, ...], value: object) -> object:
    if value not in names:
        raise _Unfit(" | ".join(f'"{name}"' for name in names))
    return value


def _thresholds(value: object) -> Thresholds:
    if not isinstance(value, dict):
        raise _Unfit("[thresholds]")
    limits = dict(DEFAULT_THRESHOLDS._asdict())
    for name, limit in value.items():
        if name not in limits:
            raise _Unfit(" | ".join(limits), name)
        most = LONGEST_RISK if name == "risk_days" else 100
        if type(limit) is not int or not 0 <= limit <= most:
            raise _Unfit(f"0–{most}", name)
        limits[name] = limit
    if limits["orange"] > limits["green"]:
        raise _Unfit("orange ≤ green", next(iter(value)))
    return Thresholds(**limits)


def _keys(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _Unfit("[keys]")
    out = {}
    for name, keys in value.items():
        named = [key.strip() for key in str(keys).split(",") if key.strip()]
        if not isinstance(keys, str) or not named or not all(map(_is_key, named)):
            raise _Unfit('"ctrl+e" | "f5,alt+up" | "x" | "comma" …', name)
        out[name] = ",".join(named)
    return out


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

_KNOWN: dict[str, Callable[[object], object]] = {
    "language": partial(_one_of, LANGUAGES),
    "theme": _text,
    "bidi": partial(_one_of, DIALECTS),
    "glyphs": partial(_one_of, GLYPHS),
    "thresholds": _thresholds,
    "keys": _keys,
    "export_format": _text,
    "export_folder": _text,
    "export_open": _yes_or_no,
    "export_long": _yes_or_no,
    "export_history": _yes_or_no,
    "export_stages": _text,
}

OLD_EXPORT = {
    "export_format": "format",
    "export_folder": "folder",
    "export_open": "open_after",
    "export_long": "long_texts",
    "export_history": "history",
    "export_stages": "stages",
}
"""Settings of earlier versions that are in the state now, and their names there."""


def _line(source: str, name: str) -> int:
    """The line, from 1, that sets `name` or opens its table; 1 where it is written in another way."""
    found = re.search(rf"(?m)^[ \t]*\[?[ \t\"']*{re.escape(name)}\b", source)
    return source.count("\n", 0, found.start()) + 1 if found else 1
