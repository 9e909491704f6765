"""What an update builds on: the Yjs library would lose one whose base is missing, so it is found before.

The functions take what is left of an update after everything that the document has: its structs by client,
each with a clock that counts up, then the ranges that it deletes. They raise ValueError for anything else.
Layout: https://github.com/yjs/yjs/blob/main/INTERNALS.md
"""

from __future__ import annotations

from lfroadmap.store.document.update_reader import Clocks, Structs, UpdateReader, read_structs

Needs = tuple[tuple[int, int], ...]
"""Clients, each with the clock that it must have reached in a document."""
MAX_READ = 100_000
"""Bytes of an update of which every struct is read: some 0.1 s."""


def missing_base(left: bytes, clocks: Clocks) -> Needs:
    """The needs of the rest of an update that a document with these clocks does not meet.

    Of a long one, or one with content that is not known, only the beginning is read; `is_applied` shows
    afterwards the needs of others.
    """
    reader = UpdateReader(left)
    structs = _structs_of(reader, left)
    if structs is None:
        client, clock = _beginning(UpdateReader(left))
        return ((client, clock),) if clock > clocks.get(client, 0) else ()
    reached = _reached(structs, clocks)
    missing: Clocks = {}
    for needed in (structs.needs, read_deleted(reader)):
        for client, clock in needed.items():
            if clock > reached.get(client, 0):
                missing[client] = max(clock, missing.get(client, 0))
    return tuple(missing.items())


def _structs_of(reader: UpdateReader, left: bytes) -> Structs | None:
    """The structs of an update; None if they are too many, or of a newer version of the library."""
    if len(left) > MAX_READ and left[:1] != b"\0":
        return None
    try:
        return read_structs(reader)
    except ValueError:
        return None


def _beginning(reader: UpdateReader) -> tuple[int, int]:
    """Client and clock of the first struct."""
    reader.number()
    reader.number()
    return reader.number(), reader.number()


def is_applied(left: bytes, clocks: Clocks) -> bool:
    """True if the rest of an update is nothing that a document with these clocks lacks."""
    reader = UpdateReader(left)
    if reader.number():
        return False
    return all(clock <= clocks.get(client, 0) for client, clock in read_deleted(reader).items())


def read_deleted(reader: UpdateReader) -> Clocks:
    """The clocks up to which the clients must be known for what is deleted of them."""
    ends: Clocks = {}
    for _ in range(reader.number()):
        client = reader.number()
        for _ in range(reader.number()):
            ends[client] = max(reader.number() + reader.number(), ends.get(client, 0))
    return ends


def read_clocks(state: bytes) -> Clocks:
    """The clocks of a state vector."""
    reader = UpdateReader(state)
    return {reader.number(): reader.number() for _ in range(reader.number())}


def _reached(structs: Structs, clocks: Clocks) -> Clocks:
    """The clocks of the clients after the update, as far as it continues them without a gap."""
    reached = dict(clocks)
    for client, start, end in structs.runs:
        known = reached.get(client, 0)
        if start <= known < end:
            reached[client] = end
        elif start > known:  # its own needs say so
            structs.needs[client] = max(start, structs.needs.get(client, 0))
    return reached
