"""A roadmap's file, and a window on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lfroadmap.store.events import SaveFailing, WriterEnded
from lfroadmap.store.identity import Identity
from lfroadmap.store.store import Store
from listening import PLAN, Listener, Person


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    return path


@pytest.fixture
def heard() -> Listener:
    return Listener()


@pytest.fixture
def store(path: Path, heard: Listener) -> Iterator[Store]:
    store = Store(path, "dana")
    store.start(heard)
    yield store
    store.close()


@pytest.fixture
def dana(path: Path) -> Iterator[Person]:
    """A person at a window whose writer must not end, nor fail to save."""
    person = Person(path, "dana", Identity("a" * 22, "a" * 10))
    yield person
    assert [e for e in person.heard.events if isinstance(e, SaveFailing | WriterEnded)] == []
    person.leaves()
