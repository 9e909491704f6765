"""Names: what SQLite keeps beside a roadmap's file, and what our own unfinished work is called."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from datetime import datetime
from pathlib import Path

LOGS = ("-wal", "-journal")
"""What may hold commits that the file itself does not have."""
ENDS = (*LOGS, "-shm")
"""All that SQLite keeps beside a file; `-shm` is only an index of the log."""
ASIDE = ".damaged-"
"""What stands in the name of a file that was put aside; such a file is not listed."""
NEW, RESCUED, COPY, STEPS = "new", "rescued", "copy", "steps"
_OURS = re.compile(rf"\.(?P<name>.+)\.[0-9a-f]{{8}}\.(?P<kind>{NEW}|{RESCUED}|{COPY}|{STEPS})", re.DOTALL)


def composed(name: str) -> str:
    """A name in composed form (NFC), in which we write it: a Mac writes the same name decomposed."""
    return unicodedata.normalize("NFC", name)


def real(path: Path) -> Path:
    """The file behind a symbolic link: SQLite keeps the log beside that one, not beside the link."""
    return Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114 - raises nothing


def beside(path: Path, end: str) -> Path:
    """What belongs to the file under its name and this ending."""
    return path.with_name(path.name + end)


def logs(path: Path) -> tuple[str, ...]:
    """The endings of the logs that lie beside a file."""
    return tuple(end for end in LOGS if os.path.lexists(beside(path, end)))


def is_odd(path: Path) -> bool:
    """Whether something lies there that is no regular file: SQLite would refuse it, or wait for it."""
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def draft(path: Path, kind: str) -> Path:
    """A name beside `path` for what is being made, which nothing else has."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.{kind}")


def unfinished(name: str) -> tuple[str, str] | None:
    """For the name of a draft: the name of the file that it was made for, and its kind."""
    found = _OURS.fullmatch(name)
    return (found["name"], found["kind"]) if found else None


def free_aside(path: Path) -> Path:
    """The name `x.damaged-<time>.roadmap` that a file, and all beside it, can be given."""
    stem = composed(path.stem)
    time, n = datetime.now().strftime("%Y%m%d-%H%M%S"), 1
    aside = path.with_name(f"{stem}{ASIDE}{time}{path.suffix}")
    while any(os.path.lexists(beside(aside, end)) for end in ("", *ENDS)):
        n += 1
        aside = path.with_name(f"{stem}{ASIDE}{time}-{n}{path.suffix}")
    return aside
