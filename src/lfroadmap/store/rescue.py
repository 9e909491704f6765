"""Saving what can be saved of a damaged roadmap's file; the file itself is only moved aside."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.codec import dump
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store import disk, files, opening
from lfroadmap.store.loading import roadmap_of
from lfroadmap.store.log import COLUMNS
from lfroadmap.store.remains import Rebuilt, Remains, gather, rebuild
from lfroadmap.store.rows import change_checksum
from lfroadmap.store.windows import windows

_NOT_OURS = ("store_missing", "store_folder", "store_unreadable", "store_newer", "store_empty", "store_busy")
"""What is wrong with a file that no rescue can help with."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a file holds, or what was saved of it."""

    path: Path
    sound: bool
    """Whether nothing is wrong with it."""
    roadmap: Roadmap
    whole: bool
    """Whether the roadmap is as it was last saved, as far as anything tells."""
    changes: int
    """Changes that the history holds."""
    lost: int
    """Changes that are missing in the history."""
    aside: Path | None = None
    """Where the damaged file is now; None where it was not moved."""


def examine(path: Path) -> Findings:
    """Look at every byte of a file and say what could be saved; changes nothing.

    It must not be open in this process. Raises BrokenStore where there is nothing to save, or where it is no
    damage that is wrong with the file.
    """
    found = _examined(path)
    return found if isinstance(found, Findings) else _findings(path, *found)


def rescue(path: Path) -> Findings:
    """Put a damaged file aside and a new one in its place, with all that could be saved of it.

    Steps of undo are not among it; the history is. A sound file is left as it is. Raises BrokenStore, and
    SaveFailed where the disk does not take the new file; the damaged one is then where it was.
    """
    found = _examined(path)
    if isinstance(found, Findings):
        return found
    remains, rebuilt = found
    if windows(path):
        raise BrokenStore("store_in_use", path=path)
    files.check_writable(path)
    fresh = path.with_name(f".{path.name}.{os.urandom(4).hex()}.rescued")
    try:
        _write(fresh, remains, rebuilt)
        aside = files.set_aside(path)
        files.publish(fresh, path)
    finally:
        files.clear(fresh)
    return _findings(path, remains, rebuilt, aside)


def _examined(path: Path) -> Findings | tuple[Remains, Rebuilt]:
    """What a sound file holds, or what remains of a damaged one."""
    files.check(path)
    try:
        return _sound(path)
    except BrokenStore as error:
        if error.key in _NOT_OURS:
            raise
    return _remains(path)


def _sound(path: Path) -> Findings:
    """What an undamaged file holds; raises BrokenStore for any other."""
    opened = opening.look(path, thoroughly=True, whatever_its_size=True)
    with disk.reading(path) as db:
        (changes,) = db.execute("SELECT count(*) FROM changes").fetchone()
    return Findings(path, True, roadmap_of(opened, path), True, changes, 0)


def _remains(path: Path) -> tuple[Remains, Rebuilt]:
    try:
        remains = gather(path)
    except OSError as error:
        raise BrokenStore("store_unreadable", path=path) from error
    rebuilt = rebuild(remains)
    if rebuilt is None:
        raise BrokenStore("store_beyond_rescue", path=path)
    return remains, rebuilt


def _findings(path: Path, remains: Remains, rebuilt: Rebuilt, aside: Path | None = None) -> Findings:
    kept = len(remains.changes)
    lost = max(remains.changes, default=0) - kept
    return Findings(path, False, rebuilt.roadmap, rebuilt.whole, kept, lost, aside)


def _write(path: Path, remains: Remains, rebuilt: Rebuilt) -> None:
    """Make the new file: one update that holds everything, the history, the marked moments."""
    opening.create(path, _update(rebuilt), dump(rebuilt.roadmap), max(remains.last, 1))
    with disk.telling(path), closing(disk.connect(path, "mode=rw")) as db, disk.transaction(db):
        marks = ",".join("?" * (len(COLUMNS) + 1))
        db.executemany(
            f"INSERT INTO changes({','.join(COLUMNS)}, sum) VALUES({marks})",
            ((*held, change_checksum(held.edit, held.inverse, held.upto))
             for held in remains.changes.values()),
        )  # fmt: skip
        db.executemany("INSERT INTO moments VALUES(?, ?, ?, ?, ?, ?)", remains.moments.values())


def _update(rebuilt: Rebuilt) -> bytes:
    """The roadmap as one update, of the same document as before where that is known: copies still merge."""
    from lfroadmap.store.document import Document  # noqa: PLC0415 - 0.1 s, and only a rescue needs it here

    document = rebuilt.document
    if document is None:
        document = Document()
        document.fill(rebuilt.roadmap)
    else:
        now = document.roadmap()
        document.apply(Batch(difference(now, rebuilt.roadmap)), now)
    return document.whole()
