"""The parts of a timeline as SVG; positions are percentages, so that they fit any width unscaled.

On a right-to-left page time runs from the right. The drawing repeats what the text beside it says.
"""

from __future__ import annotations

from lfroadmap.export.markup import NOTHING, Html, fill, joined
from lfroadmap.report.timeline import Lane, Timeline, TimelineMark
from lfroadmap.roadmap.progress import tone_of
from lfroadmap.text import Direction, one_line

_EDGE = 3
"""Percent left free on both sides, so that no mark is cut."""
HEIGHT = 20


def lane(timeline: Timeline, one: Lane, base: Direction) -> Html:
    """One lane: its track, today, and its marks."""
    middle = HEIGHT // 2
    return fill(
        '<svg aria-hidden="true" width="100%" height="{height}">{track}{work}{reach}{waits}{ghosts}'
        '<line class="now" x1="{now}" x2="{now}" y1="0" y2="{height}"/>{marks}</svg>',
        height=HEIGHT,
        track=track(middle),
        work=work(timeline, one, base, middle),
        reach=reach(timeline, one, base, middle),
        waits=waits(timeline, one, base, middle),
        ghosts=joined(
            _ghost(place(timeline.share(day), base), middle) for each in one.marks for day in each.before
        ),
        now=place(timeline.share(timeline.today), base),
        marks=joined(mark(each, place(timeline.share(each.day), base), middle) for each in one.marks),
    )


def track(y: float) -> Html:
    """The track of a lane."""
    return fill('<line class="track" x1="0" x2="100%" y1="{y:g}" y2="{y:g}"/>', y=y)


def work(timeline: Timeline, one: Lane, base: Direction, y: float) -> Html:
    """The bars from the first days to the deadlines, each with what is done of it."""
    return joined(_bar(timeline, mark, base, y) for mark in one.marks if mark.start)


def _bar(timeline: Timeline, mark: TimelineMark, base: Direction, y: float) -> Html:
    start, end = timeline.share(mark.start or mark.day), timeline.share(mark.day)
    done = start + (end - start) * mark.share
    template = '<line class="work{kind}" x1="{x1}" x2="{x2}" y1="{y:g}" y2="{y:g}"/>'
    whole = fill(template, kind="", x1=place(start, base), x2=place(end, base), y=y)
    if not mark.share:
        return whole
    kind = f" {tone_of(mark.share * 100)}"
    return joined((whole, fill(template, kind=kind, x1=place(start, base), x2=place(done, base), y=y)))


def reach(timeline: Timeline, one: Lane, base: Direction, y: float) -> Html:
    """The line from today to the only mark of a lane: the time left, or the delay."""
    if len(one.marks) != 1 or (one.marks[0].start and not one.marks[0].late):
        return NOTHING
    now, end = (place(timeline.share(day), base) for day in (timeline.today, one.marks[0].day))
    kind = "late" if one.marks[0].late else "left"
    template = '<line class="reach {kind}" x1="{now}" x2="{end}" y1="{y:g}" y2="{y:g}"/>'
    return fill(template, kind=kind, now=now, end=end, y=y)


def waits(timeline: Timeline, one: Lane, base: Direction, y: float) -> Html:
    """From the day of each lane that this one waits for, which is a stroke, to the begin of its bar."""
    found = (timeline.linked(link) for link in timeline.links if timeline.lanes[link.waiting] is one)
    return joined(_wait(timeline, target, waiting, base, y) for target, waiting in found)


def _wait(timeline: Timeline, target: TimelineMark, waiting: TimelineMark, base: Direction, y: float) -> Html:
    at, begin = (place(timeline.share(day), base) for day in (target.day, waiting.nearest(target.day)))
    kind = "risk" if waiting.begin < target.day else "wait"
    return fill(
        '<g class="{kind}"><title>{name}</title><line x1="{at}" x2="{at}" y1="{top:g}" y2="{low:g}"/>'
        '<line x1="{at}" x2="{begin}" y1="{y:g}" y2="{y:g}"/></g>',
        kind=kind,
        name=one_line(target.label),
        at=at,
        begin=begin,
        top=y - 8,
        low=y + 8,
        y=y,
    )


def mark(one: TimelineMark, x: str, y: float) -> Html:
    """A diamond on a lane with its name and day as a tooltip."""
    return fill(
        '<svg x="{x}" y="{y:g}" overflow="visible"><title>{name}</title>'
        '<path class="{tone}" d="M0-7l7 7-7 7-7-7z"/></svg>',
        x=x,
        y=y,
        name=one_line(f"{one.label} · {one.text}"),
        tone=one.tone,
    )


def _ghost(x: str, y: float) -> Html:
    """A diamond in outline: a day that it was due on before."""
    return fill(
        '<svg x="{x}" y="{y:g}" overflow="visible"><path class="ghost" d="M0-6l6 6-6 6-6-6z"/></svg>',
        x=x,
        y=y,
    )


def scale(timeline: Timeline, base: Direction) -> Html:
    """The labelled months, over a line with the label of today."""
    return fill(
        '<svg class="scale" aria-hidden="true" width="100%" height="40" direction="{base}">'
        "{months}{today}</svg>",
        base=base,
        months=months(timeline, base, 12),
        today=today(timeline, base, 34),
    )


def months(timeline: Timeline, base: Direction, y: float) -> Html:
    """The labelled months, each at its start."""
    return joined(
        fill('<text x="{x}" y="{y:g}">{name}</text>', x=place(share, base), y=y, name=name)
        for share, name in timeline.ticks()
    )


def today(timeline: Timeline, base: Direction, y: float) -> Html:
    """The label of today, over or under its line."""
    share = timeline.share(timeline.today)
    return fill(
        '<text class="now" x="{x}" y="{y:g}" text-anchor="{anchor}">{name}</text>',
        x=place(share, base),
        y=y,
        anchor=_anchor(share),
        name=timeline.now,
    )


def place(share: float, base: Direction) -> str:
    """The position of a share of the time, in percent."""
    physical = 1 - share if base == "rtl" else share
    return f"{_EDGE + physical * (100 - 2 * _EDGE):.2f}%"


def _anchor(share: float) -> str:
    """The text anchor, so that a text at the ends stays inside; `start` depends on the direction."""
    return "start" if share < 0.1 else "end" if share > 0.9 else "middle"
