"""A roadmap of the template, in the home of a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from commanding import Capture, good


@pytest.fixture
def plan(home: Path, capsys: Capture) -> Path:
    """The file of a roadmap as the template makes it."""
    good(capsys, "new", "p")
    return home / "data" / "roadmaps" / "p.roadmap"
