"""The measures of flows that moved between two states of a roadmap, as a table of a comparison."""

from __future__ import annotations

from collections.abc import Iterable

from lfroadmap.report.flows.figures import (
    HEADLINE,
    TONES,
    change,
    format_change,
    format_day,
    format_figure,
)
from lfroadmap.report.measure_names import measure_name
from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.values import EMPTY
from lfroadmap.roadmap.flow_figures import Figure
from lfroadmap.roadmap.measure_changes import MeasureChange
from lfroadmap.words import Words


def measures_grid(changes: Iterable[MeasureChange], words: Words) -> Grid:
    """A row for each measure of the report: its value then and now with their days, and how it moved."""
    places = {id: place for place, id in enumerate(HEADLINE)}
    in_order = sorted(changes, key=lambda each: places.get(each.id, len(places)))
    heads = tuple(words(f"compared.{head}") for head in ("measure", "then", "now", "moved"))
    return Grid(heads, tuple(_row(each, words) for each in in_order))


def _row(each: MeasureChange, words: Words) -> tuple[Value, ...]:
    return (
        Value(measure_name(each.id, words.language)),
        _value(each.before, each.day_before, each, words) if each.day_before else EMPTY,
        _value(each.after, each.day, each, words),
        _moved(each, words),
    )


def _value(number: float | None, day: str, each: MeasureChange, words: Words) -> Value:
    return Value(format_figure(number, each.unit, each.currency, words), note=format_day(day, words))


def _moved(each: MeasureChange, words: Words) -> Value:
    figures = (Figure(number, None, None, each.unit) for number in (each.after, each.before))
    found = change(each.id, *figures)
    if found is None:
        return EMPTY
    note = words(f"flow_figures.{found.judgement}") if found.judgement else ""
    return Value(
        format_change(found, each.currency, words), TONES[found.judgement] if found.judgement else "", note
    )
