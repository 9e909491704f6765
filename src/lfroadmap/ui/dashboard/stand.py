"""Where the roadmap stands, in one large number and three lines."""

from __future__ import annotations

from datetime import timedelta

from lfroadmap.report.charts.bar import bar
from lfroadmap.report.charts.marks import mirrored
from lfroadmap.report.formatting import HEALTH_SIGNS, format_late, format_late_short
from lfroadmap.roadmap.progress import tone_of
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell, Line, columns_of, drawing, gap, said, widest
from lfroadmap.ui.dashboard.panel import Panel, Row, Target

_NUMERALS = {
    "0": ("┏━┓", "┃ ┃", "┗━┛"),
    "1": ("╺┓ ", " ┃ ", "╺┻╸"),
    "2": ("╺━┓", "┏━┛", "┗━╸"),
    "3": ("╺━┓", " ━┫", "╺━┛"),
    "4": ("╻ ╻", "┗━┫", "  ╹"),
    "5": ("┏━╸", "┗━┓", "╺━┛"),
    "6": ("┏━╸", "┣━┓", "┗━┛"),
    "7": ("╺━┓", "  ┃", "  ╹"),
    "8": ("┏━┓", "┣━┫", "┗━┛"),
    "9": ("┏━┓", "┗━┫", "╺━┛"),
}
_LATE = Target("late")
_WEEK, LAST = 7, 2


def stand(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw the share done, how much that is, what is late and what comes soon."""
    done, total = board.tally
    percent = board.tally.percent
    words = board.words
    days = board.thresholds.risk_days
    soon = board.tasks.at_risk(days)
    lines: list[tuple[Cell, Target | None]] = [
        (Cell(words("dashboard.tasks_done", done=done, total=total), 0), None),
        (Cell(_late(board, width), 0, "late"), _LATE)
        if board.late.total
        else (Cell(words("late.none"), 0, "muted"), None),
        (
            Cell(f"{HEALTH_SIGNS['at_risk']} {words.plural('dashboard.soon', soon, days=days)}", 0, "risk"),
            None,
        )
        if soon
        else (Cell(words("dashboard.none_soon"), 0, "muted"), None),
    ]
    rows = [Row((*_numeral(board, line), cell), target) for line, (cell, target) in enumerate(lines)]
    tone = tone_of(percent, board.thresholds)
    progress = Row(tuple(drawing(bar(board.tally.share, width, tone))))
    return Panel((*rows, Row(), progress), 0, 5, _gained(board))


def _late(board: Board, width: int) -> str:
    """Late cards and tasks, named apart where there is room."""
    late = board.late
    named = f"{HEALTH_SIGNS['late']} {format_late(late, board.words)}"
    room = width - columns_of(_numeral(board, 0))
    return named if widest([named]) <= room else format_late_short(late, board.words)


def _numeral(board: Board, line: int) -> Line:
    """A line of the number; it reads from left to right in any language."""
    percent = str(board.tally.percent)
    text = " ".join(_NUMERALS[digit][line] for digit in percent) + (" %" if line == LAST else "  ")
    drawn = mirrored(text) if board.words.direction == "rtl" else text
    return Cell(drawn, len(drawn), bold=True, drawn=True), gap(3)


def _gained(board: Board) -> Line:
    """How many tasks more are done than a week ago."""
    if board.activity is None:
        return ()
    before = board.today - timedelta(_WEEK)
    then = [count for day, count in board.activity.done if day <= before]
    gained = board.tally.done - (then[-1] if then else 0)
    if not board.activity.done or gained <= 0:
        return ()
    return (said(board.words("dashboard.gained", n=gained), "done"),)
