"""The parts of a picture that stands alone: texts, and a timeline, placed in pixels.

Nothing is nested and nothing is a percentage, since programs differ in both. In a right-to-left picture all
is mirrored: `start` is a distance from the side on which reading begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from lfroadmap.export.markup import NOTHING, Html, fill, joined
from lfroadmap.export.picture_colors import Ink, filled, outlined, stroked
from lfroadmap.export.picture_text import in_order, width_of
from lfroadmap.report.palette import ToneName
from lfroadmap.report.timeline import Timeline, TimelineMark
from lfroadmap.roadmap.health import Health
from lfroadmap.roadmap.progress import tone_of
from lfroadmap.text import Direction, arrow, one_line

WIDTH = 1080
MARGIN = 24
TextKind = Literal["title", "part", "plain", "muted", "now"]
SIZES: Final[dict[TextKind, float]] = {"title": 22, "part": 15, "plain": 15, "muted": 13, "now": 13}
_INKS: Final[dict[TextKind, Ink]] = {"muted": "muted", "now": "accent"}
_BOLD: Final = ("title", "part")
_TICK = 92
"""Pixels that the name of a month takes."""
_GRID = 36
"""Most lines of months."""
_EDGE = 12
"""Pixels left free at both ends of the time, so that no mark is cut."""


def x_of(start: float, base: Direction) -> float:
    """The place from the left of a distance from the start of reading."""
    return WIDTH - start if base == "rtl" else start


def text(
    line: str, start: float, y: float, base: Direction, kind: TextKind = "plain", *, whole: str = ""
) -> Html:
    """A line of text that begins at `start`; `whole` is the text that it was cut from."""
    cut = bool(whole) and one_line(whole) != line
    return fill(
        '<text {ink} font-size="{size:g}"{weight} x="{x:g}" y="{y:g}"{anchor}>{line}{tip}</text>',
        ink=filled(_INKS.get(kind, "text")),
        size=SIZES[kind],
        weight=fill(' font-weight="600"') if kind in _BOLD else NOTHING,
        x=round(x_of(start, base), 1),
        y=y,
        anchor=fill(' text-anchor="end"') if base == "rtl" else NOTHING,
        line=in_order(one_line(line), base),
        tip=fill("<title>{whole}</title>", whole=one_line(whole)) if cut else NOTHING,
    )


class Axis(NamedTuple):
    """The time of a timeline in the width of a picture."""

    timeline: Timeline
    start: float
    """Distance of its begin from the start of reading."""
    width: float
    base: Direction

    def at(self, share: float) -> float:
        """The place of a share of the time, from the left."""
        inner = self.start + _EDGE + share * (self.width - 2 * _EDGE)
        return round(x_of(inner, self.base), 1)

    def grid(self, top: float, bottom: float) -> Iterator[Html]:
        """A line at the begin of each month, the names of some over them, and today."""
        for share, _ in self.timeline.ticks(_GRID):
            yield _line(self.at(share), top, self.at(share), bottom, stroked("grid"))
        end = self.start + self.width
        for share, name in self.timeline.named_ticks(int(self.width // _TICK)):
            begin = self.start + _EDGE + share * (self.width - 2 * _EDGE)
            if begin + width_of(name, SIZES["muted"]) <= end:
                yield text(name, begin, top - 8, self.base, "muted")

    def today(self, top: float, bottom: float) -> Iterator[Html]:
        """A dashed line, with the word over it and over the months."""
        share = self.timeline.share(self.timeline.today)
        x, size = self.at(share), width_of(self.timeline.now, SIZES["now"])
        dashed = joined((stroked("accent", 1.5), fill(' stroke-dasharray="4 3"')))
        yield _line(x, top - 24, x, bottom, dashed)
        begin = self.start + _EDGE + share * (self.width - 2 * _EDGE) - size / 2
        begin = max(self.start, min(begin, self.start + self.width - size))
        yield text(self.timeline.now, begin, top - 28, self.base, "now")

    def lane(self, marks: Iterable[TimelineMark], y: float) -> Iterator[Html]:
        """The track of a lane with its bars, what was due before, and its marks."""
        ends = (x_of(self.start, self.base), x_of(self.start + self.width, self.base))
        yield _line(ends[0], y, ends[1], y, stroked("grid"))
        marks = tuple(marks)
        yield from (part for mark in marks for part in self._bar(mark, y))
        if len(marks) == 1:
            yield from self._reach(marks[0], y)
        for mark in marks:
            yield from self._ghosts(mark, y)
        yield from (self._mark(mark, y) for mark in marks)

    def _bar(self, mark: TimelineMark, y: float) -> Iterator[Html]:
        """From the first day to the deadline, with what is done of it."""
        if mark.start is None:
            return
        begin, end = self.timeline.share(mark.start), self.timeline.share(mark.day)
        yield self._stretch(begin, end, y, stroked("track", 8))
        if mark.share:
            done = begin + (end - begin) * mark.share
            yield self._stretch(begin, done, y, stroked(tone_of(mark.share * 100), 8))

    def _reach(self, mark: TimelineMark, y: float) -> Iterator[Html]:
        """From today to the only mark of a lane: the time left, or the delay."""
        if mark.health == "done" or (mark.start and not mark.late):
            return
        now, end = self.timeline.share(self.timeline.today), self.timeline.share(mark.day)
        yield self._stretch(now, end, y, stroked("late" if mark.late else "line", 3))

    def link(self, target: TimelineMark, waiting: TimelineMark, above: float, below: float) -> Html:
        """From the mark of what is waited for to the begin of what waits, with the head of an arrow."""
        tone: ToneName = "risk" if waiting.begin < target.day else "muted"
        x, end = (
            self.at(self.timeline.share(target.day)),
            self.at(self.timeline.share(waiting.nearest(target.day))),
        )
        back = -1 if end > x else 1
        tip = f"{target.label} {arrow(target.label, waiting.label, self.base)} {waiting.label}"
        return fill(
            '<path {pen} d="{way}"><title>{tip}</title></path>',
            pen=stroked(tone, 1.5),
            way=f"M{x:g} {above + (9 if below > above else -9):g}V{below:g}H{end + 11 * back:g}"
            f"m{5 * back:g} -4l{-5 * back:g} 4l{5 * back:g} 4",
            tip=one_line(tip),
        )

    def _stretch(self, begin: float, end: float, y: float, pen: Html) -> Html:
        return _line(self.at(begin), y, self.at(end), y, pen)

    def _ghosts(self, mark: TimelineMark, y: float) -> Iterator[Html]:
        for day in mark.before:
            yield ghost(self.at(self.timeline.share(day)), y, tip=f"{mark.label} · {day.isoformat()}")

    def _mark(self, mark: TimelineMark, y: float) -> Html:
        tip = fill("<title>{name}</title>", name=one_line(f"{mark.label} · {mark.text}"))
        return sign(mark.health, mark.tone, self.at(self.timeline.share(mark.day)), y, tip)


def sign(health: Health, tone: ToneName, x: float, y: float, tip: Html = NOTHING) -> Html:
    """A mark of a health: a triangle, a square, a disc, or a disc with a check."""
    shapes: dict[Health, str] = {
        "late": f"M{x:g} {y - 8:g}l8 14h-16z",
        "at_risk": f"M{x - 6:g} {y - 6:g}h12v12h-12z",
    }
    if health in shapes:
        return fill('<path {ink} d="{shape}">{tip}</path>', ink=filled(tone), shape=shapes[health], tip=tip)
    disc = fill(
        '<circle {ink} cx="{x:g}" cy="{y:g}" r="7">{tip}</circle>', ink=filled(tone), x=x, y=y, tip=tip
    )
    if health != "done":
        return disc
    check = fill('<path {pen} d="{shape}"/>', pen=stroked("page", 2), shape=f"M{x - 3.5:g} {y:g}l2.5 3 4.5-6")
    return joined((disc, check))


def ghost(x: float, y: float, tip: str = "") -> Html:
    """A diamond in outline: a day that something was due on before."""
    inner = fill("<title>{tip}</title>", tip=one_line(tip)) if tip else NOTHING
    shape = f"M{x:g} {y - 6:g}l6 6-6 6-6-6z"
    return fill(
        '<path {pen} d="{shape}">{inner}</path>', pen=outlined("muted", 1.5), shape=shape, inner=inner
    )


def _line(x1: float, y1: float, x2: float, y2: float, pen: Html) -> Html:
    return fill(
        '<line {pen} x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>', pen=pen, x1=x1, y1=y1, x2=x2, y2=y2
    )
