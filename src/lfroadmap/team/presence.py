"""Presence in the room: the others, and what is sent of this person, a name and a place alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable

from lfroadmap.roadmap.json_text import json_text
from lfroadmap.team.awareness import GONE, State, is_state
from lfroadmap.team.status import Colleague
from lfroadmap.text import clean, one_line

LARGEST = 1024
"""Bytes of a presence that is read or sent."""
MOST = 200
"""People that are kept; the rest are not shown."""
REPEAT = 20.0
"""Seconds between two tellings of one's own presence: others forget it after thirty."""
_NAME, _NODE = 100, 100


class RoomPresence:
    """The presences in a room, this one's own among them."""

    def __init__(self, name: str, *, is_shown: bool = True) -> None:
        """`is_shown`: the others are sent this person's presence."""
        self.is_shown = is_shown
        self.client = int.from_bytes(os.urandom(4), "big")
        """A random id of this connection."""
        self._clock = 0
        self._name, self._node = one_line(clean(name))[:_NAME], ""
        self._others: dict[int, State] = {}

    def go(self, node: str) -> bool:
        """Note where this person is; False where that is nothing new."""
        changed = node != self._node
        self._node = node[:_NODE]
        return changed

    def own(self, *, is_gone: bool = False) -> State:
        """The presence to be sent."""
        self._clock += 1
        content = json_text({"user": {"name": self._name}, "node": self._node}, compact=True)
        return State(
            self.client, self._clock, GONE if is_gone or len(content.encode()) > LARGEST else content
        )

    def take(self, states: Iterable[State]) -> bool:
        """Take the presences of others; False where nothing changed. What makes no sense is passed over."""
        before = self.people
        for state in states:
            known = self._others.get(state.client)
            if state.client == self.client or (known and known.clock > state.clock):
                continue
            if state.state == GONE or not is_state(state.state, LARGEST):
                self._others.pop(state.client, None)
            elif known or len(self._others) < MOST:
                self._others[state.client] = state
        return before != self.people

    def forget(self) -> None:
        """Forget the others, when the connection is lost."""
        self._others.clear()

    @property
    def people(self) -> tuple[Colleague, ...]:
        """The others, by name; a state without a name gives an empty one."""
        found = [_colleague(state) for state in self._others.values()]
        return tuple(sorted(found, key=lambda each: (each.name, each.client)))


def _colleague(state: State) -> Colleague:
    content = json.loads(state.state)
    user, node = content.get("user"), content.get("node")
    name = user.get("name") if isinstance(user, dict) else user
    return Colleague(
        state.client,
        one_line(clean(name))[:_NAME].strip() if isinstance(name, str) else "",
        node[:_NODE] if isinstance(node, str) else "",
    )
