"""The names of roadmaps: which are valid, and the files and folders named after them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.store.folder.companions import ASIDE, nfc

SUFFIX = ".roadmap"
COMMAND_NAMES = (
    "open", "new", "list", "show", "export", "import", "diff", "history", "snapshot", "bin", "remove",
    "doctor", "schema", "path", "help",
)  # fmt: skip
"""Words of the command line; a roadmap with such a name could not be opened by it."""
HOME, TRASH = "roadmaps", "bin"
"""The folders under the data folder: of the roadmaps, and of the removed ones."""

_LONGEST, _LONGEST_BYTES = 80, 200
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def valid_name(name: str) -> str:
    """The name in composed form (NFC), so that one name is one file.

    Raises RoadmapError for an invalid name: the rules are the same on every system, so that a
    folder can be copied from one to another.
    """
    name = nfc(name)
    if problem := next(_problems(name), ""):
        raise RoadmapError(f"name_{problem}", name=name)
    return name


def numbered_names(name: str) -> Iterator[str]:
    """The name, then the name with each number from 2 on, shortened where it would be too long."""
    yield name
    for n in count(2):
        end = f"-{n}"
        own = name[: _LONGEST - len(end)]
        while len(f"{own}{end}".encode("utf-8", "replace")) > _LONGEST_BYTES:
            own = own[:-1]
        yield own.rstrip(" .") + end


def is_valid_name(name: str) -> bool:
    """True if a roadmap can have this name."""
    return not any(_problems(nfc(name)))


def folders_of(home: Path) -> tuple[Path, ...]:
    """The folder of a roadmap's file, and for that of a data folder also its trash."""
    return (home, home.parent / TRASH) if home.name == HOME else (home,)


def _problems(name: str) -> Iterator[str]:
    if not name.strip():
        yield "empty"
    if any(c in '/\\<>:"|?*' or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in name):
        yield "characters"
    if len(name) > _LONGEST or len(name.encode("utf-8", "replace")) > _LONGEST_BYTES:
        yield "long"
    if name[:1] in ("-", ".", " ") or name[-1:] in (".", " ") or ASIDE in name:
        yield "edges"
    if name.lower() in COMMAND_NAMES or name.partition(".")[0].strip().lower() in _DEVICES:
        yield "taken_word"
