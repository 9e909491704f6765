"""Marks of the moments before edits that change much."""

from __future__ import annotations

from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.measured_edits import count_measured
from lfroadmap.store.sqlite.log import Log

BULK_EDITS = 10
"""Edits applied as one from which on the moment before them is marked."""


def mark_before(log: Log, edit: Edit, wall: int) -> None:
    """Mark the moment before an edit that changes much, so that it can be found later."""
    if isinstance(edit, ResetAll):
        log.add_moment(wall, "reset", "")
        return
    several = tuple(edit.singles())
    if len(several) >= BULK_EDITS and not count_measured(several):  # measured every day, they are no event
        log.add_moment(wall, "bulk", "")
