"""Names of companion files: the logs of SQLite beside a roadmap's file, and our own temporary files."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from datetime import datetime
from pathlib import Path

LOGS = ("-wal", "-journal")
"""Files that may have commits which the file itself does not have."""
ENDS = (*LOGS, "-shm")
"""All files that SQLite keeps beside a file; `-shm` is only an index of the log."""
ASIDE = ".damaged-"
"""Marker in the name of a damaged file that was set aside; such a file is not listed."""
NEW, RESCUED, COPY, RENAMES = "new", "rescued", "copy", "steps"
_TEMP_NAME = re.compile(
    rf"\.(?P<name>.+)\.[0-9a-f]{{8}}\.(?P<kind>{NEW}|{RESCUED}|{COPY}|{RENAMES})", re.DOTALL
)


def nfc(name: str) -> str:
    """A name in composed form (NFC), in which we write it: macOS writes the same name decomposed."""
    return unicodedata.normalize("NFC", name)


def resolve_link(path: Path) -> Path:
    """The target of a symbolic link: SQLite keeps the log beside that one, not beside the link."""
    return Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114 - raises nothing


def companion(path: Path, end: str) -> Path:
    """The path of the companion with this ending."""
    return path.with_name(path.name + end)


def logs(path: Path) -> tuple[str, ...]:
    """The endings of the logs that exist beside a file."""
    return tuple(end for end in LOGS if os.path.lexists(companion(path, end)))


def is_irregular(path: Path) -> bool:
    """True for something other than a regular file: SQLite would refuse it, or block on it."""
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def temp_path(path: Path, kind: str) -> Path:
    """A unique path beside `path` for a temporary file of this kind."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.{kind}")


def parse_temp_name(name: str) -> tuple[str, str] | None:
    """The target's name and the kind of a temporary file; None for other names."""
    match = _TEMP_NAME.fullmatch(name)
    return (match["name"], match["kind"]) if match else None


def damaged_path(path: Path) -> Path:
    """The unused path `x.damaged-<time>.roadmap` for a file and all its companions."""
    stem = nfc(path.stem)
    time, n = datetime.now().strftime("%Y%m%d-%H%M%S"), 1
    aside = path.with_name(f"{stem}{ASIDE}{time}{path.suffix}")
    while any(os.path.lexists(companion(aside, end)) for end in ("", *ENDS)):
        n += 1
        aside = path.with_name(f"{stem}{ASIDE}{time}-{n}{path.suffix}")
    return aside
