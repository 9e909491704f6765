"""The figures of a measurement that are kept with a roadmap: no customers, no sources, no paths of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from lfroadmap.flows.parameters import ALL, Filters, Parameters
from lfroadmap.flows.results import Result
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.flows.sources.reading import Reading
from lfroadmap.usecases.measure_filters import MOST_CHANNELS, candidates, first_channels
from lfroadmap.usecases.measurement import Measurement, Sources, measure_events

Plain = dict[str, Any]
VERSION = 1
PERIOD_DAYS = 30
"""How much earlier the figures are that others are compared with."""
MOST_ROWS = 20
"""Rows of a list that are kept, and channels of the lists that have one row for each of several models."""
ROWS_OF = {"movers": 40}
"""List -> rows that are kept, where they are not `MOST_ROWS`."""
NEWEST = frozenset(("cohorts",))
"""Lists of which the last rows are kept: the months are in their order."""
LISTS = (
    "entry_points", "exit_points", "stage_conversion_any", "stage_conversion_first", "time_in_stage",
    "bottleneck", "paths", "path_sets", "attribution", "roi", "comeback", "movers", "cost_per_stage",
    "cost_per_channel", "cohorts", "return_curve", "hot_cold",
)  # fmt: skip


def measured_figures(
    engine: Engine,
    sources: Sources,
    reading: Reading,
    zone: str,
    parameters: Parameters,
    *,
    period_days: float = PERIOD_DAYS,
    filters: Filters = ALL,
) -> Plain:
    """Measure events that were read, and give the figures as `figures_of`.

    A segment of the filters is a column that was read as one. Raises as `measure_events` does.
    """
    given = replace(parameters, filters=filters)
    found = measure_events(engine, sources, reading, zone, given, period_days=period_days)
    return figures_of(found, first_channels(engine.execute), candidates(engine, reading))


def figures_of(
    found: Measurement, channels: Sequence[str] = (), segments: Mapping[str, Sequence[str]] | None = None
) -> Plain:
    """The figures of a measurement as JSON has them.

    `channels` and `segments` are what filters can be chosen from: channels, and columns with their values.
    """
    given = found.result.to_json()
    measures: Plain = given["measures"]  # type: ignore[assignment]
    filters = found.result.parameters.filters
    cut = {id: _cut(id, measures[id]) for id in LISTS if id in measures}
    return {
        "version": VERSION,
        "first": _day(found.result.first, found.zone),
        "last": _day(found.result.last, found.zone),
        "events": measures["events"]["value"],
        "customers": measures["customers"]["value"],
        "currency": found.reading.currency,
        "parameters": given["parameters"],
        "channel": filters.channel or "",
        "segment": filters.to_json().get("segment", ""),
        "since": _day(filters.since, found.zone),
        "period_days": found.period_days,
        "measures": _numbers(found.result),
        "before": _numbers(found.before) if found.before and found.before.scalars["events"].value else {},
        "lists": cut,
        "totals": {id: _size(measures[id]) for id in cut},
        "channels": list(channels[:MOST_CHANNELS]),
        "segments": {head: list(values) for head, values in (segments or {}).items()},
    }


def _numbers(result: Result) -> Plain:
    return {
        id: {
            "value": scalar.value,
            "numerator": scalar.numerator,
            "denominator": scalar.denominator,
            "unit": scalar.unit,
        }
        for id, scalar in result.scalars.items()
    }


def _cut(id: str, rows: Any) -> Any:  # noqa: ANN401 - a list of rows, or an object
    most = ROWS_OF.get(id, MOST_ROWS)
    if id == "attribution":
        kept = _channels(rows)
        return {
            model: {name: n for name, n in credits.items() if name in kept} for model, credits in rows.items()
        }
    if id == "roi":
        return _of_best_channels(rows, most)
    if isinstance(rows, dict):
        return rows
    return rows[-most:] if id in NEWEST else rows[:most]


def _of_best_channels(rows: Sequence[Plain], most: int) -> list[Plain]:
    """The rows of the channels of most value, those of one channel together."""
    best: dict[str, float] = {}
    for row in rows:
        best[row["channel"]] = max(best.get(row["channel"], 0), row["value"] or 0)
    ranked = sorted(best, key=lambda channel: (-best[channel], channel))[:most]
    places = {channel: place for place, channel in enumerate(ranked)}
    kept = (row for row in rows if row["channel"] in places)
    return sorted(kept, key=lambda row: places[row["channel"]])


def _channels(credits: Mapping[str, Mapping[str, float]]) -> set[str]:
    """The channels with most credit, by all models together."""
    totals: dict[str, float] = {}
    for model in credits.values():
        for channel, credit in model.items():
            totals[channel] = totals.get(channel, 0) + credit
    return set(sorted(totals, key=lambda channel: (-totals[channel], channel))[:MOST_ROWS])


def _size(rows: Any) -> int:  # noqa: ANN401 - a list of rows, or an object
    """The rows of a list; the channels of an object by model."""
    if isinstance(rows, dict):
        inner = [each for each in rows.values() if isinstance(each, dict)]
        return len({name for each in inner for name in each}) if inner else len(rows)
    return len(rows)


def _day(moment: int | None, zone: str) -> str:
    if moment is None:
        return ""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(ZoneInfo(zone)).date().isoformat()
