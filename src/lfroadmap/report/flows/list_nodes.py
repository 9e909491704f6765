"""Cells of kept lists, whose rows are what JSON has, and the rest that a list does not show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from lfroadmap.report.calculators.figures import NONE
from lfroadmap.report.flows.figures import format_count, format_share, is_number
from lfroadmap.report.nodes import Grid, Node, Value
from lfroadmap.roadmap.flow_figures import FlowFigures
from lfroadmap.text import arrow, dots, one_line
from lfroadmap.words import Words

ROWS = 10
"""Rows of a list that are shown at most."""
Row = Mapping[str, Any]
SHARES = frozenset(
    ("share", "rate", "overall", "share_of_returns", "share_of_events", "roi", "share_with", "share_without")
)
"""Columns that are shares, shown in percent."""
_MONEY = frozenset(("value", "cost", "ltv", "cost_per_customer"))


def rows_of(figures: FlowFigures, id: str) -> Sequence[Row]:
    """The kept rows of a list; none where it is no list."""
    found = figures.lists.get(id)
    return found if isinstance(found, list) else ()


def kept_rows(figures: FlowFigures, id: str) -> Sequence[Row]:
    """The rows with enough behind them, or all where none of them has."""
    rows = rows_of(figures, id)
    return [row for row in rows if row.get("is_ranked", True) is True] or rows


def table(figures: FlowFigures, id: str, columns: Sequence[str], words: Words) -> tuple[Node, ...]:
    """The first rows of a list as a table of these columns, and how many more there are."""
    rows = kept_rows(figures, id)
    heads = tuple(head(column, figures, words) for column in columns)
    cells = tuple(tuple(Value(cell(column, row, words)) for column in columns) for row in rows[:ROWS])
    return Grid(heads, cells, fitted=True), *more(figures, id, len(rows), words)


def more(figures: FlowFigures, id: str, kept: int, words: Words) -> tuple[Value, ...]:
    """How many rows of a list are not shown."""
    left_out = len(rows_of(figures, id)) - kept
    rest = max(figures.totals.get(id, 0) - left_out, kept) - min(kept, ROWS)
    return (Value(words.plural("compared.more", rest), "muted"),) if rest > 0 else ()


def head(column: str, figures: FlowFigures, words: Words) -> str:
    """The heading of a column, with the currency where it is money."""
    name = words(f"flows.head_{column}")
    if column not in _MONEY or not figures.currency:
        return name
    return words("flow_figures.head_money", name=name, currency=one_line(figures.currency))


def cell(column: str, row: Row, words: Words) -> str:
    """A cell of a row; a share in percent, a dash for nothing."""
    value = row.get(column)
    if column in ("path", "channels"):
        return path(value, words)
    if is_number(value):
        return format_share(value) if column in SHARES else format_count(value)
    return text(value)


def text(value: object) -> str:
    """A name in a list; a dash for none."""
    return (one_line(value) if isinstance(value, str) else "") or NONE


def path(value: object, words: Words) -> str:
    """Channels one after the other."""
    channels = [text(each) for each in value] if isinstance(value, list) else []
    shown = channels[0] if channels else words("flows.untouched")
    for before, after in pairwise(channels):
        shown += f" {arrow(before, after, words.direction)} {after}"
    return shown


def point(values: Iterable[object], words: Words) -> str:
    """What a touchpoint is made of, `visit · blog`; a dash where nothing of it is known."""
    known = [one_line(each) for each in values if isinstance(each, str) and each]
    return dots(known, words.direction) if known else NONE


def step(before: object, after: object, words: Words) -> str:
    """One step of a funnel: `visit → quote`."""
    first, last = text(before), text(after)
    return f"{first} {arrow(first, last, words.direction)} {last}"
