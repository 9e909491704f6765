"""The bar of a KPI from its baseline to its target, in the table of KPIs of a page and of a terminal."""

from __future__ import annotations

import re

import pytest
from rich.console import Console

from dashboards import busy
from lfroadmap.bidi.printing import visual_lines
from lfroadmap.export.charts_svg import way_svg
from lfroadmap.export.html_nodes import Walker
from lfroadmap.report.charts.bar import FULL, KNOB, REST
from lfroadmap.report.kpi_grid import kpi_grid
from lfroadmap.report.theme import THEME
from lfroadmap.roadmap.edits import SetKpi
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Standing, standing
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import Direction
from lfroadmap.words import LANGUAGES, Language, words

each_language = pytest.mark.parametrize("language", LANGUAGES)


def with_ways(language: Language) -> Roadmap:
    roadmap = busy(language)
    kpi = roadmap.kpis[0].id
    for column, value in (("baseline", "10"), ("target", "20"), ("current", "15")):
        roadmap = SetKpi(kpi, column, value).on(roadmap)  # type: ignore[arg-type]
    return roadmap


@each_language
def test_each_kpi_that_has_a_share_of_the_way_has_its_bar_and_no_other(language: Language) -> None:
    roadmap, said = with_ways(language), words(language)
    labels = Labels(roadmap.template, language)
    shares = [standing(kpi, labels.kpi(kpi, "target")).percent for kpi in roadmap.kpis]
    page = "".join(Walker(said).html(kpi_grid(roadmap, labels, said), 2))
    rows = page.split("<tr>")[2:]
    assert shares[0] == 50 and None in shares
    assert ['<svg class="way' in row for row in rows] == [share is not None for share in shares]
    assert "50%" in rows[0]  # the drawing is hidden from screen readers, and the words are not


@pytest.mark.parametrize("percent", [-20, 0, 1, 50, 99, 100, 250])
def test_the_drawing_begins_at_the_side_of_reading_and_never_leaves_its_track(percent: int) -> None:
    def ends(base: Direction) -> tuple[float, float, float]:
        svg = way_svg(Standing("on_the_way", percent), base)
        begin, end = re.findall(r'<path d="M([\d.]+) 5H([\d.]+)"', svg)[0]
        return float(begin), float(end), float(re.findall(r'cx="([\d.]+)"', svg)[0])

    (begin, end, knob), (mirrored, other_end, _) = ends("ltr"), ends("rtl")
    assert begin == 5 and mirrored == 115 and end == knob
    assert end + other_end == pytest.approx(120)
    assert end == pytest.approx(5 + 110 * min(max(percent / 100, 0), 1), abs=0.06)


@pytest.mark.parametrize("page", ["ltr", "rtl"])
def test_on_a_terminal_the_bar_stands_below_the_words(page: Direction) -> None:
    roadmap, said = with_ways("en"), words("en")
    grid = kpi_grid(roadmap, Labels(roadmap.template, "en"), said)
    console = Console(width=90, theme=THEME, legacy_windows=False)
    lines = ["".join(part.text for part in line) for line in visual_lines(grid, page, console)]
    drawn = [line for line in lines if KNOB in line]
    assert drawn
    at = drawn[0].index(KNOB)
    before, after = (FULL, REST) if page == "ltr" else (REST, FULL)
    assert drawn[0][at - 1] == before and drawn[0][at + 1] == after
