"""Measures of flows as values of KPIs: which a KPI can be bound to, and the figure of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from lfroadmap.roadmap.flow_figures import Figure, FlowFigures
from lfroadmap.roadmap.kpi_sources import Misfit, MisfitError, misfit_of, value_in_unit
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.templates import Labels, load, names

Rows = list[dict[str, Any]]
_UNITS = {"share": "%", "days": "days", "money": "money"}
"""Unit of a measure -> that of a KPI's values; all others are counts."""
NUMBERS: Mapping[str, str] = {
    "return_rate": "share", "return_rate_per_exit": "share", "return_days_mean": "days",
    "return_days_median": "days", "close_rate": "share", "win_rate": "share", "upsell_rate": "share",
    "cross_sell_rate": "share", "repeat_rate": "share", "entry_share_beyond_first": "share",
    "interaction_quality": "weight", "cac": "money", "ltv": "money", "events": "events",
    "customers": "customers", "flows": "flows", "active": "flows", "won": "flows", "exits": "flows",
    "returns": "flows", "customers_with_exit": "customers", "customers_with_return": "customers",
    "entries": "flows", "reentries": "flows", "buyers": "customers", "purchases": "purchases",
    "purchases_without_touch": "purchases", "at_risk": "customers",
}  # fmt: skip
"""Id of a measure that is one number -> its unit."""


def _overall(rows: Rows) -> Figure:
    """Of a funnel: the customers of the last step, of those of the first."""
    first, last = (rows[0].get("customers"), rows[-1].get("customers")) if rows else (None, None)
    return _quotient(last, first, "share")


def _weakest(rows: Rows) -> Figure:
    """The rate of the step that fewest go on to."""
    row = rows[0] if rows else {}
    return _quotient(row.get("customers_after"), row.get("customers_before"), "share")


def _longest_stay(rows: Rows) -> Figure:
    """The median stay in the stage where it is longest."""
    known = [row["median_days"] for row in rows if _is_number(row.get("median_days"))]
    return Figure(max(known, default=None), None, None, "days")


def _cost_of_going_on(rows: Rows) -> Figure:
    """Cost in all stages but the last, by the customers who went on from each."""
    known = [row for row in rows if _is_number(row.get("cost")) and _is_number(row.get("reached"))]
    spent, reached = sum(row["cost"] for row in known), sum(row["reached"] for row in known)
    return _quotient(spent, reached, "money") if known else Figure(None, None, None, "money")


LISTS: Mapping[str, tuple[str, Callable[[Rows], Figure]]] = {
    "stage_conversion_any": ("share", _overall),
    "stage_conversion_first": ("share", _overall),
    "bottleneck": ("share", _weakest),
    "time_in_stage": ("days", _longest_stay),
    "cost_per_stage": ("money", _cost_of_going_on),
}
"""Id of a list -> the unit and the one figure of it that a KPI can have."""
BINDABLE: tuple[str, ...] = (*NUMBERS, *LISTS)
"""Ids of the measures that a KPI can be bound to."""


class Source(NamedTuple):
    """Where a measured value comes from."""

    measure: str
    channel: str = ""
    segment: str = ""
    """`column=value`."""

    @property
    def text(self) -> str:
        """As a reading stores it: the measure, and the filters percent-encoded behind a question mark."""
        given = {"channel": self.channel, "segment": self.segment}
        filters = {name: value for name, value in given.items() if value}
        return f"{self.measure}?{urlencode(filters)}" if filters else self.measure


def source_of(text: str) -> Source:
    """The source that a reading stores; total over any text."""
    measure, _, query = text.partition("?")
    try:
        found = dict(parse_qsl(query, max_num_fields=4))
    except ValueError:  # more of them than there are
        found = {}
    return Source(measure, found.get("channel", ""), found.get("segment", ""))


def unit_of_measure(measure: str) -> str:
    """The unit of a measure as a KPI's values have it: `%`, `days`, `money`, `number`."""
    unit = NUMBERS.get(measure) or LISTS[measure][0]
    return _UNITS.get(unit, "number")


def misfit_of_measure(measure: str, kpi: Kpi, labels: Labels) -> Misfit | None:
    """Why no value of a measure fits a KPI, whatever it is; None where one may."""
    return misfit_of(unit_of_measure(measure), "", kpi, labels)


def figure_of(figures: FlowFigures, measure: str) -> Figure | None:
    """The figure of a measure; None where there is none, or its list was cut."""
    if measure in NUMBERS:
        return figures.measures.get(measure)
    rows = figures.lists.get(measure)
    if measure not in LISTS or not isinstance(rows, list) or figures.totals.get(measure, 0) > len(rows):
        return None
    return LISTS[measure][1](rows)


def measured_value(figures: FlowFigures, measure: str, kpi: Kpi, labels: Labels) -> str:
    """The figure as the KPI has it: in its unit and in the form of its other numbers; raises MisfitError."""
    if misfit := misfit_of_measure(measure, kpi, labels):
        raise MisfitError(misfit)
    found = figure_of(figures, measure)
    if found is None or found.value is None:
        raise MisfitError("none")
    number = Fraction(str(found.value))
    return value_in_unit(number, unit_of_measure(measure), figures.currency, kpi, labels)


def suggested(kpi: Kpi, template: str) -> str:
    """The measure that a template names for a KPI; empty where it names none."""
    name, _, own_id = kpi.words_from.partition("/")
    origin = (name, own_id) if own_id else (template, kpi.id)
    return next((each.bound_to for each in _kpis(origin[0]) if each.id == origin[1]), "")


def _kpis(template: str) -> Iterator[Kpi]:
    if template in names():
        yield from load(template).roadmap(template).kpis


def _quotient(part: object, whole: object, unit: str) -> Figure:
    if not _is_number(part) or not _is_number(whole):
        return Figure(None, None, None, unit)
    assert isinstance(part, int | float) and isinstance(whole, int | float)
    return Figure(part / whole if whole else None, part, whole, unit)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
