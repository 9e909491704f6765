"""A room while somebody is in it: its document, who is there, and their presence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from lfroadmap.errors import RoadmapError
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.yjs_document import library_errors
from lfroadmap.team.awareness import GONE, State, is_state, states_body
from lfroadmap.team.limits import Limits
from lfroadmap.team.wire import Kind, Step, frame, sync

FOLD_AFTER = 500
"""Updates after which a room is folded into one."""
FOLD_EMPTY_AFTER = 50
"""The same, when the last one leaves."""


class Member(Protocol):
    """A peer in a room."""

    key: str
    """The key of its frames."""
    token_id: int

    def send(self, message: bytes) -> None:
        """Queue a message."""
        ...


class Room:
    """A room that is loaded."""

    def __init__(self, name: str, updates: Sequence[bytes]) -> None:
        self.name = name
        self.members: set[Member] = set()
        self._presences: dict[int, tuple[Member, State]] = {}
        self.load(updates)

    def load(self, updates: Sequence[bytes]) -> None:
        """Make the document of the updates in the log; raises RoadmapError where one makes no sense."""
        self.is_spoiled = False
        """True while the document has something that the log has not, and is of no use."""
        self.document = Document()
        self.rows, self.size = len(updates), sum(map(len, updates))
        """Number and bytes of its updates in the log, with those that are to be written."""
        try:
            for update in updates:
                self.document.merge(update)
        except ValueError as error:
            raise RoadmapError("serve_room_damaged", room=self.name) from error

    @property
    def lineage(self) -> str:
        """The lineage of the roadmap in it, which stays for ever; empty where there is none."""
        with library_errors():
            return self.document.lineage

    def note_taken(self, updates: Iterable[bytes]) -> None:
        """Count updates that are to be written."""
        for update in updates:
            self.rows += 1
            self.size += len(update)

    def note_folded(self, whole: bytes) -> None:
        """Count the one update that stands for all."""
        self.rows, self.size = 1, len(whole)

    def send_update(self, update: bytes, author: Member) -> None:
        """Send an update to everybody but its author."""
        for member in self.members:
            if member is not author:
                member.send(sync(member.key, Step.UPDATE, update))

    # ------------------------------------------------------------------ presence

    def presence_of_all(self, key: str) -> bytes:
        """A frame with the presence of everybody; empty where nobody has one."""
        states = [state for _, state in self._presences.values()]
        return frame(key, Kind.AWARENESS, states_body(states)) if states else b""

    def take_presence(self, member: Member, states: Iterable[State], limits: Limits) -> None:
        """Take a member's presence, and send what is new in it to the others.

        Presences of others, too large ones and more than a member may have are passed over.
        """
        taken = [state for state in states if self._is_taken(member, state, limits)]
        self._send_presence(taken, member)

    def _is_taken(self, member: Member, state: State, limits: Limits) -> bool:
        owner, known = self._presences.get(state.client, (None, None))
        # a peer that comes back may be known still by a connection that is dead
        if owner is not None and owner is not member and owner.token_id != member.token_id:
            return False
        if known is not None and state.clock <= known.clock and owner is member:
            return False
        if not is_state(state.state, limits.state):
            return False
        if state.state == GONE:
            return self._presences.pop(state.client, None) is not None
        own = sum(each is member for each, _ in self._presences.values())
        if owner is not member and own >= limits.states:
            return False
        self._presences[state.client] = member, state
        return True

    def leave(self, member: Member) -> None:
        """Remove a member, and send the others that its presence is gone."""
        self.members.discard(member)
        own = [state for each, state in self._presences.values() if each is member]
        for state in own:
            del self._presences[state.client]
        self._send_presence([State(each.client, each.clock + 1, GONE) for each in own], member)

    def _send_presence(self, states: list[State], author: Member) -> None:
        body = states_body(states)
        for member in self.members if states else ():
            if member is not author:
                member.send(frame(member.key, Kind.AWARENESS, body))
