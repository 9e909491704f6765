"""Values that measuring results in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from lfroadmap.flows.conversation_rows import Content, Conversations, Satisfaction
from lfroadmap.flows.parameters import Parameters

Unit = Literal["events", "customers", "flows", "share", "days", "weight", "money", "purchases", "list"]
Model = Literal["first", "last", "linear", "markov", "shapley", "counterfactual"]


class Scalar(NamedTuple):
    """A measure that is one number."""

    value: float | None
    """None where it is undefined, as a share of nothing."""
    numerator: float | None
    denominator: float | None
    unit: Unit
    parameters: tuple[str, ...]
    """The names of the parameters that it depends on."""


class EntryPoint(NamedTuple):
    """A touchpoint at which flows begin."""

    kind: str | None
    channel: str | None
    entries: int
    new: int
    """First flows of customers."""
    reentries: int
    share: float
    """Of all entries."""


class ExitPoint(NamedTuple):
    """The last touchpoint and stage of flows that ended without a purchase."""

    kind: str | None
    channel: str | None
    stage: str | None
    exits: int
    returned: int
    """Exits that a later flow of the customer follows."""
    share: float
    """Of all exits."""


class StepCount(NamedTuple):
    """A step of a funnel."""

    place: int
    step: str
    customers: int
    rate: float | None
    """Of the customers of the step before; None at the first step and where there were none."""
    overall: float | None
    """Of the customers of the first step."""


class Stay(NamedTuple):
    """Time that customers stay in a stage."""

    stage: str
    stays: int
    """Stays that another stage ended."""
    mean_days: float | None
    median_days: float | None
    open: int
    """Stays that no other stage ended; they are in neither average."""


class Bottleneck(NamedTuple):
    """The step of the funnel that fewest customers go on to."""

    before: str
    after: str
    customers_before: int
    customers_after: int
    rate: float
    loss: int


class PathRow(NamedTuple):
    """A conversion path, repeats of a channel collapsed."""

    path: tuple[str, ...]
    conversions: int
    non_conversions: int
    rate: float
    value: float | None


class PathSet(NamedTuple):
    """The channels of paths, without their order."""

    channels: tuple[str, ...]
    conversions: int
    non_conversions: int
    rate: float
    value: float | None


class Return(NamedTuple):
    """Cost and attributed value of a channel."""

    channel: str
    model: Model
    value: float | None
    cost: float | None
    roi: float | None
    """(value − cost) ÷ cost."""


class Comeback(NamedTuple):
    """A touchpoint that flows after an exit begin with."""

    kind: str | None
    channel: str | None
    returns: int
    share_of_returns: float
    events: int
    share_of_events: float
    lift: float
    """Share of returns by share of events."""
    is_ranked: bool
    """True with enough returns."""


class Mover(NamedTuple):
    """A touchpoint in a stage, with how many went on with it and without it: an association, not a cause."""

    stage: str
    next_stage: str
    kind: str | None
    channel: str | None
    customers_with: int
    reached_with: int
    share_with: float
    customers_without: int
    reached_without: int
    share_without: float | None
    is_ranked: bool
    """True with enough customers on both sides."""


class StageCost(NamedTuple):
    """Cost in a stage by customers who went on."""

    stage: str
    cost: float | None
    customers: int
    reached: int | None
    """Customers who reached the next stage; None for the last one."""
    cost_per_customer: float | None


class ChannelCost(NamedTuple):
    """Cost in a channel by customers who went on from an event there."""

    channel: str
    cost: float | None
    reached: int
    cost_per_customer: float | None


class Cohort(NamedTuple):
    """The customers whose first purchase was in a month, UTC."""

    cohort: str
    """`2026-03`."""
    buyers: int
    purchases: int
    repeated: int
    """Buyers with more than one purchase."""
    value: float | None
    ltv: float | None


class Trend(NamedTuple):
    """Customers by their engagement against their own past."""

    trend: str
    """rising, steady, falling, new, or away."""
    customers: int
    ready: int


class CurvePoint(NamedTuple):
    """Exits that a flow followed within so many days, of those that are at least as old."""

    days: int
    share: float
    returned: int
    exits: int


class HotCold(NamedTuple):
    """Customers whose engagement changed against their own past, those ready and those at risk."""

    rising: int
    steady: int
    falling: int
    ready: int
    at_risk: int


class LineRow(NamedTuple):
    """A figure as a line would count it, and as flows do."""

    figure: str
    line: float | None
    liquid: float | None


Row = (
    EntryPoint | ExitPoint | StepCount | Stay | Bottleneck | PathRow | PathSet | Return | Comeback | Mover
    | StageCost | ChannelCost | Cohort | Satisfaction | Conversations | Content | Trend | CurvePoint | HotCold
    | LineRow
)  # fmt: skip
OBJECTS = frozenset(("hot_cold",))
"""Lists of one row, which are an object in JSON."""
Credits = Mapping[str, float]
"""Channel -> the conversions, or the money, that are attributed to it."""


@dataclass(frozen=True, slots=True)
class Result:
    """The measures of a log, and the parameters that they were measured with."""

    parameters: Parameters
    scalars: Mapping[str, Scalar]
    lists: Mapping[str, tuple[Row, ...]]
    attribution: Mapping[Model, Credits] | None
    """Credits by model; None where they were not asked for."""
    first: int | None = None
    """The moment of the first event that was measured, in milliseconds since 1970 UTC."""
    last: int | None = None

    def to_json(self) -> dict[str, object]:
        """The parameters and the measures as values that JSON has."""
        given = self.parameters.to_json()
        found: dict[str, object] = {
            id: scalar._asdict()
            | {
                "parameters": {name: given[name] for name in scalar.parameters}
                | self.parameters.filters.to_json()
            }
            for id, scalar in self.scalars.items()
        }
        found |= {
            id: _plain(rows[0]) if id in OBJECTS else [_plain(row) for row in rows]
            for id, rows in self.lists.items()
        }
        if self.attribution is not None:
            found["attribution"] = {model: dict(credits) for model, credits in self.attribution.items()}
        return {"parameters": given, "measures": found}


def _plain(value: object) -> object:
    """A row as an object of JSON, with the rows in it."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
