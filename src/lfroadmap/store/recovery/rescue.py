"""Saving what can be saved of a damaged roadmap's file; the file itself is only moved aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.codec import dump
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.folder.companions import RESCUED, real
from lfroadmap.store.folder.locking import working
from lfroadmap.store.lifecycle import creating, moving
from lfroadmap.store.recovery.salvage import Rebuilt, Salvage, are_sound, gather, rebuild
from lfroadmap.store.sqlite import disk, file_format, roadmap_file
from lfroadmap.store.sqlite.file_schema import Opened, change_checksum
from lfroadmap.store.sqlite.loading import roadmap_of
from lfroadmap.store.sqlite.log import COLUMNS

_DAMAGE = ("store_damaged", "store_foreign")
"""What is wrong with a file that a rescue can help with; a full disk, a lock or a permission is no damage."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a file holds, or what was saved of it."""

    path: Path
    damaged: bool
    """Whether the file itself is."""
    roadmap: Roadmap
    whole: bool
    """Whether the roadmap is as it was last saved, as far as anything tells."""
    changes: int
    """Changes that the history holds."""
    lost: int
    """Changes that are missing in the history."""
    foreign_log: bool = False
    """Whether a log lies beside it that is of another file; nothing is taken from that."""
    aside: Path | None = None
    """Where the damaged file is now, or the foreign log of a sound one; None where nothing was moved."""
    names: int = 1
    """Names that the file has on its disk."""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return not (self.damaged or self.foreign_log)


def examine(path: Path) -> Findings:
    """Look at every byte of a file and say what could be saved; changes nothing.

    It must not be open in this process. Raises BrokenStore where there is nothing to save, or where it is no
    damage that is wrong with the file.
    """
    found = _examined(real(path))
    return found if isinstance(found, Findings) else _findings(path, *found)


def _nobody(_: Findings) -> None:
    """Say nothing."""


def rescue(path: Path, say: Callable[[Findings], None] = _nobody) -> Findings:
    """Put a damaged file aside and a new one in its place, with all that could be saved of it.

    Steps of undo are not among it; the history is. A sound file is left as it is; a foreign log beside it is
    put aside. `say` is called with what was done; should the program be killed before, the next start says
    what was put aside. Raises BrokenStore, and SaveFailed where the disk does not take the new file; the
    damaged one is then where it was.
    """
    path = real(path)
    with working(path.parent, exclusive=True):
        found = _examined(path)
        if isinstance(found, Findings) and found.sound:
            say(found)
            return found
        if moving.in_use(path):
            raise BrokenStore("store_in_use", path=path)
        roadmap_file.check_writable(path)
        done: list[Findings] = []

        def finished(aside: Path) -> None:
            known = found if isinstance(found, Findings) else _findings(path, *found)
            done.append(replace(known, aside=aside))
            say(done[0])

        if isinstance(found, Findings):
            moving.put_foreign_log_aside(path, finished)
        else:
            _replace(path, *found, finished)
        return done[0]


def _replace(path: Path, remains: Salvage, rebuilt: Rebuilt, finished: moving.Say) -> None:
    with creating.making(path, RESCUED) as fresh:
        _write(fresh, remains, rebuilt)
        creating.keep_access(fresh, path.stat())
        moving.put_aside(path, fresh, finished)


def _examined(path: Path) -> Findings | tuple[Salvage, Rebuilt]:
    """What a sound file holds, or what remains of a damaged one."""
    roadmap_file.check(path)
    try:
        return _sound(path)
    except BrokenStore as error:
        if error.key == "store_foreign_log":
            return _alone(path, foreign_log=True)
        if error.key not in _DAMAGE:
            raise
    return _remains(path)


def _sound(path: Path) -> Findings:
    """What an undamaged file holds; raises BrokenStore for any other."""
    opened = file_format.look(path, thoroughly=True, whatever_its_size=True)
    try:
        with disk.reading(path) as db:
            return _told(path, opened, db)
    except BrokenStore as error:
        if error.key != "store_full" or disk.has_log(path):
            raise
    return _alone(path)


def _alone(path: Path, *, foreign_log: bool = False) -> Findings:
    """What the file holds without what lies beside it."""
    with disk.reading_unchanging(path) as db:
        return _told(path, file_format.look_in(db, path), db, foreign_log=foreign_log)


def _told(path: Path, opened: Opened, db: disk.Connection, *, foreign_log: bool = False) -> Findings:
    (changes,) = db.execute("SELECT count(*) FROM changes").fetchone()
    if not are_sound(db, opened.version):
        raise BrokenStore("store_damaged", path=path)
    names = path.stat().st_nlink
    roadmap = roadmap_of(opened, path)
    return Findings(path, False, roadmap, True, changes, 0, foreign_log=foreign_log, names=names)


def _remains(path: Path) -> tuple[Salvage, Rebuilt]:
    try:
        remains = gather(path)
    except OSError as error:
        raise BrokenStore("store_unreadable", path=path) from error
    rebuilt = rebuild(remains)
    if rebuilt is None:
        raise BrokenStore("store_beyond_rescue", path=path)
    return remains, rebuilt


def _findings(path: Path, remains: Salvage, rebuilt: Rebuilt) -> Findings:
    kept = len(remains.changes)
    lost = max(remains.changes, default=0) - kept
    return Findings(path, True, rebuilt.roadmap, rebuilt.whole, kept, lost, foreign_log=remains.foreign_log)


def _write(path: Path, remains: Salvage, rebuilt: Rebuilt) -> None:
    """Make the new file: one update that holds everything, the history, the marked moments."""
    marks = ",".join("?" * (len(COLUMNS) + 1))

    def fill(db: disk.Connection) -> None:
        db.executemany(
            f"INSERT INTO changes({','.join(COLUMNS)}, sum) VALUES({marks})",
            ((*held, change_checksum(held.edit, held.inverse, held.upto))
             for held in remains.changes.values()),
        )  # fmt: skip
        db.executemany("INSERT INTO moments VALUES(?, ?, ?, ?, ?, ?)", remains.moments.values())

    file_format.create(path, _update(rebuilt), dump(rebuilt.roadmap), max(remains.last, 1), fill)


def _update(rebuilt: Rebuilt) -> bytes:
    """The roadmap as one update, of the same document as before where that is known: copies still merge."""
    from lfroadmap.store.document.document import Document  # noqa: PLC0415 - 0.1 s, and only a rescue needs it here

    document = rebuilt.document
    if document is None:
        document = Document()
        document.fill(rebuilt.roadmap)
    else:
        now = document.roadmap()
        document.apply(Batch(difference(now, rebuilt.roadmap)), now)
    return document.whole()
