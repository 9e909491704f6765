"""What was measured as tables for spreadsheets: the last measurement, and every dated value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from lfroadmap.report.field_columns import day_cell
from lfroadmap.report.flows.figures import HEADLINE
from lfroadmap.report.flows.parameters import FILTERS
from lfroadmap.report.measure_names import measure_name
from lfroadmap.report.tables import FLOW_COLUMNS, MEASUREMENT_COLUMNS, Cell, Share, Table
from lfroadmap.roadmap.flow_figures import Figure, FlowFigures, read_measures
from lfroadmap.roadmap.measure_changes import filters_of, last_measured
from lfroadmap.roadmap.measurements import in_order
from lfroadmap.roadmap.model import Measurement
from lfroadmap.text import one_line
from lfroadmap.words import Words


def flow_table(measurements: Sequence[Measurement], words: Words) -> Table | None:
    """The numbers of the last measurement, a row a measure; None where none can be read.

    Its filters are in further columns, where it has any.
    """
    found = last_measured(measurements)
    if found is None:
        return None
    figures, day = found.figures, day_cell(found.day)
    filters = _filters(figures) if any(filters_of(figures)) else ()
    rows = (
        (
            id,
            measure_name(id, words.language),
            number(figure.value, figure.unit, words),
            _before(figures.before.get(id), words),
            *_counts(figure),
            format_unit(figure.unit, figures.currency, words),
            day,
            *filters,
        )
        for id, figure in _in_order(figures)
    )
    columns = (*FLOW_COLUMNS, *FILTERS) if filters else FLOW_COLUMNS
    return Table("flows", columns, tuple(rows))


def measurement_table(measurements: Sequence[Measurement], words: Words) -> Table:
    """Every number of every measurement, a row each, the oldest first; unreadable ones have none."""
    rows = (
        row
        for each in in_order(measurements)
        if (figures := read_measures(each.figures)) is not None
        for row in _rows(each, figures, words)
    )
    return Table("measurements", MEASUREMENT_COLUMNS, tuple(rows))


def _rows(measurement: Measurement, figures: FlowFigures, words: Words) -> Iterator[tuple[Cell, ...]]:
    for id, figure in _in_order(figures):
        yield (
            id,
            day_cell(measurement.day),
            _moment(measurement.time),
            measure_name(id, words.language),
            number(figure.value, figure.unit, words),
            *_counts(figure),
            format_unit(figure.unit, figures.currency, words),
            *_filters(figures),
        )


def _in_order(figures: FlowFigures) -> Iterator[tuple[str, Figure]]:
    """The measures in the order of the report, those that it leaves out behind them."""
    known = [id for id in HEADLINE if id in figures.measures]
    for id in (*known, *(id for id in figures.measures if id not in HEADLINE)):
        yield id, figures.measures[id]


def number(value: float | None, unit: str, words: Words) -> Cell:
    """A figure as a number, a share as one that is shown in percent; the word for an undefined one."""
    if value is None:
        return words("flow_figures.undefined")
    return Share(value) if unit == "share" else value


def _filters(figures: FlowFigures) -> tuple[Cell, ...]:
    """What figures are of, in the columns of the filters."""
    return one_line(figures.channel), one_line(figures.segment), day_cell(figures.since)


def _before(figure: Figure | None, words: Words) -> Cell:
    return "" if figure is None else number(figure.value, figure.unit, words)


def _counts(figure: Figure) -> tuple[Cell, Cell]:
    """What was divided by what; empty where a figure is no quotient."""
    above, below = figure.numerator, figure.denominator
    return "" if above is None else above, "" if below is None else below


def format_unit(unit: str, currency: str, words: Words) -> str:
    """The unit of a figure in words; of money its currency."""
    if unit == "money" and currency:
        return one_line(currency)
    key = f"flow_figures.unit_{unit}"
    return words(key) if key in words else one_line(unit)


def _moment(time: str) -> str | datetime:
    """A moment in UTC without its zone, which spreadsheets do not have; any other text as it is."""
    try:
        return datetime.fromisoformat(time).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return one_line(time)
