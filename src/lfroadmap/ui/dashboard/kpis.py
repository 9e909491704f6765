"""The KPIs: how far each is on the way from its baseline to its target, and its values over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from lfroadmap.bidi.cutting import cut
from lfroadmap.report.charts.bar import kpi_way
from lfroadmap.report.charts.spark import spark
from lfroadmap.report.formatting import format_number, format_short_day, with_unit
from lfroadmap.report.palette import ToneName
from lfroadmap.report.value_source import ORIGIN_SIGNS
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.progress import Standing, goal_of, number_in, own_baseline
from lfroadmap.text import one_line
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import Cell, Line, columns_of, drawing, gap, said, widest
from lfroadmap.ui.dashboard.panel import Panel, Row, Target, padded
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from lfroadmap.roadmap.kpi_sources import ValueSource

SPARK = 9
CHANGED = "!"
"""Beside the sign of a value that its calculator would give otherwise now."""
LEAST_NAME = 14
LEAST_READINGS = 2
"""Values by day from which a KPI may have turned."""


class _Texts(NamedTuple):
    """The texts of a KPI's line."""

    kpi: Kpi
    name: str
    base: str
    goal: str
    now: str
    standing: Standing
    said: str
    numbers: tuple[float, ...]
    source: ValueSource | None = None

    @property
    def tone(self) -> ToneName:
        """The tone of its standing."""
        return self.standing.tone or "muted"


def kpis(board: Board, width: int, height: int, reach: int) -> Panel:
    """Draw a line for each KPI, or two lines where one has no room or there is room for two."""
    texts = [_texts(board, kpi) for kpi in board.roadmap.kpis]
    if not texts:
        return Panel((Row((Cell(board.words("kpi.empty"), 0, "muted"),)),))
    sizes, turned = _Sizes.of(board, texts), _turned(board)
    single = width - sizes.fixed(track=8) >= LEAST_NAME and not (height >= len(texts) * 3)
    if single:
        rows = tuple(Row(_single(each, sizes, width), Target("node", each.kpi.id)) for each in texts)
        head = Row(_heads(board, sizes, width))
        least = 1 + len(turned) + min(len(rows), 8)
        return Panel((head, *turned, *rows), 1, least, _counts(texts, board, width))
    blocks = [
        [Row(line, Target("node", each.kpi.id)) for line in _double(each, sizes, width)] for each in texts
    ]
    room = height and height - len(turned)
    rows = padded(blocks, room) if height else tuple(row for block in blocks for row in block)
    return Panel((*turned, *rows), 0, len(turned) + min(len(texts), 3) * 2, _counts(texts, board, width))


def _turned(board: Board) -> tuple[Row, ...]:
    """A line for each of the first KPIs that a measurement turned the wrong way."""
    if all(len(kpi.readings) < LEAST_READINGS for kpi in board.roadmap.kpis):
        return ()  # as of most, which then need nothing imported
    from lfroadmap.report.flows.turned import SHOWN, describe_turn  # noqa: PLC0415
    from lfroadmap.roadmap.kpi_turns import kpi_turns  # noqa: PLC0415

    turns = kpi_turns(board.roadmap, board.labels)[:SHOWN]
    return tuple(
        Row((Cell(_turn(describe_turn(each, board.words), board), 0, "late"),), Target("node", each.id))
        for each in turns
    )


def _turn(described: str, board: Board) -> str:
    return board.words("kpi.turned_line", turn=SafeText(described))


class _Sizes(NamedTuple):
    """Columns of the texts, none of which is cut."""

    base: int
    goal: int
    now: int
    said: int

    @classmethod
    def of(cls, board: Board, texts: list[_Texts]) -> _Sizes:
        """The columns that the texts and their headings need."""
        words = board.words
        return cls(
            widest([words("kpi.baseline"), *(each.base for each in texts)]),
            widest([words("kpi.target"), *(each.goal for each in texts)]),
            widest([words("kpi.current"), *(each.now for each in texts)]),
            widest([words("kpi.standing"), *(each.said for each in texts)]),
        )

    def fixed(self, *, track: int) -> int:
        """The columns beside the name, with the gaps."""
        return SPARK + self.base + track + self.goal + self.now + self.said + 8

    def track(self, width: int) -> int:
        """The columns of the way in one line."""
        return max(8, min(20, width - self.fixed(track=0) - 22))


def _texts(board: Board, kpi: Kpi) -> _Texts:
    labels = board.labels
    unit, target = labels.kpi(kpi, "unit"), labels.kpi(kpi, "target")
    start = own_baseline(kpi, target).value
    goal = goal_of(target, number_in(start))
    shown = with_unit(format_number(goal), unit if unit == "%" else "") if goal is not None else ""
    known = board.activity.values_of(kpi, board.now) if board.activity else ()
    numbers = tuple(number for _, typed in known if (number := number_in(typed)) is not None)
    return _Texts(
        kpi,
        labels.of(kpi),
        _short(start, unit),
        shown or ("—" if not target.strip() else _cut(one_line(target))),
        _short(kpi.current, unit) + _sign(source := board.source(kpi)),
        board.standing(kpi),
        board.standing_text(kpi),
        numbers,
        source,
    )


def _sign(source: ValueSource | None) -> str:
    """The sign of a value that nobody typed, with another one where it would be another now."""
    if source is None:
        return ""
    changed = source.is_outdated or source.is_gone
    return f" {ORIGIN_SIGNS[source.reading.origin]}{CHANGED if changed else ''}"


def _short(typed: str, unit: str) -> str:
    """A value as typed, with a percent sign where that is its unit; no long text."""
    if not typed.strip():
        return "—"
    return _cut(one_line(with_unit(typed, unit) if unit == "%" else typed))


def _cut(text: str) -> str:
    """A number as it is; of a longer text the beginning."""
    return cut(text, 12, cell_len)


def _way(each: _Texts, width: int) -> list[Cell]:
    return drawing(kpi_way(each.standing, width))


def _spark(each: _Texts) -> list[Cell]:
    return drawing(spark(each.numbers, SPARK)) or [gap(SPARK)]


def _single(each: _Texts, sizes: _Sizes, width: int) -> Line:
    return (
        Cell(each.name, 0),
        gap(1),
        *_spark(each),
        gap(1),
        Cell(each.base, sizes.base, "muted", at_end=True),
        gap(1),
        *_way(each, sizes.track(width)),
        gap(1),
        Cell(each.goal, sizes.goal, "muted"),
        gap(1),
        Cell(each.now, sizes.now, at_end=True, bold=True),
        gap(2),
        Cell(each.said, sizes.said, each.tone),
    )


def _heads(board: Board, sizes: _Sizes, width: int) -> Line:
    words = board.words
    return (
        Cell(words("kpi.measure"), 0, "muted"),
        gap(1),
        Cell(_since(board), SPARK, "muted"),
        gap(1),
        Cell(words("kpi.baseline"), sizes.base, "muted", at_end=True),
        gap(2 + sizes.track(width)),
        Cell(words("kpi.target"), sizes.goal, "muted"),
        gap(1),
        Cell(words("kpi.current"), sizes.now, "muted", at_end=True),
        gap(2),
        Cell(words("kpi.standing"), sizes.said, "muted"),
    )


def _since(board: Board) -> str:
    """The month of the first value that is shown."""
    values = (board.activity.values.get(kpi.id, ()) for kpi in board.roadmap.kpis) if board.activity else ()
    days = [known[0][0].date() for known in values if known]
    if not days:
        return ""
    first = min(days)
    month = board.words("date.months").split()[first.month - 1]
    since = board.words("dashboard.since", month=month)
    return since if widest([since]) <= SPARK else format_short_day(first, board.today, board.words)[:SPARK]


def _double(each: _Texts, sizes: _Sizes, width: int) -> list[Line]:
    now = Cell(each.now, sizes.now, at_end=True, bold=True)
    fixed = columns_of([gap(sizes.base + 1), gap(sizes.goal + 2), gap(SPARK), gap(sizes.said + 1)])
    room = width - fixed
    end = Cell(each.said, sizes.said + 1, each.tone, at_end=True)
    if room < 6:
        track = max(width - sizes.base - sizes.goal - SPARK - 4, 4)
        second = (*_from(each, sizes), *_way(each, track), gap(1), _goal(each, sizes), gap(1), *_spark(each))
        standing_first = (Cell(each.name, 0, bold=True), gap(1), now)
        return [standing_first, second, (Cell(each.said, 0, each.tone),)]
    ways = _way(each, room)
    second = (*_from(each, sizes), *ways, gap(1), _goal(each, sizes), gap(1), *_spark(each), end)
    return [(Cell(each.name, 0, bold=True), gap(1), now), second]


def _from(each: _Texts, sizes: _Sizes) -> Line:
    return Cell(each.base, sizes.base, "muted"), gap(1)


def _goal(each: _Texts, sizes: _Sizes) -> Cell:
    return Cell(each.goal, sizes.goal, "muted")


def _counts(texts: list[_Texts], board: Board, width: int) -> Line:
    """How many are reached, and how many move away."""
    out: list[Cell] = []
    calculated = [each.source for each in texts if each.source and each.source.reading.origin == "calculated"]
    measured = sum(each.source is not None and each.source.reading.origin == "measured" for each in texts)
    signs: dict[str, tuple[str, ToneName]] = {"reached": ("✓", "done"), "worse": ("▲", "late")}
    for word, (sign, tone) in signs.items():
        count = sum(each.standing.word == word for each in texts)
        if count:
            out += [
                *([gap(2)] if out else []),
                said(f"{sign} {count} {board.words(f'standing.{word}')}", tone),
            ]
    changed = sum(source.is_outdated or source.is_gone for source in calculated)
    for count, key, tone in (
        (len(calculated), "calculated_count", "muted"),
        (measured, "measured_count", "muted"),
        (changed, "outdated_count", "risk"),
    ):
        if count:
            text = board.words(f"kpi.{key}", n=count)
            out += [*([gap(2)] if out else []), said(text, tone)]
    return tuple(out) if columns_of(out) <= width - 12 else ()
