"""Who owns what: the tasks of each owner, done, open and late."""

from __future__ import annotations

from lfroadmap.report.charts.bar import bar
from lfroadmap.roadmap.progress import tone_of
from lfroadmap.roadmap.task_index import Load
from lfroadmap.text import match_key, one_line
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell, drawing, gap, widest
from lfroadmap.ui.dashboard.panel import Panel, Row, Target

LEAST_NAME = 12


def people(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw a line for each owner: the one with most late first, tasks without an owner last."""
    shares = _shares(board)
    if not shares:
        return Panel((Row((Cell(board.words("report.no_tasks"), 0, "muted"),)),))
    opens = {key: board.words("dashboard.open", n=load.open) for key, (_, load) in shares.items()}
    lates = {key: f"▲{load.late}" if load.late else "" for key, (_, load) in shares.items()}
    late, still = widest(lates.values()), widest(opens.values())
    fixed = still + late + 2 + bool(late)
    size = next((size for size in (10, 6) if width - fixed - size >= LEAST_NAME), 0)
    rows = []
    for key, (name, load) in shares.items():
        percent = load.done * 100 // load.total if load.total else 0
        tone = tone_of(percent, board.thresholds)
        track = [*drawing(bar(load.share, size, tone)), gap(1)] if size else []
        cells = (
            Cell(name or board.words("report.nobody"), 0, "text" if name else "risk"),
            gap(1),
            *(track if name else []),
            Cell(opens[key], still, "muted", at_end=True),
            *((gap(1), Cell(lates[key], late, "late", at_end=True)) if late else ()),
        )
        rows.append(Row(cells, Target("owner", key)))
    return Panel(tuple(rows), 0, min(len(rows), 6))


def _shares(board: Board) -> dict[str, tuple[str, Load]]:
    """Name as `match_key` has it -> the name as shown, and its tasks."""
    out: dict[str, tuple[str, Load]] = {}
    for typed, load in board.tasks.loads().items():
        key = match_key(typed)
        shown, known = out.get(key, (" ".join(one_line(typed).split()), Load()))
        out[key] = shown, known.plus(load)
    order = sorted(out.items(), key=lambda item: (not item[0], -item[1][1].late, -item[1][1].open))
    return dict(order)
