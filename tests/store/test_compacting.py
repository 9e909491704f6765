"""Compacting around updates that cannot be read loses nothing of what a later version reads."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pycrdt import Doc, Map, Text

from foreign_peer import Maps, Write, append, plain_values, updates_of
from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.edits import SetField, SetKpi
from lfroadmap.store.document.merging import merged
from lfroadmap.store.sqlite.file_format import read
from listening import PLAN
from replicas import Copy
from store_states import crashed, worked

HIDDEN = b"\xff" * 12
"""Before an update: this version cannot read it, and a later one will."""


@pytest.fixture
def dana(path: Path) -> Iterator[Copy]:
    copy = Copy(path, PLAN, "dana")
    yield copy
    copy.close()


class Later:
    """People with a later version: it reads every update of the file, those that are hidden too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.updates = updates_of(path)
        self._people: list[Doc[Any]] = [Doc() for _ in range(3)]

    def writes(self, write: Write, *, person: int = 0, hidden: bool = False) -> None:
        doc = self._people[person]
        for update in self.updates:
            doc.apply_update(update)
        state, maps = doc.get_state(), Maps(doc)
        with doc.transaction():
            write(maps)
        update = doc.get_update(state)
        self.updates.append(update)
        append(self.path, lambda _: HIDDEN + update if hidden else update)

    def hears(self) -> None:
        """Get what this version wrote last."""
        self.updates.append(updates_of(self.path)[-1])

    @property
    def values(self) -> object:
        return plain_values(merged(self.updates)[0])

    def values_in_file(self) -> object:
        document, unreadable = merged(update.removeprefix(HIDDEN) for update in updates_of(self.path))
        assert unreadable == 0
        return plain_values(document)


def test_an_update_that_builds_on_an_unreadable_one_stays_beside_it(path: Path, dana: Copy) -> None:
    later = Later(path)
    later.writes(lambda m: m.tasks.update({"n": Map({"parent": "c", "pos": "a"})}), hidden=True)
    later.writes(lambda m: m.tasks["n"].update({"text": "Call"}))
    later.writes(lambda m: m.tasks["t1"].update({"owner": "Noa"}), person=1)
    dana.does(SetKpi("k", "baseline", "1"))
    later.hears()
    dana.compacts()
    assert len(updates_of(path)) == 3
    assert updates_of(path)[:2] == [HIDDEN + later.updates[1], later.updates[2]]
    assert later.values_in_file() == later.values
    for _ in range(3):
        dana.compacts()
    assert len(updates_of(path)) == 3
    assert later.values_in_file() == later.values


def _some_write(random: Random, n: int) -> Write:
    def write(maps: Maps) -> None:
        task, field = random.choice(sorted(maps.tasks.keys())), maps.fields["f"]
        match random.randrange(5):
            case 0:
                maps.tasks[f"n{n}"] = Map({"parent": "c", "pos": "V"})
            case 1:
                maps.tasks[task]["text"] = f"text {n}"
            case 2:
                maps.tasks[task] = Map({"parent": "d", "pos": "V"})
            case 3 if isinstance(field.get("value"), Text):
                field["value"].insert(0, f"{n} ")
            case _:
                field["value"] = Text(f"template {n}")

    return write


def _with_later_version(copy: Copy) -> Copy:
    """A copy that reads what is hidden."""
    read = copy.log.updates
    copy.log.updates = lambda after: [  # type: ignore[method-assign]
        (number, update.removeprefix(HIDDEN)) for number, update in read(after)
    ]
    return copy


@pytest.mark.parametrize("seed", (*range(8), 62, 298, 312, 363))
@pytest.mark.quick_cases(3)
def test_nothing_is_lost_in_any_order(path: Path, dana: Copy, seed: int) -> None:
    random, later = Random(seed), Later(path)
    noa = _with_later_version(Copy(path, PLAN, "noa"))
    for n in range(25):
        match random.randrange(6):
            case 0 | 1:
                random.choice((dana, noa)).does(SetKpi("k", "baseline", str(n)))
                later.hears()
            case 2:
                dana.compacts()
                assert len(updates_of(path)) <= len(later.updates)
            case _:
                later.writes(_some_write(random, n), person=n % 3, hidden=random.random() < 0.4)
    before = plain_values(merged(updates_of(path))[0])
    dana.compacts()
    assert later.values_in_file() == later.values
    assert plain_values(merged(updates_of(path))[0]) == before
    assert plain_values(noa.document) == later.values
    noa.close()


@pytest.mark.parametrize("edits", [1, 2, 20])
def test_the_log_of_another_copy_does_not_pass_for_a_compacted_one(path: Path, edits: int) -> None:
    append(path, lambda _: HIDDEN)
    worked(path)
    other = path.with_name("other.roadmap")
    shutil.copy(path, other)
    worked(other, *(SetField("g", f"in the other {n}") for n in range(edits)))
    crashed(path)
    shutil.copy(other, path)
    with pytest.raises(BrokenStore) as refused:
        read(path)
    assert refused.value.key == "store_foreign_log"
