"""A window says how many things of a roadmap are not shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from foreign_peer import Maps, write_by_peer
from imported_files import ask
from lfroadmap.store.sqlite.file_format import inspect
from lfroadmap.store.sqlite.loading import from_view
from sitting import GOALS, sitting
from store_states import value

THINGS = "2 things in this file could not be read"


def two_things(maps: Maps) -> None:
    maps.tasks["x"], maps.tasks["y"] = "boo", 5


@pytest.mark.proof
async def test_the_notice_comes_with_the_things_and_at_each_opening(home: Path) -> None:
    async with sitting(home) as at:
        write_by_peer(at.path, two_things)
        await at.until(lambda: THINGS in at.notices)
        path = at.path
    loaded = from_view(inspect(path, thorough=True))
    assert loaded is not None and loaded.left_out == 2
    async with sitting(home) as at:
        await at.until(lambda: THINGS in at.notices)
        assert value(at.app.session.roadmap, GOALS) == ""


async def test_a_copy_that_is_imported_is_reported_by_its_path(home: Path) -> None:
    async with sitting(home) as at:
        copy = Path("copy.roadmap").absolute()
        shutil.copy(at.path, copy)
        write_by_peer(copy, two_things)
        await ask(at, copy)
        await at.until(lambda: f"In {copy}, things that could not be read" in at.notices)
        assert THINGS not in at.notices
