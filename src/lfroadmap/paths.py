"""Questions about paths whose folder may be gone, unreadable or no folder at all.

The standard library raises for them: `Path.cwd` and `absolute` where the current folder was deleted or its
disk removed, `is_dir` and its like where a folder may not be searched or a name is too long, `resolve` where
links go in a circle, `home` where nobody knows it. Of the functions here only `absolute` raises.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from lfroadmap.errors import RoadmapError

_TEMPORARY = ("/tmp", "/var/tmp", "/usr/tmp") if os.name == "posix" else ()


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
    """The full path; as it is given where the current folder is gone."""
    return path if path.is_absolute() else (current_folder() or Path()) / path


def resolved(path: Path) -> Path:
    """An absolute path with its links followed; where they go in a circle, a path that the system refuses."""
    return Path(os.path.realpath(path))


def exists(path: Path) -> bool:
    """Whether anything is there that can be reached."""
    return _holds(path.exists)


def is_file(path: Path) -> bool:
    """Whether a file is there that can be reached."""
    return _holds(path.is_file)


def is_folder(path: Path) -> bool:
    """Whether a folder is there that can be reached."""
    return _holds(path.is_dir)


def is_endless(path: Path) -> bool:
    """Whether it is a pipe or a device, which may make its reader or writer wait forever."""
    return exists(path) and not is_file(path) and not is_folder(path)


def _holds(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:  # reading or writing the path will say what is wrong with it
        return False


def is_text(path: Path) -> bool:
    """Whether its name is text; on most systems a name may be any bytes."""
    return str(path).isascii() or not any("\ud800" <= sign <= "\udfff" for sign in str(path))


def home_folder() -> Path | None:
    """The person's home; None where neither the environment nor the system knows it."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - `Path.home` raises where it is not known
    return home if home.is_absolute() else None


def folder_for_exports(last: str, data: Path) -> Path:
    """Where an export goes if nobody says so: where the last one went, else a folder that is there."""
    wanted = (Path(last) if last else None, current_folder(), home_folder())
    return next((folder for folder in wanted if folder and is_folder(folder)), data)


def last_resorts(exports: str, data: Path) -> tuple[Path, ...]:
    """Folders to try for a file that must be kept somewhere, best first; writing shows which one takes it."""
    temporary = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
    folders = [current_folder(), exports, home_folder(), data, *temporary, *_TEMPORARY]
    known = (Path(folder) for folder in folders if folder)
    return tuple(dict.fromkeys(folder for folder in known if folder.is_absolute()))
