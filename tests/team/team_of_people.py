"""A running server, and people with tokens for its room."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from lfroadmap.roadmap.tree import find
from lfroadmap.team.room_address import RoomAddress
from listening import PLAN
from room_server import RoomServer
from team_person import Colleague

ROOM = "תוכנית"
_numbers = count(1)


class Team:
    """A running server with people who have tokens."""

    def __init__(self, server: RoomServer, folder: Path) -> None:
        self.server, self._folder = server, folder
        self.room = f"{ROOM} {next(_numbers)}"
        """A room of its own: other tests may be at the same server."""
        self.people: list[Colleague] = []

    @property
    def address(self) -> RoomAddress:
        return RoomAddress(self.server.url, self.room)

    def token_name(self, name: str) -> str:
        """The name of somebody's token, which no other test has."""
        return f"{name} in {self.room}"

    def token(self, name: str, *, read_only: bool = False) -> str:
        return self.server.token(self.token_name(name), self.room, read_only=read_only)

    def token_file(self, name: str, *, read_only: bool = False) -> Path:
        """A file with somebody's token."""
        file = self._folder / f"{name}.token"
        file.write_text(self.token(name, read_only=read_only))
        return file

    def person(self, name: str, *, read_only: bool = False) -> Colleague:
        token = self.token(name, read_only=read_only)
        person = Colleague(self._folder / f"{name}.roadmap", token)
        self.people.append(person)
        return person

    def two(self) -> tuple[Colleague, Colleague]:
        """Dana, who shared the plan, and אבי, who joined it; both are there."""
        dana, avi = self.person("dana"), self.person("אבי")
        dana.share(self.address, PLAN)
        dana.come()
        dana.is_in_step()
        avi.join(self.address)
        avi.come()
        avi.is_in_step()
        return dana, avi


def field(person: Colleague, node: str = "f") -> str:
    place = find(person.roadmap, node)
    assert place is not None
    value = getattr(place.node, "value", None)
    assert isinstance(value, str)
    return value
