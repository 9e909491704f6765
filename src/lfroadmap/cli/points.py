"""The points in time that options name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext
from lfroadmap.machine import now

if TYPE_CHECKING:
    from lfroadmap.usecases.points_in_time import PointInTime, PointsInTime


def points(context: AnyContext, name: Callable[[], str]) -> PointsInTime:
    """The points in time of a roadmap that options name."""
    from lfroadmap.usecases.points_in_time import PointsInTime

    return PointsInTime(
        context.library,
        name,
        lambda: context.stored(name()),
        context.words,
        now().date(),
        notify=context.notify,
    )


def roadmap_at(context: AnyContext, name: str, at: str | None) -> PointInTime:
    """The roadmap as it was at the moment that `--at` names, or as it is now."""
    found = points(context, lambda: name)
    return found.find_own(at) if at else found.now()
