"""Queries of a roadmap's history in its file, while others may be writing to it.

Nothing here changes the file. Every function opens it itself, so that it can be called on any thread;
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
from lfroadmap.roadmap.model import Measurement, Node, Relation, Roadmap
from lfroadmap.roadmap.structure import Add
from lfroadmap.store.history.change_entries import (
    ChangeEntry,
    MarkedMoment,
    change_entry,
    marked_moment,
    milliseconds,
)
from lfroadmap.store.history.undo_chain import UndoChain
from lfroadmap.store.sqlite import disk, roadmap_file
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import Change, Moment
from lfroadmap.store.sqlite.tables import has_our_tables

_PAGE = 300
"""Changes that are read at a time."""
_CHUNK = 400
"""Numbers that are requested in one query."""


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """The filter of a history; an empty attribute filters nothing."""

    card: str = ""
    """Id of a card, or of a stage for changes outside its cards."""
    cards: tuple[str, ...] = ()
    """Several such ids; changes of many nodes at once are found too, whichever these are in."""
    node: str = ""
    author: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """First and last moment; a time without a zone is local."""
    window: str = ""
    """Id of a window's access to the file: what was done in it, and nothing that came from a peer."""
    text: str = ""
    """A part of an old or new text, or of the node's label; case is ignored for ASCII."""


EVERYTHING = HistoryQuery()


def read(
    path: Path,
    query: HistoryQuery = EVERYTHING,
    *,
    limit: int = 200,
    before: int | None = None,
    chain: UndoChain | None = None,
) -> tuple[ChangeEntry, ...]:
    """A page of changes, newest first: those with a number below `before`, or the newest of all.

    Pages that are read one after the other share a `chain`, which remembers what undid what.
    """
    where, facts = _where(query)
    if before is not None:
        where, facts = f"{where} AND seq < ?", [*facts, before]
    with _open_file(path) as db:
        rows = db.execute(f"{_changes(db)} WHERE {where} ORDER BY seq DESC LIMIT ?", [*facts, limit])
        return tuple(_entries(db, rows, chain or UndoChain()))


def every(path: Path, query: HistoryQuery = EVERYTHING, *, upto: int | None = None) -> Iterator[ChangeEntry]:
    """All matching changes, newest first, up to the one with the number `upto`.

    They are read a page at a time, so that writers need not wait.
    """
    before, chain = None if upto is None else upto + 1, UndoChain()
    while page := read(path, query, limit=_PAGE, before=before, chain=chain):
        yield from page
        before = page[-1].number


def numbers(path: Path, query: HistoryQuery = EVERYTHING) -> tuple[int, ...]:
    """The numbers of all matching changes, newest first: a list's rows, to be filled when shown."""
    where, facts = _where(query)
    with _open_file(path) as db:
        source = f"FROM ({_changes(db)})" if where != _ALL else "FROM changes"
        return tuple(n for (n,) in db.execute(f"SELECT seq {source} WHERE {where} ORDER BY seq DESC", facts))


def entries(path: Path, change_numbers: Iterable[int]) -> dict[int, ChangeEntry]:
    """The changes with these numbers, as far as they exist."""
    change_numbers = list(change_numbers)
    out: dict[int, ChangeEntry] = {}
    chain = UndoChain()
    with _open_file(path) as db:
        for start in range(0, len(change_numbers), _CHUNK):
            chunk = change_numbers[start : start + _CHUNK]
            placeholders = ",".join("?" * len(chunk))
            rows = db.execute(f"{_changes(db)} WHERE seq IN ({placeholders})", chunk)
            out |= {each.number: each for each in _entries(db, rows, chain)}
    return out


def _entries(db: Connection, rows: Iterable[Any], chain: UndoChain) -> Iterator[ChangeEntry]:
    def lookup(number: int) -> object:
        row = db.execute("SELECT undo_of FROM changes WHERE seq = ?", (number,)).fetchone()
        return row[0] if row else None

    for row in rows:
        change = Change(*row)
        yield change_entry(change, None if change.undo_of is None else chain.kind(change.seq, lookup))


def marks(path: Path) -> tuple[MarkedMoment, ...]:
    """The marked moments, newest first."""
    with _open_file(path) as db:
        if not _has_moments(db):
            return ()
        rows = db.execute(
            "SELECT id, at, author, kind, name, change FROM moments WHERE kind <> 'emptied' ORDER BY id DESC"
        )
        found = [marked_moment(Moment(*row)) for row in rows]
    return tuple(each for each in found if each is not None)


def marked(path: Path, name: str) -> MarkedMoment | None:
    """The moment of this name, the latest of several, or of this number."""
    moments = marks(path)
    named = (moment for moment in moments if moment.name == name)
    return next(named, next((moment for moment in moments if str(moment.id) == name), None))


@dataclass(frozen=True, slots=True)
class Removed:
    """A node that was removed and does not exist now."""

    entry: ChangeEntry
    """The change that removed it."""
    node: Node
    back: Edit
    """Puts it back in its place; changes nothing while its parent is removed itself."""
    can_return: bool


def removed(path: Path, roadmap: Roadmap, *, limit: int = 1000) -> tuple[Removed, ...]:
    """The trash: nodes removed from `roadmap` since it was last emptied, the latest first.

    Nodes that were removed with a card or a stage are restored with it, and not listed; nor are measurements.
    """
    draft = Draft(roadmap)
    out: dict[str, Removed] = {}
    for change in _removals(path):
        for back in _added_by(change.inverse):
            if draft.node(back.node.id) is None and back.node.id not in out:
                out[back.node.id] = Removed(change_entry(change), back.node, back, draft.can_add(back))
        if len(out) >= limit:
            break
    return tuple(out.values())


def _removals(path: Path) -> Iterator[Change]:
    with _open_file(path) as db:
        since = "coalesce((SELECT max(change) FROM moments WHERE kind = 'emptied'), 0)"
        rows = db.execute(
            f"{_changes(db)} WHERE kind IN ('Remove', 'Batch', 'ResetAll') AND undo_of IS NULL"
            f" AND seq > {since if _has_moments(db) else 0} ORDER BY seq DESC"
        )
        for row in rows:
            yield Change(*row)


def kpi_changes(path: Path, upto: int | None = None) -> Iterator[Change]:
    """The changes that may have set the current value of a KPI, newest first."""
    return changes_of_kinds(path, "(kind = 'SetKpi' AND attribute = 'current')", upto)


def done_changes(path: Path, upto: int | None = None) -> Iterator[Change]:
    """The changes that may have changed how many tasks are done, newest first."""
    return changes_of_kinds(path, "kind IN ('Tick', 'Move')", upto)


def structure_changes(path: Path) -> Iterator[Change]:
    """The changes of texts, of places and of whole nodes, newest first."""
    return changes_of_kinds(path, "kind IN ('Rename', 'Move', 'SetKpi')", None)


def changes_of_kinds(path: Path, condition: str, upto: int | None, *facts: str) -> Iterator[Change]:
    """The changes of a kind and those of whole nodes or of many values, up to a number, newest first."""
    with _open_file(path) as db:
        rows = db.execute(
            f"{_changes(db)} WHERE ({condition} OR kind IN ('Add', 'Remove', 'Batch', 'ResetAll'))"
            " AND (? IS NULL OR seq <= ?) ORDER BY seq DESC",
            (*facts, upto, upto),
        )
        for row in rows:
            yield Change(*row)


def first_changes(path: Path, upto: int | None = None) -> tuple[tuple[str, int], ...]:
    """Id of each card or stage with a change of its own, and when the first one was, in milliseconds."""
    with _open_file(path) as db:
        rows = db.execute(
            f"SELECT card, min(at) FROM ({_changes(db)}) WHERE card <> '' AND (? IS NULL OR seq <= ?)"
            " GROUP BY card",
            (upto, upto),
        )
        return tuple((card, at) for card, at in rows if isinstance(card, str) and isinstance(at, int))


def _added_by(inverse: str) -> Iterator[Add]:
    try:
        parts = load_edit(inverse).singles()
        yield from (p for p in parts if isinstance(p, Add) and not isinstance(p.node, Measurement | Relation))
    except ValueError:  # a damaged row: what it removed is unknown
        return


_ALL = "1"


def _where(query: HistoryQuery) -> tuple[str, list[object]]:
    """The SQL condition for a query, and its parameters."""
    conditions: list[tuple[str, list[object]]] = [
        (f"{name} = ?", [value])
        for name, value in (("card", query.card), ("node", query.node), ("author", query.author))
        if value
    ]
    if query.window:
        conditions.append(("session = ? AND origin = ''", [query.window]))
    if query.cards:
        places = ",".join("?" * len(query.cards))
        conditions.append((f"(card IN ({places}) OR kind IN ('Batch', 'ResetAll'))", list(query.cards)))
    if query.since:
        conditions.append(("at >= ?", [milliseconds(query.since)]))
    if query.until:
        conditions.append(("at <= ?", [milliseconds(query.until)]))
    if query.text:
        plain, quoted = _pattern(query.text), _pattern(json.dumps(query.text, ensure_ascii=False)[1:-1])
        like = "LIKE ? ESCAPE '\\'"
        conditions.append((f"(label {like} OR old {like} OR new {like})", [plain, quoted, quoted]))
    condition = " AND ".join(condition for condition, _ in conditions) or _ALL
    return condition, [fact for _, facts in conditions for fact in facts]


def _pattern(text: str) -> str:
    for special in ("\\", "%", "_"):
        text = text.replace(special, "\\" + special)
    return f"%{text}%"


_FIRST_COLUMNS = (
    "seq", "at", "author", "session", "kind", "node", "attribute", "old", "new", "edit", "inverse", "undo_of"
)  # fmt: skip


_LATER_COLUMNS = (
    ("card", 2, "''"), ("label", 2, "NULL"), ("upto", 2, "0"),
    ("origin", 3, "''"), ("made", 3, "NULL"), ("actor", 3, "''"),
)  # fmt: skip
"""Columns with the version of the file from which on it has them, and their values in older ones."""


def _changes(db: Connection) -> str:
    """The SELECT of changes, with every column of the newest version."""
    columns = ", ".join(_FIRST_COLUMNS)
    version = _version(db)
    later = [name if version >= since else f"{missing} AS {name}" for name, since, missing in _LATER_COLUMNS]
    return f"SELECT * FROM (SELECT {columns}, {', '.join(later)} FROM changes)"


def _has_moments(db: Connection) -> bool:
    """True if the file is of version 2 or later."""
    return _version(db) >= 2


def _version(db: Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


@contextmanager
def _open_file(path: Path) -> Iterator[Connection]:
    roadmap_file.check(path)
    with disk.reading(path) as db:
        if not has_our_tables(db, _version(db)):
            raise BrokenStore("store_damaged", path=path)
        yield db
