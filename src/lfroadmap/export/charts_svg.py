"""Burn-ups, sparklines and bars as SVG; the drawings repeat what the text beside them says.

On a right-to-left page time runs from the right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lfroadmap.export.markup import NOTHING, Html, fill, joined
from lfroadmap.report.bars import BarRow
from lfroadmap.report.burn_up import BurnUp
from lfroadmap.report.sparkline import Sparkline
from lfroadmap.roadmap.progress import Standing, tone_of
from lfroadmap.text import Direction

WIDTH, HEIGHT = 1000, 260
_SPARK_WIDTH, _SPARK_HEIGHT = 120, 24
_BAR_WIDTH, _BAR_HEIGHT = 1000, 8
_WAY_WIDTH, _WAY_HEIGHT = 120, 10
Point = tuple[float, float]
"""Shares of the width, from the start of the page, and of the height, from the foot."""


def burn_up_svg(node: BurnUp, base: Direction) -> Html:
    """What is done as a filled area up to today, what is due as a line, and how the plan grew as another."""
    first, last = node.span()
    days, total = (last - first).days, node.most
    done = [((day - first).days / days, count / total) for day, count in node.done]
    plan = [((day - first).days / days, count / total) for day, count in node.plan]
    size = [((day - first).days / days, count / total) for day, count in node.planned]
    now = (node.today - first).days / days
    area = [(done[0][0], 0.0), *_steps(done), (now, done[-1][1]), (now, 0.0)]
    return fill(
        '<svg class="burn-up" aria-hidden="true" width="100%" height="{height}" '
        'viewBox="0 0 {width} {height}" preserveAspectRatio="none">'
        '<polygon class="fill" points="{area}"/>{plan}{size}'
        '<line class="now" vector-effect="non-scaling-stroke" x1="{now}" x2="{now}" y1="0" y2="{height}"/>'
        "</svg>",
        width=WIDTH,
        height=HEIGHT,
        area=_points(area, base, WIDTH, HEIGHT),
        plan=_line("plan", [(0.0, 0.0), *_steps(plan), (1.0, plan[-1][1])], base) if plan else NOTHING,
        size=_line("size", [*_steps(size), (now, size[-1][1])], base) if size else NOTHING,
        now=f"{_x(now, base, WIDTH):.1f}",
    )


def spark_svg(node: Sparkline, base: Direction) -> Html:
    """The numbers as a line, and the last of them as a point."""
    numbers = node.numbers
    low, high = min(numbers), max(numbers)
    span = high - low
    last = max(len(numbers) - 1, 1)
    points = [(at / last, (number - low) / span if span else 0.5) for at, number in enumerate(numbers)]
    inner = [(0.04 + 0.92 * x, 0.12 + 0.76 * y) for x, y in points]
    x, y = inner[-1]
    return fill(
        '<svg class="spark" aria-hidden="true" width="{width}" height="{height}">'
        '<polyline points="{points}"/><circle cx="{x}" cy="{y}" r="3"/></svg>',
        width=_SPARK_WIDTH,
        height=_SPARK_HEIGHT,
        points=_points(inner, base, _SPARK_WIDTH, _SPARK_HEIGHT),
        x=f"{_x(x, base, _SPARK_WIDTH):.1f}",
        y=f"{(1 - y) * _SPARK_HEIGHT:.1f}",
    )


def share_svg(row: BarRow, base: Direction) -> Html:
    """The bar of a row, from the start of the page, on its track."""
    share = min(max(row.share, 0.0), 1.0) * _BAR_WIDTH
    return fill(
        '<svg class="share" aria-hidden="true" width="100%" height="{height}" '
        'viewBox="0 0 {width} {height}" preserveAspectRatio="none">'
        '<rect class="track" width="{width}" height="{height}"/>'
        '<rect class="{tone}" x="{x}" width="{share}" height="{height}"/></svg>',
        width=_BAR_WIDTH,
        height=_BAR_HEIGHT,
        tone=row.tone,
        x=f"{_BAR_WIDTH - share if base == 'rtl' else 0:.1f}",
        share=f"{share:.1f}",
    )


def way_svg(standing: Standing, base: Direction) -> Html:
    """The way from the baseline to the target as a track, and the part of it that is gone with its end."""
    share, edge = min(max((standing.percent or 0) / 100, 0.0), 1.0), _WAY_HEIGHT / 2
    start, now = (
        _x(edge / _WAY_WIDTH + each * (1 - _WAY_HEIGHT / _WAY_WIDTH), base, _WAY_WIDTH) for each in (0, share)
    )
    return fill(
        '<svg class="way {tone}" aria-hidden="true" width="{width}" height="{height}">'
        '<path class="track" d="M{edge} {edge}H{last}"/><path d="M{start} {edge}H{now}"/>'
        '<circle cx="{now}" cy="{edge}" r="4"/></svg>',
        tone="low" if standing.word == "worse" else tone_of(standing.percent or 0),
        width=_WAY_WIDTH,
        height=_WAY_HEIGHT,
        edge=f"{edge:.0f}",
        last=f"{_WAY_WIDTH - edge:.0f}",
        start=f"{start:.1f}",
        now=f"{now:.1f}",
    )


def _line(kind: str, points: Sequence[Point], base: Direction) -> Html:
    shown = _points(points, base, WIDTH, HEIGHT)
    return fill(
        '<polyline class="{kind}" vector-effect="non-scaling-stroke" points="{shown}"/>',
        kind=kind,
        shown=shown,
    )


def _steps(points: Sequence[Point]) -> Iterator[Point]:
    """The points as stairs: a number stands until the next one."""
    before: float | None = None
    for x, y in points:
        if before is not None:
            yield x, before
        yield x, y
        before = y


def _points(points: Sequence[Point], base: Direction, width: int, height: int) -> Html:
    return joined(
        fill("{x} {y} ", x=f"{_x(x, base, width):.1f}", y=f"{(1 - y) * height:.1f}") for x, y in points
    )


def _x(share: float, base: Direction, width: int) -> float:
    return (1 - share if base == "rtl" else share) * width
