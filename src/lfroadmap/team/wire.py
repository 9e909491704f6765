"""The frames of Hocuspocus: the name of a room, a kind, and what the kind carries.

Numbers have seven bits a byte, the lowest first; texts and buffers stand behind their number of bytes, also
where a text is not ASCII. A room's name may have the id of a session behind a zero: with it several providers
of one room share a socket, and every frame to them carries it too.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, NamedTuple, TypeVar

LONGEST_NUMBER = 8
"""Bytes of the longest number: client ids have up to 53 bits."""
READ_ONLY, READ_WRITE = "readonly", "read-write"
"""The rights of a token, as the server sends them after its check."""


class BadFrame(ValueError):
    """Bytes that are no frame."""


class Kind(IntEnum):
    """What a frame carries."""

    SYNC = 0
    AWARENESS = 1
    AUTH = 2
    QUERY_AWARENESS = 3
    SYNC_REPLY = 4
    STATELESS = 5
    CLOSE = 7
    SYNC_STATUS = 8
    PING = 9
    PONG = 10


class Step(IntEnum):
    """The steps of synchronisation: a state vector, what it lacks, a new update."""

    STATE = 0
    MISSING = 1
    UPDATE = 2


class Auth(IntEnum):
    """The messages of authentication."""

    TOKEN = 0
    DENIED = 1
    AUTHENTICATED = 2


_Enum = TypeVar("_Enum", bound=IntEnum)
PING: Final = bytes([Kind.PING])
PONG: Final = bytes([Kind.PONG])


class Frame(NamedTuple):
    """A frame as it was read."""

    key: str
    """The room's name, with the session where there is one; empty for pings without a room."""
    kind: Kind
    body: bytes


class Sync(NamedTuple):
    """A step of synchronisation, with its state vector or update."""

    step: Step
    payload: bytes


class Reader:
    """The values in some bytes, from the beginning; raises BadFrame where there is no such value."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self) -> int:
        """The next number."""
        number = 0
        for place, byte in enumerate(self._data[self._at : self._at + LONGEST_NUMBER]):
            number |= (byte & 0x7F) << (7 * place)
            if byte < 0x80:
                self._at += place + 1
                return number
        raise BadFrame("no number")

    def buffer(self) -> bytes:
        """The next bytes that stand behind their number."""
        size = self.number()
        end = self._at + size
        if end > len(self._data):
            raise BadFrame("the end is missing")
        found, self._at = self._data[self._at : end], end
        return found

    def text(self) -> str:
        """The next text."""
        try:
            return self.buffer().decode()
        except UnicodeDecodeError as error:
            raise BadFrame("no text") from error

    def rest(self) -> bytes:
        """What is left."""
        return self._data[self._at :]


def number(value: int) -> bytes:
    """A number as it is sent."""
    sent = bytearray()
    while value > 0x7F:
        sent.append(value & 0x7F | 0x80)
        value >>= 7
    sent.append(value)
    return bytes(sent)


def buffer(data: bytes) -> bytes:
    """Bytes behind their number."""
    return number(len(data)) + data


def text(value: str) -> bytes:
    """A text behind the number of its bytes; what UTF-8 cannot hold is replaced."""
    return buffer(value.encode("utf-8", "replace"))


def read_frame(data: bytes) -> Frame:
    """The frame in a message; raises BadFrame."""
    if data in (PING, PONG):
        return Frame("", Kind(data[0]), b"")
    reader = Reader(data)
    key = reader.text()
    return Frame(key, _member(Kind, reader.number()), reader.rest())


def room_of(key: str) -> str:
    """The name of the room in a frame's key."""
    return key.partition("\0")[0]


def read_sync(body: bytes) -> Sync:
    """What a frame of synchronisation carries; raises BadFrame."""
    reader = Reader(body)
    return Sync(_member(Step, reader.number()), reader.buffer())


def read_auth(body: bytes) -> tuple[Auth, str]:
    """A message of authentication and its text: the token, the reason or the rights; raises BadFrame."""
    reader = Reader(body)
    return _member(Auth, reader.number()), reader.text()


def _member(kinds: type[_Enum], value: int) -> _Enum:
    try:
        return kinds(value)
    except ValueError as error:
        raise BadFrame("an unknown kind") from error


def frame(key: str, kind: Kind, body: bytes = b"") -> bytes:
    """A frame as it is sent."""
    return text(key) + number(kind) + body


def sync(key: str, step: Step, payload: bytes) -> bytes:
    """A frame of synchronisation."""
    return frame(key, Kind.SYNC, number(step) + buffer(payload))


def auth(key: str, message: Auth, value: str) -> bytes:
    """A frame of authentication."""
    return frame(key, Kind.AUTH, number(message) + text(value))


def status(key: str, *, taken: bool) -> bytes:
    """The answer to an update or to what was missing: whether it was taken."""
    return frame(key, Kind.SYNC_STATUS, number(int(taken)))


def close(key: str, reason: str) -> bytes:
    """A frame that ends the work on a room, but not the connection."""
    return frame(key, Kind.CLOSE, text(reason))
