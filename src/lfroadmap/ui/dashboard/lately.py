"""This week: the newest changes, who made them and when."""

from __future__ import annotations

from datetime import timedelta

from lfroadmap.report.change_log import HistoryLine
from lfroadmap.text import one_line
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell, gap, said
from lfroadmap.ui.dashboard.panel import Panel, Row, Target, padded

_WEEK = 7


def lately(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw the changes of the last seven days, the newest first."""
    since = board.today - timedelta(_WEEK)
    lines = [line for line in board.lately or () if line.at.date() > since]
    if not lines:
        none = board.words("dashboard.no_changes") if board.lately is not None else ""
        text = board.problem or none
        return Panel((Row((Cell(text, 0, "muted"),)),), least=3)
    blocks = [_entry(board, line) for line in lines]
    rows = padded(blocks, height) if height else tuple(row for block in blocks for row in block)
    return Panel(rows, 0, 4)


def _entry(board: Board, line: HistoryLine) -> list[Row]:
    days = max((board.today - line.at.date()).days, 0)
    when = board.words.plural("dashboard.days_ago", days) if days else f"{line.at:%H:%M}"
    target = Target("node", line.change.node or line.change.home) if line.change.home else Target("history")
    head = (Cell(one_line(line.author) or "—", 0, bold=True), gap(1), said(when, "muted"))
    return [Row(head, target), Row((Cell(one_line(line.change.sentence), 0, "muted"),), target)]
