"""The timeline and the calculators as a standalone picture, for slides and documents.

It is in light colors for every program that draws SVG, and in dark ones for a browser in the dark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lfroadmap.export.context import ExportContext
from lfroadmap.export.markup import Html, fill, lines
from lfroadmap.export.picture_colors import dark_style, filled
from lfroadmap.export.picture_legend import legend
from lfroadmap.export.picture_parts import MARGIN, SIZES, WIDTH, Axis, TextKind, text, x_of
from lfroadmap.export.picture_text import BOLD, wrapped
from lfroadmap.report.bars import BarRow, Bars
from lfroadmap.report.deadlines import left_out, timeline
from lfroadmap.report.timeline import Lane, Timeline
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import Direction, dotted, one_line

_NAMES, _NOTES = 290, 250
"""Widths of the column of names and of that of the days, with the blanks beside the drawing."""
_GAP = 18
_LEVEL = 16
"""How far the names of tasks are inside those of cards."""
_LANE, _PART, _LINE = 30, 36, 19
"""Heights of a row of one line, of a heading, and of each further line."""
_HEAD = 52
"""Height of the names of the months and of today."""
_MOST_LINES = 3
"""Lines of a name or a note; what is longer is cut, and complete in its tooltip."""

_PICTURE: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:g}" \
viewBox="0 0 {width} {height:g}" font-family="{fonts}" role="img" aria-labelledby="t d">
<title id="t">{name}</title>
<desc id="d">{description}</desc>
<style>{style}</style>
<rect {page} width="{width}" height="{height:g}"/>
{drawing}
</svg>
"""
_FONTS: Final = (
    "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans Hebrew','Noto Sans',Arial,"
    "'Liberation Sans','DejaVu Sans',sans-serif"
)


def picture(context: ExportContext) -> Html:
    """The whole file; a roadmap without deadlines gives a picture that says so."""
    words = context.words
    title, owner = Labels(context.roadmap.template, words.language).of(context.roadmap), context.choices.owner
    title = dotted(title, owner, words.direction) if owner else title
    days, by = context.thresholds.risk_days, context.choices.by
    line = timeline(context.roadmap, words, context.today, days, context.activity, by=by)
    charts = _charts(context)
    drawing = _Drawing(words.direction)
    drawing.texts(title, "title")
    drawing.texts(f"{words('report.as_of')} {words.day(context.today)}", "muted")
    if line:
        drawing.timeline(line)
        entries, drawing.end = legend(line, words, drawing.end, words.direction)
        drawing.parts += entries
        if rest := left_out(context.roadmap):
            drawing.end += 6
            drawing.texts(words.plural("report.tasks_left_out", rest), "muted")
    else:
        drawing.texts(words("report.no_deadlines"), "muted")
    for name, bars in charts:
        drawing.bars(name, bars)
    return fill(
        _PICTURE,
        width=WIDTH,
        height=round(drawing.end + MARGIN),
        fonts=_FONTS,
        name=one_line(f"{title}: {words('report.timeline')}"),
        description="; ".join(
            one_line(each) for each in (*_lane_texts(line.lanes if line else ()), *_bar_texts(charts))
        ),
        style=dark_style(),
        page=filled("page"),
        drawing=lines(drawing.parts),
    )


class _Drawing:
    """Places one part below the other."""

    def __init__(self, base: Direction) -> None:
        self.base = base
        self.parts: list[Html] = []
        self.end = float(MARGIN)
        """The end of what is placed, from the top."""
        self.start = MARGIN + _NAMES
        """Begin of the drawings between the names and the notes."""
        self.width = WIDTH - 2 * MARGIN - _NAMES - _NOTES

    def texts(self, whole: str, kind: TextKind) -> None:
        """A text over the whole width."""
        room = (WIDTH - 2 * MARGIN) / BOLD
        self.end += self.column(whole, MARGIN, self.end, room, kind) + 6

    def column(self, whole: str, start: float, top: float, width: float, kind: TextKind) -> float:
        """A text in lines from `top` on; returns their height."""
        size = SIZES[kind]
        room = wrapped(whole, width, size, _MOST_LINES)
        height = max(_LINE, size * 1.3)
        for n, line in enumerate(room):
            y = round(top + n * height + size, 1)
            cut = whole if n + 1 == len(room) and line.endswith("…") else ""
            self.parts.append(text(line, start, y, self.base, kind, whole=cut))
        return height * len(room)

    def timeline(self, line: Timeline) -> None:
        """The lanes, by stage where they are of cards, over a grid of months."""
        axis = Axis(line, self.start, self.width, self.base)
        top = self.end = self.end + _HEAD
        rows, self.parts = self.parts, []
        group, middles = "", []
        for lane in line.lanes:
            if lane.group and lane.group != group:
                group = lane.group
                room = (_NAMES - _GAP) / BOLD
                self.end += 12
                self.end += self.column(group, MARGIN, self.end, room, "part") + 6
            y = self.row(lane.label, lane.note, _LEVEL * lane.level)
            middles.append(y)
            self.parts += axis.lane(lane.marks, y)
        for link in line.links:
            self.parts.append(axis.link(*line.linked(link), middles[link.target], middles[link.waiting]))
        bottom = self.end
        grid = [*axis.grid(top, bottom), *axis.today(top, bottom)]
        self.parts = [*rows, *grid, *self.parts]
        self.end += 14

    def row(self, name: str, note: str, inside: float = 0) -> float:
        """A name, so far inside, and a note at the ends of a row; returns the middle of the row."""
        top = self.end + 6
        notes = self.start + self.width + _GAP
        first = self.column(name, MARGIN + inside, top, _NAMES - _GAP - inside, "plain")
        second = self.column(note, notes, top + 1.5, _NOTES - _GAP, "muted")
        self.end = max(self.end + _LANE, top + max(first, second) + 5)
        return round(top + SIZES["plain"] * 0.65, 1)

    def bars(self, name: str, bars: Bars) -> None:
        """The bars of a calculator under its title."""
        self.end += MARGIN
        self.texts(name, "part")
        for each in bars.rows:
            y = self.row(each.name, _figures(bars, each))
            share = self.width * min(max(each.share, 0.0), 1.0)
            self.parts += [self.box(self.width, y, filled("track")), self.box(share, y, filled(each.tone))]

    def box(self, width: float, y: float, ink: Html) -> Html:
        """A bar from the start of the drawings on."""
        left = x_of(self.start + width, self.base) if self.base == "rtl" else self.start
        return fill(
            '<rect {ink} x="{x:g}" y="{y:g}" width="{width:g}" height="8"/>',
            ink=ink,
            x=round(left, 1),
            y=round(y - 4, 1),
            width=round(width, 1),
        )


def _charts(context: ExportContext) -> list[tuple[str, Bars]]:
    """The titles of the calculators, and the first bars of what follows from each."""
    cards = [card for stage in context.roadmap.stages for card in stage.cards if card.calculators]
    if not cards:
        return []
    from lfroadmap.report.calculators.card_report import first_bars  # noqa: PLC0415 - most have none

    labels = Labels(context.roadmap.template, context.words.language)
    every = (
        (labels.of(each), first_bars(each, labels, context.words))
        for card in cards
        for each in card.calculators
    )
    return [(title, bars) for title, bars in every if bars]


def _lane_texts(lanes: Sequence[Lane]) -> Iterator[str]:
    return (f"{lane.label}: {lane.note}" for lane in lanes)


def _bar_texts(charts: list[tuple[str, Bars]]) -> Iterator[str]:
    return (f"{row.name}: {_figures(bars, row)}" for _, bars in charts for row in bars.rows)


def _figures(bars: Bars, row: BarRow) -> str:
    """The first figure of a row and its rate, with their headings."""
    named = list(zip(bars.heads[1:], row.figures, strict=True))
    rates = [pair for pair in named[1:] if pair[1].endswith("%")]
    return " · ".join(f"{head}: {figure}" for head, figure in (*named[:1], *rates[:1]))
