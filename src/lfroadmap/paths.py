"""Path functions for folders that may be deleted, unreadable or no folders at all.

The standard library raises for them: `Path.cwd` and `absolute` where the current folder was deleted or its
disk removed, `is_dir` and its like where a folder may not be searched or a name is too long, `resolve` for
circular links, `home` where it is unknown. Of the functions here only `absolute` raises.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from lfroadmap.errors import RoadmapError

_TEMPORARY = ("/tmp", "/var/tmp", "/usr/tmp") if os.name == "posix" else ()


def typed_path(text: str) -> Path:
    """The path that a person gives; `~` is the home, also where no shell replaces it, as in `-o=~/plan`."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 - which leaves `~nobody` as it is, and pathlib raises


def current_folder() -> Path | None:
    """The current folder; None where it is gone."""
    try:
        return Path.cwd()
    except OSError:
        return None


def absolute(path: Path) -> Path:
    """The full path; raises RoadmapError for a relative one where the current folder is gone."""
    full = for_display(path)
    if not full.is_absolute():
        raise RoadmapError("no_current_folder", path=path)
    return full


def for_display(path: Path) -> Path:
    """The full path; unchanged where the current folder is gone."""
    return path if path.is_absolute() else (current_folder() or Path()) / path


def resolved(path: Path) -> Path:
    """An absolute path with its links followed; for circular links, a path that the system refuses."""
    return Path(os.path.realpath(path))


def exists(path: Path) -> bool:
    """True if anything exists there that can be reached."""
    return _is_true(path.exists)


def is_file(path: Path) -> bool:
    """True if a file exists there that can be reached."""
    return _is_true(path.is_file)


def is_folder(path: Path) -> bool:
    """True if a folder exists there that can be reached."""
    return _is_true(path.is_dir)


def is_endless(path: Path) -> bool:
    """True for a pipe or a device, which may block its reader or writer forever."""
    return exists(path) and not is_file(path) and not is_folder(path)


def _is_true(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except OSError:  # reading or writing the path will raise the actual error
        return False


def is_text(path: Path) -> bool:
    """True if its name is text; on most systems a name may be any bytes."""
    return str(path).isascii() or not any("\ud800" <= char <= "\udfff" for char in str(path))


def home_folder() -> Path | None:
    """The person's home; None where neither the environment nor the system knows it."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - `Path.home` raises where it is not known
    return home if home.is_absolute() else None


def own_folder(kind: Literal["data", "config"], variable: str) -> Path:
    """The folder in an environment variable, or else the user's own for data or settings.

    Raises RoadmapError where the current folder is gone, or where there is no variable and no home.
    """
    if value := os.environ.get(variable):
        return absolute(typed_path(value))
    import platformdirs  # noqa: PLC0415 - costs a few milliseconds, and tests and servers name the folder

    find = platformdirs.user_data_dir if kind == "data" else platformdirs.user_config_dir
    try:
        folder = Path(find("lfroadmap", appauthor=False))
    except RuntimeError as error:
        raise RoadmapError("no_home", variable=variable) from error
    if not folder.is_absolute():
        raise RoadmapError("no_home", variable=variable)
    return folder


class FolderEntry(NamedTuple):
    """A file or folder in a folder."""

    name: str
    is_folder: bool
    size: int
    changed: float
    """Seconds since 1970."""


def entries_in(folder: Path) -> list[FolderEntry]:
    """What a folder holds that has a name a person can type: folders first, by name; raises OSError.

    Hidden entries are left out, and so are those that go away meanwhile, or that lead nowhere.
    """
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or not is_text(Path(entry.name)):
                continue
            with suppress(OSError):
                status = entry.stat()
                found.append(FolderEntry(entry.name, entry.is_dir(), status.st_size, status.st_mtime))
    return sorted(found, key=lambda entry: (not entry.is_folder, entry.name.casefold(), entry.name))


def folder_for_exports(last: str, data: Path) -> Path:
    """The default folder of an export: that of the last one, else an existing folder."""
    candidates = (Path(last) if last else None, current_folder(), home_folder())
    return next((folder for folder in candidates if folder and is_folder(folder)), data)


def last_resorts(exports: str, data: Path) -> tuple[Path, ...]:
    """Folders to try for a file that must be saved somewhere, best first."""
    temporary = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
    folders = [current_folder(), exports, home_folder(), data, *temporary, *_TEMPORARY]
    paths = (Path(folder) for folder in folders if folder)
    return tuple(dict.fromkeys(folder for folder in paths if folder.is_absolute()))
