"""The names of roadmaps: which are valid, and the files and folders named after them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.store.folder.companions import ASIDE, nfc

SUFFIX = ".roadmap"
COMMAND_NAMES = (
    "open", "new", "list", "show", "export", "import", "diff", "history", "snapshot", "bin", "remove",
    "doctor", "schema", "path", "help", "add", "set", "tick", "untick", "move", "kpi", "stage", "card",
    "wait", "repeat", "moves",
    "apply", "completion", "portfolio", "templates", "note", "take", "guide", "calc", "calculator",
    "rename", "measure", "bind", "settings", "watch-measure", "serve", "share", "join", "leave", "team",
    "due", "remind", "people",
    "search", "list-tasks",
    "mcp",
)  # fmt: skip
"""Words of the command line; of a roadmap with such a name only `open` opens the screen.

So no new one gets it; one that has it since before there was such a command keeps it.
"""
HOME, TRASH = "roadmaps", "bin"
"""The folders under the data folder: of the roadmaps, and of the removed ones."""

ID_START = "r-"
"""Begins the id of a roadmap whose name cannot be typed everywhere as it is."""
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_SHORTEST_ID = 6
_LONGEST, _LONGEST_BYTES = 80, 200
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def valid_name(name: str, *, is_new: bool = False) -> str:
    """The name in composed form (NFC), so that one name is one file.

    Raises RoadmapError for an invalid name: the rules are the same on every system, so that a
    folder can be copied from one to another.
    """
    name = nfc(name)
    if problem := next(_problems(name, is_new=is_new), ""):
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


def is_valid_name(name: str, *, is_new: bool = False) -> bool:
    """True if a roadmap can have this name, or a new one can get it."""
    return not any(_problems(nfc(name), is_new=is_new))


def ascii_ids(names: Iterable[str]) -> dict[str, str]:
    """Name -> id in ASCII, which a shell takes as it stands; a plain name is its own id."""
    ids: dict[str, str] = {}
    taken = set(names := tuple(names))
    for name in names:
        ids[name] = name if _PLAIN.fullmatch(name) else next(id_ for id_ in _ids(name) if id_ not in taken)
        taken.add(ids[name])
    return ids


def _ids(name: str) -> Iterator[str]:
    """The ids that a name may have; a longer one where a shorter one is another's name or id."""
    from hashlib import sha256  # noqa: PLC0415 - most names are plain

    digest = sha256(nfc(name).encode("utf-8", "replace")).hexdigest()
    return (ID_START + digest[:length] for length in range(_SHORTEST_ID, len(digest) + 1))


def folders_of(home: Path) -> tuple[Path, ...]:
    """The folder of a roadmap's file, and for that of a data folder also its trash."""
    return (home, home.parent / TRASH) if home.name == HOME else (home,)


def _problems(name: str, *, is_new: bool) -> Iterator[str]:
    if not name.strip():
        yield "empty"
    if any(c in '/\\<>:"|?*' or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in name):
        yield "characters"
    if len(name) > _LONGEST or len(name.encode("utf-8", "replace")) > _LONGEST_BYTES:
        yield "long"
    if name[:1] in ("-", ".", " ") or name[-1:] in (".", " ") or ASIDE in name:
        yield "edges"
    if (is_new and name.lower() in COMMAND_NAMES) or name.partition(".")[0].strip().lower() in _DEVICES:
        yield "taken_word"
