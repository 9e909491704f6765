"""The rows of the change log and of the undo steps in an open file; used inside the log's transactions."""

from __future__ import annotations

from itertools import starmap, takewhile
from typing import NamedTuple

from lfroadmap.store.identity import Author
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import Change, MomentKind, StepKind, change_checksum

_PERSON = 8
"""Characters of a person's id that the undo steps have, 48 random bits: each edit has a step."""


class ForeignChange(NamedTuple):
    """The parts of a change of another window or a peer that say who made it."""

    seq: int
    author: str
    actor: str
    origin: str
    kind: str
    undo_of: int | None
    session: str
    upto: int


def _is_after(change: ForeignChange, update: int) -> bool:
    """True if a change belongs to an update after this one; False also for a damaged row."""
    texts = change.author, change.actor, change.origin, change.kind, change.session
    return isinstance(change.upto, int) and change.upto > update and all(isinstance(t, str) for t in texts)


class UndoSteps:
    """The undo and redo steps of one person, as two stacks of changes; used inside the log's transactions.

    Steps of files before version 3 have a name instead of an id: they become the steps of the first person of
    that name who edits or undoes, and nobody else's.
    """

    def __init__(self, db: Connection, author: Author) -> None:
        self._db, self._name = db, author.name
        self._person = author.actor[:_PERSON] or author.name
        """The beginning of the person's id."""
        named = db.execute("SELECT 1 FROM steps WHERE author = ? LIMIT 1", (author.name,)).fetchone()
        self._has_named = named is not None and self._person != author.name
        """False where no steps are under a name; a file of version 3 gets no more of them."""

    def push(self, kind: StepKind, change: int) -> None:
        """Push a change on the author's stack of undo or redo steps."""
        self._db.execute(
            "INSERT INTO steps SELECT ?1, ?2, coalesce(max(place), 0) + 1, ?3 FROM steps"
            " WHERE author = ?1 AND kind = ?2",
            (self._person, kind, change),
        )

    def pop(self, kind: StepKind) -> int | None:
        """Pop the last change off the author's stack; None where it is empty."""
        self._adopt()
        (place, change) = self._db.execute(
            "SELECT max(place), change FROM steps WHERE author = ? AND kind = ?", (self._person, kind)
        ).fetchone()
        if place is None:
            return None
        self._db.execute(
            "DELETE FROM steps WHERE author = ? AND kind = ? AND place = ?", (self._person, kind, place)
        )
        return int(change)

    def clear(self, kind: StepKind) -> None:
        """Clear the author's stack."""
        self._adopt()
        self._db.execute("DELETE FROM steps WHERE author = ? AND kind = ?", (self._person, kind))

    def _adopt(self) -> None:
        """Put the steps under the author's name below those of the author."""
        if not self._has_named:
            return
        tops = self._db.execute(
            "SELECT kind, max(place) FROM steps WHERE author = ? GROUP BY kind", (self._name,)
        ).fetchall()
        for kind, top in tops:
            self._db.execute(
                "UPDATE steps SET author = ?1, place = place - ?2 + (SELECT coalesce(min(place), 1) - 1"
                " FROM steps WHERE author = ?1 AND kind = ?3) WHERE author = ?4 AND kind = ?3",
                (self._person, top, kind, self._name),
            )

    def drop(self, change: int) -> None:
        """Delete the steps of a change that is deleted itself."""
        self._db.execute("DELETE FROM steps WHERE author = ? AND change = ?", (self._person, change))


class ChangeRows:
    """The change log of an open file, as one window writes it."""

    _db: Connection
    _session: str
    author: Author
    steps: UndoSteps

    def add_change(self, change: Change) -> int:
        """Append a row to the change log (its `seq` is not used); returns its number."""
        _, at, author, _, *values = change
        sum_ = change_checksum(change.edit, change.inverse, change.upto)
        row = self._db.execute(_INSERT_CHANGE, (at, author, self._session, *values, sum_))
        assert row.lastrowid is not None
        return row.lastrowid

    def amend_change(self, seq: int, change: Change) -> None:
        """Update a row after the change was extended."""
        self._db.execute(
            "UPDATE changes SET at = ?, old = ?, new = ?, edit = ?, inverse = ?, label = ?, upto = ?, sum = ?"
            " WHERE seq = ?",
            (change.at, change.old, change.new, change.edit, change.inverse, change.label, change.upto,
             change_checksum(change.edit, change.inverse, change.upto), seq),
        )  # fmt: skip

    def add_moment(self, at: int, kind: MomentKind, name: str, change: int | None = None) -> None:
        """Mark the place after a change, or after the last one."""
        self._db.execute(
            "INSERT INTO moments(at, author, kind, name, change)"
            " SELECT ?, ?, ?, ?, coalesce(?, max(seq), 0) FROM changes",
            (at, self.author.name, kind, name, change),
        )

    def drop_change(self, seq: int) -> None:
        """Delete a change that was reverted while typing, and its undo step."""
        self._db.execute("DELETE FROM changes WHERE seq = ?", (seq,))
        self.steps.drop(seq)

    def change(self, seq: int) -> Change | None:
        """A row of the change log."""
        row = self._db.execute(f"{_CHANGES} WHERE seq = ?", (seq,)).fetchone()
        return Change(*row) if row else None

    def removed_at(self, node: str) -> int | None:
        """When a node was last removed by itself; None where it was not, or the row is damaged."""
        query = (
            "SELECT at FROM changes WHERE node = ? AND kind = 'Remove' AND undo_of IS NULL ORDER BY seq DESC"
        )
        row = self._db.execute(query, (node,)).fetchone()
        return row[0] if row and isinstance(row[0], int) else None

    def foreign_changes(self, after: int, most: int) -> list[ForeignChange]:
        """The changes since the update `after` that were not made in this window, the newest first.

        The last `most` changes are looked through.
        """
        columns = ", ".join(ForeignChange._fields)
        rows = self._db.execute(f"SELECT {columns} FROM changes ORDER BY seq DESC LIMIT ?", (most,))
        # from the newest on `upto` only goes down: a change that was extended is the last one
        new = list(takewhile(lambda change: _is_after(change, after), starmap(ForeignChange, rows)))
        return [change for change in new if change.session != self._session or change.origin]

    def changes_of_others(self, after: Change) -> list[Change]:
        """The changes after one by other persons, or merged from elsewhere, in order.

        What others had done in nodes that the change restored came with it, and is not after it.
        """
        name, actor, _ = self.author
        rows = self._db.execute(
            f"{_CHANGES} WHERE seq > ? AND NOT (? > 0 AND upto = ?) AND NOT (origin = ''"
            " AND CASE WHEN '' IN (actor, ?) THEN author = ? ELSE actor = ? END) ORDER BY seq",
            (after.seq, after.upto, after.upto, actor, name, actor),
        )
        return [Change(*row) for row in rows]


COLUMNS = Change._fields
_CHANGES = f"SELECT {', '.join(COLUMNS)} FROM changes"
_INSERT_CHANGE = f"INSERT INTO changes({','.join(COLUMNS[1:])}, sum) VALUES({','.join('?' * len(COLUMNS))})"
