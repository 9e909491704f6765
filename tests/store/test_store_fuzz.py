"""Whatever lies under a roadmap's name is opened, or refused with words; and so is whatever is imported.

`LFROADMAP_FUZZ_SECONDS` says how long each of the two goes on; without it, a few seconds.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from damage import damaged
from lfroadmap.errors import BrokenSnapshot, BrokenStore
from lfroadmap.imports.snapshot import read as read_export
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.schema import dump
from lfroadmap.roadmap.structure import Add
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.recovery.rescue import examine
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN

pytestmark = pytest.mark.proof

GOLDEN = Path(__file__).parent.parent / "export" / "golden"
SECONDS = float(os.environ.get("LFROADMAP_FUZZ_SECONDS", "15"))


@pytest.fixture
def sound(tmp_path: Path) -> bytes:
    path = tmp_path / "sound.roadmap"
    Store.create(path, PLAN, "dana")
    store = Store(path, "dana")
    store.start(lambda event: None)
    for n in range(12):
        store.submit(Add(Task(f"n{n}", f"task {n}"), "c"))
        store.end_burst()
    assert store.close() == ()
    return path.read_bytes()


def worse(data: bytes, chance: random.Random) -> bytes:
    """One or several damages on top of each other: bits, blocks, cuts, pieces moved and doubled."""
    for _ in range(chance.randint(1, 4)):
        if not data:
            break
        at, to, size = chance.randrange(len(data)), chance.randrange(len(data)), chance.randrange(1, 600)
        match chance.randrange(4):
            case 0:
                data = damaged(data, chance, chance.randrange(100))
            case 1:
                data = data[:to] + data[at : at + size] + data[to:]
            case 2:
                data = data[:to] + data[at : at + size] + data[to + size :]
            case _:
                data = data[:at] + chance.randbytes(size) + data[at + size :]
    return data


def test_any_bytes_are_opened_or_refused_with_words(tmp_path: Path, sound: bytes) -> None:
    path, chance, end = tmp_path / "plan.roadmap", random.Random(time.time_ns()), time.monotonic() + SECONDS
    outcomes: Counter[str] = Counter()
    seed = b""
    while time.monotonic() < end:
        path.write_bytes(seed := worse(sound, chance))
        for look in (read, queries.read, queries.marks, examine, lambda path: TimeTravel(path).at(0), opened):
            try:
                look(path)
                outcomes["fine"] += 1
            except BrokenStore as error:
                outcomes[error.key] += 1
            except BaseException as error:
                (tmp_path / "found").write_bytes(seed)
                raise AssertionError(f"{tmp_path / 'found'}: {error!r}") from error
        assert path.read_bytes() == seed
    assert outcomes["fine"] > 0
    assert outcomes["store_damaged"] > 0


def opened(path: Path) -> None:
    Store(path, "dana").close()


def test_any_export_is_read_or_refused_with_words(tmp_path: Path) -> None:
    whole = SetField("g", "שלום <b>&").on(PLAN)
    texts = [
        dump(whole, "he").encode(),
        dump(Roadmap("r"), "en").encode(),
        (GOLDEN / "plan.en.html").read_bytes(),
    ]
    page = tmp_path / "page"
    chance, end = random.Random(time.time_ns()), time.monotonic() + SECONDS
    outcomes: Counter[str] = Counter()
    while time.monotonic() < end:
        path = page.with_suffix(chance.choice([".json", ".html"]))
        path.write_bytes(seed := worse(chance.choice(texts), chance))
        try:
            assert isinstance(read_export(path), Roadmap)
            outcomes["fine"] += 1
        except BrokenSnapshot as error:
            outcomes[error.key] += 1
        except BaseException as error:
            raise AssertionError(f"{seed!r}: {error!r}") from error
    assert len(outcomes) > 1
