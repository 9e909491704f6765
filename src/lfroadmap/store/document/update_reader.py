"""Reading the structs of an update: which clocks they have, and which they refer to.

Numbers have seven bits a byte, the lowest first. Raises ValueError for anything else than an update.
Layout: https://github.com/yjs/yjs/blob/main/INTERNALS.md
"""

from __future__ import annotations

from typing import NamedTuple

Clocks = dict[int, int]
"""Client -> the number of its structs' units that are known, or needed."""
Needs = tuple[tuple[int, int], ...]
"""Clients, each with the clock that it must have reached."""
_LONGEST = 10
"""Bytes of the longest number."""
_GC, _SKIP = 0, 10
"""The first bytes of what was collected, and of a gap."""
_REF, _HAS_ORIGIN, _HAS_RIGHT, _HAS_KEY = 0x1F, 0x80, 0x40, 0x20
_DELETED, _JSON, _BINARY, _STRING, _EMBED, _FORMAT, _TYPE, _ANY, _DOC = range(1, 10)
_NAMED_TYPES = (3, 5)
"""The types that have a name: an element, and a hook."""
FIXED_SIZES = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}
"""The tags of plain values of a fixed length -> their bytes."""
INTEGER, WITH_LENGTH, LIST, MAP = 125, (119, 116), 117, 118
"""The tags of the other plain values: a number, a text or bytes, a list, a map."""


class UpdateReader:
    """The bytes of an update, read from the beginning."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self) -> int:
        """The next number."""
        number = 0
        for place, byte in enumerate(self._data[self._at : self._at + _LONGEST]):
            number |= (byte & 0x7F) << (7 * place)
            if byte < 0x80:
                self._at += place + 1
                return number
        raise ValueError("no number")

    def byte(self) -> int:
        """The next byte."""
        self.skip(1)
        return self._data[self._at - 1]

    def skip(self, count: int) -> None:
        """Pass over some bytes."""
        self._at += count
        if self._at > len(self._data):
            raise ValueError("the end is missing")

    def skip_bytes(self) -> bytes:
        """The next bytes that stand behind their number."""
        count = self.number()
        self.skip(count)
        return self._data[self._at - count : self._at]

    def skip_value(self) -> None:
        """Pass over a plain value, lists and maps included."""
        open_ends = [(False, 1)]
        while open_ends:
            is_map, left = open_ends.pop()
            if not left:
                continue
            open_ends.append((is_map, left - 1))
            if is_map:
                self.skip_bytes()
            tag = self.byte()
            if tag in FIXED_SIZES:
                self.skip(FIXED_SIZES[tag])
            elif tag in WITH_LENGTH:
                self.skip_bytes()
            elif tag == INTEGER:
                self.number()
            elif tag in (LIST, MAP):
                open_ends.append((tag == MAP, self.number()))
            else:
                raise ValueError("no value")


class Struct(NamedTuple):
    """A struct of an update, its client known from where it stands."""

    end: int
    """The clock behind it."""
    needs: Needs
    """Its neighbors, or its parent: they must be there before it."""


class Run(NamedTuple):
    """Structs of a client without a gap."""

    client: int
    start: int
    structs: list[Struct]

    @property
    def end(self) -> int:
        """The clock behind the last one."""
        return self.structs[-1].end if self.structs else self.start


def read_structs(reader: UpdateReader) -> list[Run]:
    """Read the structs at the beginning of an update."""
    runs = []
    for _ in range(reader.number()):
        count, client, clock = reader.number(), reader.number(), reader.number()
        runs.append(Run(client, clock, []))
        for _ in range(count):
            info = reader.byte()
            if info == _SKIP:
                clock += reader.number()
                runs.append(Run(client, clock, []))
            elif info == _GC:
                clock += reader.number()
                runs[-1].structs.append(Struct(clock, ()))
            else:
                needs = _read_references(reader, info)
                clock += _skip_content(reader, info & _REF)
                runs[-1].structs.append(Struct(clock, needs))
    return runs


def _read_references(reader: UpdateReader, info: int) -> Needs:
    """The neighbors, or the parent, of an item."""
    neighbors = tuple(_need(reader) for flag in (_HAS_ORIGIN, _HAS_RIGHT) if info & flag)
    if neighbors:
        return neighbors
    parent: Needs = ()
    if reader.number():
        reader.skip_bytes()
    else:
        parent = (_need(reader),)
    if info & _HAS_KEY:
        reader.skip_bytes()
    return parent


def _need(reader: UpdateReader) -> tuple[int, int]:
    return reader.number(), reader.number() + 1


def _skip_content(reader: UpdateReader, kind: int) -> int:
    """Pass over the content of an item; returns how many units it has."""
    if kind == _STRING:
        return len(reader.skip_bytes().decode().encode("utf-16-le")) // 2
    if kind in (_DELETED, _JSON, _ANY):
        count = reader.number()
        for _ in range(0 if kind == _DELETED else count):
            if kind == _ANY:
                reader.skip_value()
            else:
                reader.skip_bytes()
        return count
    if kind == _TYPE:
        if reader.number() in _NAMED_TYPES:
            reader.skip_bytes()
    elif kind in (_BINARY, _EMBED, _FORMAT, _DOC):
        reader.skip_bytes()
        if kind == _FORMAT:
            reader.skip_bytes()
        elif kind == _DOC:
            reader.skip_value()
    else:
        raise ValueError("an unknown content")
    return 1
