"""The lists of the last measurement as a table for spreadsheets: a row for each figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from lfroadmap.report.field_columns import day_cell
from lfroadmap.report.flows.channels import MODELS
from lfroadmap.report.flows.charts import HEAT, format_month
from lfroadmap.report.flows.figures import is_number
from lfroadmap.report.flows.list_nodes import SHARES, Row, cell, head, point, rows_of, step, text
from lfroadmap.report.measure_names import measure_name
from lfroadmap.report.tables import FLOW_LIST_COLUMNS, Cell, Share, Table
from lfroadmap.roadmap.flow_figures import FlowFigures
from lfroadmap.roadmap.measure_changes import last_measured
from lfroadmap.roadmap.model import Measurement
from lfroadmap.words import Words

NameOf = Callable[[Row, Words], str]
"""Returns what a row of a list is of."""
Line = tuple[str, str, str, object, bool]
"""Id of a list, what its row is of, the name of the figure, the figure, and whether it is a share."""


def list_table(measurements: Sequence[Measurement], words: Words) -> Table | None:
    """The kept rows of every list of the report; None where there are none, or no measurement can be read."""
    found = last_measured(measurements)
    if found is None:
        return None
    day = day_cell(found.day)
    rows = tuple(
        (id, measure_name(id, words.language), name, figure, shown, day)
        for id, name, figure, value, is_share in _lines(found.figures, words)
        if (shown := _cell(value, is_share=is_share)) != ""
    )
    return Table("flow_lists", FLOW_LIST_COLUMNS, rows) if rows else None


def _cell(value: object, *, is_share: bool) -> Cell:
    """A figure as a number, a share as one that is shown in percent; empty for none."""
    if not is_number(value) or not isinstance(value, int | float):
        return ""
    return Share(value) if is_share else value


def _lines(figures: FlowFigures, words: Words) -> Iterator[Line]:
    for id, (name_of, columns) in _LISTS.items():
        for row in rows_of(figures, id):
            for column in columns:
                name = _figure(column, figures, words)
                yield id, name_of(row, words), name, row.get(column), column in SHARES
    yield from _credits(figures, words)
    yield from _heat(figures, words)


def _figure(column: str, figures: FlowFigures, words: Words) -> str:
    """The name of a figure, also where the report has it under a heading of two."""
    own = f"flow_figures.list_{column}"
    return words(own) if own in words else head(column, figures, words)


def _credits(figures: FlowFigures, words: Words) -> Iterator[Line]:
    """The purchases that each model credits to each channel."""
    models = figures.lists.get("attribution")
    for model in MODELS:
        by_channel = models.get(model) if isinstance(models, dict) else None
        for channel, credit in by_channel.items() if isinstance(by_channel, dict) else ():
            yield "attribution", text(channel), words(f"flows.model_{model}"), credit, False


def _heat(figures: FlowFigures, words: Words) -> Iterator[Line]:
    """How many customers are rising, steady, falling, ready and at risk."""
    counts = figures.lists.get("hot_cold")
    for name in HEAT:
        value = counts.get(name) if isinstance(counts, dict) else None
        yield "hot_cold", words(f"flow_figures.heat_{name}"), words("flows.head_customers"), value, False


def _of(*columns: str) -> NameOf:
    """The name of a touchpoint by its parts."""
    return lambda row, words: point([row.get(column) for column in columns], words)


def _in_cell(column: str) -> NameOf:
    return lambda row, words: cell(column, row, words)


def _return(row: Row, words: Words) -> str:
    model = row.get("model")
    known = words(f"flows.model_{model}") if model in MODELS else text(model)
    return point([row.get("channel"), known], words)


def _mover(row: Row, words: Words) -> str:
    went = step(row.get("stage"), row.get("next_stage"), words)
    return point([row.get("kind"), row.get("channel"), went], words)


def _days(row: Row, words: Words) -> str:
    days = row.get("days")
    return words.plural("kpi.in_days", days) if isinstance(days, int) else cell("days", row, words)


_FUNNEL = ("customers", "rate", "overall")
_LISTS: Mapping[str, tuple[NameOf, tuple[str, ...]]] = {
    "entry_points": (_of("kind", "channel"), ("entries", "new", "reentries", "share")),
    "exit_points": (_of("kind", "channel", "stage"), ("exits", "returned", "share")),
    "stage_conversion_any": (_in_cell("step"), _FUNNEL),
    "stage_conversion_first": (_in_cell("step"), _FUNNEL),
    "paths": (_in_cell("path"), ("conversions", "non_conversions", "rate", "value")),
    "roi": (_return, ("cost", "roi")),
    "cost_per_channel": (_in_cell("channel"), ("cost", "reached", "cost_per_customer")),
    "bottleneck": (
        lambda row, words: step(row.get("before"), row.get("after"), words),
        ("rate", "customers_before", "customers_after"),
    ),
    "time_in_stage": (_in_cell("stage"), ("stays", "mean_days", "median_days", "open")),
    "return_curve": (_days, ("share", "returned", "exits")),
    "comeback": (_of("kind", "channel"), ("returns", "lift", "share_of_returns")),
    "cohorts": (
        lambda row, words: format_month(row.get("cohort"), words),
        ("buyers", "purchases", "repeated", "value", "ltv"),
    ),
    "movers": (
        _mover,
        ("share_with", "reached_with", "customers_with",
         "share_without", "reached_without", "customers_without"),
    ),
}  # fmt: skip
"""List -> what names its rows, and its figures, those of the report."""
