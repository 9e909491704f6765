"""Peers of a shared roadmap: documents without a file, and what they send each other."""

from __future__ import annotations

from pathlib import Path

from foreign_peer import updates_of
from lfroadmap.roadmap.edits import Edit
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.merging import merged
from lfroadmap.store.document.stamps import stamp_text
from lfroadmap.store.events import DocumentState, Merged, MissingUpdate
from listening import Person

NOON = 1764400000000


class Peer:
    """Somebody who works at a copy of the document on another device."""

    def __init__(
        self, update: bytes, author: str = "noa", device: str = "bbbbbbbbbb", actor: str = ""
    ) -> None:
        self.document = Document()
        self.document.merge(update)
        self.document.introduce(device, actor)
        self.roadmap = self.document.roadmap()
        self.author, self.device = author, device
        self.now = NOON
        """The peer's clock, in milliseconds."""

    def does(self, *edits: Edit) -> list[bytes]:
        """Do edits; returns their updates."""
        for edit in edits:
            self.now += 1000
            stamp = stamp_text(self.author, self.device, self.now)
            self.roadmap = self.document.apply(edit, self.roadmap, stamp)
        return self.document.take_updates()

    def hears(self, update: bytes) -> None:
        """Take in everything that somebody else sent."""
        self.document.merge(update)
        self.roadmap = self.document.roadmap(self.roadmap)


def peer_of(path: Path, author: str = "noa", device: str = "bbbbbbbbbb", actor: str = "") -> Peer:
    """A peer who has just joined a roadmap."""
    return Peer(merged(updates_of(path))[0].full_update(), author, device, actor)


def lineage_of(path: Path) -> str:
    """The lineage of the document in a file."""
    return merged(updates_of(path))[0].lineage


def merge(person: Person, update: bytes, lineage: str | None = None) -> Merged:
    """Merge an update in a person's window; returns the answer."""
    lineage = lineage_of(person.store.path) if lineage is None else lineage
    number = person.store.merge(update, lineage)
    return person.heard.wait(Merged, lambda event: event.number == number)


def state(person: Person) -> DocumentState:
    """The state of the document in a person's window."""
    number = person.store.document_state()
    return person.heard.wait(DocumentState, lambda event: event.number == number)


def missing(person: Person, state_vector: bytes) -> MissingUpdate:
    """What a peer lacks of the document in a person's window."""
    number = person.store.missing(state_vector)
    return person.heard.wait(MissingUpdate, lambda event: event.number == number)


def exchange(person: Person, peer: Peer) -> None:
    """Bring both to the same state, by their state vectors."""
    answer = missing(person, peer.document.state)
    theirs = peer.document.update_since(state(person).state)
    peer.hears(answer.update)
    assert merge(person, theirs).outcome in ("merged", "unchanged")
