"""The figures that the Flows tab shows: those of a filter, or the newest that the roadmap keeps."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from lfroadmap.roadmap.flow_figures import FlowFigures, read_figures
from lfroadmap.roadmap.measurements import in_order
from lfroadmap.roadmap.model import Measurement, Roadmap
from lfroadmap.ui.flows.state import FlowsState


class ShownFigures(NamedTuple):
    """Figures, their day, and whether the roadmap keeps them."""

    figures: FlowFigures
    day: str
    time: str = ""
    """When they were taken; empty for those that are not kept."""


def shown_figures(roadmap: Roadmap, state: FlowsState) -> ShownFigures | None:
    """The figures that are shown; None where there are none."""
    if state.filtered is not None:
        return ShownFigures(state.filtered, state.filtered_day)
    for each in reversed(in_order(roadmap.measurements)):
        if (figures := _read(each)) is not None:
            return ShownFigures(figures, each.day, each.time)
    return None


@lru_cache(maxsize=2)
def _read(measurement: Measurement) -> FlowFigures | None:
    """The figures of a measurement; read once, as each change of the roadmap asks for them."""
    return read_figures(measurement.figures)
