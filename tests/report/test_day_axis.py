"""A part of the time in columns: any days, at any width and scale."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.report.charts.day_axis import SCALES, DayAxis, Scale
from lfroadmap.report.charts.lanes import Span
from lfroadmap.report.charts.wires import Wire
from lfroadmap.roadmap.weeks import SUNDAY
from lfroadmap.words import words

MONTHS = tuple(words("en")("date.months").split())
scales = st.sampled_from(SCALES)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
columns = st.integers(-300, 300)
axes = st.builds(lambda s, day, width: DayAxis(s, day.toordinal(), width), scales, days, st.integers(1, 200))


@given(axes, days, st.tuples(columns, columns), columns, st.booleans())
def test_any_time_is_drawn_within_its_width(
    axis: DayAxis, today: date, ends: tuple[int, int], wire: int, late: bool
) -> None:
    start, end = min(ends), max(ends)
    span = Span(end, "●", "accent", start, 0.5, is_late=late, ghosts=(start,))
    wires = [Wire(wire, "muted"), Wire(wire, "muted", (start, end), from_above=late)]
    lane = axis.lane(span, today, SUNDAY, wires)
    assert sum(len(mark.text) for mark in lane) == axis.width
    assert any(sign in mark.text for mark in lane for sign in "●‹›")
    for labels in axis.heads(MONTHS, today, SUNDAY):
        free = 0
        for label in labels:
            assert label.column >= free
            free = label.column + len(label.text)
        assert free <= axis.width


@given(axes, st.integers(-100, 100), days)
def test_the_time_is_scrolled_and_moved_without_leaving_the_calendar(
    axis: DayAxis, by: int, day: date
) -> None:
    for moved in (axis.moved(by), axis.around(day), axis.around(day, 0.0), axis.around(day, 1.0)):
        assert 1 <= moved.first <= date.max.toordinal()
        assert date.min <= moved.middle <= date.max
    if 400 < day.toordinal() < date.max.toordinal() - 4000:
        assert 0 <= axis.around(day).column(day) < axis.width + 3


@pytest.mark.parametrize("scale", SCALES)
def test_a_column_says_which_day_it_is(scale: Scale) -> None:
    axis = DayAxis(scale, date(2026, 3, 1).toordinal() // 4 * 4, 100)
    for at in range(0, 100, 7):
        assert axis.ordinal(axis.begin(date.fromordinal(axis.ordinal(at)))) == axis.ordinal(at)


@pytest.mark.parametrize(("from_above", "joint"), [(True, "┴"), (False, "┬")])
def test_a_line_meets_the_bar_that_lies_in_its_way(from_above: bool, joint: str) -> None:
    axis = DayAxis("days", date(2026, 3, 1).toordinal(), 60)
    span = Span(50, "●", "accent", 5)
    wire = Wire(20, "risk", (5, 50), from_above=from_above)
    drawn = "".join(mark.text for mark in axis.lane(span, date(2025, 1, 1), SUNDAY, [wire]))
    assert drawn[20] == joint and drawn[50] == "●" and drawn.count(joint) == 1
