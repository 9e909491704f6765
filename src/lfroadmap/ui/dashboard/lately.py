"""Lately: the newest changes, who made them and when."""

from __future__ import annotations

from collections.abc import Iterable
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
MOST_OF_ONE = 4
"""Lines below a name where not all changes have room: the newest, and how many more there are."""
MOST_WITH_ROOM = 10
"""Such lines where all have room: one more change moves all below it, which takes many bytes."""
ROOMY = 24
"""Lines of the panel from which today's changes have lines of their own."""


def lately(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw the changes of the last seven days, of a single stage the last ones, the newest first."""
    since = date.min if board.stage else board.today - timedelta(_WEEK)
    lines = [line for line in board.lately or () if line.at.date() > since]
    if not lines:
        key = "dashboard.unchanged" if board.stage else "dashboard.no_changes"
        none = board.words(key) if board.lately is not None else ""
        text = board.problem or none
        return Panel((Row((Cell(text, 0, "muted"),)),), least=3, end=_key(board))
    groups = [_without_repeated_ticks(group) for _, group in groupby(lines, _who_and_when)]
    has_room = not height or sum(len(group) + 1 for group in groups) <= height
    most = MOST_WITH_ROOM if has_room else MOST_OF_ONE
    blocks = [_changes(board, group, most) for group in groups]
    if height >= ROOMY:
        rows = _today_apart(board, blocks, sum(group[0].at.date() == board.today for group in groups), height)
    else:
        rows = padded(blocks, height) if height else tuple(row for block in blocks for row in block)
    return Panel(rows, 0, 4, _key(board))


def _today_apart(board: Board, blocks: list[list[Row]], count: int, height: int) -> tuple[Row, ...]:
    """The first `count` blocks, which are today's, in lines of their own: one more moves no older ones."""
    today = [row for block in blocks[:count] for row in block]
    if not count:
        today.append(Row((Cell(board.words("dashboard.none_today"), 0, "muted"),)))
    free = [Row()] * max(MOST_OF_ONE + 1 - len(today), 0)
    older = padded(blocks[count:], height - len(today) - len(free) - 1)
    return (*today, *free, Row(), *older) if older else tuple(today)


def _key(board: Board) -> Line:
    """The key that shows every change."""
    words = board.words
    return said(words.fill_keys("{key_history}"), "accent", bold=True), said(
        f" {words('command.history')}", "muted"
    )


def _who_and_when(line: HistoryLine) -> tuple[str, tuple[str, str], date]:
    return line.author, line.person, line.at.date()


def _without_repeated_ticks(lines: Iterable[HistoryLine]) -> list[HistoryLine]:
    """The changes of one person on one day; of those that tick a task on and off only the newest."""
    out: list[HistoryLine] = []
    ticked: set[str] = set()
    for line in lines:
        if line.change.action in ("tick", "untick"):
            if line.change.node in ticked:
                continue
            ticked.add(line.change.node)
        out.append(line)
    return out


def _changes(board: Board, lines: list[HistoryLine], most: int) -> list[Row]:
    """The changes of one person on one day, under the name, in at most so many lines."""
    first, count = lines[0], len(lines) if len(lines) <= most else most - 1
    days = max((board.today - first.at.date()).days, 0)
    when = board.words.plural("dashboard.days_ago", days) if days else f"{first.at:%H:%M}"
    head = (Cell(one_line(first.who) or "—", 0, bold=True), gap(1), said(when, "muted"))
    rows = [Row(head, _target(first)), *(Row(_text(board, line), _target(line)) for line in lines[:count])]
    if rest := len(lines) - count:
        rows.append(Row((Cell(board.words.plural("dashboard.more", rest), 0, "muted"),), Target("history")))
    return rows


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
