"""Marks of the moments before edits that change much."""

from __future__ import annotations

from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.edits import Edit
from lfroadmap.store.sqlite.log import Log

BULK_EDITS = 10
"""Edits applied as one from which on the moment before them is marked."""


def mark_before(log: Log, edit: Edit, wall: int) -> None:
    """Mark the moment before an edit that changes much, so that it can be found later."""
    if isinstance(edit, ResetAll):
        log.add_moment(wall, "reset", "")
    elif sum(1 for _ in edit.singles()) >= BULK_EDITS:
        log.add_moment(wall, "bulk", "")
