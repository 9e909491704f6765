"""The measurements that a roadmap keeps: their order, and which of them are too many."""

from __future__ import annotations

from collections.abc import Iterable

from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.model import Measurement
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.structure import Add, Remove

MOST_MEASUREMENTS = 100
"""Measurements that a roadmap keeps."""


def in_order(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """The measurements by the day of their figures and the time at which they were taken, the oldest first.

    Those of no day are first: they are the first that are dropped.
    """
    return tuple(sorted(measurements, key=lambda each: (_day(each), each.time)))


def latest(measurements: Iterable[Measurement]) -> Measurement | None:
    """The newest measurement; None where there is none."""
    return next(reversed(in_order(measurements)), None)


def thinned(measurements: Iterable[Measurement]) -> tuple[str, ...]:
    """The ids of the measurements to remove, so that at most `MOST_MEASUREMENTS` are left.

    From the oldest on, those that are not the last of their month go first, and only as many as are too many;
    where each is the last of its month, the oldest go.
    """
    known = in_order(measurements)
    too_many = len(known) - MOST_MEASUREMENTS
    if too_many <= 0:
        return ()
    later = (*known[1:], None)
    within = [each for each, next_ in zip(known, later, strict=True) if next_ and _is_same_month(each, next_)]
    within_ids = {each.id for each in within}
    last = [each for each in known if each.id not in within_ids]
    return tuple(each.id for each in (*within, *last)[:too_many])


def is_of_measurements(edit: Edit, inverse: Edit) -> bool:
    """True for an edit that does nothing but add or remove measurements: undo passes over it.

    What was measured is a record of the company, not of somebody's work on the plan.
    """
    parts, added = tuple(edit.singles()), {*map(_added, inverse.singles())}
    return bool(parts) and all(
        bool(_added(part)) or (isinstance(part, Remove) and part.node in added) for part in parts
    )


def _added(edit: Edit) -> str:
    """Id of the measurement that an edit adds; empty for any other edit."""
    return edit.node.id if isinstance(edit, Add) and isinstance(edit.node, Measurement) else ""


def _day(measurement: Measurement) -> str:
    return measurement.day if iso_day(measurement.day) else ""


def _is_same_month(one: Measurement, other: Measurement) -> bool:
    return _day(one)[:7] == _day(other)[:7]
