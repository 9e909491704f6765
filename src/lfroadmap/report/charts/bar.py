"""Bars: a share of work done, and the way of a KPI from its baseline to its target."""

from __future__ import annotations

from lfroadmap.report.charts.marks import Mark, Marks
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.progress import Standing, tone_of

FULL, JOINT, REST, KNOB = "━", "╾", "─", "●"


def bar(share: float, width: int, tone: ToneName) -> Marks:
    """A share, 0.0 to 1.0: heavy for what is done, light for the rest, so that it needs no color.

    It is never rounded up to full, and a share above 0 shows a mark.
    """
    full = width if share >= 1 else min(max(int(share * width + 1e-9), int(share > 0)), width - 1)
    joint = 1 if 0 < share < 1 and width > 0 else 0
    rest = width - full - joint
    marks = (Mark(FULL * full, tone), Mark(JOINT * joint, tone), Mark(REST * rest, "border"))
    return tuple(mark for mark in marks if mark.text)


def way(share: float, width: int, tone: ToneName) -> Marks:
    """A knob on the way from the baseline to the target; at the end only where that is reached."""
    last = width - 1
    at = last if share >= 1 else max(min(round(share * last), last - 1), 0)
    marks = (Mark(FULL * at, tone), Mark(KNOB, tone), Mark(REST * (last - at), "border"))
    return tuple(mark for mark in marks if mark.text)


def kpi_way(standing: Standing, width: int) -> Marks:
    """The way of a KPI by its standing; an empty one where it has no share of the way."""
    if standing.percent is None:
        return (Mark(REST * width, "border"),)
    tone: ToneName = "low" if standing.word == "worse" else tone_of(standing.percent)
    return way(standing.percent / 100, width, tone)
