"""Reading and writing `settings.toml`; tomlkit keeps comments, order and what else stands in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lfroadmap.errors import RoadmapError
from lfroadmap.files import replace_file
from lfroadmap.paths import is_endless, own_folder
from lfroadmap.settings.checks import CHECKS, Unfit
from lfroadmap.settings.values import OLD_EXPORT, Settings
from lfroadmap.state import ExportState

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_LONGEST = 64 * 1024
"""Most characters of the file."""
EXTREME = re.compile(
    r"""(?<![\d_])[\d_]{4000}|(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}"""
)
"""A number that Python does not convert, and a name of so many parts that reading it takes minutes."""


def config_folder() -> Path:
    """Where `settings.toml` lives: `LFROADMAP_CONFIG_DIR`, or the user's own folder; raises RoadmapError."""
    return own_folder("config", "LFROADMAP_CONFIG_DIR")


def load(folder: Path) -> Settings:
    """The settings in `folder`; the defaults where there is no file.

    Raises RoadmapError with the file, the line and what was expected there.
    """
    path = folder / "settings.toml"
    return _read(path, _source(path))


def known_author() -> str:
    """The author's name of the settings; empty where they name none, or cannot be read."""
    try:
        return load(config_folder()).author
    except RoadmapError:  # reported at the start of each program
        return ""


def save(folder: Path, **changes: str | None) -> None:
    """Write settings that are texts, and leave everything else in the file as it is; None removes a setting.

    Raises RoadmapError where the folder cannot be written, the file there cannot be understood, or a value
    is none that its setting takes.
    """
    save_values(folder, {(name,): value for name, value in changes.items()})


def save_values(folder: Path, changes: Mapping[tuple[str, ...], str | int | None]) -> None:
    """As `save`, for any settings; that of a table is named with it, as in `("keys", "undo")`.

    A table in which nothing is left goes as well.
    """
    import tomlkit  # noqa: PLC0415 - takes as long as a start, and most runs change no setting
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    path = folder / "settings.toml"
    source = _source(path)
    _table(path, source)
    try:
        document = tomlkit.parse(source.replace("\r\n", "\n"))
    except TOMLKitError as error:
        raise RoadmapError("settings_syntax", path=path, reason=error) from error
    for (name, *inner), value in changes.items():
        if inner:
            _put_into_table(document, name, inner[0], value)
        elif value is None:
            document.pop(name, None)
        else:
            document[name] = value
    changed = document.as_string()
    touched = {name for name, *_ in changes}
    values = {name: value for name, value in _table(path, changed).items() if name in touched}
    _check(path, values, changed)
    changed = changed.replace("\n", "\r\n") if "\r\n" in source else changed
    if changed != source:
        _put(path, changed)


def _put_into_table(document: TOMLDocument, table: str, name: str, value: str | int | None) -> None:
    """Set a value of a table, which is made where it is not there; one that is left empty goes."""
    import tomlkit  # noqa: PLC0415 - as above

    if table not in document:
        if value is None:
            return
        document[table] = tomlkit.table()
    inner: Any = document[table]
    if not isinstance(inner, MutableMapping):
        return  # the check says what is wrong with it
    if value is not None:
        inner[name] = value
        return
    inner.pop(name, None)
    written: Any = document.item(table)
    if not inner and "#" not in written.as_string():
        document.pop(table)


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
        if name not in CHECKS:
            known = ", ".join(name for name in CHECKS if name not in OLD_EXPORT)
            raise RoadmapError(
                "settings_unknown", path=path, line=_line(source, name), name=name, known=known
            )
        try:
            out[name] = CHECKS[name](value)
        except Unfit as error:
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


def _line(source: str, name: str) -> int:
    """The line, from 1, that sets `name` or opens its table; 1 where it is written in another way."""
    found = re.search(rf"(?m)^[ \t]*\[?[ \t\"']*{re.escape(name)}\b", source)
    return source.count("\n", 0, found.start()) + 1 if found else 1
