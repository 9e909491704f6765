"""What an update builds on: the Yjs library would lose one whose base is missing, so it is found before.

The functions take what is left of an update after everything that the document has: its structs by client,
each with a clock that counts up, then the ranges that it deletes. They raise ValueError for anything else.
Layout: https://github.com/yjs/yjs/blob/main/INTERNALS.md
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush

from lfroadmap.store.document.update_reader import Clocks, Needs, Run, UpdateReader, read_structs

IN_WHOLE = b"template"
"""A text in every update with the whole document, and in few others."""
MAX_READ = 100_000
"""Bytes of an update of which every struct is read: some 0.1 s."""
MAX_CLOCK = 2**31
"""Units that one client writes at most: half of what the library can count before it begins at 0 again."""


def missing_base(left: bytes, clocks: Clocks) -> Needs:
    """The needs of the rest of an update that a document with these clocks does not meet.

    Of a long one, or one with content that is not known, only the beginning is read; `is_applied` shows
    afterwards the needs of others. Raises ValueError where structs need each other, or are too many.
    """
    reader = UpdateReader(left)
    runs = _runs_of(reader, left)
    if runs is None:
        client, clock = _beginning(UpdateReader(left))
        return ((client, clock),) if clock > clocks.get(client, 0) else ()
    if any(run.end > MAX_CLOCK for run in runs):
        raise ValueError("a clock that nobody reaches")
    missing = _missing(runs, read_deleted(reader), clocks)
    if not missing and not _can_be_ordered(runs, clocks):
        raise ValueError("structs that need each other")
    return tuple(missing.items())


def _missing(runs: list[Run], deleted: Clocks, clocks: Clocks) -> Clocks:
    """The clocks that are reached neither in the document nor by the update."""
    reached = {run.client: run.end for run in runs if run.start <= clocks.get(run.client, 0)}
    needs = [(run.client, run.start) for run in runs]
    needs += (need for run in runs for struct in run.structs for need in struct.needs)
    missing: Clocks = {}
    for client, clock in (*needs, *deleted.items()):
        if clock > max(clocks.get(client, 0), reached.get(client, 0)):
            missing[client] = max(clock, missing.get(client, 0))
    return missing


def _can_be_ordered(runs: list[Run], clocks: Clocks) -> bool:
    """True if each struct can come after those that it needs."""
    reached: Clocks = {}
    waiting: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    """Client -> clock that is needed, number of the run that needs it, and place in that run."""
    ready = [(number, 0) for number in range(len(runs))]
    while ready:
        number, at = ready.pop()
        client, _, structs = runs[number]
        while at < len(structs) and not (
            blocked := [n for n in structs[at].needs if n[1] > max(clocks.get(n[0], 0), reached.get(n[0], 0))]
        ):
            reached[client] = max(structs[at].end, reached.get(client, 0))
            at += 1
        if at < len(structs):
            needed, clock = blocked[0]
            heappush(waiting[needed], (clock, number, at))
        queue = waiting[client]
        while queue and queue[0][0] <= reached.get(client, 0):
            ready.append(heappop(queue)[1:])
    return not any(waiting.values())


def _runs_of(reader: UpdateReader, left: bytes) -> list[Run] | None:
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
