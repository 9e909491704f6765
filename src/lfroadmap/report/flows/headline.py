"""The measures of a measurement beside those of the period before, and over all measurements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

from lfroadmap.report.flows.figures import (
    HEADLINE,
    TONES,
    change,
    format_change,
    format_counts,
    format_figure,
)
from lfroadmap.report.measure_names import measure_name
from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.sparkline import Figure as SparkFigure
from lfroadmap.report.sparkline import Sparkline, Sparklines
from lfroadmap.report.values import EMPTY
from lfroadmap.roadmap.flow_figures import FlowFigures, read_measures
from lfroadmap.roadmap.measure_changes import Dated, filters_of
from lfroadmap.roadmap.measurements import in_order
from lfroadmap.roadmap.model import Measurement
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.words import Words

TRENDS = 14
"""So many of the first measures are drawn over time; the others are counts that only grow."""


def dated(past: Sequence[Measurement]) -> tuple[Dated, ...]:
    """The measures of what can be read, by day; of several of one day and one filter the last."""
    found: dict[tuple[str, ...], Dated] = {}
    for each in in_order(past):
        figures = read_measures(each.figures)
        if figures is not None and iso_day(each.day):
            found[each.day, *filters_of(figures)] = Dated(each.day, figures)
    return tuple(sorted(found.values(), key=lambda each: each.day))


def headline(figures: FlowFigures, words: Words) -> Grid:
    """A row a measure: its value and what it is out of, the period before, the change, whether it is good."""
    heads = ("measure", "value", "before", "change")
    rows = tuple(_row(id, figures, words) for id in HEADLINE if id in figures.measures)
    return Grid(tuple(words(f"flow_figures.head_{head}") for head in heads), rows)


def _row(id: str, figures: FlowFigures, words: Words) -> tuple[Value, ...]:
    now, before = figures.measures[id], figures.before.get(id)
    shown = format_figure(now.value, now.unit, figures.currency, words)
    was = before and format_figure(before.value, before.unit, figures.currency, words)
    value = Value(shown, "muted" if now.value is None else "", format_counts(now, words), measure=id)
    return (
        Value(measure_name(id, words.language), measure=id),
        value,
        Value(was) if was else EMPTY,
        _changed(id, figures, words),
    )


def _changed(id: str, figures: FlowFigures, words: Words) -> Value:
    found = change(id, figures.measures[id], figures.before.get(id))
    if found is None:
        return EMPTY
    text = format_change(found, figures.currency, words)
    if not found.judgement:
        return Value(text, "" if found.difference else "muted")
    return Value(text, TONES[found.judgement], words(f"flow_figures.{found.judgement}"))


def trends(figures: FlowFigures, past: Sequence[Measurement], words: Words) -> Sparklines | None:
    """The measures that moved over the measurements that were filtered alike; None where none of them did."""
    alike = [each for each in dated(past) if filters_of(each.figures) == filters_of(figures)]
    rows = tuple(filter(None, (_trend(id, alike, words) for id in HEADLINE[:TRENDS])))
    return Sparklines(rows) if rows else None


def _trend(id: str, alike: Sequence[Dated], words: Words) -> Sparkline | None:
    points = tuple(_points(id, alike))
    if len({number for _, number in points}) < 2:
        return None
    named = {"first": points[0], "last": points[-1]}
    last = alike[-1].figures
    unit = last.measures[id].unit if id in last.measures else ""
    shown = (
        SparkFigure(
            words(f"kpi.{name}"),
            format_figure(number, unit, last.currency, words),
            words.day(at.date()),
        )
        for name, (at, number) in named.items()
    )
    return Sparkline(measure_name(id, words.language), points, tuple(shown))


def _points(id: str, alike: Sequence[Dated]) -> Iterator[tuple[datetime, float]]:
    for each in alike:
        figure, day = each.figures.measures.get(id), iso_day(each.day)
        if figure is not None and figure.value is not None and day is not None:
            yield datetime.combine(day, time(), UTC), figure.value
