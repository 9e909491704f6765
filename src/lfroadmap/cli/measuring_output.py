"""What `measure` prints, writes and remembers, wherever the events are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.cli.measuring_files import target
from lfroadmap.cli.output import print_json
from lfroadmap.errors import RoadmapError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lfroadmap.cli.measuring_options import MeasureContext
    from lfroadmap.flows.sources.bad_rows import RejectedRow
    from lfroadmap.flows.sources.reading import Reading
    from lfroadmap.usecases.measurement import Measurement, Sources

DONE = 0


def print_measured(context: MeasureContext, found: Measurement) -> int:
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


def print_preview(
    context: MeasureContext,
    reading: Reading,
    zone: str,
    channels: list[str],
    segments: dict[str, list[str]],
) -> int:
    """Print how the sources were read and what filters can be chosen from, and measure nothing."""
    from lfroadmap.usecases.measure_filters import MOST_CHANNELS

    channels = channels[:MOST_CHANNELS]
    if context.options.json:
        from lfroadmap.usecases.measurement import NOTHING_BEFORE, reading_json

        shown = {**reading_json(reading, zone), "channels": channels, "segments": segments}
        print_json({**NOTHING_BEFORE, "parameters": None, "measures": None, "reading": shown})
    else:
        from lfroadmap.usecases.measure_report import reading_report

        context.output.report(reading_report(reading, zone, context.words, channels, segments))
    return DONE


def remember(context: MeasureContext, sources: Sources, reading: Reading) -> None:
    """Note what was chosen for tables with such headings, for the next time."""
    chosen = dict(sources.choices.columns)
    for file in {file.key: file for file in reading.files}.values() if chosen else ():
        there = tuple((role, head) for role, head in file.columns.pairs if role in chosen)
        context.library.remember_columns(file.key, there)
    if sources.kinds and reading.files:
        by_kind = tuple((kind, meaning) for meaning, kind in sources.kinds)
        context.library.remember_columns(f"{reading.files[0].key}-kinds", by_kind)


def write_rejects(context: MeasureContext, rows: Iterable[RejectedRow]) -> None:
    """Write the bad rows where they are asked for; raises RoadmapError where a source would be lost."""
    from lfroadmap.usecases import measurement

    if not context.options.rejects:
        return
    path = target(context, context.options.rejects)
    try:
        count = measurement.write_rejects(rows, path, lambda reason: context.words(f"flows.why_{reason}"))
    except OSError as error:
        raise RoadmapError("cannot_write", path=path, reason=error.strerror) from error
    context.output.notice(context.words("flows.rejected", n=f"{count:,}", path=path))
