"""What figures are of: their events, the day, the filters, and what they were measured with."""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.report.flows.figures import format_count, format_day, is_number
from lfroadmap.report.nodes import Facts, Value
from lfroadmap.roadmap.flow_figures import FlowFigures
from lfroadmap.text import arrow, one_line
from lfroadmap.words import Words

FILTERS = ("channel", "segment", "since")


def about_figures(figures: FlowFigures, day: str, words: Words) -> Facts:
    """The day, the events, the filters and the parameters; `day` is empty where it is not known."""
    return Facts(tuple(_pairs(figures, day, words)))


def _pairs(figures: FlowFigures, day: str, words: Words) -> Iterator[tuple[str, Value]]:
    if day:
        yield words("flows.as_of"), Value(format_day(day, words))
    if figures.first or figures.last:
        first, last = format_day(figures.first, words), format_day(figures.last, words)
        counts = words(
            "flow_figures.of_events",
            events=format_count(figures.events),
            customers=format_count(figures.customers),
        )
        yield (
            words("flows.period"),
            Value(f"{first} {arrow(first, last, words.direction)} {last}", note=counts),
        )
    for name in FILTERS:
        if value := getattr(figures, name):
            shown = format_day(value, words) if name == "since" else one_line(value)
            yield words(f"flow_figures.only_{name}"), Value(shown, "accent")
    if text := _measured_with(figures, words):
        yield words("flows.parameters"), Value(text)


def _measured_with(figures: FlowFigures, words: Words) -> str:
    given = figures.parameters
    numbers = {name: given.get(f"{name}_days") for name in ("gap", "window", "look_back")}
    if not all(map(is_number, numbers.values())):
        return ""
    return words("flows.days", **{name: format_count(number) for name, number in numbers.items()})
