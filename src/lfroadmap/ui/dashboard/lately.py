"""Lately: the newest changes, who made them and when."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len

from lfroadmap.text import arrow, one_line
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell, Line, gap, said
from lfroadmap.ui.dashboard.panel import Panel, Row, Target, padded

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine

_WEEK = 7
MOST_VALUE = 18
"""Columns of an old and a new value together that are shown whole."""
SHORT_PLACE = 14
"""Letters up to which the name of what changed needs its card's before it."""


def lately(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw the changes of the last seven days, of a single stage the last ones, the newest first."""
    since = date.min if board.stage else board.today - timedelta(_WEEK)
    lines = [line for line in board.lately or () if line.at.date() > since]
    if not lines:
        key = "dashboard.unchanged" if board.stage else "dashboard.no_changes"
        none = board.words(key) if board.lately is not None else ""
        text = board.problem or none
        return Panel((Row((Cell(text, 0, "muted"),)),), least=3)
    blocks = [_changes(board, list(group)) for _, group in groupby(lines, _who_and_when)]
    rows = padded(blocks, height) if height else tuple(row for block in blocks for row in block)
    return Panel(rows, 0, 4)


def _who_and_when(line: HistoryLine) -> tuple[str, tuple[str, str], date]:
    return line.author, line.person, line.at.date()


def _changes(board: Board, lines: list[HistoryLine]) -> list[Row]:
    """The changes of one person on one day, under the name."""
    first, targets = lines[0], [_target(line) for line in lines]
    days = max((board.today - first.at.date()).days, 0)
    when = board.words.plural("dashboard.days_ago", days) if days else f"{first.at:%H:%M}"
    head = (Cell(one_line(first.author) or "—", 0, bold=True), gap(1), said(when, "muted"))
    texts = [Row(_text(board, line), to) for line, to in zip(lines, targets, strict=True)]
    return [Row(head, targets[0]), *texts]


def _target(line: HistoryLine) -> Target:
    return Target("node", line.change.node or line.change.home) if line.change.home else Target("history")


def _text(board: Board, line: HistoryLine) -> Line:
    """The change; of a short new value the value is whole, and the name before it is cut."""
    change = line.change
    if change.action not in ("set", "fill") or cell_len(change.old + change.new) > MOST_VALUE:
        return (Cell(one_line(change.sentence), 0, "muted"),)
    place = f"{change.card} · {change.place}" if len(change.place) < SHORT_PLACE else change.place
    old, new = one_line(change.old), one_line(change.new)
    value = f"{old} {arrow(old, new, board.words.direction)} {new}" if old else new
    return Cell(one_line(place), 0, "muted"), gap(1), said(value)
