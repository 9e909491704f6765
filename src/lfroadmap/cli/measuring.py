"""`measure`: flows from the events of real customers, by files; no roadmap is read or changed."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from lfroadmap.cli.measuring_files import check_targets, lists_of, write_lists
from lfroadmap.cli.measuring_options import MeasureContext
from lfroadmap.cli.measuring_output import print_measured, print_preview, remember, write_rejects
from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lfroadmap.flows.parameters import Parameters
    from lfroadmap.flows.sources.engine import Engine
    from lfroadmap.flows.sources.reading import Reading
    from lfroadmap.usecases.measurement import Sources


def measure(context: MeasureContext) -> int:
    """Measure the sources, and print the figures, or as JSON."""
    options = context.options
    if options.sample:
        from lfroadmap.cli.measuring_sample import write_sample_log

        return write_sample_log(context, options.sample)
    zone, parameters, sources = choices(context)
    from lfroadmap.flows.sources.clickhouse import is_clickhouse

    if options.hash and not any(lists_of(options)):
        raise UsageError("flows_needs_lists", option="--hash")
    if options.sql or options.results or (options.explain and not options.words):
        from lfroadmap.cli.measuring_elsewhere import measure_elsewhere

        return measure_elsewhere(context, parameters)
    if not options.words:
        raise UsageError("flows_no_source")
    if any(map(is_clickhouse, options.words)):
        from lfroadmap.cli.measuring_server import measure_table

        return measure_table(context, zone, parameters, sources)
    check_targets(context)
    with engine_for(context, zone) as engine:
        return _measure(context, engine, zone, parameters, sources)


def choices(context: MeasureContext) -> tuple[str, Parameters, Sources]:
    """What was typed, as values; raises UsageError before anything is read."""
    from lfroadmap.flows.parameters import DEFAULT_WEIGHTS, Parameters
    from lfroadmap.flows.sources.engine import time_zone
    from lfroadmap.flows.sources.heads import check_roles
    from lfroadmap.flows.sources.kinds import check_kinds
    from lfroadmap.flows.sources.reading import ReadChoices
    from lfroadmap.usecases import measure_options as typed
    from lfroadmap.usecases.measurement import Sources

    options, state = context.options, context.library.state
    zone = time_zone((options.tz or "").strip())
    columns, kinds = typed.column_pairs(options.map), typed.kind_pairs(options.kinds)
    check_roles(columns)
    check_kinds(kinds)
    given = typed.weights_of(options.weights)
    since = typed.moment_of(options.since, zone, "--since", start=True)
    filters = typed.filters_of(options.channel, options.segment, since)
    if typed.period_of(options.period) and (options.sql or options.results or not options.words):
        raise UsageError("flows_needs_events", option="--period")
    parameters = Parameters(
        typed.days_of(options.gap, "--gap", 30),
        typed.days_of(options.window, "--window", 90),
        typed.days_of(options.look_back, "--look-back", 30),
        typed.moment_of(options.as_of, zone),
        typed.steps_of(options.steps),
        DEFAULT_WEIGHTS if given is None else given,
        filters=filters,
    )
    read = ReadChoices(
        columns,
        typed.order_of(options.dates),
        options.identities or "",
        state.columns,
        (filters.segment_column,) if filters.segment_column else (),
        has_candidates=options.dry_run,
    )
    piped = sys.stdin.buffer if "-" in options.words else None
    sources = Sources(options.words, read, kinds, lambda key: state.columns(f"{key}-kinds"), piped)
    return zone, parameters, sources


@contextmanager
def engine_for(context: MeasureContext, zone: str) -> Iterator[Engine]:
    """The engine, whose folder is removed also where a signal ends the command."""
    from lfroadmap.cli.signals import unwinding
    from lfroadmap.flows.sources.engine import bytes_of, opened

    memory = bytes_of(context.options.memory) if context.options.memory else None
    with unwinding(), opened(memory, zone, _progress(context)) as engine:
        try:
            yield engine
        finally:
            end_progress(context)


def _progress(context: MeasureContext) -> Callable[[float], None]:
    """Shows how far a query is where somebody watches; it comes to an end by jumps."""
    if not sys.stderr.isatty():
        return lambda percentage: None

    def show(percentage: float) -> None:
        context.output.progress(context.words("flows.working", percent=max(int(percentage), 0)))

    return show


def end_progress(context: MeasureContext) -> None:
    """Clear the line of the progress."""
    if sys.stderr.isatty():
        context.output.progress("")


def read(context: MeasureContext, engine: Engine, sources: Sources) -> Reading:
    """Read the sources, and write the bad rows where they are asked for; raises RoadmapError."""
    from lfroadmap.flows.sources.bad_rows import BadRows
    from lfroadmap.usecases.measurement import read_sources

    with closing(BadRows(engine.folder / "bad.csv")) as bad:
        reading = read_sources(engine, sources, bad)
        end_progress(context)
        remember(context, sources, reading)
        write_rejects(context, bad.rows())
    return reading


def _measure(
    context: MeasureContext, engine: Engine, zone: str, parameters: Parameters, sources: Sources
) -> int:
    from lfroadmap.usecases import measurement
    from lfroadmap.usecases.measure_options import period_of

    reading = read(context, engine, sources)
    if context.options.dry_run:
        return _preview(context, engine, reading, zone)
    if not reading.events:
        _preview(context, engine, reading, zone)
    period = period_of(context.options.period)
    found = measurement.measure_events(engine, sources, reading, zone, parameters, period_days=period)
    end_progress(context)
    write_lists(context, engine, found)
    return print_measured(context, found)


def _preview(context: MeasureContext, engine: Engine, reading: Reading, zone: str) -> int:
    from lfroadmap.usecases.measure_filters import candidates, first_channels

    return print_preview(context, reading, zone, first_channels(engine.execute), candidates(engine, reading))
