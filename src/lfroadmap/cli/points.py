"""The points in time that options name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lfroadmap.cli.context import CommandContext
from lfroadmap.machine import now

if TYPE_CHECKING:
    from lfroadmap.usecases.points_in_time import PointInTime, PointsInTime


def points(context: CommandContext, name: Callable[[], str]) -> PointsInTime:
    """The points in time of a roadmap that options name."""
    from lfroadmap.usecases.points_in_time import PointsInTime

    return PointsInTime(context.library, name, lambda: context.stored(name()), context.words, now().date())


def roadmap_at(context: CommandContext, name: str) -> PointInTime:
    """The roadmap as it was at the moment that `--at` names, or as it is now."""
    found = points(context, lambda: name)
    return found.find_own(context.options.at) if context.options.at else found.now()
