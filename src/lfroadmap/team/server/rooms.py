"""The rooms of a server: loading them, and the one way of every update into them.

An update is checked and applied in memory, written together with those of other rooms that came at the same
time, and only then sent on and acknowledged.
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple, Protocol

from lfroadmap.errors import RoadmapError
from lfroadmap.store.document.yjs_document import MissingBase, SpoiledDocument
from lfroadmap.team.limits import Limits
from lfroadmap.team.server.events import ReportEvent, report_to
from lfroadmap.team.server.room import FOLD_AFTER, FOLD_EMPTY_AFTER, Member, Room
from lfroadmap.team.server.room_log import RoomLog
from lfroadmap.team.wire import Step, status, sync

GATHER = 0.002
"""Seconds from an update to its writing, for which others are waited for: one write is for all of them."""
FULL, SPOILING, NOT_SAVED, UNREADABLE = "room-full", "bad-update", "not-saved", "room-unreadable"
"""The reasons why members are sent away."""


class RoomMember(Member, Protocol):
    """A member that can be sent away."""

    def dismiss(self, reason: str) -> None:
        """End the work on the room."""
        ...


class _Taken(NamedTuple):
    """An update that was applied and is not written yet; `updates` is empty where nothing was new."""

    room: Room
    author: RoomMember
    updates: list[bytes]


class Rooms:
    """The loaded rooms, and the updates on their way to the disk."""

    def __init__(self, log: RoomLog, limits: Limits, report: ReportEvent) -> None:
        self._log, self._limits, self._report = log, limits, report
        self._rooms: dict[str, Room] = {}
        self._members: dict[str, set[RoomMember]] = {}
        self._taken: list[_Taken] = []
        self._is_scheduled = False
        self.failure: RoadmapError | None = None
        """The error of the last write, where it failed."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the loaded rooms."""
        return tuple(self._rooms)

    def enter(self, name: str, member: RoomMember) -> Room:
        """Let a member into a room; raises RoadmapError where the room cannot be read."""
        room = self._rooms.get(name)
        if room is None:
            room = self._rooms[name] = Room(name, self._log.updates(name))
            self._members[name] = set()
        room.members.add(member)
        self._members[name].add(member)
        return room

    def leave(self, room: Room, member: RoomMember) -> None:
        """Let a member go; a room without members is unloaded."""
        self.commit()
        room.leave(member)
        if self._rooms.get(room.name) is room:
            self._members[room.name].discard(member)
            if not room.members:
                self._fold(room, FOLD_EMPTY_AFTER)
                self._forget(room)

    def _forget(self, room: Room) -> None:
        self._rooms.pop(room.name, None)
        self._members.pop(room.name, None)

    def state(self, room: Room) -> bytes:
        """The state vector of what is durable in a room."""
        self.commit()
        return room.document.state

    def missing(self, room: Room, state: bytes) -> bytes:
        """What a peer at `state` lacks of what is durable; raises ValueError for no state vector."""
        self.commit()
        return room.document.update_since(state)

    def has(self, room: Room, update: bytes) -> bool:
        """True if everything in an update is durable in a room; raises ValueError for no update."""
        self.commit()
        return room.document.has(update)

    def take(self, room: Room, author: RoomMember, update: bytes) -> None:
        """Take an update; it is acknowledged once it is durable, and refused where it makes no sense.

        One that builds on others that are not here is refused, and its author asked for all that is missing.
        """
        if room.size + len(update) > self._limits.room:
            self.commit()
            self._fold(room, 1)
            if room.size + len(update) > self._limits.room:
                report_to(self._report, "room_full", room=room.name)
                author.send(status(author.key, taken=False))
                author.dismiss(FULL)
                return
        try:
            lineage = room.lineage
            received = room.document.receive(update)
            if lineage and room.lineage != lineage:
                raise SpoiledDocument("another roadmap")
        except MissingBase:
            author.send(status(author.key, taken=False))
            author.send(sync(author.key, Step.STATE, self.state(room)))
        except SpoiledDocument:
            author.send(status(author.key, taken=False))
            report_to(self._report, "update_refused", room=room.name)
            self._reload(room)
            author.dismiss(SPOILING)
        except ValueError:
            author.send(status(author.key, taken=False))
            report_to(self._report, "update_refused", room=room.name)
        else:
            room.note_taken(received.updates)
            self._taken.append(_Taken(room, author, received.updates))
            self._schedule()

    def _schedule(self) -> None:
        if not self._is_scheduled:
            self._is_scheduled = True
            asyncio.get_running_loop().call_later(GATHER, self.commit)

    def commit(self) -> None:
        """Write what was taken, then send it on and acknowledge it; where the disk refuses, neither."""
        self._is_scheduled = False
        if not self._taken:
            return
        taken, self._taken = self._taken, []
        try:
            rows = [(each.room.name, update) for each in taken for update in each.updates]
            if rows:
                self._log.append(rows)
        except RoadmapError as error:
            self._fail(error, taken)
            return
        self.failure = None
        for each in taken:
            for update in each.updates:
                each.room.send_update(update, each.author)
            each.author.send(status(each.author.key, taken=True))
        for room in {id(each.room): each.room for each in taken}.values():
            self._fold(room, FOLD_AFTER)

    def _fail(self, error: RoadmapError, taken: list[_Taken]) -> None:
        """Send the members away whose rooms are ahead of the disk; they still have what they sent."""
        self.failure = error
        report_to(self._report, "not_saved", reason=error)
        for room in {id(each.room): each.room for each in taken}.values():
            self._dismiss_all(room, NOT_SAVED)

    def _reload(self, room: Room) -> None:
        """Load a room again whose document an update spoiled; what was taken before is durable."""
        room.is_spoiled = True
        self.commit()
        try:
            room.load(self._log.updates(room.name))
        except RoadmapError as error:
            report_to(self._report, "unreadable", room=room.name, reason=error)
            self._dismiss_all(room, UNREADABLE)

    def _dismiss_all(self, room: Room, reason: str) -> None:
        members = self._members.get(room.name, set()).copy()
        self._forget(room)
        for member in members:
            member.dismiss(reason)

    def _fold(self, room: Room, after: int) -> None:
        """Put one update in the place of many; where the disk refuses, they stay as they are."""
        if room.rows <= after or room.is_spoiled:
            return
        try:
            whole = room.document.full_update()
            self._log.fold(room.name, whole)
        except RoadmapError as error:
            report_to(self._report, "not_folded", room=room.name, reason=error)
        else:
            room.note_folded(whole)

    def close(self) -> None:
        """Write what is left."""
        self.commit()
