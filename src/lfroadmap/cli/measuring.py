"""`measure`: flows from the events of real customers, by files; no roadmap is read or changed."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from lfroadmap.cli.measuring_files import check_targets, lists_of, target, write_lists
from lfroadmap.cli.measuring_options import MeasureContext
from lfroadmap.cli.output import print_json
from lfroadmap.errors import RoadmapError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lfroadmap.flows.parameters import Parameters
    from lfroadmap.flows.sources.bad_rows import BadRows
    from lfroadmap.flows.sources.engine import Engine
    from lfroadmap.flows.sources.reading import Reading
    from lfroadmap.usecases.measurement import Measurement, Sources

DONE, NOT_DONE = 0, 1


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
        return _measure_server(context, zone, parameters, sources)
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
        _remember(context, sources, reading)
        _write_rejects(context, bad)
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
    return _print(context, found)


def check_server(context: MeasureContext) -> None:
    """Raise UsageError for what is for files only."""
    options = context.options
    for option, value in (
        ("--identities", options.identities), ("--rejects", options.rejects), ("--dry-run", options.dry_run),
        *((f"--{name.replace('_', '-')}", path) for name, path in lists_of(options).items()),
    ):  # fmt: skip
        if value:
            raise UsageError("flows_server_alone", option=option)
    if len(options.words) > 1:
        raise UsageError("flows_server_alone", option=options.words[1])


def _measure_server(context: MeasureContext, zone: str, parameters: Parameters, sources: Sources) -> int:
    """Measure a table in ClickHouse; raises RoadmapError."""
    from lfroadmap.cli.signals import unwinding
    from lfroadmap.settings import config_folder
    from lfroadmap.usecases.measure_options import period_of
    from lfroadmap.usecases.measure_server import credentials_in, measure_server

    check_server(context)
    with unwinding():
        credentials, period = credentials_in(config_folder()), period_of(context.options.period)
        found = measure_server(sources, credentials, zone, parameters, period_days=period)
    _remember(context, sources, found.reading)
    return _print(context, found)


def _print(context: MeasureContext, found: Measurement) -> int:
    """Print what was measured, as it is asked for."""
    from lfroadmap.usecases.measurement import measurement_json

    if context.options.explain:
        from lfroadmap.cli.measuring_elsewhere import print_explanation

        print_explanation(context, found.result.parameters, found.result)
    elif context.options.json:
        print_json(measurement_json(found))
    else:
        from lfroadmap.usecases.measure_report import measure_report

        context.output.report(measure_report(found, context.words))
    return DONE


def _remember(context: MeasureContext, sources: Sources, reading: Reading) -> None:
    """Note what was chosen for tables with such headings, for the next time."""
    chosen = dict(sources.choices.columns)
    for file in {file.key: file for file in reading.files}.values() if chosen else ():
        there = tuple((role, head) for role, head in file.columns.pairs if role in chosen)
        context.library.remember_columns(file.key, there)
    if sources.kinds and reading.files:
        by_kind = tuple((kind, meaning) for meaning, kind in sources.kinds)
        context.library.remember_columns(f"{reading.files[0].key}-kinds", by_kind)


def _write_rejects(context: MeasureContext, bad: BadRows) -> None:
    """Write the bad rows where they are asked for; raises RoadmapError where a source would be lost."""
    from lfroadmap.usecases.measurement import write_rejects

    if not context.options.rejects:
        return
    path = target(context, context.options.rejects)
    try:
        count = write_rejects(bad, path, lambda reason: context.words(f"flows.why_{reason}"))
    except OSError as error:
        raise RoadmapError("cannot_write", path=path, reason=error.strerror) from error
    context.output.notice(context.words("flows.rejected", n=f"{count:,}", path=path))


def _preview(context: MeasureContext, engine: Engine, reading: Reading, zone: str) -> int:
    """Print how the sources were read and what filters can be chosen from, and measure nothing."""
    from lfroadmap.usecases.measure_filters import MOST_CHANNELS, candidates, first_channels

    channels, segments = first_channels(engine.execute)[:MOST_CHANNELS], candidates(engine, reading)
    if context.options.json:
        from lfroadmap.usecases.measurement import NOTHING_BEFORE, reading_json

        shown = {**reading_json(reading, zone), "channels": channels, "segments": segments}
        print_json({**NOTHING_BEFORE, "parameters": None, "measures": None, "reading": shown})
    else:
        from lfroadmap.usecases.measure_report import reading_report

        context.output.report(reading_report(reading, zone, context.words, channels, segments))
    return DONE
