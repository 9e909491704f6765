"""The values of KPIs for a day that are others, as a table of a comparison."""

from __future__ import annotations

from collections.abc import Iterable

from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.value_source import describe_origin
from lfroadmap.report.values import EMPTY
from lfroadmap.roadmap.model import Origin
from lfroadmap.roadmap.note_changes import ReadingChange
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.words import Words


def reading_changes(changes: Iterable[ReadingChange], words: Words) -> Grid:
    """A row for each value: its KPI, its day, the values with where they come from."""
    heads = tuple(words(f"compared.{head}") for head in ("measure", "date", "then", "now"))
    rows = (
        (
            Value(each.measure),
            _day(each.day, words),
            _value(each.before, each.origin_before, each.calculator_before, words),
            _value(each.after, each.origin_after, each.calculator_after, words),
        )
        for each in changes
    )
    return Grid(heads, tuple(rows))


def _day(typed: str, words: Words) -> Value:
    day = iso_day(typed)
    return Value(words.day(day) if day else typed) if typed.strip() else EMPTY


def _value(text: str, origin: Origin, calculator: str, words: Words) -> Value:
    note = describe_origin(origin, calculator, words) if origin else ""
    return Value(text, note=note) if text.strip() else EMPTY
