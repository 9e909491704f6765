"""The figures of a burn-up as a table."""

from __future__ import annotations

from lfroadmap.report.burn_up import BurnUp
from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.values import EMPTY
from lfroadmap.words import Words


def burn_up_grid(node: BurnUp, words: Words) -> Grid:
    """Some days with the tasks done by then, those due by then, and those in the plan where it grew."""
    heads = ["burn_up.day", "burn_up.done_head", "burn_up.due_head"]
    heads += ["burn_up.planned_head"] if node.planned else []
    rows = tuple(
        (
            Value(words.day(day)),
            _number(done),
            Value(str(due)),
            *((_number(node.planned_by(day)),) if node.planned else ()),
        )
        for day, done, due in node.figures()
    )
    return Grid(tuple(words(head) for head in heads), rows)


def _number(count: int | None) -> Value:
    return EMPTY if count is None else Value(str(count))
