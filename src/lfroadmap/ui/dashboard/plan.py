"""The plan: every stage and card with who, by when, how far and how it goes."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from lfroadmap.bidi.cutting import cut
from lfroadmap.report.charts.bar import bar
from lfroadmap.report.formatting import (
    HEALTH_SIGNS,
    HEALTH_TONES,
    format_late_short,
    format_short_day,
    format_when,
)
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.health import WORST_FIRST, Health, HealthSummary, day_health
from lfroadmap.roadmap.model import Card, Stage
from lfroadmap.roadmap.progress import Tally, days_left, iso_day, role_value, tone_of
from lfroadmap.text import one_line
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell, Line, columns_of, drawing, gap, said, widest
from lfroadmap.ui.dashboard.panel import Panel, Row, Target, padded

PERCENT = 5
MOST_OWNER, MOST_DAY = 16, 18
"""Most columns of a name, and of a deadline that is no day."""
MOST_NAME = 44
"""Columns that a title may take from the other columns before it is cut."""


class _Columns(NamedTuple):
    """The columns beside the titles; 0: not there."""

    owner: int
    day: int
    bar: int
    health: int
    whole_names: bool

    def taken(self) -> int:
        """The columns with a free one between any two."""
        return sum(width + 1 for width in (self.owner, self.day, self.bar, self.health) if width) + PERCENT


def plan(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw the plan; every card is in it."""
    columns = _columns(board, width)
    blocks = [_stage(board, stage, columns, width, height) for stage in board.roadmap.stages]
    compact = sum(1 + len(stage.cards) for stage in board.roadmap.stages)
    if height and sum(map(len, blocks)) + 1 > height:
        blocks = [_stage(board, stage, columns, width, -1) for stage in board.roadmap.stages]
    rows = padded(blocks, height and height - 1)
    head = Row(_heads(board, columns))
    return Panel((head, *rows), 1, 1 + compact, _end(board, width), _legend(board, width))


def _columns(board: Board, width: int) -> _Columns:
    """The widest columns beside which every title has room; numbers and days are never cut."""
    words, cards = board.words, board.cards()
    name = widest(map(board.labels.of, cards), MOST_NAME)
    days = widest([words("report.deadline"), *(_day(board, card)[0] for card in cards)])
    healths = widest([words("health.title"), *(words(f"health.{health}") for health in WORST_FIRST)])
    whole = widest([words("report.owner"), *map(board.owner, cards)], MOST_OWNER)
    short = widest([words("report.owner"), *(_first_name(board.owner(card)) for card in cards)], MOST_OWNER)
    roomy = widest([words("report.owner"), *map(board.owner, cards)], 2 * MOST_OWNER)
    tries = [
        _Columns(roomy, days, 12, healths, whole_names=True),
        _Columns(whole, days, 12, healths, whole_names=True),
        _Columns(whole, days, 12, 0, whole_names=True),
        *(_Columns(short, days, size, 0, whole_names=False) for size in (12, 8, 6)),
    ]
    least = tries[-1] if width - tries[-1].taken() - 4 >= 12 else _Columns(0, days, 0, 0, whole_names=False)
    return next((columns for columns in tries if width - columns.taken() - 4 >= name), least)


def _first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.strip() else name


def _heads(board: Board, columns: _Columns) -> Line:
    words = board.words
    return _line(
        Cell(words("dashboard.card"), 0, "muted"),
        (
            Cell(words("report.owner"), columns.owner, "muted"),
            Cell(words("report.deadline"), columns.day, "muted"),
        ),
        (Cell(words("report.progress") if columns.bar else "", columns.bar + PERCENT, "muted"),),
        Cell(words("health.title"), columns.health, "muted"),
    )


def _line(name: Cell, between: Line, progress: Line, health: Cell) -> Line:
    """A line of the columns that there are, a free one between any two."""
    out = [name]
    for cell in between:
        out += [gap(1), cell] if cell.width else []
    out += [gap(1), *progress] if len(progress) > 1 or progress[0].width > PERCENT else [*progress]
    out += [gap(1), health] if health.width else []
    return tuple(out)


def _stage(board: Board, stage: Stage, columns: _Columns, width: int, height: int) -> list[Row]:
    """A stage with its cards; in a tall window, unless the height is -1, with what comes next in each."""
    target = Target("node", stage.id)
    late = format_late_short(board.health.stages[stage.id].late, board.words)
    counted = board.counts.stages[stage.id]
    between = columns_of([gap(size + 1) for size in (columns.owner, columns.day) if size])
    progress = (*_bar(board, counted, columns), Cell(f"{counted.percent}%", PERCENT, at_end=True, bold=True))
    name = Cell(board.labels.of(stage), 0, bold=True)
    beside = Cell(late, max(between - 1, cell_len(late)), "late", at_end=columns.day == 0)
    health = gap(columns.health)
    rows = [Row(_line(name, (beside,), progress, health), target)]
    for card in stage.cards:
        to = Target("node", card.id)
        rows.append(Row(_card(board, card, columns), to))
        if board.tall and height >= 0:
            rows.append(Row((gap(4), Cell(*_next(board, card))), to))
    return rows


def _bar(board: Board, counted: Tally, columns: _Columns) -> list[Cell]:
    tone = tone_of(counted.percent, board.thresholds)
    return drawing(bar(counted.share, columns.bar, tone)) if columns.bar else []


def _card(board: Board, card: Card, columns: _Columns) -> Line:
    summary, counted = board.health.card(card.id), board.counts.card(card.id)
    health, owner = summary.health, board.owner(card)
    quiet: ToneName = "muted" if health in ("done", "no_date") else "text"
    who = owner if columns.whole_names else _first_name(owner)
    text, tone = _day(board, card)
    percent = Cell(f"{counted.percent}%", PERCENT, "text" if counted.done else "muted", at_end=True)
    name = Cell(f"  {HEALTH_SIGNS[health]} ", 4, HEALTH_TONES[health])
    return (
        name,
        *_line(
            Cell(board.labels.of(card), 0, quiet),
            (
                Cell(one_line(who) or "—", columns.owner, "text" if owner else "risk"),
                Cell(text, columns.day, tone),
            ),
            (*_bar(board, counted, columns), percent),
            Cell(board.words(f"health.{health}"), columns.health, HEALTH_TONES[health]),
        ),
    )


def _day(board: Board, card: Card) -> tuple[str, ToneName]:
    """The deadline in words and its tone: of its own day, for a late task makes no day late."""
    value = one_line(role_value(card, "deadline"))
    day, left = iso_day(value), days_left(card, board.today)
    if board.health.card(card.id).health == "done":
        return _done(board, card), "muted"
    if day is None or left is None:
        return cut(value, MOST_DAY, cell_len) or "—", "muted"
    own = day_health(value, board.today, board.thresholds.risk_days)
    return format_when(left, board.words), HEALTH_TONES[own] if own in ("late", "at_risk") else "muted"


def _done(board: Board, card: Card) -> str:
    """The word for done, with the day of the last task."""
    day = iso_day(max((task.done_on for task in card.tasks), default=""))
    if day is None:
        return board.words("health.done")
    return board.words("dashboard.done_on", day=format_short_day(day, board.today, board.words))


def _next(board: Board, card: Card) -> tuple[str, int, ToneName]:
    """The next open task of a card: the one whose day comes first, or else the first."""
    task = board.tasks.next_task(card)
    if task is None:
        key = "dashboard.all_done" if card.tasks else "report.no_tasks"
        return board.words(key), 0, "muted"
    who = one_line(task.owner).strip() or board.owner(card)
    text = board.words("dashboard.next", task=board.labels.of(task))
    return f"{text} · {_first_name(who)}" if who else text, 0, "muted"


def _end(board: Board, width: int) -> Line:
    done, total = board.tally
    shown = said(board.words("report.of", done=done, total=total), "muted")
    share = board.tally.share
    tone = tone_of(board.tally.percent, board.thresholds)
    drawn = drawing(bar(share, 10, tone)) if width >= 60 else []
    percent = said(f"{board.tally.percent}%", bold=True)
    return (shown, gap(1), *drawn, gap(1), percent) if drawn else (shown, gap(1), percent)


def _legend(board: Board, width: int) -> Line:
    """How many cards are in each state."""
    found: dict[Health, int] = {}
    for card in board.cards():
        health = _of(board.health.card(card.id))
        found[health] = found.get(health, 0) + 1
    order: tuple[Health, ...] = ("late", "at_risk", "on_track", "done", "no_date")
    out: list[Cell] = []
    for health in order:
        if health in found:
            out += [gap(2)] if out else []
            out.append(said(HEALTH_SIGNS[health], HEALTH_TONES[health]))
            out.append(said(f" {found[health]} {board.words(f'health.{health}')}", "muted"))
    if board.relations and not board.stage and (waiting := board.relations.counted()):
        tone: ToneName = "risk" if board.relations.blocked else "muted"
        longer = [*out, *([gap(2)] if out else []), said(waiting, tone)]
        out = longer if columns_of(longer) <= width - 6 else out
    return tuple(out) if columns_of(out) <= width - 6 else ()


def _of(summary: HealthSummary) -> Health:
    return summary.health
