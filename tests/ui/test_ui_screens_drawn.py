"""Every tab as it is drawn, in each size and language, and what is drawn again of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from textual.geometry import Size

from dashboards import NOW, busy
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Card, Roadmap, Task
from lfroadmap.ui.screens.history import HistoryScreen
from lfroadmap.ui.widgets.card_pane import CardPane
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.kpi_columns import column_start, column_widths
from lfroadmap.ui.widgets.kpi_figures import KpiFigures
from lfroadmap.ui.widgets.kpi_table import KpiTable
from lfroadmap.ui.widgets.overview import OverviewPane
from lfroadmap.ui.widgets.panel_page import PanelPage
from lfroadmap.ui.widgets.stage_pane import WIDE, StagePane
from lfroadmap.ui.widgets.timeline_pane import TimelinePane
from lfroadmap.words import LANGUAGES, Language
from matrices import quick_first
from overviews import compare_golden, overview
from places import TABS
from samples import sample
from sitting import Sitting, sitting

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize(
    ("language", "size"),
    quick_first([(language, size) for size in reversed(SIZES) for language in LANGUAGES]),
    ids=str,
)
async def test_every_tab_is_as_it_was_looked_at(
    home: Path, language: Language, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    async with overview(home, busy(language), size, language) as at:
        for number in TABS:
            await at.press(f"alt+{number}")
            await at.saved()  # leaving a field is saved too
            await at.until(lambda: _has_read(at))
            shown = [re.sub(r"\d\d:\d\d", "hh:mm", line).rstrip() for line in at.lines]
            compare_golden(f"tab{number}.{language}.{size[0]}x{size[1]}", shown)


def _has_read(at: Sitting) -> bool:
    """True when the open tab has read the history."""
    panes = [pane for pane in at.app.screen.query(StagePane) if pane.display]
    tables = [figures for figures in at.app.screen.query(KpiFigures) if figures.region]
    panels = [pane.panels for pane in panes if at.app.size.width >= WIDE]
    timelines = [pane for pane in at.app.screen.query(TimelinePane) if pane.display]
    known = all(pane._read_of is not None for pane in timelines)
    known = known and all(each is not None and each.source.lately is not None for each in panels)
    return known and all(figures.values is not None for figures in tables)


async def test_no_tab_is_laid_out_beside_another(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with overview(home, busy("en")) as at:
        page, sizes = at.one(Dashboard), set[Size]()
        update = PanelPage._size_updated

        def noted(self: PanelPage, size: Size, *more: Size, layout: bool = True) -> bool:
            if self is page:
                sizes.add(size)
            return update(self, size, *more, layout=layout)

        monkeypatch.setattr(PanelPage, "_size_updated", noted)
        whole = page.size
        for tab in ("alt+2", "alt+6", "alt+3", "alt+1"):
            await at.press(tab)
        assert sizes <= {whole, Size(0, 0)}


async def test_a_page_that_grows_in_place_is_drawn_as_a_new_one(home: Path) -> None:
    async with overview(home, busy("en")) as at:
        page = at.one(Dashboard)
        for height in (14, 36, 20, 36):
            page.styles.height = height
            await at.pause()
        page.styles.height = "1fr"
        await at.pause()
        shown = at.lines
        page._strips.clear()
        page.refresh()
        await at.pause()
        assert at.lines == shown


# ------------------------------------------------------------------ the mouse


async def test_the_line_under_the_mouse_stays_lit_when_the_panels_are_drawn_again(home: Path) -> None:
    async with overview(home, sample("en")) as at:
        page = at.one(Dashboard)
        place = page.place_of("plan")
        await at.pilot.hover(page, offset=(8, place.y + 3))
        before = page._hovered
        assert before
        pane = at.one(OverviewPane)
        pane.source.lately = None
        pane._show()
        assert page._hovered == before, "the places are others"
        raised = page.tones.ground("raised").bgcolor
        line = page.render_line(place.y + 3).crop(2, 40)
        assert {part.style.bgcolor for part in line if part.style} == {raised}
        at.app.change(SetField("goals.owner", "Somebody else"))
        await at.pause()
        assert page._hovered == before


async def test_a_click_on_the_key_above_the_changes_opens_the_history(home: Path) -> None:
    async with overview(home, busy("en"), (200, 60)) as at:
        assert any("This week" in line and "F3 history" in line for line in at.lines)
        await at.click_on("F3 history")
        await at.until(lambda: isinstance(at.app.screen, HistoryScreen))


# ------------------------------------------------------------------ cards and cells


def with_cards(roadmap: Roadmap, count: int) -> Roadmap:
    """The roadmap with so many cards in its first stage."""
    cards = tuple(Card(f"c{n}", f"Card {n}", (), (Task(f"t{n}", "Do it"),)) for n in range(count))
    first, *others = roadmap.stages
    return replace(roadmap, stages=(replace(first, cards=cards), *others))


@pytest.mark.parametrize("count", [1, 2, 3, 5])
@pytest.mark.quick_cases(1)
async def test_the_last_card_of_an_odd_number_has_the_whole_width(home: Path, count: int) -> None:
    async with sitting(home, roadmap=with_cards(sample("en"), count)) as at:
        await at.press("alt+2")
        await at.until(lambda: len(at.app.screen.query(CardPane)) == count)
        widths = [pane.region.width for pane in at.app.screen.query(CardPane)]
        whole = at.one(StagePane).grid.content_region.width
        assert (widths[-1] == whole) == (count % 2 == 1)
        assert all(width <= (whole + 1) // 2 for width in widths[:-1])


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_the_editor_of_a_cell_ends_where_a_column_ends(home: Path, width: int) -> None:
    async with sitting(home, roadmap=busy("en"), size=(width, 40)) as at:
        await at.press("alt+6")
        table = at.one(KpiTable)
        room = table.size.width
        starts = {column_start(name, room) for name in column_widths(room)}
        ends = {column_start(name, room) + size for name, size in column_widths(room).items()}
        for column in table.drawn:
            table.column = column
            area = table.editor_region()
            assert area.x in starts and area.right in ends and area.width >= 26
