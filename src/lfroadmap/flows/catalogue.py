"""The measures as data: ids, units, formulas, queries, parameters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from lfroadmap.flows import flow_lists, path_lists, stage_lists
from lfroadmap.flows.parameters import DAY, WEIGHT_UNIT, Parameters
from lfroadmap.flows.results import Row, Unit
from lfroadmap.flows.tables import Tables, number

MakeRows = Callable[[Tables, Parameters], tuple[Row, ...]]
"""The rows of a list out of the results of its queries."""


class Cell(NamedTuple):
    """A figure of a query with one row."""

    query: str
    column: str
    scale: int = 1
    """The number of the column's unit in the measure's unit."""

    def of(self, tables: Tables) -> float | None:
        """The figure in the measure's unit; None where the query has none."""
        cell = tables[self.query].first(self.column)
        found = number(cell)
        if found is None:
            return None
        return found / self.scale if self.scale > 1 else int(found) if float(found).is_integer() else found


class Measure(NamedTuple):
    """A measure as data."""

    id: str
    unit: Unit
    formula: str
    """Names and signs, as the calculators' formulas are written; empty for a list."""
    queries: tuple[str, ...]
    parameters: tuple[str, ...] = ()
    numerator: Cell | path_lists.Untouched | None = None
    denominator: Cell | None = None
    """None for a count, whose numerator is its value."""
    rows: MakeRows | None = None
    """The function that makes a list; None for a number."""
    is_median: bool = False
    """True if the cells are the sum and the number of the values in the middle."""
    needs_steps: bool = False
    """True for a number that is undefined without the parameter `steps`."""


_AT = ("as_of",)
_FLOWS = ("gap_days", "as_of")
_BOUGHT = ("meanings", "as_of")
_PATHS = ("look_back_days", "meanings", "as_of")
_FUNNEL = ("steps", "window_days", "as_of")


_FLOWS_WON = (*_FLOWS, "meanings")


def _flows(column: str, scale: int = 1) -> Cell:
    return Cell("flow_counts", column, scale)


def _buyers(column: str) -> Cell:
    return Cell("buyer_counts", column)


def _bought(column: str) -> Cell:
    return Cell("purchase_counts", column)


def _count(id: str, unit: Unit, cell: Cell, parameters: tuple[str, ...]) -> Measure:
    return Measure(id, unit, f"Σ {id}", (cell.query,), parameters, cell)


def _ratio(
    id: str, unit: Unit, formula: str, cells: tuple[Cell, Cell], parameters: tuple[str, ...]
) -> Measure:
    above, below = cells
    queries = tuple(dict.fromkeys((above.query, below.query)))
    return Measure(id, unit, formula, queries, parameters, above, below)


def _list(id: str, queries: tuple[str, ...], rows: MakeRows, parameters: tuple[str, ...]) -> Measure:
    return Measure(id, "list", "", queries, parameters, rows=rows)


_COUNTS = (
    _count("events", "events", Cell("totals", "occurrences"), _AT),
    _count("customers", "customers", _flows("customers"), _AT),
    _count("flows", "flows", _flows("flows"), _FLOWS),
    _count("active", "flows", _flows("active"), _FLOWS),
    _count("won", "flows", _flows("won"), _FLOWS_WON),
    _count("exits", "flows", _flows("exits"), _FLOWS_WON),
    _count("returns", "flows", _flows("returns"), _FLOWS_WON),
    _count("customers_with_exit", "customers", _flows("customers_with_exit"), _FLOWS_WON),
    _count("customers_with_return", "customers", _flows("customers_with_return"), _FLOWS_WON),
    _count("entries", "flows", _flows("flows"), _FLOWS),
    _count("reentries", "flows", _flows("reentries"), _FLOWS),
    _count("buyers", "customers", _bought("buyers"), _BOUGHT),
    _count("purchases", "purchases", _bought("bought"), _BOUGHT),
    Measure(
        "purchases_without_touch",
        "purchases",
        "Σ purchases_without_touch",
        ("path_counts",),
        _PATHS,
        path_lists.Untouched(),
    ),
    _count("at_risk", "customers", Cell("risk_count", "at_risk"), _FLOWS),
)
_BUYERS = _buyers("buyers")
_BOUGHT_ONCE = _bought("buyers")
_RATIOS = (
    _ratio(
        "return_rate",
        "share",
        "customers_with_return ÷ customers_with_exit",
        (_flows("customers_with_return"), _flows("customers_with_exit")),
        _FLOWS_WON,
    ),
    _ratio(
        "return_rate_per_exit", "share", "returns ÷ exits", (_flows("returns"), _flows("exits")), _FLOWS_WON
    ),
    _ratio(
        "return_days_mean",
        "days",
        "Σ ( next_start − exit ) ÷ returns",
        (_flows("time_away", DAY), _flows("returns")),
        _FLOWS_WON,
    ),
    _ratio(
        "return_days_median",
        "days",
        "median ( next_start − exit )",
        (Cell("return_median", "middle", DAY), Cell("return_median", "middles")),
        _FLOWS_WON,
    )._replace(is_median=True),
    _ratio(
        "entry_share_beyond_first",
        "share",
        "entries_elsewhere ÷ entries",
        (_flows("beyond_first"), _flows("flows")),
        (*_FLOWS, "steps"),
    )._replace(needs_steps=True),
    _ratio("close_rate", "share", "buyers ÷ customers", (_BOUGHT_ONCE, _flows("customers")), _BOUGHT),
    _ratio("win_rate", "share", "won ÷ ( won + exits )", (_flows("won"), _flows("decided")), _FLOWS_WON),
    _ratio("upsell_rate", "share", "upsold ÷ buyers", (_buyers("upsold_buyers"), _BUYERS), _BOUGHT),
    _ratio(
        "cross_sell_rate", "share", "cross_sold ÷ buyers", (_buyers("cross_sold_buyers"), _BUYERS), _BOUGHT
    ),
    _ratio("repeat_rate", "share", "repeated ÷ buyers", (_bought("repeated"), _BOUGHT_ONCE), _BOUGHT),
    _ratio(
        "interaction_quality",
        "weight",
        "Σ weight ÷ events",
        (Cell("totals", "points", WEIGHT_UNIT), Cell("totals", "occurrences")),
        ("weights", "meanings", "as_of"),
    ),
    _ratio("cac", "money", "Σ cost ÷ buyers", (Cell("totals", "spent"), _BOUGHT_ONCE), _BOUGHT),
    _ratio("ltv", "money", "Σ value ÷ buyers", (_buyers("total"), _BUYERS), _BOUGHT),
)
_LISTS = (
    _list("entry_points", ("entry_points",), flow_lists.entry_points, _FLOWS),
    _list("exit_points", ("exit_points",), flow_lists.exit_points, _FLOWS_WON),
    _list("stage_conversion_any", ("funnel_any",), stage_lists.stage_conversion_any, _FUNNEL),
    _list("stage_conversion_first", ("funnel_first",), stage_lists.stage_conversion_first, _FUNNEL),
    _list("time_in_stage", ("time_in_stage",), stage_lists.time_in_stage, _AT),
    _list("longest_stay", ("time_in_stage",), stage_lists.longest_stay, _AT),
    _list("bottleneck", ("funnel_any",), stage_lists.bottleneck, _FUNNEL),
    _list("paths", ("path_counts",), path_lists.paths, _PATHS),
    _list("path_sets", ("path_counts",), path_lists.path_sets, _PATHS),
    _list("roi", ("path_counts", "touchpoints"), path_lists.roi, _PATHS),
    _list("comeback", ("comeback", "touchpoints"), flow_lists.comeback, _FLOWS_WON),
    _list("movers", ("movers", "arrivals"), stage_lists.movers, _FUNNEL),
    _list("cost_per_stage", ("cost_per_stage",), stage_lists.cost_per_stage, _FUNNEL),
    _list("cost_per_channel", ("cost_per_channel", "touchpoints"), stage_lists.cost_per_channel, _FUNNEL),
    _list("cohorts", ("cohorts",), flow_lists.cohorts, _BOUGHT),
    _list("content", ("content",), flow_lists.content, _FLOWS_WON),
    _list("satisfaction", ("satisfaction",), stage_lists.satisfaction, _AT),
    _list(
        "conversations",
        ("conversations", "objections"),
        stage_lists.conversations,
        ("look_back_days", *_FLOWS_WON),
    ),
    _list(
        "hot_and_cold", ("hot_and_cold",), flow_lists.hot_and_cold, ("weights", "ready_score", *_FLOWS_WON)
    ),
    _list(
        "hot_cold",
        ("hot_and_cold", "risk_count"),
        flow_lists.hot_cold,
        ("weights", "ready_score", *_FLOWS_WON),
    ),
    _list("return_curve", ("return_curve",), flow_lists.return_curve, _FLOWS_WON),
    _list("line", ("line",), flow_lists.line, _FLOWS_WON),
)
ATTRIBUTION = Measure("attribution", "list", "", ("path_counts",), _PATHS)
"""Credits by model and channel."""
MEASURES: tuple[Measure, ...] = (*_COUNTS, *_RATIOS, *_LISTS, ATTRIBUTION)
NUMBERS: tuple[str, ...] = tuple(each.id for each in MEASURES if each.numerator)
"""The measures that are one number."""
IDS: tuple[str, ...] = tuple(each.id for each in MEASURES)
_BY_ID = {each.id: each for each in MEASURES}


def chosen(ids: Collection[str] | None) -> list[Measure]:
    """The measures of these ids, or all; raises KeyError for an id that there is not."""
    return list(MEASURES) if ids is None else [_BY_ID[id] for id in ids]


def queries_of(measures: Iterable[Measure]) -> tuple[str, ...]:
    """The queries that these measures need, each once."""
    return tuple(dict.fromkeys(name for each in measures for name in each.queries))
