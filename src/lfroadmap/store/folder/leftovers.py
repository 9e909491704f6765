"""Detection of what an interrupted command left in a folder of roadmaps, by one listing of the folder."""

from __future__ import annotations

import os
from pathlib import Path

from lfroadmap.store.folder.companions import ASIDE, ENDS, nfc, parse_temp_name
from lfroadmap.store.folder.naming import SUFFIX


def has_leftovers(folder: Path, only: str = "") -> bool:
    """True if there is anything to clean up; of one file only, where `only` is its name.

    A folder that may not be listed has nothing that could be cleaned up.
    """
    try:
        with os.scandir(folder) as entries:
            match = list(entries)
        names = {entry.name for entry in match}
        if not only and (decomposed_twins(names) or any(_has_two_names(entry) for entry in match)):
            return True
        return any(
            is_leftover(entry.name, names, only, irregular=not entry.is_file(follow_symlinks=False))
            for entry in match
        )
    except OSError:
        return False


def _has_two_names(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(SUFFIX) and entry.stat(follow_symlinks=False).st_nlink > 1


def is_leftover(name: str, names: set[str], only: str = "", *, irregular: bool = False) -> bool:
    """True for the name of a temporary file, of a log without its file, or of a log of the wrong kind.

    `irregular`: it is not a regular file.
    """
    if match := parse_temp_name(name):
        return match[0] == only if only else match[0].endswith(SUFFIX)
    file, end = split_log_name(name)
    if not end or ASIDE in file or (file != only if only else not file.endswith(SUFFIX)):
        return False
    return irregular or file not in names or end == "-journal"


def split_log_name(name: str) -> tuple[str, str]:
    """For a companion of SQLite: the file's name and the ending; else the name and nothing."""
    end = next((end for end in ENDS if name.endswith(end)), "")
    return name.removesuffix(end), end


def decomposed_twins(names: set[str]) -> list[str]:
    """Names of roadmaps in decomposed form for which the composed form exists as well."""
    ours = {name for name in names if name.endswith(SUFFIX)}
    return sorted(name for name in ours if (same := nfc(name)) != name and same in ours)  # fmt: skip
