"""The figures of a burn-up as a table."""

from __future__ import annotations

from lfroadmap.report.burn_up import BurnUp
from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.values import EMPTY
from lfroadmap.words import Words


def burn_up_grid(node: BurnUp, words: Words) -> Grid:
    """Some days, with the tasks done by then and those due by then."""
    heads = ("burn_up.day", "burn_up.done_head", "burn_up.due_head")
    rows = tuple(
        (Value(words.day(day)), EMPTY if done is None else Value(str(done)), Value(str(due)))
        for day, done, due in node.figures()
    )
    return Grid(tuple(words(head) for head in heads), rows)
