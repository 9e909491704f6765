"""A library with one roadmap that has some work done in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.store.folder.notices import Notice
from lfroadmap.store.library.library import Library
from listening import PLAN
from store_states import worked


@pytest.fixture
def notices() -> list[Notice]:
    return []


@pytest.fixture
def library(tmp_path: Path, notices: list[Notice]) -> Library:
    library = Library(tmp_path / "data", notices.append)
    library.create("plan", PLAN, "dana")
    worked(library.path("plan"))
    return library


@pytest.fixture
def path(library: Library) -> Path:
    return library.path("plan")
