"""The timeline: a bar from the first day of each card to its deadline."""

from __future__ import annotations

from lfroadmap.report.deadlines import MarkFormatter, lane_of
from lfroadmap.report.formatting import format_short_day
from lfroadmap.report.timeline import TimelineMark
from lfroadmap.roadmap.model import Card
from lfroadmap.text import one_line
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell, Line, drawing, gap, said, widest
from lfroadmap.ui.dashboard.panel import Panel, Row, Target, padded

WIDE, NARROW_NAME, WIDE_NAME = 84, 26, 44
"""Columns from which names have more room, and most columns of a name."""


def timeline(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw a lane for each card with a deadline."""
    maker = MarkFormatter(board.labels, board.words, board.today, board.activity)
    lanes: list[list[tuple[Card, TimelineMark]]] = []
    for stage in board.roadmap.stages:
        made = [
            (card, mark)
            for card in stage.cards
            if (mark := maker.mark(card, board.health.card(card.id), board.counts.card(card.id)))
        ]
        lanes += [made] if made else []
    marks = [mark for stage in lanes for _, mark in stage]
    undated = len(board.cards()) - len(marks)
    foot = (said(board.words.plural("report.undated", undated), "muted"),) if undated and marks else ()
    if not marks:
        return Panel((Row((Cell(board.words("report.no_deadlines"), 0, "muted"),)),))
    drawn = maker.timeline(map(lane_of, marks))
    most = WIDE_NAME if width >= WIDE else min(NARROW_NAME, width // 3)
    name = widest((mark.label for mark in marks), most)
    room = width - name - 1
    blocks = [
        [
            Row((_name(card, mark, name), gap(1), *drawing(drawn.lane(lane_of(mark), room))), _to(card))
            for card, mark in stage
        ]
        for stage in lanes
    ]
    head = Row((gap(name + 1), *_scale(drawn.scale(room)[0].text)))
    rows = padded(blocks, height - 1 if height else 1)
    if height and not board.tall:
        rows = tuple(row for block in blocks for row in block)
    return Panel((head, *rows), 1, 1 + min(len(marks), 8), _today(board), foot)


def _scale(text: str) -> Line:
    """The names of the months; each is a text of its own, in its own direction."""
    out: list[Cell] = []
    at = 0
    while at < len(text):
        blank = len(text[at:]) - len(text[at:].lstrip(" "))
        if blank:
            out.append(gap(blank))
        word = text[at + blank :].split(" ", maxsplit=1)[0]
        if word:
            out.append(Cell(word, len(word), "muted"))
        at += blank + len(word)
    return tuple(out)


def _name(card: Card, mark: TimelineMark, width: int) -> Cell:
    quiet = mark.health == "done"
    return Cell(one_line(mark.label), width, "muted" if quiet else "text")


def _to(card: Card) -> Target:
    return Target("node", card.id)


def _today(board: Board) -> Line:
    day = format_short_day(board.today, board.today, board.words)
    return (
        Cell("│", 1, "accent", drawn=True),
        gap(1),
        said(f"{board.words('days.today')} {day}", "accent"),
    )
