"""What the Flows tab shows beside the figures that are kept in the roadmap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lfroadmap.roadmap.flow_figures import FlowFigures


class Filters(NamedTuple):
    """Which events are measured; each empty for all."""

    since: str = ""
    """A day, YYYY-MM-DD."""
    channel: str = ""
    segment: str = ""
    """`column=value`."""


class Working(NamedTuple):
    """A measuring that is under way."""

    text: str
    percent: int = -1
    """Below 0 where it is not known."""


@dataclass
class FlowsState:
    """One measuring at a time, figures of a filter, and the reason why there are none.

    Set by the actions, on the thread of the screen; the pane that is open hears of each change.
    """

    filters: Filters = field(default_factory=Filters)
    """Those of the figures that are shown."""
    filtered: FlowFigures | None = None
    """Figures that are shown and not kept; None: the newest kept ones are shown."""
    filtered_day: str = ""
    """The day that these are of, YYYY-MM-DD; their last event may be earlier."""
    working: Working | None = None
    problem: str = ""
    """Why the last measuring failed, and what to do, in words."""
    cancel: Callable[[], None] = field(default=lambda: None)
    """Calls off what is under way."""
    heard: Callable[[], None] = field(default=lambda: None)
    """Called after each change."""
    at: str = ""
    """The target of the line under the cursor: `exit_points/2`, or the id of a measure."""

    def show(self, **values: object) -> None:
        """Set values, and have the pane follow."""
        vars(self).update(values)
        self.heard()
