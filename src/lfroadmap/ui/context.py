"""The common input of the widgets: a function that changes the roadmap, and the current words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, NewType

from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.health import HealthCounts
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.roadmap.templates import Labels
from lfroadmap.ui.flows.state import FlowsState
from lfroadmap.ui.timeline_state import TimelineState
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine
    from lfroadmap.report.relation_texts import RelationTexts
    from lfroadmap.roadmap.kpi_sources import ValueSource

Change = Callable[[Edit], None]
"""The one door: applies an edit to the roadmap, the displays and the store.

It is a call and not a message: a message lands a frame later, so bars would lag behind the key that moved
them, and a quit could overtake the last letters.
"""

TabId = NewType("TabId", str)
"""`overview`, `kpis`, `flows`, `timeline`, or the id of a stage."""

OVERVIEW = TabId("overview")
KPIS = TabId("kpis")
FLOWS = TabId("flows")
TIMELINE = TabId("timeline")
NO_STAGES = (OVERVIEW, KPIS, FLOWS, TIMELINE)
"""The tabs that are no stages."""


class Cause(NamedTuple):
    """Why the roadmap is not what it was, as far as it matters to the fields that show it."""

    typed: bool = False
    """It was typed into a field, which shows it already: no field is written."""
    over: frozenset[str] | None = frozenset()
    """Ids of the nodes that are shown even where the cursor is; None: all of them."""

    def overwrites(self, node_id: str) -> bool:
        """True if the field is overwritten even while it has the focus."""
        return self.over is None or node_id in self.over


TYPED = Cause(typed=True)
COMMANDED = Cause(over=None)
"""A command of this window's changed it: an import, a reset, something restored."""
ELSEWHERE = Cause()
"""Another window, or a colleague, changed it: what is under the cursor stays."""


class Context(NamedTuple):
    """The common input of every widget that shows a roadmap."""

    roadmap_id: str
    words: Words
    labels: Labels
    thresholds: Thresholds
    health: HealthCounts
    """The health of the roadmap as it is now."""
    today: Callable[[], date]
    new_id: Callable[[], str]
    change: Change
    settle: Callable[[], None]
    """Ends a burst of typing, so that the next edit is an undo step of its own."""
    name: str = ""
    """The roadmap's name in the library."""
    kpi_values: Callable[[], Mapping[str, Sequence[tuple[datetime, str]]]] = dict
    """Reads the dated current values of each KPI out of the file; for a thread, raises RoadmapError."""
    source_of: Callable[[Kpi], ValueSource | None] = lambda kpi: None
    """Where the current value of a KPI comes from, and what it would be now; None for a typed one."""
    hides_start: Callable[[], bool] = bool
    """True if the person hid the first steps of this roadmap."""
    hide_start: Callable[[], None] = lambda: None
    """Remembers that the person hid them."""
    tour_ended: Callable[[], bool] = bool
    """True if the person took the tour, or hid its offer."""
    end_tour: Callable[[], None] = lambda: None
    """Remembers that."""
    activity: Callable[[], Activity] = Activity
    """Reads the roadmap over time out of the file; for a thread, raises RoadmapError."""
    lately: Callable[[str], Sequence[HistoryLine]] = lambda stage: ()
    """Reads the newest changes in a stage, by its id, or in all out of the file; as above."""
    people_at: Callable[[str], str] = lambda node: ""
    """The names of the colleagues who are at a card, or in a stage, by its id."""
    flows: FlowsState = FlowsState()
    """What the Flows tab shows beside the kept figures."""
    timeline: TimelineState = TimelineState()
    """What is looked at on the Timeline tab."""
    slipped: Callable[[], Mapping[str, tuple[date, ...]]] = dict
    """Reads the days that cards and tasks were due on before out of the file; as above."""
    relations: Callable[[], RelationTexts | None] = lambda: None
    """What waits for what in the roadmap as it is now; asked only where something has relations."""
    owners: Callable[[], tuple[str, ...]] = tuple
    """The names of owners in the roadmap, the most frequent first."""
