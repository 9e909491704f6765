"""The legend of a timeline's picture: of the signs and bars that are in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lfroadmap.export.markup import Html, fill
from lfroadmap.export.picture_colors import stroked
from lfroadmap.export.picture_parts import MARGIN, SIZES, WIDTH, ghost, sign, text, x_of
from lfroadmap.export.picture_text import width_of
from lfroadmap.report.formatting import HEALTH_TONES
from lfroadmap.report.timeline import Timeline
from lfroadmap.roadmap.health import WORST_FIRST
from lfroadmap.text import Direction
from lfroadmap.words import Words

LINE = 24
"""Height of a line of the legend."""
_SAMPLE, _GAP = 26, 22
"""Width of a sample with the blank behind it, and between two entries."""
_Entry = tuple[str, Callable[[float, float], Html]]
"""A text, and the drawing of its sample around a place."""


def legend(timeline: Timeline, words: Words, top: float, base: Direction) -> tuple[list[Html], float]:
    """The legend from `top` on, and its end."""
    out: list[Html] = []
    start, y = float(MARGIN), top + LINE / 2
    for name, draw in _entries(timeline, words, base):
        size = _SAMPLE + width_of(name, SIZES["muted"])
        if start > MARGIN and start + size > WIDTH - MARGIN:
            start, y = float(MARGIN), y + LINE
        out += [
            draw(round(x_of(start + 9, base), 1), y),
            text(name, start + _SAMPLE, y + 4.5, base, "muted"),
        ]
        start += size + _GAP
    return out, y + LINE / 2


def _entries(timeline: Timeline, words: Words, base: Direction) -> Iterator[_Entry]:
    marks = tuple(timeline.marks())
    for health in WORST_FIRST:
        if any(mark.health == health for mark in marks):
            tone = HEALTH_TONES[health]
            yield words(f"health.{health}"), lambda x, y, h=health, t=tone: sign(h, t, x, y)  # type: ignore[misc]
    if any(mark.start for mark in marks):
        yield words("picture.work"), lambda x, y: _bar(x, y, base)
    if any(mark.before for mark in marks):
        yield words("picture.before"), ghost
    yield words("picture.today", day=words.day(timeline.today)), _today


def _bar(x: float, y: float, base: Direction) -> Html:
    """A bar of which the half where reading begins is done."""
    half = -10 if base == "rtl" else 10
    return fill(
        '<path {whole} d="M{left:g} {y:g}h20"/><path {done} d="M{begin:g} {y:g}h{half:g}"/>',
        whole=stroked("track", 8),
        done=stroked("half", 8),
        left=x - 10,
        begin=x - half,
        half=half,
        y=y,
    )


def _today(x: float, y: float) -> Html:
    return fill(
        '<path {pen} stroke-dasharray="4 3" d="M{x:g} {top:g}v18"/>',
        pen=stroked("accent", 1.5),
        x=x,
        top=y - 9,
    )
