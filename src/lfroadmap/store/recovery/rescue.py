"""Rescue of what can be read of a damaged roadmap's file; the file itself is only set aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.folder.companions import RESCUED, resolve_link
from lfroadmap.store.folder.locking import lock_folders
from lfroadmap.store.lifecycle import creating, moving
from lfroadmap.store.recovery.salvage import Rebuilt, Salvage, are_sound, gather, rebuild
from lfroadmap.store.sqlite import disk, file_format, roadmap_file
from lfroadmap.store.sqlite.change_rows import COLUMNS
from lfroadmap.store.sqlite.file_schema import FileContent, change_checksum
from lfroadmap.store.sqlite.loading import dump_view, from_updates, load

if TYPE_CHECKING:
    from lfroadmap.store.document.document import Document

_DAMAGE = ("store_damaged", "store_foreign")
"""Errors of a file that a rescue can help with; a full disk, a lock or a permission is no damage."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The content of a file, or what was rescued of it."""

    path: Path
    damaged: bool
    """True if the file itself is damaged."""
    roadmap: Roadmap
    whole: bool
    """True if the roadmap is as it was last saved, as far as is known."""
    changes: int
    """Number of changes in the history."""
    lost: int
    """Number of changes missing in the history."""
    foreign_log: bool = False
    """True if a log of another file lies beside it; nothing is read from that."""
    aside: Path | None = None
    """New path of the damaged file, or of the foreign log of a sound one; None where nothing was moved."""
    names: int = 1
    """Number of names (hard links) of the file."""
    left_out: int = 0
    """Number of things in the file, or in what was rescued, that are not shown."""

    @property
    def sound(self) -> bool:
        """True if nothing is wrong with it."""
        return not (self.damaged or self.foreign_log)


def examine(path: Path) -> Findings:
    """Read every byte of a file and determine what could be rescued; changes nothing.

    It must not be open in this process. Raises BrokenStore where there is nothing to rescue, or where the
    file is not damaged but cannot be read.
    """
    found = _inspected(resolve_link(path))
    return found if isinstance(found, Findings) else _findings(path, *found)


def _ignore(_: Findings) -> None:
    """Do nothing."""


def rescue(path: Path, report: Callable[[Findings], None] = _ignore) -> Findings:
    """Set a damaged file aside and put a new one in its place, with everything that could be rescued.

    The history is kept, undo steps are not. A sound file is left as it is; a foreign log beside it is
    set aside. `report` is called with the result; if the program is killed before, the next start reports
    what was set aside. Raises BrokenStore, and SaveFailed where the disk does not take the new file; the
    damaged one is then where it was.
    """
    path = resolve_link(path)
    with lock_folders(path.parent, exclusive=True):
        found = _inspected(path)
        if isinstance(found, Findings) and found.sound:
            report(found)
            return found
        if moving.in_use(path):
            raise BrokenStore("store_in_use", path=path)
        roadmap_file.check_writable(path)
        done: list[Findings] = []

        def finished(aside: Path) -> None:
            findings = found if isinstance(found, Findings) else _findings(path, *found)
            done.append(replace(findings, aside=aside))
            report(done[0])

        if isinstance(found, Findings):
            moving.set_foreign_log_aside(path, finished)
        else:
            _replace(path, *found, finished)
        return done[0]


def _replace(path: Path, salvage: Salvage, rebuilt: Rebuilt, finished: moving.ReportPath) -> None:
    with creating.temporary_file(path, RESCUED) as temp:
        _write(temp, salvage, rebuilt)
        creating.copy_access(temp, path.stat())
        moving.set_aside_locked(path, temp, finished)


def _inspected(path: Path) -> Findings | tuple[Salvage, Rebuilt]:
    """The findings of a sound file, or the salvage of a damaged one."""
    roadmap_file.check(path)
    try:
        return _sound(path)
    except BrokenStore as error:
        if error.key == "store_foreign_log":
            return _without_log(path, foreign_log=True)
        if error.key not in _DAMAGE:
            raise
    return _salvaged(path)


def _sound(path: Path) -> Findings:
    """The findings of an undamaged file; raises BrokenStore for any other."""
    content = file_format.inspect(path, thorough=True, any_size=True)
    try:
        with disk.reading(path) as db:
            return _sound_findings(path, content, db)
    except BrokenStore as error:
        if error.key != "store_full" or disk.has_wal(path):
            raise
    return _without_log(path)


def _without_log(path: Path, *, foreign_log: bool = False) -> Findings:
    """The findings of the file without its companions."""
    with disk.reading_immutable(path) as db:
        return _sound_findings(path, file_format.inspect_open(db, path), db, foreign_log=foreign_log)


def _sound_findings(
    path: Path, content: FileContent, db: disk.Connection, *, foreign_log: bool = False
) -> Findings:
    (changes,) = db.execute("SELECT count(*) FROM changes").fetchone()
    if not are_sound(db, content.version):
        raise BrokenStore("store_damaged", path=path)
    names = path.stat().st_nlink
    loaded = load(content, path)
    if loaded.left_out is None:
        loaded = from_updates(content, path)
    return Findings(
        path, False, loaded.roadmap, True, changes, 0,
        foreign_log=foreign_log, names=names, left_out=loaded.left_out or 0,
    )  # fmt: skip


def _salvaged(path: Path) -> tuple[Salvage, Rebuilt]:
    try:
        salvage = gather(path)
    except OSError as error:
        raise BrokenStore("store_unreadable", path=path) from error
    rebuilt = rebuild(salvage)
    if rebuilt is None:
        raise BrokenStore("store_beyond_rescue", path=path)
    return salvage, rebuilt


def _findings(path: Path, salvage: Salvage, rebuilt: Rebuilt) -> Findings:
    kept = len(salvage.changes)
    lost = max(salvage.changes, default=0) - kept
    left_out = rebuilt.document.left_out if rebuilt.document else 0
    return Findings(
        path, True, rebuilt.roadmap, rebuilt.whole, kept, lost,
        foreign_log=salvage.foreign_log, left_out=left_out,
    )  # fmt: skip


def _write(path: Path, salvage: Salvage, rebuilt: Rebuilt) -> None:
    """Write the new file: one update with the whole document, the history, the marked moments."""
    placeholders = ",".join("?" * (len(COLUMNS) + 1))

    def fill(db: disk.Connection) -> None:
        db.executemany(
            f"INSERT INTO changes({','.join(COLUMNS)}, sum) VALUES({placeholders})",
            ((*change, change_checksum(change.edit, change.inverse, change.upto))
             for change in salvage.changes.values()),
        )  # fmt: skip
        db.executemany("INSERT INTO moments VALUES(?, ?, ?, ?, ?, ?)", salvage.moments.values())
        db.executemany("INSERT INTO measuring VALUES(?, ?, ?, ?)", salvage.measuring.values())
        db.executemany("INSERT INTO team VALUES(?, ?, ?, ?, ?)", salvage.rooms.values())

    document = _document(rebuilt)
    view = dump_view(rebuilt.roadmap, document.left_out)
    file_format.create(path, document.full_update(), view, max(salvage.last, 1), fill)


def _document(rebuilt: Rebuilt) -> Document:
    """The document of the roadmap, the same as before if that is known.

    Its lineage is a new one: changes that were applied again would be twice in a merge with an earlier copy.
    """
    from lfroadmap.store.document.document import Document  # noqa: PLC0415 - 0.1 s, and only a rescue needs it here

    document = rebuilt.document
    if document is None:
        document = Document()
        document.fill(rebuilt.roadmap)
    else:
        now = document.roadmap()
        document.apply(Batch(difference(now, rebuilt.roadmap)), now)
        document.begin_lineage()
    return document
