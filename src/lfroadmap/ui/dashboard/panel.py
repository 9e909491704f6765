"""A panel: a title, lines, and what stands on its edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Line

PanelId = Literal["plan", "agenda", "timeline", "kpis", "stand", "people", "weeks", "lately"]
Kind = Literal["node", "owner", "late", "history"]


class Target(NamedTuple):
    """Where a line leads: to a node by its id, to what an owner has, or to a list."""

    kind: Kind
    id: str = ""


class Row(NamedTuple):
    """A line of a panel; lines that follow each other with the same target are one entry."""

    cells: Line = ()
    target: Target | None = None
    """None for a heading, a chart or a free line: no cursor goes there."""


class Panel(NamedTuple):
    """What a panel shows at a width and a height."""

    rows: tuple[Row, ...]
    heads: int = 0
    """Rows at the top that do not scroll."""
    least: int = 3
    """Rows below which the panel is not made lower; further ones are scrolled to."""
    end: Line = ()
    """At the end of the upper edge."""
    foot: Line = ()
    """At the end of the lower edge."""
    rest: int = 0
    """Entries behind the rows, which were not made because nobody scrolled there."""


Draw = Callable[[Board, int, int, int], Panel]
"""Draws a panel in so many columns and lines (0: as many as it likes), with so many entries at least."""


def padded(blocks: Sequence[Sequence[Row]], height: int) -> tuple[Row, ...]:
    """The blocks below each other, with a free line between them where there is room for all of those."""
    total = sum(map(len, blocks))
    if height and total + len(blocks) - 1 > height:
        return tuple(row for block in blocks for row in block)
    out: list[Row] = []
    for block in blocks:
        out += [*([Row()] if out else []), *block]
    return tuple(out)
