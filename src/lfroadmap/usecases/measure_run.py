"""One measuring for a screen, from the sources to the figures; it runs in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lfroadmap.errors import UsageError
from lfroadmap.flows.parameters import ALL, Filters, Parameters
from lfroadmap.flows.sources.bad_rows import BadRows
from lfroadmap.flows.sources.clickhouse import is_clickhouse
from lfroadmap.flows.sources.engine import Engine, opened, time_zone
from lfroadmap.flows.sources.reading import Reading
from lfroadmap.report.nodes import Report
from lfroadmap.roadmap.flow_figures import FlowFigures, figures_from
from lfroadmap.roadmap.model import Kpi
from lfroadmap.settings import config_folder
from lfroadmap.state import State
from lfroadmap.usecases.flow_figures import figures_of
from lfroadmap.usecases.measure_filters import candidates, first_channels
from lfroadmap.usecases.measure_options import filters_of, moment_of
from lfroadmap.usecases.measure_report import reading_report
from lfroadmap.usecases.measure_server import credentials_in, measure_server, server_table
from lfroadmap.usecases.measure_setup import MeasureSetup
from lfroadmap.usecases.measured_figures import customers_to_keep, figures_day, first_customers
from lfroadmap.usecases.measurement import Measurement, Sources, measure_events, read_sources
from lfroadmap.usecases.own_words import own_words
from lfroadmap.words import Language

Watch = Callable[[float], None]
"""Receives the percentage of the query that runs, below 0 where it is not known."""
Pair = tuple[str, str]
"""A channel and a segment, each empty for all."""


class MeasureRequest(NamedTuple):
    """What to measure, for whom."""

    setup: MeasureSetup
    data: Path
    """The folder of the library, which knows the columns of tables that were chosen before."""
    language: Language
    pairs: tuple[Pair, ...] = ()
    """The customers that KPIs are bound to, beside all of them."""
    is_preview: bool = False
    """True to read the sources only."""


class Measured(NamedTuple):
    """Figures of all customers that the setup names, and of some of them alone."""

    figures: FlowFigures
    day: date
    by_pair: Mapping[Pair, FlowFigures | None]
    """None where there are no such customers."""
    customers: dict[str, list[str]]


class Failure(NamedTuple):
    """Why there is no result, in words."""

    text: str


def run(request: MeasureRequest, watch: Watch) -> Measured | Report:
    """Measure; of a preview the report of how the sources are read. Raises RoadmapError."""
    setup = request.setup
    zone = time_zone(setup.zone)
    filters = filters_of(
        setup.channel or None,
        setup.segment or None,
        moment_of(setup.since or None, zone, "--since", start=True),
    )
    sources = setup.chosen(State(request.data / "state.json").columns)
    sources = with_columns(sources, request.pairs, filters)
    if any(map(is_clickhouse, setup.sources)):
        given = replace(setup.parameters(), filters=filters)
        server = server_table(sources, credentials_in(config_folder()), zone, filters)
        found = measure_server(server, sources, zone, given, period_days=setup.period_days)
        customers = first_customers(server.runner(found.result.parameters), found.result)
        return Measured(read_plain(figures_of(found)), figures_day(found), {}, customers)
    with opened(None, zone, watch) as engine:
        with closing(BadRows(engine.folder / "bad.csv")) as bad:
            reading = read_sources(engine, sources, bad)
        if request.is_preview:
            channels, segments = first_channels(engine.execute), candidates(engine, reading)
            return reading_report(reading, zone, own_words(request.language), channels, segments)
        work = MeasureWork(engine, sources, reading, zone, setup.parameters(), setup.period_days)
        return work.measured(filters, request.pairs)


class MeasureWork(NamedTuple):
    """Sources that were read, and the parameters that they are measured with."""

    engine: Engine
    sources: Sources
    reading: Reading
    zone: str
    parameters: Parameters
    period_days: float

    def measured(self, filters: Filters, pairs: tuple[Pair, ...]) -> Measured:
        """The figures with the filters, and of each pair alone."""
        found = self.found(filters)
        customers = customers_to_keep(self.engine, found)
        figures = self.figures(found)
        by_pair = {pair: self.of_pair(pair) for pair in pairs if any(pair)}
        return Measured(figures, figures_day(found), by_pair, customers)

    def found(self, filters: Filters) -> Measurement:
        """What is measured with filters, and a period earlier; raises RoadmapError."""
        given = replace(self.parameters, filters=filters)
        return measure_events(
            self.engine, self.sources, self.reading, self.zone, given, period_days=self.period_days
        )

    def figures(self, found: Measurement) -> FlowFigures:
        """The figures to keep, with what filters can be chosen from."""
        channels, segments = first_channels(self.engine.execute), candidates(self.engine, self.reading)
        return read_plain(figures_of(found, channels, segments))

    def of_pair(self, pair: Pair) -> FlowFigures | None:
        """The figures of some customers alone; None where there are none such."""
        try:
            return read_plain(figures_of(self.found(filters_of_pair(pair))))
        except UsageError:  # no customer came by the channel, or there is no such column or value in it
            return None


def read_plain(plain: Mapping[str, object]) -> FlowFigures:
    """Figures out of what was measured."""
    figures = figures_from(plain)
    assert figures is not None, "what is measured can be read"
    return figures


def filters_of_pair(pair: Pair) -> Filters:
    """The filters of a channel and a segment; raises UsageError."""
    channel, segment = pair
    return filters_of(channel or None, segment or None, None)


def bound_pairs(kpis: Iterable[Kpi]) -> tuple[Pair, ...]:
    """The customers that KPIs are bound to, without those that are bound to all."""
    pairs = ((kpi.bound_channel, kpi.bound_segment) for kpi in kpis if kpi.bound_to)
    return tuple(dict.fromkeys(pair for pair in pairs if any(pair)))


def with_columns(sources: Sources, pairs: Iterable[Pair], filters: Filters = ALL) -> Sources:
    """The sources, read with the columns of the filters, of the pairs, and those that look like segments.

    A column of a pair that no source has leaves its KPIs without a value, and the others as they are.
    """
    asked = (filters.segment_column,) if filters.segment_column else ()
    wanted = tuple(dict.fromkeys(filter(None, (segment.partition("=")[0] for _, segment in pairs))))
    choices = replace(sources.choices, segments=asked, wanted_segments=wanted, has_candidates=True)
    return replace(sources, choices=choices)
