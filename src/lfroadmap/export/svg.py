"""The timeline and the calculators as a standalone picture, for slides and documents.

It is in light or dark colours as its viewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lfroadmap.bidi.cutting import cut
from lfroadmap.export.bidi_markup import direction_runs
from lfroadmap.export.context import ExportContext
from lfroadmap.export.markup import NOTHING, Html, escaped, fill, joined, lines, style_sheet
from lfroadmap.export.page_colors import picture_colors
from lfroadmap.export.timeline_svg import mark, months, place, reach, today, track, work
from lfroadmap.report.bars import BarRow, Bars
from lfroadmap.report.deadlines import timeline
from lfroadmap.report.timeline import Lane, Timeline
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import Direction, one_line

WIDTH = 960
_NAMES = 264
"""Width of the column of names."""
_NOTES = 230
_MARGIN = 24
_TOP = 108
_LANE = 30
_MAX_NAME = 34
"""Maximal number of letters of a name; a longer one is cut, and complete in its tooltip."""

_STYLE = """
svg{font:15px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans Hebrew","Noto Sans",Arial,sans-serif}
text{fill:var(--text)}.page{fill:var(--page)}.title{font-size:22px;font-weight:600}
text.muted,.months text{fill:var(--muted);font-size:13px}
.track{stroke:var(--line)}.reach{stroke-width:3}.left{stroke:var(--muted)}
.work{stroke:var(--track);stroke-width:8}.work.low{stroke:var(--low)}
.work.half{stroke:var(--half)}.work.high{stroke:var(--high)}
line.now{stroke:var(--accent);stroke-width:1.5;stroke-dasharray:4 3}
text.now{fill:var(--accent);font-size:13px}
path.late{fill:var(--late)}line.late{stroke:var(--late)}.risk{fill:var(--risk)}.done{fill:var(--done)}
path.accent{fill:var(--accent)}path.muted{fill:var(--muted)}
rect.track{fill:var(--track)}rect.accent{fill:var(--fill)}rect.risk{fill:var(--risk)}rect.late{fill:var(--late)}
rect.done{fill:var(--done)}text.part{font-weight:600}
"""


def picture(context: ExportContext) -> Html:
    """The whole file; a roadmap without deadlines gives a picture that says so."""
    words, base = context.words, context.words.direction
    title = Labels(context.roadmap.template, words.language).of(context.roadmap)
    line = timeline(context.roadmap, words, context.today, context.thresholds.risk_days, context.activity)
    lanes = line.lanes if line else ()
    end = _TOP + _LANE * max(1, len(lanes)) + _MARGIN
    charts = _charts(context)
    height = end + sum(_LANE * (len(bars.rows) + 1) + _MARGIN for _, bars in charts)
    none = _text(words("report.no_deadlines"), 0, _TOP, base, "muted")
    body = _body(line, base, end) if line else [none]
    day = f"{words('report.as_of')} {words.day(context.today)}"
    head = [_text(title, 0, 48, base, "title"), _text(day, 0, 72, base, "muted")]
    return fill(
        _PICTURE,
        width=WIDTH,
        height=height,
        base=base,
        name=one_line(f"{title}: {words('report.timeline')}"),
        description="; ".join(one_line(text) for text in (*_lane_texts(lanes), *_bar_texts(charts))),
        style=style_sheet(picture_colors() + _STYLE),
        drawing=lines([*head, *body, *_bars(charts, end, base)]),
    )


_PICTURE: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" \
viewBox="0 0 {width} {height}" direction="{base}" role="img" aria-labelledby="t d">
<title id="t">{name}</title>
<desc id="d">{description}</desc>
<style>{style}</style>
<rect class="page" width="100%" height="100%"/>
{drawing}
</svg>
"""


def _body(line: Timeline, base: Direction, height: int) -> Iterator[Html]:
    """The names, the notes, and the lanes between them in a nested picture."""
    width = WIDTH - 2 * _MARGIN - _NAMES - _NOTES
    left = _MARGIN + (_NOTES if base == "rtl" else _NAMES)
    now = place(line.share(line.today), base)
    frame = '<svg x="{left}" width="{width}" height="{height}" overflow="visible">'
    yield fill(frame, left=left, width=width, height=height)
    yield fill('<g class="months">{months}</g>', months=months(line, base, _TOP - 14))
    yield today(line, base, height - 10)
    yield fill(
        '<line class="now" x1="{now}" x2="{now}" y1="{top}" y2="{bottom}"/>',
        now=now,
        top=_TOP - 6,
        bottom=height - _MARGIN,
    )
    for n, lane in enumerate(line.lanes):
        y = _TOP + _LANE * (n + 0.5)
        marks = joined(mark(one, place(line.share(one.day), base), y) for one in lane.marks)
        yield joined((track(y), work(line, lane, base, y), reach(line, lane, base, y), marks))
    yield fill("</svg>")
    yield from _names(line.lanes, base)


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


def _lane_texts(lanes: tuple[Lane, ...]) -> Iterator[str]:
    return (f"{lane.label}: {lane.note}" for lane in lanes)


def _bar_texts(charts: list[tuple[str, Bars]]) -> Iterator[str]:
    return (f"{row.name}: {_figures(bars, row)}" for _, bars in charts for row in bars.rows)


def _figures(bars: Bars, row: BarRow) -> str:
    """The first figure of a row and its rate, with their headings."""
    named = list(zip(bars.heads[1:], row.figures, strict=True))
    rates = [pair for pair in named[1:] if pair[1].endswith("%")]
    return " · ".join(f"{head}: {figure}" for head, figure in (*named[:1], *rates[:1]))


def _bars(charts: list[tuple[str, Bars]], top: float, base: Direction) -> Iterator[Html]:
    """A title and the bars of each calculator, one below the other."""
    for title, bars in charts:
        yield _text(title, 0, top + _LANE / 2, base, "part")
        for row in bars.rows:
            top += _LANE
            yield _text(row.name, 0, top + _LANE / 2 + 5, base)
            yield _text(
                _figures(bars, row), WIDTH - 2 * _MARGIN - _NOTES + 16, top + _LANE / 2 + 5, base, "muted"
            )
            yield _bar(row, top + _LANE / 2 - 4, base)
        top += _LANE + _MARGIN


def _bar(row: BarRow, y: float, base: Direction) -> Html:
    width = WIDTH - 2 * _MARGIN - _NAMES - _NOTES
    left = _MARGIN + (_NOTES if base == "rtl" else _NAMES)
    share = width * min(max(row.share, 0.0), 1.0)
    return fill(
        '<rect class="track" x="{left}" y="{y:g}" width="{width}" height="8"/>'
        '<rect class="{tone}" x="{x:.1f}" y="{y:g}" width="{share:.1f}" height="8"/>',
        left=left,
        y=y,
        width=width,
        tone=row.tone,
        x=left + (width - share if base == "rtl" else 0),
        share=share,
    )


def _names(lanes: tuple[Lane, ...], base: Direction) -> Iterator[Html]:
    for n, lane in enumerate(lanes):
        y = _TOP + _LANE * (n + 0.5) + 5
        yield _text(lane.label, 0, y, base)
        yield _text(lane.note, WIDTH - 2 * _MARGIN - _NOTES + 16, y, base, "muted")


def _text(text: str, start: float, y: float, base: Direction, kind: str = "") -> Html:
    """A line at the distance `start` from the start of the page, in its own direction."""
    whole = one_line(text)
    shown = whole if kind else cut(whole, _MAX_NAME)
    way, parts = direction_runs(shown, base)
    apart = '<tspan direction="ltr" unicode-bidi="isolate">{text}</tspan>'
    return fill(
        '<text{style} x="{x:g}" y="{y:g}" direction="{way}" text-anchor="{anchor}">{inner}{tip}</text>',
        style=fill(' class="{kind}"', kind=kind) if kind else NOTHING,
        x=WIDTH - _MARGIN - start if base == "rtl" else _MARGIN + start,
        y=y,
        way=way,
        anchor="start" if way == base else "end",
        inner=joined(fill(apart, text=part.text) if part.apart else escaped(part.text) for part in parts),
        tip=NOTHING if shown == whole else fill("<title>{whole}</title>", whole=whole),
    )
