"""Done week by week: the burn-up against the plan."""

from __future__ import annotations

from lfroadmap.report.burn_up import burn_up
from lfroadmap.report.charts.marks import BLOCK
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell, Line, columns_of, drawing, gap, said
from lfroadmap.ui.dashboard.panel import Panel, Row

HEIGHT = 9


def weeks(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw the tasks done by day, and the plan as dots."""
    if board.activity is None or (not height and board.tally.total):
        return Panel((Row(),) * (height or HEIGHT), least=6)
    plan, done = board.tasks.plan(), board.tally.done
    chart = burn_up(plan, board.activity, done, board.today, board.words)
    if chart is None:
        return Panel((Row((Cell(board.words("report.no_tasks"), 0, "muted"),)),))
    rows = tuple(Row(_line(line)) for line in map(drawing, chart.lines(width, height or HEIGHT)))
    undated = said(board.words.plural("burn_up.undated", plan.undated), "muted") if plan.undated else None
    foot = (undated,) if undated and undated.width <= width - 4 else ()
    return Panel(rows, 0, 6, _legend(board, width, grew=bool(chart.planned)), foot)


def _line(cells: list[Cell]) -> Line:
    """Numbers and days are texts, the rest is drawn."""
    return tuple(cell._replace(drawn=not any(map(str.isalnum, cell.text))) for cell in cells)


def _legend(board: Board, width: int, *, grew: bool) -> Line:
    words = board.words
    size = (Cell("╌", 1, "muted", drawn=True), said(f" {words('burn_up.planned_head')}", "muted"), gap(2))
    out = (
        *(size if grew else ()),
        Cell(BLOCK, 1, "fill", drawn=True),
        said(f" {words('health.done')}", "muted"),
        gap(2),
        Cell("·", 1, "muted", drawn=True),
        said(f" {words('dashboard.planned')}", "muted"),
    )
    return out if columns_of(out) <= width - 22 else ()
