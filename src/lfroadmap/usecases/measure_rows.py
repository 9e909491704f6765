"""The lists of a report of flows: which columns of a list are shown, and in which unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from lfroadmap.flows.attribution import MOST_CHANNELS
from lfroadmap.flows.results import Bottleneck, Credits, Model, Row
from lfroadmap.report.calculators.figures import NONE, format_exact
from lfroadmap.report.nodes import Facts, Grid, Node, Value, limit_rows
from lfroadmap.text import arrow, one_line
from lfroadmap.words import Words

_SHARES = frozenset(
    ("share", "rate", "overall", "share_of_returns", "share_of_events", "share_with", "share_without", "roi")
)
_WORDS = frozenset(("figure", "trend", "of", "model"))
"""Columns whose values are keys of words."""
LIST_ROWS: Mapping[str, tuple[str, ...]] = {
    "line": ("figure", "line", "liquid"),
    "return_curve": ("days", "share", "returned", "exits"),
    "entry_points": ("kind", "channel", "entries", "new", "reentries", "share"),
    "exit_points": ("kind", "channel", "stage", "exits", "returned", "share"),
    "stage_conversion_any": ("step", "customers", "rate", "overall"),
    "stage_conversion_first": ("step", "customers", "rate", "overall"),
    "time_in_stage": ("stage", "stays", "mean_days", "median_days", "open"),
    "paths": ("path", "conversions", "non_conversions", "rate", "value"),
    "comeback": ("kind", "channel", "returns", "share_of_returns", "share_of_events", "lift"),
    "movers": (
        "stage", "kind", "channel", "share_with", "customers_with", "share_without", "customers_without",
    ),
    "roi": ("channel", "model", "value", "cost", "roi"),
    "cost_per_stage": ("stage", "cost", "customers", "reached", "cost_per_customer"),
    "cost_per_channel": ("channel", "cost", "reached", "cost_per_customer"),
    "cohorts": ("cohort", "buyers", "purchases", "repeated", "value", "ltv"),
    "content": ("content", "flows", "returning", "lost"),
    "conversations": ("of", "stage", "conversations", "sentiment", "readiness", "objections"),
    "satisfaction": ("of", "stage", "answers", "mean"),
    "hot_and_cold": ("trend", "customers", "ready"),
}  # fmt: skip
"""List -> the columns of it that are shown; each has its words."""


def list_grid(id: str, rows: Sequence[Row], words: Words, limit: int) -> Iterator[Node]:
    """The first rows of a list as a table, what is worth knowing of it above."""
    if f"flows.about_{id}" in words:
        yield Value(words(f"flows.about_{id}"), "muted")
    columns = LIST_ROWS[id]
    kept = [row for row in rows if getattr(row, "is_ranked", True)] or rows
    cells = [[_cell(column, row, words) for column in columns] for row in kept[:limit]]
    heads = tuple(words(f"flows.head_{column}") for column in columns)
    grid = Grid(heads, tuple(tuple(map(Value, row)) for row in cells), fitted=True)
    yield from limit_rows(grid, limit, words, len(kept))


def _cell(column: str, row: Row, words: Words) -> str:
    value = getattr(row, column)
    if column == "objections":
        return ", ".join(f"{each.objection} ({each.times:,})" for each in value[:3]) or NONE
    if isinstance(value, tuple):
        return _path(value, words) or words("flows.untouched")
    if column in _WORDS and isinstance(value, str):
        return words(f"flows.{column}_{value}")
    is_share = column in _SHARES or (
        column in ("line", "liquid") and getattr(row, "figure", "") == "close_rate"
    )
    return format_cell(value, is_share=is_share)


def format_cell(value: object, *, is_share: bool = False) -> str:
    """A cell of a list; a share in percent, a dash for nothing."""
    if value is None or value == "":
        return NONE
    if isinstance(value, int | float):
        exact = Fraction(str(value)) * (100 if is_share else 1)
        return f"{format_exact(exact)}%" if is_share else format_exact(exact)
    return one_line(str(value))


def _path(channels: Sequence[str], words: Words) -> str:
    shown = channels[:1]
    text = "".join(shown)
    for before, after in pairwise(channels):
        text += f" {arrow(before, after, words.direction)} {after}"
    return text


def attribution_grid(found: Mapping[Model, Credits], words: Words, limit: int) -> Iterator[Node]:
    """The credits of the first channels, a column a model."""
    models = list(found)
    totals: dict[str, float] = {}
    for credit in found.values():
        for channel, share in credit.items():
            totals[channel] = totals.get(channel, 0) + share
    channels = sorted(totals, key=lambda channel: (-totals[channel], channel))
    heads = [words("flows.head_channel"), *(words(f"flows.model_{model}") for model in models)]
    rows = [
        [channel or words("flows.untouched"), *(format_cell(found[model].get(channel)) for model in models)]
        for channel in channels[:limit]
    ]
    if rows:
        grid = Grid(tuple(heads), tuple(tuple(map(Value, row)) for row in rows), fitted=True)
        yield from limit_rows(grid, limit, words, len(channels))
        if len(channels) > MOST_CHANNELS and not found.get("markov", True):
            yield Value(words("flows.no_markov", most=MOST_CHANNELS), "muted")
    else:
        yield Value(words("flows.no_touches"), "muted")


def bottleneck_facts(rows: Sequence[Row], words: Words) -> Facts:
    """The steps that fewest go on to."""
    return Facts(
        tuple(
            (
                f"{row.before} {arrow(row.before, row.after, words.direction)} {row.after}",
                Value(
                    f"{format_cell(row.rate, is_share=True)}",
                    note=words("calc.of", part=f"{row.customers_after:,}", whole=f"{row.customers_before:,}"),
                ),
            )
            for row in rows
            if isinstance(row, Bottleneck)
        )
    )
