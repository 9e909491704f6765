"""Lines from what is waited for to what waits, across the lanes between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from lfroadmap.report.charts.lanes import DONE, MONTH, OPEN, OVERDUE
from lfroadmap.report.charts.marks import Mark, Marks, joined
from lfroadmap.report.palette import ToneName

_BAR: Final = (DONE, OPEN, OVERDUE)


class Wire(NamedTuple):
    """What a lane has of such a line, in columns that may be outside of it."""

    column: int
    """Where it goes down, or up: at the day of what is waited for."""
    tone: ToneName
    bar: tuple[int, int] | None = None
    """The first and the last column of what waits, on its lane; None on a lane between."""
    from_above: bool = True


def with_wires(marks: Marks, wires: Iterable[Wire]) -> Marks:
    """A lane that is drawn, with these lines where it is free."""
    cells = [Mark(character, mark.tone) for mark in marks for character in mark.text]
    for wire in wires:
        draw_wire(wire, cells)
    return joined(cells)


def draw_wire(wire: Wire, cells: list[Mark]) -> None:
    """Draw it where a lane is free; it meets the bar of what waits where that lies in its way."""
    at = wire.column
    if wire.bar is None:
        _put(cells, at, "│", wire.tone)
        return
    first, last = wire.bar
    if at < first:
        _put(cells, at, "╰" if wire.from_above else "╭", wire.tone)
        for between in range(max(at + 1, 0), min(first, len(cells))):
            _put(cells, between, "→" if between == first - 1 else "─", wire.tone)
    elif at > last:
        _put(cells, at, "╯" if wire.from_above else "╮", wire.tone)
        for between in range(max(last + 1, 0), min(at, len(cells))):
            _put(cells, between, "←" if between == last + 1 else "─", wire.tone)
    elif 0 <= at < len(cells) and cells[at].text in _BAR:
        cells[at] = Mark("┴" if wire.from_above else "┬", wire.tone)


def _put(cells: list[Mark], at: int, text: str, tone: ToneName) -> None:
    if 0 <= at < len(cells) and cells[at].text in (" ", MONTH):
        cells[at] = Mark(text, tone)
