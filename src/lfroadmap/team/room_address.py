"""The address of a room: `ws://host:port/room`, or `wss://` for an encrypted connection."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from lfroadmap.errors import UsageError
from lfroadmap.text import clean, one_line

_SCHEMES = ("ws", "wss")
_LONGEST = 2000
_ENCODED = "/?#%[]@\\"
"""Signs of a room's name that mean something else in an address."""


class RoomAddress(NamedTuple):
    """A room of a server."""

    server: str
    """The server's address, without a room: `ws://host:port`."""
    room: str

    def __str__(self) -> str:
        return f"{self.server}/{quote(self.room, safe='')}"

    @property
    def shown(self) -> str:
        """The address as people read it, with the room's name in its letters; `room_address` reads it too."""
        readable = "".join(letter if _is_readable(letter) else quote(letter, safe="") for letter in self.room)
        return f"{self.server}/{readable}"


def _is_readable(letter: str) -> bool:
    """True where a letter of a room's name is one of an address, too, and can be seen."""
    return letter not in _ENCODED and letter.isprintable() and one_line(clean(letter)) == letter


def room_address(typed: str) -> RoomAddress:
    """The address that a person names; the last part is the room, also with percent signs or in letters.

    Raises UsageError for any other text.
    """
    try:
        parts = urlsplit(typed.strip())
        is_known = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_known = False
    if not is_known or len(typed) > _LONGEST or parts.query or parts.fragment:
        raise UsageError("team_address", typed=typed[:200])
    if parts.username or parts.password:
        raise UsageError("team_address_password")
    folder, _, last = parts.path.rpartition("/")
    room = unicodedata.normalize("NFC", unquote(last)).strip()
    if not room:
        raise UsageError("team_address", typed=typed[:200])
    return RoomAddress(f"{parts.scheme}://{parts.netloc}{folder}", room)
