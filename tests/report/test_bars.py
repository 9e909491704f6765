"""Bars with figures: their length, their columns, and their table in formats without bars."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from lfroadmap.bidi.printing import visual_lines
from lfroadmap.export.html_nodes import Walker
from lfroadmap.export.markdown import _Walker as MarkdownWalker
from lfroadmap.report.bars import BarRow, Bars
from lfroadmap.report.charts.bar import FULL, REST
from lfroadmap.report.theme import THEME
from lfroadmap.text import Direction
from lfroadmap.words import words

BARS = Bars(
    ("Step", "Count", "Rate"),
    (
        BarRow("all", 1.0, ("1,000", "")),
        BarRow("half", 0.5, ("500", "50%")),
        BarRow("few", 0.001, ("1", "0.2%")),
        BarRow("none\x1b[31m", 0.0, ("0", "—")),
    ),
)


def lines(page: Direction) -> list[str]:
    console = Console(file=io.StringIO(), width=60, theme=THEME, legacy_windows=False)
    return ["".join(part.text for part in line) for line in visual_lines(BARS, page, console)]


@pytest.mark.parametrize("page", ["ltr", "rtl"])
def test_bars_are_as_long_as_their_share_and_begin_at_the_side_of_reading(page: Direction) -> None:
    _, whole, half, few, none = lines(page)
    assert [FULL in line for line in (whole, half, few, none)] == [True, True, True, False]
    assert REST not in whole and abs(half.count(FULL) - half.count(REST)) <= 2
    assert few.count(FULL) == 1 and none.count(REST) == whole.count(FULL)
    is_from_the_left = half.index(FULL) < half.index(REST)
    assert is_from_the_left == (page == "ltr")


@pytest.mark.parametrize("page", ["ltr", "rtl"])
def test_the_units_of_numbers_stand_below_each_other(page: Direction) -> None:
    _, whole, half, few, _ = lines(page)
    ends = {whole.index("1,000") + 5, half.index("500") + 3, few.index(" 1 ") + 2}
    assert len(ends) == 1


def test_no_escape_of_a_name_reaches_the_terminal() -> None:
    assert not any("\x1b" in line for line in lines("ltr"))


def test_formats_without_bars_have_the_figures_as_a_table() -> None:
    page = "".join(map(str, Walker(words("en")).html(BARS, 2)))
    text = "\n".join(MarkdownWalker(words("en")).blocks(BARS, 2))
    for figure in ("Step", "half", "1,000", "50%", "0.2%"):
        assert figure in page and figure in text
