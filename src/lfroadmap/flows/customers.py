"""Lists of customers, each with a touchpoint to bring them back by and why, for import into other systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, get_args

from lfroadmap.flows.explain import texts
from lfroadmap.flows.parameters import DAY, WEIGHT_UNIT
from lfroadmap.flows.path_lists import split_path
from lfroadmap.flows.results import Comeback
from lfroadmap.flows.running import CustomerRunner
from lfroadmap.flows.tables import Cell, number, whole
from lfroadmap.words import Language

CustomerList = Literal["at_risk", "ready", "paths", "cohorts"]
CUSTOMER_LISTS: tuple[CustomerList, ...] = get_args(CustomerList)
_START = datetime(1970, 1, 1, tzinfo=UTC)


class Suggestion(NamedTuple):
    """A touchpoint to bring a customer back by."""

    kind: str
    channel: str
    why: str


class AtRisk(NamedTuple):
    """A customer who is away for longer than usual."""

    customer: str
    last_event: str
    """Date and time, UTC."""
    days_away: float
    usual_days: float
    """The 90th percentile of the customer's own gaps."""
    suggested_kind: str
    suggested_channel: str
    why: str


class Ready(NamedTuple):
    """A customer whose recent events reach the score."""

    customer: str
    last_event: str
    score: float
    suggested_kind: str
    suggested_channel: str
    why: str


class CustomerPath(NamedTuple):
    """The path of a purchase, or of a customer who never bought."""

    customer: str
    path: str
    purchased: str
    """Date and time of the purchase, UTC; empty without one."""
    suggested_kind: str
    suggested_channel: str
    why: str


class CohortMember(NamedTuple):
    """A buyer in the month of the first purchase."""

    customer: str
    cohort: str
    purchases: int
    value: float | None
    suggested_kind: str
    suggested_channel: str
    why: str


CustomerRow = AtRisk | Ready | CustomerPath | CohortMember
COLUMNS: dict[CustomerList, tuple[str, ...]] = {
    "at_risk": AtRisk._fields,
    "ready": Ready._fields,
    "paths": CustomerPath._fields,
    "cohorts": CohortMember._fields,
}


def customer_rows(
    runner: CustomerRunner, name: CustomerList, comebacks: Sequence[Comeback], language: Language
) -> Iterator[CustomerRow]:
    """The rows of a list, a batch at a time; `comebacks` is the measure of this name.

    The touchpoint is the highest ranked one in a channel that the customer has used, else the highest of all.
    """
    ranked = [row for row in comebacks if row.is_ranked]
    suggestions = _Suggestions(ranked, language)
    runner.rank_channels([row.channel for row in ranked])
    at = runner.parameters.as_of or 0
    match name:
        case "at_risk":
            for customer, last, tenfold, best in runner.rows("at_risk_customers"):
                days = (at - whole(last)) / DAY
                usual = (number(tenfold) or 0) / 10 / DAY
                yield AtRisk(str(customer), moment_text(whole(last)), days, usual, *suggestions.of(best))
        case "ready":
            for customer, last, score, best in runner.rows("ready_customers"):
                points = whole(score) / WEIGHT_UNIT
                yield Ready(str(customer), moment_text(whole(last)), points, *suggestions.of(best))
        case "paths":
            for customer, _journey, path, bought, best in runner.rows("customer_paths"):
                when = "" if bought is None else moment_text(whole(bought))
                shown = " > ".join(split_path(str(path)))
                yield CustomerPath(str(customer), shown, when, *suggestions.of(best))
        case "cohorts":
            for customer, first, purchases, worth, best in runner.rows("customer_cohorts"):
                month = moment_text(whole(first))[:7]
                row = (str(customer), month, whole(purchases), number(worth))
                yield CohortMember(*row, *suggestions.of(best))


class _Suggestions:
    """Touchpoints by their rank, and why."""

    def __init__(self, ranked: Sequence[Comeback], language: Language) -> None:
        self._ranked = ranked
        self._texts = texts(language)["why"]

    def of(self, best: Cell) -> Suggestion:
        """The touchpoint for a customer, `best` being the rank of the best one in a channel of theirs."""
        if not self._ranked:
            return Suggestion("", "", self._texts["none"])
        row = self._ranked[0 if best is None else whole(best)]
        why = self._texts["overall" if best is None else "known"]
        filled = why.format(returns=row.returns, lift=f"{row.lift:.2g}")
        return Suggestion(row.kind or "", row.channel or "", filled)


def moment_text(moment: int) -> str:
    """A moment as date and time, UTC: `2026-03-01T12:00:00Z`."""
    return (_START + timedelta(milliseconds=moment)).isoformat(timespec="seconds").replace("+00:00", "Z")
