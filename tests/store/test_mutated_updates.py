"""Updates with damaged bytes: none ends the writer, none costs an acknowledged edit."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.events import Merged, Saved, SaveFailing, WriterEnded
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.identity import Identity
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN, Person
from matrices import quick_first
from merging import lineage_of, peer_of

ROUNDS = 41
"""Rounds of a peer's work at one file; they have some 250 updates."""


def edits(n: int) -> list[Edit]:
    task = f"n{n}"
    return [
        Add(Task(task, "a new task"), "c"), Tick("t1", n % 2 == 0, f"2026-01-{n % 20 + 1:02}"),
        SetTask("t2", "owner", f"noa {n}"), SpliceText("f", 0, n % 3, f"text {n} שלום"),
        Move(task, "d", ""), SetField("g", f"g{n}"), Rename("s", f"stage {n}"), Remove(task),
        Add(Card(f"c{n}", "card", (), (Task(f"m{n}"),)), "s"), SetKpi("k", "current", str(n)),
        Rename("r", f"title {n}"), Remove(f"c{n}"),
    ]  # fmt: skip


def mutated(updates: list[bytes], chance: random.Random) -> bytes:
    """One of the updates, damaged."""
    data = bytearray(chance.choice(updates))
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        at = chance.randrange(len(data) or 1)
        match chance.randrange(6):
            case 0:
                data[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                data[at : at + 1] = bytes(((data[at] if at < len(data) else 0) ^ (1 << chance.randrange(8)),))
            case 2:
                del data[at : at + chance.randrange(1, 9)]
            case 3:
                data[at:at] = chance.randbytes(chance.randrange(1, 9))
            case 4:
                del data[at:]
            case _:
                other = chance.choice(updates)
                data[at:] = other[chance.randrange(len(other)) :]
    return bytes(data)


@pytest.mark.parametrize("seed", quick_first(range(40)))
def test_damaged_updates_neither_end_the_writer_nor_cost_an_edit(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    dana, chance, lineage = Person(path, "dana", Identity("a" * 22, "a" * 10)), random.Random(seed), ""
    lineage, peer, updates = lineage_of(path), peer_of(path), list[bytes]()
    acknowledged = []
    for n in range(ROUNDS):
        new = peer.does(*edits(n)[: n % 13])
        for update in new:
            updates.append(update)
            last = dana.store.merge(mutated(updates[-30:], chance), lineage)
            if chance.random() < 0.95:  # the others are lost
                last = dana.store.merge(update, lineage)
        if n % 2 == 0:
            last = dana.store.merge(peer.document.full_update(), lineage)
        if n % 5 == 0:
            dana.store.end_burst()
            number = dana.store.submit(SetKpi("k", "baseline", str(n + 1)))
            dana.heard.wait(Saved, lambda event, number=number: event.number >= number)  # type: ignore[misc]
            acknowledged.append(str(n + 1))
    dana.heard.wait(Merged, lambda event: event.number == last)
    assert [event for event in dana.heard.events if isinstance(event, SaveFailing | WriterEnded)] == []
    outcomes = Counter(event.outcome for event in dana.heard.of(Merged))
    assert sum(outcomes.values()) > 400
    assert not outcomes["failed"]
    assert all(outcomes[kind] for kind in ("merged", "unchanged", "waiting", "refused"))
    own = [entry for entry in queries.every(path) if entry.author == "dana"]
    assert [entry.new for entry in reversed(own)] == acknowledged
    dana.leaves()
    assert read(path) == dana.store.roadmap
    assert TimeTravel(path).unreadable == 0
    again = Person(path, "dana", Identity("a" * 22, "a" * 10))
    again.does(SetKpi("k", "baseline", "end"))
    again.leaves()
