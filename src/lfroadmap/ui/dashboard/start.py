"""Start here: the first steps of a new roadmap, each with its key and what it brings."""

from __future__ import annotations

from lfroadmap.ui.context import FirstStep
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell, gap, said
from lfroadmap.ui.dashboard.panel import Panel, Row, Target, padded


def start(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw each step, with a check where it is done."""
    blocks = [_step(number, step) for number, step in enumerate(board.first_steps, 1)]
    rows = padded(blocks, height) if height else tuple(row for block in blocks for row in block)
    return Panel(rows, 0, len(rows))


def _step(number: int, step: FirstStep) -> list[Row]:
    target = Target("node", step.node) if step.node else Target("action", step.action)
    sign = Cell("✓", 3, "done") if step.done else Cell(str(number), 3, "accent", bold=True)
    text = Cell(step.text, 0, "muted" if step.done else "text", bold=not step.done)
    return [
        Row((sign, text, gap(1), said(step.key, "accent")), target),
        Row((gap(3), Cell(step.about, 0, "muted")), target),
    ]
