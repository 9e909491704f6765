"""The names of roadmaps: what one can be called, and the files and folders that stand under them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.store.folder.companions import ASIDE, composed

SUFFIX = ".roadmap"
COMMAND_NAMES = (
    "open", "new", "list", "show", "export", "import", "diff", "history", "snapshot", "bin", "remove",
    "doctor", "schema", "path", "help",
)  # fmt: skip
"""Words of the command line; a roadmap of such a name could not be opened by it."""
HOME, BIN = "roadmaps", "bin"
"""The folders under the data folder: of the roadmaps, and of those that were thrown away."""

_LONGEST, _LONGEST_BYTES = 80, 200
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def checked_name(name: str) -> str:
    """The name in composed form (NFC), so that one name is one file.

    Raises RoadmapError where a roadmap cannot be called so: the rules hold on every system, so that a
    folder can be copied from one to another.
    """
    name = composed(name)
    if problem := next(_problems(name), ""):
        raise RoadmapError(f"name_{problem}", name=name)
    return name


def numbered(name: str) -> Iterator[str]:
    """The name, and then it with each number from 2 on, cut where that would be too long."""
    yield name
    for n in count(2):
        end = f"-{n}"
        own = name[: _LONGEST - len(end)]
        while len(f"{own}{end}".encode("utf-8", "replace")) > _LONGEST_BYTES:
            own = own[:-1]
        yield own.rstrip(" .") + end


def is_name(name: str) -> bool:
    """Whether a roadmap can be called so."""
    return not any(_problems(composed(name)))


def folders_of(home: Path) -> tuple[Path, ...]:
    """The folder of a roadmap's file, and where it is that of a data folder, its bin."""
    return (home, home.parent / BIN) if home.name == HOME else (home,)


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
