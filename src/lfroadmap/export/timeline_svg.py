"""The parts of a timeline as SVG; positions are percentages, so that they fit any width unscaled.

On a right-to-left page time runs from the right. The drawing repeats what the text beside it says.
"""

from __future__ import annotations

from html import escape

from lfroadmap.report.timeline import Lane, Timeline, TimelineMark
from lfroadmap.text import Direction, one_line

_EDGE = 3
"""Percent left free on both sides, so that no mark is cut."""
HEIGHT = 20


def lane(timeline: Timeline, one: Lane, base: Direction) -> str:
    """One lane: its track, today, and its marks."""
    marks = "".join(mark(each, place(timeline.share(each.day), base), HEIGHT // 2) for each in one.marks)
    now = place(timeline.share(timeline.today), base)
    way = reach(timeline, one, base, HEIGHT // 2)
    return (
        f'<svg aria-hidden="true" width="100%" height="{HEIGHT}">'
        f"{track(HEIGHT // 2)}{way}"
        f'<line class="now" x1="{now}" x2="{now}" y1="0" y2="{HEIGHT}"/>{marks}</svg>'
    )


def track(y: float) -> str:
    """The track of a lane."""
    return f'<line class="track" x1="0" x2="100%" y1="{y:g}" y2="{y:g}"/>'


def reach(timeline: Timeline, one: Lane, base: Direction, y: float) -> str:
    """The line from today to the only mark of a lane: the time left, or the delay."""
    if len(one.marks) != 1:
        return ""
    ends = (place(timeline.share(day), base) for day in (timeline.today, one.marks[0].day))
    kind = "red" if one.marks[0].late else "left"
    return f'<line class="reach {kind}" x1="{next(ends)}" x2="{next(ends)}" y1="{y:g}" y2="{y:g}"/>'


def mark(one: TimelineMark, x: str, y: float) -> str:
    """A diamond on a lane with its name and day as a tooltip."""
    name = escape(one_line(f"{one.label} · {one.text}"))
    return (
        f'<svg x="{x}" y="{y:g}" overflow="visible"><title>{name}</title>'
        f'<path class="{one.tone or "plain"}" d="M0-7l7 7-7 7-7-7z"/></svg>'
    )


def scale(timeline: Timeline, base: Direction) -> str:
    """The labelled months, over a line with the label of today."""
    return (
        f'<svg class="scale" aria-hidden="true" width="100%" height="40" direction="{base}">'
        f"{months(timeline, base, 12)}{today(timeline, base, 34)}</svg>"
    )


def months(timeline: Timeline, base: Direction, y: float) -> str:
    """The labelled months, each at its start."""
    return "".join(
        f'<text x="{place(share, base)}" y="{y:g}">{name}</text>' for share, name in timeline.ticks()
    )


def today(timeline: Timeline, base: Direction, y: float) -> str:
    """The label of today, over or under its line."""
    share = timeline.share(timeline.today)
    name = escape(timeline.now)
    return (
        f'<text class="now" x="{place(share, base)}" y="{y:g}" text-anchor="{_anchor(share)}">{name}</text>'
    )


def place(share: float, base: Direction) -> str:
    """The position of a share of the time, in percent."""
    physical = 1 - share if base == "rtl" else share
    return f"{_EDGE + physical * (100 - 2 * _EDGE):.2f}%"


def _anchor(share: float) -> str:
    """The text anchor, so that a text at the ends stays inside; `start` depends on the direction."""
    return "start" if share < 0.1 else "end" if share > 0.9 else "middle"
