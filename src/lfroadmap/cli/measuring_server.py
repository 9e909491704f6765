"""`measure` of a table in ClickHouse, which is measured on its server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.cli.measuring_files import check_targets, lists_of, say_listed, target
from lfroadmap.cli.measuring_output import DONE, print_measured, print_preview, remember, write_rejects
from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    from lfroadmap.cli.measuring_options import MeasureContext
    from lfroadmap.flows.parameters import Parameters
    from lfroadmap.flows.sources.clickhouse import Credentials
    from lfroadmap.usecases.measure_server import ServerTable
    from lfroadmap.usecases.measurement import Measurement, Sources


def measure_table(context: MeasureContext, zone: str, parameters: Parameters, sources: Sources) -> int:
    """Measure the table; raises RoadmapError."""
    from lfroadmap.cli.signals import unwinding
    from lfroadmap.settings import config_folder
    from lfroadmap.usecases.measure_options import period_of
    from lfroadmap.usecases.measure_server import credentials_in, measure_server

    with unwinding():
        credentials, period = credentials_in(config_folder()), period_of(context.options.period)
        server = read_server(context, sources, credentials, zone, parameters)
        if context.options.dry_run or not server.reading.events:
            _preview(context, server, zone)
            if context.options.dry_run:
                return DONE
        found = measure_server(server, sources, zone, parameters, period_days=period)
        write_server_lists(context, server, found)
    return print_measured(context, found)


def read_server(
    context: MeasureContext, sources: Sources, credentials: Credentials, zone: str, parameters: Parameters
) -> ServerTable:
    """Look at the table, and write its bad rows where they are asked for; raises RoadmapError."""
    from lfroadmap.usecases.measure_server import server_table

    if len(sources.names) > 1:
        raise UsageError("flows_server_alone", other=sources.names[1])
    check_targets(context)
    server = server_table(sources, credentials, zone, parameters.filters)
    remember(context, sources, server.reading)
    write_rejects(context, server.bad_rows())
    return server


def write_server_lists(context: MeasureContext, server: ServerTable, found: Measurement) -> None:
    """Write the lists of customers; raises RoadmapError."""
    from lfroadmap.usecases.measure_lists import write_lists_of

    files = {each: target(context, path) for each, path in lists_of(context.options).items()}
    runner, language = server.runner(found.result.parameters), context.words.language
    counts = write_lists_of(runner, found.result, files, language, hashed=context.options.hash)
    say_listed(context, counts, files)


def _preview(context: MeasureContext, server: ServerTable, zone: str) -> None:
    from lfroadmap.usecases.measure_filters import first_channels

    print_preview(context, server.reading, zone, first_channels(server.rows), server.candidates())
