"""Whether a folder of roadmaps holds what an interrupted command left: one look at the names in it."""

from __future__ import annotations

import os
from pathlib import Path

from lfroadmap.store.folder.companions import ASIDE, ENDS, composed, unfinished
from lfroadmap.store.folder.naming import SUFFIX


def has_leftovers(folder: Path, only: str = "") -> bool:
    """Whether there is anything to tidy up; of one file only, where `only` is its name.

    A folder that may not be listed has nothing that could be tidied.
    """
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
        names = {entry.name for entry in found}
        if not only and (twins(names) or any(_has_two_names(entry) for entry in found)):
            return True
        return any(
            belongs_to_none(entry.name, names, only, odd=not entry.is_file(follow_symlinks=False))
            for entry in found
        )
    except OSError:
        return False


def _has_two_names(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(SUFFIX) and entry.stat(follow_symlinks=False).st_nlink > 1


def belongs_to_none(name: str, names: set[str], only: str = "", *, odd: bool = False) -> bool:
    """Whether a name is that of a draft, or of a log without its file, or of a log of the wrong kind.

    `odd`: it is no regular file.
    """
    if found := unfinished(name):
        return found[0] == only if only else found[0].endswith(SUFFIX)
    file, end = log_of(name)
    if not end or ASIDE in file or (file != only if only else not file.endswith(SUFFIX)):
        return False
    return odd or file not in names or end == "-journal"


def log_of(name: str) -> tuple[str, str]:
    """For what SQLite keeps beside a file: the file's name and the ending; else the name and nothing."""
    end = next((end for end in ENDS if name.endswith(end)), "")
    return name.removesuffix(end), end


def twins(names: set[str]) -> list[str]:
    """Names of roadmaps that look the same as another's, which is written in composed form."""
    ours = {name for name in names if name.endswith(SUFFIX)}
    return sorted(name for name in ours if (same := composed(name)) != name and same in ours)  # fmt: skip
