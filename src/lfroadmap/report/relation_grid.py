"""Relations and rules of repeating that are others, as tables of a comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.repeat_text import describe_repeat
from lfroadmap.report.values import EMPTY
from lfroadmap.roadmap.relation_changes import RelationChange
from lfroadmap.roadmap.value_changes import ValueChange
from lfroadmap.words import Words


def relations_grid(changes: Iterable[RelationChange], words: Words) -> Grid:
    """A row for each relation that came or went: what has it, what it waits for or moves, and which it is."""
    heads = tuple(words(f"compared.{head}") for head in ("what", "relation", "change"))
    rows = (
        (
            Value(each.what, note=each.where),
            Value(words(f"relation.{each.kind}_what", name=each.target)),
            Value(words(f"compared.{each.word}")),
        )
        for each in changes
    )
    return Grid(heads, tuple(rows))


def with_repeats(grid: Grid, changes: Iterable[ValueChange], words: Words) -> Grid:
    """A table of values with a row for each task that repeats by another rule, in words."""
    rows = (
        (
            Value(f"{each.what} · {words('change.repeat')}", note=each.where),
            *(_in_words(rule, words) for rule in (each.before, each.after)),
        )
        for each in changes
    )
    return replace(grid, rows=(*grid.rows, *rows))


def _in_words(rule: str, words: Words) -> Value:
    return Value(describe_repeat(rule, words)) if rule.strip() else EMPTY
