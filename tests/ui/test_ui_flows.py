"""The Flows tab: kept figures, their explanations, and tasks out of them; nothing is measured to show it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

import measured as kept
from flows_tab import FIGURES, FLOWS, KPIS, PLAN, go_to, measured, measurement
from lfroadmap.roadmap.edits import Rename
from lfroadmap.roadmap.flow_figures import Figure
from lfroadmap.roadmap.model import Card, Kpi, Reading, Roadmap, Stage
from lfroadmap.roadmap.tree import find
from lfroadmap.store import measuring
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.context import TYPED
from lfroadmap.ui.screens.library import LibraryScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.report_dialog import ReportDialog
from lfroadmap.ui.widgets.flows_view import FlowsView
from lfroadmap.usecases.kept_explanation import kept_explanation
from lfroadmap.usecases.measure_setup import customers_text
from lfroadmap.words import LANGUAGES, Language, words
from overviews import compare_golden
from samples import EVIL
from sitting import Sitting, sitting
from test_ui_hostile import harmful

TESTS = Path(__file__).parents[1]
EARLIER = replace(kept.figures(), measures=kept.BEFORE)
MEASUREMENTS = (kept.measurement("2026-02-01", EARLIER), kept.measurement("2026-03-01", kept.figures()))
SIZES = [(80, 24), (120, 40), (200, 60)]


def tasks(roadmap: Roadmap, card: str) -> list[str]:
    place = find(roadmap, card)
    assert place is not None
    assert isinstance(place.node, Card)
    return [task.text or "" for task in place.node.tasks]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_without_figures_it_says_how_to_measure(home: Path, language: Language) -> None:
    async with sitting(home, size=(80, 24), roadmap=PLAN, language=language) as at:
        await at.press(FLOWS)
        assert at.tab == "flows"
        assert at.shows(words(language)("flows_tab.first"))
        assert at.shows("lfroadmap measure events.csv --into plan")
        await at.press("down", "enter", "a")
        assert at.app.screen is at.app.main
        assert words(language)("flows_tab.no_tasks") in at.notices
        await at.press("escape")
        assert at.tab == "overview"


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_the_kept_figures_are_shown_and_every_part_can_be_reached(
    home: Path, size: tuple[int, int], language: Language
) -> None:
    async with sitting(home, size=size, roadmap=measured(), language=language) as at:
        await at.press(FLOWS)
        assert at.shows("25%")
        view = at.one(FlowsView)
        await at.press("end")
        assert len(view.placed) == len(view.parts)
        targets = {stop.target for stop in view.stops}
        assert {
            "return_rate",
            "close_rate",
            "bottleneck",
            "exit_points/0",
            "exit_points/1",
            "at_risk",
        } <= targets
        for _ in view.parts:
            await at.press("tab")
        await at.press("home")
        assert at.app.session.flows.at == "return_rate"


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_the_pages_are_those_that_were_looked_at(
    home: Path, size: tuple[int, int], language: Language
) -> None:
    async with sitting(home, size=size, roadmap=measured(*MEASUREMENTS), language=language) as at:
        await at.press(FLOWS, "end")
        view = at.one(FlowsView)
        top, height = int(view.scroll_offset.y), int(view.virtual_size.height)
        shown = [view.render_line(y - top).text.rstrip() for y in range(height)]
        assert all(cell_len(text) <= size[0] for text in shown)
        compare_golden(f"flows.{language}.{size[0]}x{size[1]}", shown)


def test_opening_the_tab_loads_nothing_that_measures(home: Path) -> None:
    script = f"""
import asyncio, json, sys
sys.path[:0] = [{str(TESTS)!r}, {str(TESTS / "ui")!r}]
from pathlib import Path
from sitting import sitting
from flows_tab import FLOWS, measured
async def main():
    async with sitting(Path({str(home)!r}), roadmap=measured()) as at:
        await at.press(FLOWS, "down", "end")
        assert at.shows("25%")
    print(json.dumps([name for name in sys.modules if name.startswith(("duckdb", "lfroadmap.flows"))]))
asyncio.run(main())
"""
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(run.stdout.splitlines()[-1]) == []


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_enter_explains_a_figure_with_its_counts_and_its_query(home: Path, language: Language) -> None:
    texts = words(language)
    async with sitting(home, size=(120, 60), roadmap=measured(), language=language) as at:
        await at.press(FLOWS)
        await go_to(at, "close_rate")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, ReportDialog) and at.shows("SELECT"))
        assert all(map(at.shows, ("50%", "175", "350", texts("flows.counts"))))
        await at.press("escape")
        assert at.app.screen is at.app.main and at.app.session.flows.at == "close_rate"


async def test_every_figure_has_an_explanation(home: Path) -> None:
    figures = kept.figures()
    async with sitting(home, size=(120, 90), roadmap=measured(*MEASUREMENTS)) as at:
        await at.press(FLOWS, "end")
        targets = {stop.target.partition("/")[0] for stop in at.one(FlowsView).stops}
    assert {"entry_points", "stage_conversion_any", "roi", "return_curve", "movers", "cohorts"} <= targets
    for target in targets:
        assert kept_explanation(figures, target, words("en")).body


def test_an_explanation_says_a_moment_as_a_day_and_any_number_as_it_is() -> None:
    for as_of, shown in ((1787875200000, "as_of = 2026-08-28 00:00:00 UTC"), (10**18, f"as_of = {10**18}")):
        found = replace(kept.figures(), parameters={"as_of": as_of})
        facts = kept_explanation(found, "return_rate", words("en")).facts
        assert any(shown in value.text for _, value in facts.pairs)


async def test_the_customers_at_risk_are_listed_where_this_machine_knows_them(home: Path) -> None:
    async with sitting(home, roadmap=measured()) as at:
        measuring.write_customers(at.path, customers_text({"at_risk": ["c-17", "c-4"], "ready": ["c-9"]}))
        await at.press(FLOWS)
        await go_to(at, "at_risk")
        await at.press("enter")
        await at.until(lambda: at.shows("c-17, c-4"))
        assert not at.shows("c-9")


async def test_a_click_explains_a_figure_and_a_filter_can_be_clicked(home: Path) -> None:
    async with sitting(home, roadmap=measured()) as at:
        await at.press(FLOWS)
        await at.click_on("Close rate")
        await at.until(lambda: isinstance(at.app.screen, ReportDialog))
        await at.press("escape")
        await at.click_on("Channel: all")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen) and "blog" in at.text)


async def test_a_bottleneck_becomes_a_task_of_the_card_that_fits_as_one_step(home: Path) -> None:
    async with sitting(home, roadmap=measured()) as at:
        await at.press(FLOWS)
        await go_to(at, "bottleneck")
        await at.press("a")
        await at.until(lambda: tasks(at.app.session.roadmap, "quote"))
        (text,) = tasks(at.app.session.roadmap, "quote")
        assert all(part in text for part in ("visit", "quote", "46.77%", "145 of 310", "2026-03-01"))
        assert at.tab == "flows" and "Quote in a day" in at.notices
        await at.saved()
        assert tasks(read(at.path), "quote") == [text]
        await at.press("ctrl+z")
        await at.until(lambda: not tasks(at.app.session.roadmap, "quote"))


async def test_where_no_card_fits_a_person_chooses_one(home: Path) -> None:
    async with sitting(home, roadmap=measured()) as at:
        await at.press(FLOWS)
        await go_to(at, "at_risk")
        await at.press("a")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("site\r")
        await at.until(lambda: tasks(at.app.session.roadmap, "web"))
        assert "7" in tasks(at.app.session.roadmap, "web")[0]


async def test_the_exit_point_under_the_cursor_is_the_one_that_becomes_a_task(home: Path) -> None:
    async with sitting(home, roadmap=measured()) as at:
        await at.press(FLOWS)
        await go_to(at, "exit_points/1")
        await at.press("a")
        await at.until(lambda: tasks(at.app.session.roadmap, "quote"))
        assert "offer · quote · web" in tasks(at.app.session.roadmap, "quote")[0]


@pytest.mark.proof
async def test_new_figures_of_another_window_show_and_the_cursor_stays(home: Path) -> None:
    async with sitting(home, roadmap=measured()) as at:
        await at.press(FLOWS)
        await go_to(at, "close_rate")
        newer = replace(FIGURES, measures={**FIGURES.measures, "close_rate": Figure(0.6, 6, 10, "share")})
        from lfroadmap.roadmap.structure import Add

        at.app.session.change(Add(measurement(newer, "2026-03-10", "n"), "plan"))
        at.app.window.refresh(TYPED)
        await at.until(lambda: at.shows("60%"))
        assert at.app.session.flows.at == "close_rate"
        at.app.change(Rename("s", "Selling"))
        assert at.shows("60%")


@pytest.mark.proof
async def test_hostile_figures_are_drawn_without_harm(home: Path) -> None:
    rows = [
        {"kind": evil, "channel": evil, "stage": evil, "exits": 1, "returned": 0, "share": 1} for evil in EVIL
    ]
    figures = replace(FIGURES, lists={"exit_points": rows[:20]}, currency=EVIL[0], channels=list(EVIL))
    async with sitting(home, size=(100, 90), roadmap=measured(measurement(figures))) as at:
        await at.press(FLOWS, "end")
        assert harmful(at) == []
        await at.press("c")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        assert harmful(at) == []


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_no_figures_is_passed_over(home: Path, language: Language) -> None:
    broken = replace(measurement(), id="x", day="2026-03-02", figures="{")
    async with sitting(home, roadmap=measured(measurement(), broken), language=language) as at:
        await at.press(FLOWS)
        assert at.shows("25%")


def turned(before: str, after: str) -> Roadmap:
    readings = (
        Reading("r1", before, "2026-02-01", "measured", "close_rate"),
        Reading("r2", after, "2026-03-01", "measured", "close_rate"),
    )
    return Roadmap("p", "P", "", (Stage("s", "S"),), (Kpi("k", "Close rate", current=after, unit="%",
                   target="50", better="up", readings=readings),))  # fmt: skip


@pytest.mark.parametrize(("before", "after", "is_shown"), [("47", "43", True), ("43", "47", False)])
async def test_the_overview_tells_of_a_kpi_that_turned_the_wrong_way(
    home: Path, before: str, after: str, is_shown: bool
) -> None:
    async with sitting(home, roadmap=turned(before, after)) as at:
        assert at.shows(f"▲ Close rate: {before}% → {after}%") == is_shown


async def test_a_digit_opens_it_and_letters_typed_by_mistake_do_nothing(home: Path) -> None:
    async with sitting(home, roadmap=measured()) as at:
        await _outside(at)
        await at.press("4")
        assert at.tab == "flows"
        await at.press("x")
        assert at.app.screen is at.app.main and at.notices


async def _outside(at: Sitting) -> None:
    await at.press("escape")


async def test_the_key_that_measures_lists_the_roadmaps_everywhere_else(home: Path) -> None:
    async with sitting(home, roadmap=measured()) as at:
        for keys in (("alt+1",), ("alt+2",), (KPIS,), (KPIS, "enter")):
            await at.press(*keys, "ctrl+r")
            await at.until(lambda: isinstance(at.app.screen, LibraryScreen))
            await at.press("escape")
            await at.until(lambda: at.app.screen is at.app.main)
            await at.press("escape")
