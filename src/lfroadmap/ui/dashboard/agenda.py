"""Late and next: open cards and tasks by their day, the longest late first."""

from __future__ import annotations

from itertools import islice

from lfroadmap.report.formatting import HEALTH_SIGNS, HEALTH_TONES, format_when
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.health import DatedItem, Health, day_health
from lfroadmap.text import one_line
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell, Line, gap, said, widest
from lfroadmap.ui.dashboard.panel import Panel, Row, Target, padded

ONE_LINE, CROWDED = 60, 50
"""Columns from which an entry has all on one line: always, and where two lines for each have no room."""
MOST_OWNER = 14
MOST_LINES = 200
"""Lines that the panel wishes for at most."""


def agenda(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw the first entries, as many as can be seen and `reach` at least."""
    count = board.tasks.agenda_size()
    lines = 1 if width >= (CROWDED if 0 < height < count * 2 else ONE_LINE) else 2
    if count and not height:
        wish = board.tasks.dated_size() if board.stage else count  # no tick beside it changes its height
        return Panel((Row(),) * min(wish * lines, MOST_LINES), 0, 3)
    items = list(islice(board.tasks.agenda(), max(reach, height)))
    end = _counts(board)
    if not items:
        is_done = board.tally.total and board.tally.done == board.tally.total
        text = board.words("dashboard.nothing_open" if is_done else "dashboard.no_days")
        return Panel((Row((Cell(text, 0, "muted"),)),), end=end)
    whens = [format_when((item.day - board.today).days, board.words) for item in items]
    names = [_owner(item, whole=width >= 70) or "—" for item in items]
    size = widest(whens), widest(names, MOST_OWNER)
    single = lines == 1
    entries = [
        _entry(board, item, when, name, size, single=single)
        for item, when, name in zip(items, whens, names, strict=True)
    ]
    rows = tuple(row for entry in entries for row in entry)
    if board.tall and height and len(items) == count:
        rows = padded(entries, height)
    return Panel(rows, 0, 3, end, rest=count - len(items))


def _owner(item: DatedItem, *, whole: bool) -> str:
    name = one_line(item.owner).strip()
    return name if whole or not name else name.split()[0]


def _entry(
    board: Board, item: DatedItem, when: str, name: str, size: tuple[int, int], *, single: bool
) -> list[Row]:
    health, tone = _state(board, item)
    target = Target("node", item.node.id)
    sign = Cell(HEALTH_SIGNS[health] + " ", 2, HEALTH_TONES[health])
    title = Cell(board.labels.of(item.node), 0, bold=item.task is None)
    who = Cell(name, size[1], "muted" if item.owner.strip() else "risk")
    if single:
        cells: Line = (sign, title, gap(1), who, gap(1), Cell(when, size[0], tone, at_end=True))
        return [Row(cells, target)]
    second = (gap(2), Cell(when, size[0], tone), gap(2), who._replace(width=0))
    return [Row((sign, title), target), Row(second, target)]


def _state(board: Board, item: DatedItem) -> tuple[Health, ToneName]:
    health = day_health(item.day.isoformat(), board.today, board.thresholds.risk_days)
    return health, HEALTH_TONES[health] if health in ("late", "at_risk") else "muted"


def _counts(board: Board) -> Line:
    """How much is late, cards and tasks together, and how much is due soon."""
    late, soon = board.late.total, board.tasks.at_risk(board.thresholds.risk_days)
    out: list[Cell] = [said(f"{HEALTH_SIGNS['late']} {late}", "late")] if late else []
    if soon:
        out += [*([gap(2)] if out else []), said(f"{HEALTH_SIGNS['at_risk']} {soon}", "risk")]
    return tuple(out)
