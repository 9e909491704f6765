"""Copies of one roadmap's file on several devices, without threads: every request is done at once."""

from __future__ import annotations

import shutil
from pathlib import Path

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.document.document import Document
from lfroadmap.store.events import DocumentState, Merged, MissingUpdate, Undone
from lfroadmap.store.identity import Author
from lfroadmap.store.replica import Replica
from lfroadmap.store.requests import ApplyEdit, EndBurst, Merge, Missing, State, UndoRedo, Work
from lfroadmap.store.sqlite.loading import Loaded
from lfroadmap.store.sqlite.log import Log
from lfroadmap.store.transactions import Performed, perform


class Copy:
    """A copy of the file, and who works at it."""

    def __init__(self, path: Path, roadmap: Roadmap, author: str) -> None:
        self.path = path
        self.log = Log(path, Author(author, f"actor-{author}", f"device-{author}"), author)
        # nothing here is about a power cut
        self.log._db.execute("PRAGMA synchronous=OFF")
        self._replica = Replica(self.log, Loaded(roadmap, 0), 1)
        self.outbox: list[bytes] = []
        """The updates that it has sent."""
        answer = self._do(State()).outcomes[0]
        assert isinstance(answer, DocumentState)
        self.lineage = answer.lineage

    @property
    def roadmap(self) -> Roadmap:
        return self._replica.roadmap

    @property
    def document(self) -> Document:
        """The document, with everything that is in the file."""
        return self._replica.pull()

    @property
    def state(self) -> bytes:
        return self.document.state

    def does(self, edit: Edit, *, at_once: bool = False) -> None:
        """Do an edit; `at_once`: as typing that goes on from the edit before."""
        self._do(*(() if at_once else (EndBurst(),)), ApplyEdit(1, edit))

    def undoes(self) -> Undone:
        (outcome,) = self._do(UndoRedo("undo")).outcomes
        assert isinstance(outcome, Undone)
        return outcome

    def hears(self, *updates: bytes) -> list[Merged]:
        """Merge updates in one transaction."""
        outcomes = self.merges(*updates)
        assert all(outcome.outcome != "refused" for outcome in outcomes)
        return outcomes

    def merges(self, *updates: bytes) -> list[Merged]:
        """Merge updates in one transaction, which may be refused."""
        outcomes = self._do(*(Merge(update, self.lineage) for update in updates)).outcomes
        assert all(isinstance(outcome, Merged) for outcome in outcomes)
        return outcomes  # type: ignore[return-value]

    def asks(self, other: Copy) -> None:
        """Get everything that another has."""
        (answer,) = other._do(Missing(self.state)).outcomes
        assert isinstance(answer, MissingUpdate)
        (merged,) = self.hears(answer.update)
        assert merged.outcome in ("merged", "unchanged")

    def stamp_of(self, edit: Edit, node_id: str) -> object:
        """The stamp of what an edit of a node sets."""
        from lfroadmap.roadmap.tree import find

        place = find(self.roadmap, node_id)
        return self._replica.pull().stamps_for(edit, place.node if place else None)[0]

    def compacts(self) -> None:
        with self.log.transaction():
            self._replica.compact()

    def close(self) -> None:
        self.log.close()

    def _do(self, *works: Work) -> Performed:
        state = self._replica.state
        try:
            with self.log.transaction():
                self._replica.pull()
                done = perform(self._replica, works)
        except BaseException:
            self._replica.restore(state)
            raise
        self.outbox += self._replica.take_new_updates()
        return done


def copies(path: Path, roadmap: Roadmap, authors: tuple[str, ...]) -> list[Copy]:
    """Copies of a file, beside it, one for each author."""
    out = []
    for author in authors:
        own = path.with_name(f"{author}.roadmap")
        shutil.copy(path, own)
        out.append(Copy(own, roadmap, author))
    return out
