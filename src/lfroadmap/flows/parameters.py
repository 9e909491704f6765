"""Parameters of the measures of flows, with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

DAY = 86_400_000
"""Milliseconds of a day."""
LONGEST = 3_652_059
"""Days of the longest time, from year 1 to year 9999."""
Meaning = Literal["purchase", "upsell", "cross_sell", "click"]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
LEAST = 5
"""Returns, or customers, below which a touchpoint is listed but not ranked."""
DEFAULT_MEANINGS: Mapping[Meaning, tuple[str, ...]] = MappingProxyType(
    {"purchase": ("purchase",), "upsell": ("upsell",), "cross_sell": ("cross_sell",), "click": ("click",)}
)
DEFAULT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "click": 1,
        "visit": 1,
        "open": 1,
        "download": 2,
        "signup": 3,
        "call": 3,
        "webinar": 3,
        "meeting": 4,
        "demo": 4,
        "quote": 4,
        "purchase": 5,
        "upsell": 5,
        "cross_sell": 5,
    }
)
"""Kind, or meaning, -> weight; weights that are given replace all of these."""
WEIGHT_UNIT = 1000
"""Weights are counted in thousandths, so that their sums are whole numbers."""


CURVE_DAYS = (1, 3, 7, 14, 30, 60, 90, 120, 180, 270, 365, 540, 730)
"""Days after an exit at which the curve of returns is read; those within the gap are left out."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which customers and events are measured; None: all of them."""

    channel: str | None = None
    """Customers whose first event came by this channel."""
    segment_column: str = ""
    """The heading of the column that `segment` is a value of."""
    segment: str | None = None
    """Customers whose last value in that column is this one."""
    since: int | None = None
    """Events from this moment on, in milliseconds since 1970 UTC."""

    def to_json(self) -> dict[str, object]:
        """The filters that are set, by their names."""
        found: dict[str, object] = {}
        if self.channel is not None:
            found["channel"] = self.channel
        if self.segment is not None:
            found["segment"] = f"{self.segment_column}={self.segment}"
        if self.since is not None:
            found["since"] = self.since
        return found


ALL = Filters()


@dataclass(frozen=True, slots=True)
class Parameters:
    """Parameters of the measures; all times are in days."""

    gap_days: float = 30
    """A longer time without an event ends a flow."""
    window_days: float = 90
    """The time from the first to the last step of a funnel."""
    look_back_days: float = 30
    """How long before a purchase, or the last event, a touch counts."""
    as_of: int | None = None
    """The moment that is measured at, in milliseconds since 1970 UTC; None for the last event."""
    steps: tuple[str, ...] = ()
    """The steps of the funnel in order, each the name of a kind or of a stage."""
    weights: Mapping[str, float] = field(default_factory=lambda: DEFAULT_WEIGHTS)
    meanings: Mapping[Meaning, tuple[str, ...]] = field(default_factory=lambda: DEFAULT_MEANINGS)
    """Meaning -> the kinds that have it; a meaning that is left out keeps its default."""
    ready_score: float = 10
    """The sum of weights from which on a customer is ready for a conversation."""
    filters: Filters = ALL

    def __post_init__(self) -> None:
        """Raise ValueError for a time that is negative or too long, and for a step that stands twice."""
        if not all(0 <= days <= LONGEST for days in (self.gap_days, self.window_days, self.look_back_days)):
            raise ValueError("a time is negative, or too long")
        if len(set(self.steps)) < len(self.steps):
            raise ValueError("a step stands twice")

    def kinds(self, meaning: Meaning) -> tuple[str, ...]:
        """The kinds that have a meaning."""
        return tuple(self.meanings.get(meaning, DEFAULT_MEANINGS[meaning]))

    def weights_by_kind(self) -> dict[str, float]:
        """Kind -> weight; a kind without a weight has that of its meaning, and every other kind weighs 1."""
        by_meaning = {
            kind: self.weights[meaning]
            for meaning in reversed(MEANINGS)
            if meaning in self.weights
            for kind in self.kinds(meaning)
        }
        return by_meaning | dict(self.weights)

    def to_json(self) -> dict[str, object]:
        """The parameters by their names, defaults included."""
        return {
            "gap_days": self.gap_days,
            "window_days": self.window_days,
            "look_back_days": self.look_back_days,
            "as_of": self.as_of,
            "steps": list(self.steps),
            "weights": dict(self.weights),
            "meanings": {meaning: list(self.kinds(meaning)) for meaning in MEANINGS},
            "ready_score": self.ready_score,
            "channel": None,
            "segment": None,
            "since": None,
            **self.filters.to_json(),
        }
