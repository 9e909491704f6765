"""Reading a roadmap's past out of its file, while others may be writing to it.

Nothing here changes the file. Every function opens it for itself, so that it may be called on any thread;
all of them raise BrokenStore where the file cannot be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Node, Roadmap
from lfroadmap.roadmap.structure import Add
from lfroadmap.store.history.change_entries import ChangeEntry, MarkedMoment, entry, mark, milliseconds
from lfroadmap.store.history.undo_chain import UndoChain
from lfroadmap.store.sqlite import disk, roadmap_file
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import Change, Moment
from lfroadmap.store.sqlite.tables import are_ours

_PAGE = 300
"""Changes that are read at a time."""
_SOME = 400
"""Numbers that are asked for in one query."""


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """What a history is narrowed to; what is empty narrows nothing."""

    card: str = ""
    """Id of a card, or of a stage for what was changed in it beside its cards."""
    node: str = ""
    author: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """First and last moment; a time without a zone is local."""
    text: str = ""
    """What stands in an old or new text, or in the node's words; small and capital letters are one."""


EVERYTHING = HistoryQuery()


def read(
    path: Path,
    sought: HistoryQuery = EVERYTHING,
    *,
    limit: int = 200,
    before: int | None = None,
    chain: UndoChain | None = None,
) -> tuple[ChangeEntry, ...]:
    """A page of changes, newest first: those with a number below `before`, or the newest of all.

    Pages that are read one after the other share a `chain`, which knows what took what back.
    """
    where, facts = _where(sought)
    if before is not None:
        where, facts = f"{where} AND seq < ?", [*facts, before]
    with _open(path) as db:
        rows = db.execute(f"{_changes(db)} WHERE {where} ORDER BY seq DESC LIMIT ?", [*facts, limit])
        return tuple(_entries(db, rows, chain or UndoChain()))


def every(path: Path, sought: HistoryQuery = EVERYTHING, *, upto: int | None = None) -> Iterator[ChangeEntry]:
    """All changes that are sought, newest first, up to the one with the number `upto`.

    They are read a page at a time, so that nobody who writes has to wait.
    """
    before, chain = None if upto is None else upto + 1, UndoChain()
    while page := read(path, sought, limit=_PAGE, before=before, chain=chain):
        yield from page
        before = page[-1].number


def numbers(path: Path, sought: HistoryQuery = EVERYTHING) -> tuple[int, ...]:
    """The numbers of all changes that are sought, newest first: a list's rows, to be filled when shown."""
    where, facts = _where(sought)
    with _open(path) as db:
        told = f"FROM ({_changes(db)})" if where != _ALL else "FROM changes"
        return tuple(n for (n,) in db.execute(f"SELECT seq {told} WHERE {where} ORDER BY seq DESC", facts))


def entries(path: Path, wanted: Iterable[int]) -> dict[int, ChangeEntry]:
    """The changes with these numbers, as far as they are there."""
    wanted = list(wanted)
    out: dict[int, ChangeEntry] = {}
    chain = UndoChain()
    with _open(path) as db:
        for start in range(0, len(wanted), _SOME):
            some = wanted[start : start + _SOME]
            marks = ",".join("?" * len(some))
            rows = db.execute(f"{_changes(db)} WHERE seq IN ({marks})", some)
            out |= {each.number: each for each in _entries(db, rows, chain)}
    return out


def _entries(db: Connection, rows: Iterable[Any], chain: UndoChain) -> Iterator[ChangeEntry]:
    def lookup(number: int) -> object:
        row = db.execute("SELECT undo_of FROM changes WHERE seq = ?", (number,)).fetchone()
        return row[0] if row else None

    for row in rows:
        change = Change(*row)
        yield entry(change, None if change.undo_of is None else chain.kind(change.seq, lookup))


def marks(path: Path) -> tuple[MarkedMoment, ...]:
    """The moments that were marked, newest first."""
    with _open(path) as db:
        if not _has_moments(db):
            return ()
        rows = db.execute(
            "SELECT id, at, author, kind, name, change FROM moments WHERE kind <> 'emptied' ORDER BY id DESC"
        )
        found = [mark(Moment(*row)) for row in rows]
    return tuple(each for each in found if each is not None)


def marked(path: Path, wanted: str) -> MarkedMoment | None:
    """The moment of this name, the latest of several, or of this number."""
    held = marks(path)
    named = (mark for mark in held if mark.name == wanted)
    return next(named, next((mark for mark in held if str(mark.id) == wanted), None))


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that was removed and is not there now."""

    entry: ChangeEntry
    """The change that removed it."""
    node: Node
    back: Edit
    """Puts it where it was; changes nothing while what it stood in is removed itself."""
    can_return: bool


def removed(path: Path, roadmap: Roadmap, *, limit: int = 1000) -> tuple[Removed, ...]:
    """The bin: what was removed from `roadmap` since the bin was emptied, the latest first.

    What went with a card or a stage comes back with it, and is not told apart.
    """
    draft = Draft(roadmap)
    out: dict[str, Removed] = {}
    for change in _removals(path):
        for back in _added_by(change.inverse):
            if draft.node(back.node.id) is None and back.node.id not in out:
                out[back.node.id] = Removed(entry(change), back.node, back, draft.can_add(back))
        if len(out) >= limit:
            break
    return tuple(out.values())


def _removals(path: Path) -> Iterator[Change]:
    with _open(path) as db:
        since = "coalesce((SELECT max(change) FROM moments WHERE kind = 'emptied'), 0)"
        rows = db.execute(
            f"{_changes(db)} WHERE kind IN ('Remove', 'Batch', 'ResetAll') AND undo_of IS NULL"
            f" AND seq > {since if _has_moments(db) else 0} ORDER BY seq DESC"
        )
        for row in rows:
            yield Change(*row)


def _added_by(inverse: str) -> Iterator[Add]:
    try:
        yield from (part for part in load_edit(inverse).singles() if isinstance(part, Add))
    except ValueError:  # a row that is damaged: what it removed cannot be told any more
        return


_ALL = "1"


def _where(sought: HistoryQuery) -> tuple[str, list[object]]:
    """The condition that finds what is sought, and what fills it."""
    conditions: list[tuple[str, list[object]]] = [
        (f"{name} = ?", [held])
        for name, held in (("card", sought.card), ("node", sought.node), ("author", sought.author))
        if held
    ]
    if sought.since:
        conditions.append(("at >= ?", [milliseconds(sought.since)]))
    if sought.until:
        conditions.append(("at <= ?", [milliseconds(sought.until)]))
    if sought.text:
        plain, told = _pattern(sought.text), _pattern(json.dumps(sought.text, ensure_ascii=False)[1:-1])
        like = "LIKE ? ESCAPE '\\'"
        conditions.append((f"(label {like} OR old {like} OR new {like})", [plain, told, told]))
    told = " AND ".join(condition for condition, _ in conditions) or _ALL
    return told, [fact for _, facts in conditions for fact in facts]


def _pattern(text: str) -> str:
    for special in ("\\", "%", "_"):
        text = text.replace(special, "\\" + special)
    return f"%{text}%"


_FIRST_COLUMNS = (
    "seq", "at", "author", "session", "kind", "node", "attribute", "old", "new", "edit", "inverse", "undo_of"
)  # fmt: skip


def _changes(db: Connection) -> str:
    """The query for changes; a file of version 1 does not know their cards."""
    told = ", ".join(_FIRST_COLUMNS)
    later = "card, label, upto" if _has_moments(db) else "'' AS card, NULL AS label, 0 AS upto"
    return f"SELECT * FROM (SELECT {told}, {later} FROM changes)"


def _has_moments(db: Connection) -> bool:
    """Whether the file is of version 2 or later."""
    return _version(db) >= 2


def _version(db: Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


@contextmanager
def _open(path: Path) -> Iterator[Connection]:
    roadmap_file.check(path)
    with disk.reading(path) as db:
        if not are_ours(db, _version(db)):
            raise BrokenStore("store_damaged", path=path)
        yield db
