"""Charts as lines of marks: bars, ways, sparklines, columns and lanes."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from lfroadmap.bidi.printing import visual_lines
from lfroadmap.report.charts.bar import bar, kpi_way, way
from lfroadmap.report.charts.columns import Columns, labelled, sampled
from lfroadmap.report.charts.lanes import Axis, Bar, month_line
from lfroadmap.report.charts.marks import Mark, Marks, in_ascii, joined, mirrored
from lfroadmap.report.charts.spark import STEPS, spark
from lfroadmap.report.drawing import Drawing
from lfroadmap.roadmap.progress import Standing

shares = st.floats(0, 1)
widths = st.integers(1, 60)


def text(marks: Marks) -> str:
    return "".join(mark.text for mark in marks)


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (0, "────────"), (0.01, "━╾──────"), (0.25, "━━╾─────"), (0.84, "━━━━━━╾─"), (0.999, "━━━━━━━╾"),
        (1, "━━━━━━━━"),
    ],
)  # fmt: skip
def test_a_bar_is_heavy_for_what_is_done_and_mirrored_from_the_right(share: float, drawn: str) -> None:
    marks = bar(share, 8, "half")
    assert text(marks) == drawn
    assert {mark.tone for mark in marks} <= {"half", "border"}
    assert mirrored(drawn) == drawn[::-1].replace("╾", "╼")


@given(shares, widths)
def test_no_bar_is_rounded_up_to_full_and_none_above_nothing_is_empty(share: float, width: int) -> None:
    drawn = text(bar(share, width, "low"))
    assert len(drawn) == width
    assert (set(drawn) == {"━"}) == (share == 1)
    assert (set(drawn) == {"─"}) == (share == 0)


@pytest.mark.parametrize(
    ("share", "drawn"), [(0, "●───────"), (0.5, "━━━━●───"), (0.99, "━━━━━━●─"), (1, "━━━━━━━●")]
)
def test_a_knob_is_at_the_target_only_where_that_is_reached(share: float, drawn: str) -> None:
    assert text(way(share, 8, "high")) == drawn


def test_a_kpi_that_moves_away_stands_at_its_baseline_and_one_without_a_share_has_no_knob() -> None:
    assert kpi_way(Standing("worse", 0), 4) == (Mark("●", "low"), Mark("───", "border"))
    assert kpi_way(Standing("no_current"), 4) == (Mark("────", "border"),)
    assert kpi_way(Standing("reached", 100), 4)[-1] == Mark("●", "high")


@pytest.mark.parametrize(
    ("numbers", "width", "drawn"),
    [
        ([20, 34, 27], 3, "▁▆▃"), ([20, 34, 27], 6, "▁▁▆▆▃▃"), ([5], 4, "   ▃"), ([1, 2, 3, 4, 5], 2, "▁▆"),
        ([1, 9], 1, "▆"), ([], 9, ""), ([1, 2], 0, ""),
    ],
)  # fmt: skip
def test_a_sparkline_fills_its_columns_and_ends_in_the_last_value(
    numbers: list[float], width: int, drawn: str
) -> None:
    marks = spark(numbers, width)
    assert text(marks) == drawn
    assert not marks or marks[-1].tone == "accent"
    assert "▇" not in STEPS and "█" not in STEPS


@pytest.mark.parametrize(
    ("numbers", "drawn"),
    [
        ((0, 1, 2, 4, None), ["   █ ", "   █ ", "  ██ ", " ███ "]),
        ((0.1, 0.5, 1.5, 4, None), ["   █ ", "   █ ", "  ▄█ ", "▁▄██ "]),
    ],
)
def test_columns_stand_on_the_foot_in_steps_of_a_half(
    numbers: tuple[float | None, ...], drawn: list[str]
) -> None:
    chart = Columns(numbers, 0, 4, 3)
    assert [text(line) for line in chart.lines(4)] == drawn
    tones = {mark.tone for line in chart.lines(4) for mark in line if mark.text.strip()}
    assert tones == {"fill", "accent"}


def test_a_plan_is_dotted_where_no_column_is_and_a_goal_is_a_line() -> None:
    chart = Columns((4, 4, None, None), 0, 4, 1, (1, 2, 3, 4))
    assert [text(line) for line in chart.lines(4)] == ["██··", "██  ", "██  ", "██  "]
    late = Columns((1, 1, None, None), 0, 4, 1, (1, 2, 3, 4), goal=3.5)
    assert [text(line) for line in late.lines(4)] == ["╌╌╌╌", " ·  ", "·   ", "██  "]


def test_labels_do_not_touch_each_other() -> None:
    today, first, last = Mark("today", "accent"), Mark("1 Jan", "muted"), Mark("9 May", "muted")
    assert text(labelled({8: today, 0: first, 99: last}, 20)) == "1 Jan   today  9 May"
    assert text(labelled({3: today, 0: first}, 12)) == "   today    "
    assert text(labelled({0: today}, 3)) == "   "


def test_a_number_that_changes_in_steps_stands_until_the_next_one() -> None:
    assert sampled([(1, 5), (3, 7)], [0, 1, 2, 3, 9]) == (None, 5, 5, 7, 7)


AXIS = Axis(20, 0.5, (0.0, 0.25, 0.75))
LANES: list[tuple[Bar, str]] = [
    (Bar(0.8, "●", "accent", 0.2, 0.5, "half"), "·   ━━━━━━──────●   "),
    (Bar(0.3, "▲", "late", 0.1, 0.5, "half", is_late=True), "· ━━──▲╌╌╌│    ·    "),
    (Bar(0.3, "✓", "done", 0.1, 1.0, "high"), "· ━━━━✓   │    ·    "),
    (Bar(0.9, "○", "muted"), "·    ·    │    ·  ○ "),
]


@pytest.mark.parametrize(("bar", "drawn"), LANES)
def test_a_lane_runs_from_its_start_to_its_day_and_on_to_today_where_it_is_late(bar: Bar, drawn: str) -> None:
    assert text(AXIS.lane([bar])) == drawn
    assert mirrored(drawn) == drawn[::-1]


def test_months_are_named_where_there_is_room() -> None:
    names = [(0.0, "Jan"), (0.1, "Feb"), (0.25, "Mar"), (0.9, "Apr")]
    assert month_line(AXIS, names, 4) == "Jan  Mar            "


def test_neighbours_of_one_tone_are_one_mark_and_blocks_stay_apart() -> None:
    cells = [Mark("█", "fill"), Mark("█", "fill"), Mark("▄", "fill"), Mark("▁", "fill"), Mark(" ", "muted")]
    assert joined(cells) == (Mark("██", "fill"), Mark("▄", "fill"), Mark("▁", "fill"), Mark(" ", "muted"))


@given(shares, widths)
def test_in_ascii_everything_is_ascii(share: float, width: int) -> None:
    drawn = (
        text(bar(share, width, "low")) + text(way(share, width, "low")) + text(spark([1, 2, share], width))
    )
    lanes = "".join(shown for _, shown in LANES)
    assert in_ascii(drawn + lanes + "█▄·╌").isascii()


def test_a_bar_that_is_printed_from_right_to_left_is_heavy_at_its_right() -> None:
    console = Console(file=io.StringIO(), width=8, legacy_windows=False)
    (line,) = visual_lines(Drawing(lambda width: [bar(0.5, width, "half")]), "rtl", console)
    assert "".join(segment.text for segment in line) == "───╼━━━━"
