"""One measuring for a screen, from the sources to the figures; it runs in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lfroadmap.errors import UsageError
from lfroadmap.flows.parameters import Filters, Parameters
from lfroadmap.flows.sources.bad_rows import BadRows
from lfroadmap.flows.sources.clickhouse import is_clickhouse
from lfroadmap.flows.sources.engine import Engine, opened, time_zone
from lfroadmap.flows.sources.reading import Reading
from lfroadmap.report.nodes import Report
from lfroadmap.roadmap.flow_figures import FlowFigures, figures_from
from lfroadmap.settings import config_folder
from lfroadmap.state import State
from lfroadmap.usecases.flow_figures import figures_of, measured_figures
from lfroadmap.usecases.measure_filters import candidates, first_channels
from lfroadmap.usecases.measure_options import filters_of, moment_of
from lfroadmap.usecases.measure_report import reading_report
from lfroadmap.usecases.measure_server import credentials_in, measure_server
from lfroadmap.usecases.measure_setup import MeasureSetup
from lfroadmap.usecases.measured_figures import customers_to_keep, figures_day
from lfroadmap.usecases.measurement import Sources, measure_events, read_sources
from lfroadmap.words import Language, words

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
    asked = [segment.partition("=")[0] for _, segment in request.pairs if segment]
    columns = dict.fromkeys(filter(None, (filters.segment_column, *asked)))
    choices = replace(sources.choices, segments=tuple(columns), has_candidates=True)
    sources = replace(sources, choices=choices)
    if any(map(is_clickhouse, setup.sources)):
        given = replace(setup.parameters(), filters=filters)
        found = measure_server(
            sources, credentials_in(config_folder()), zone, given, period_days=setup.period_days
        )
        return Measured(_read(figures_of(found)), figures_day(found), {}, {})
    with opened(None, zone, watch) as engine:
        with closing(BadRows(engine.folder / "bad.csv")) as bad:
            reading = read_sources(engine, sources, bad)
        if request.is_preview:
            channels, segments = first_channels(engine.execute), candidates(engine, reading)
            return reading_report(reading, zone, words(request.language), channels, segments)
        work = _Work(engine, sources, reading, zone, setup.parameters(), setup.period_days)
        return work.measured(filters, request.pairs)


def _read(plain: Mapping[str, object]) -> FlowFigures:
    figures = figures_from(plain)
    assert figures is not None, "what is measured can be read"
    return figures


class _Work(NamedTuple):
    """Sources that were read, and the parameters that they are measured with."""

    engine: Engine
    sources: Sources
    reading: Reading
    zone: str
    parameters: Parameters
    period_days: float

    def measured(self, filters: Filters, pairs: tuple[Pair, ...]) -> Measured:
        """The figures with the filters, and of each pair alone."""
        given = replace(self.parameters, filters=filters)
        found = measure_events(
            self.engine, self.sources, self.reading, self.zone, given, period_days=self.period_days
        )
        customers = customers_to_keep(self.engine, found)
        run_query = self.engine.execute
        plain = figures_of(found, first_channels(run_query), candidates(self.engine, self.reading))
        figures = _read(plain)
        by_pair = {pair: self._of_pair(pair) for pair in pairs if any(pair)}
        return Measured(figures, figures_day(found), by_pair, customers)

    def _of_pair(self, pair: Pair) -> FlowFigures | None:
        channel, segment = pair
        try:
            filters = filters_of(channel or None, segment or None, None)
            return _read(
                measured_figures(
                    self.engine,
                    self.sources,
                    self.reading,
                    self.zone,
                    self.parameters,
                    period_days=self.period_days,
                    filters=filters,
                )
            )
        except UsageError:  # no customer came by the channel, or the column has no such value
            return None
