"""Measuring on the screen: a source, the same again, filters, calling off, KPIs that are bound and filled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from flows_tab import FLOWS, KPIS, PLAN, measure, measured, sample
from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.edits import Bind
from lfroadmap.store import measuring
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.report_dialog import ReportDialog
from lfroadmap.ui.widgets.kpi_figures import KpiFigures
from lfroadmap.usecases.measure_process import MeasureProcess
from lfroadmap.usecases.measure_run import Measured, MeasureRequest
from lfroadmap.usecases.measure_setup import MeasureSetup, setup_in, setup_text
from lfroadmap.words import LANGUAGES, Language, words
from sitting import Sitting, kpi, sitting

BOUND = Bind("k", "close_rate").on(PLAN)


async def agree(at: Sitting) -> None:
    """Agree to what a measuring would change."""
    await at.until(lambda: isinstance(at.app.screen, ReportDialog) and at.app.screen.focused)
    await at.press("enter")
    await at.until(lambda: at.app.session.roadmap.measurements)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_source_is_measured_fills_a_kpi_and_undo_leaves_the_measurement(
    home: Path, language: Language
) -> None:
    path = sample(home)
    async with sitting(home, roadmap=BOUND, language=language) as at:
        await at.press(FLOWS)
        await measure(at, path)
        await at.until(lambda: isinstance(at.app.screen, ReportDialog))
        assert kpi(at.app.session.roadmap, "k").current == ""
        await agree(at)
        assert kpi(at.app.session.roadmap, "k").current == "43.55"
        assert kpi(at.app.session.roadmap, "k").baseline == "43.55"
        await at.until(lambda: at.shows("43.55%"))
        await at.saved()
        (kept,) = read(at.path).measurements
        assert str(path) not in kept.figures and kept.day == "2026-07-04"
        await at.until(lambda: measuring.read_setup(at.path))
        setup = setup_in(measuring.read_setup(at.path) or "")
        assert setup and setup.sources == (str(path),) and setup.steps == ("visit", "quote", "purchase")
        await at.press("ctrl+z")
        await at.until(lambda: kpi(at.app.session.roadmap, "k").current == "")
        assert at.app.session.roadmap.measurements == (kept,)


@pytest.mark.proof
async def test_it_is_measured_again_and_with_a_filter_and_all_again(home: Path) -> None:
    path = sample(home)
    async with sitting(home, roadmap=PLAN) as at:
        await at.press(FLOWS)
        await measure(at, path)
        await at.until(lambda: at.app.session.roadmap.measurements)
        assert "No value" not in at.notices and at.app.screen is at.app.main
        kept = at.app.session.roadmap.measurements
        await at.press("c")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("ads\r")
        await at.until(lambda: at.app.session.flows.filtered)
        assert at.shows("Channel: ads") and at.app.session.roadmap.measurements == kept
        await at.press("c")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.press("enter")
        await at.until(lambda: at.shows("Channel: all"))
        await at.press("ctrl+r")
        await at.until(lambda: at.app.session.flows.working)
        await at.until(lambda: at.app.session.flows.working is None)
        assert at.app.session.flows.problem == "" and at.tab == "flows"


@pytest.mark.proof
async def test_escape_calls_off_and_keys_go_on_meanwhile(home: Path) -> None:
    path = sample(home)
    async with sitting(home, roadmap=PLAN) as at:
        await at.press(FLOWS)
        await at.press("o")
        await at.until(lambda: at.app.screen is not at.app.main)
        await at.type(f"{path}\r")
        await at.until(lambda: not at.app.screen.query_one("#measure").disabled)
        await at.type("\r")
        await at.until(lambda: at.app.session.flows.working)
        assert at.shows("measuring …") and at.tab == "flows"
        await at.press("down", "ctrl+r")
        await at.until(lambda: "measured already" in at.notices)
        assert at.app.screen is at.app.main
        await at.press("escape")
        await at.until(lambda: at.app.session.flows.working is None)
        assert at.tab == "flows", "Escape calls off, and leads up only after that"
        assert at.app.session.roadmap.measurements == () and at.app.session.flows.problem == ""
        await at.press("escape")
        assert at.tab == "overview"


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_source_that_is_gone_is_said_in_words_and_the_old_figures_stay(
    home: Path, language: Language
) -> None:
    path = sample(home)
    async with sitting(home, roadmap=measured(), language=language) as at:
        measuring.write_setup(at.path, "")
        await at.press(FLOWS)
        await measure(at, path, "")
        await at.until(lambda: len(at.app.session.roadmap.measurements) == 2)
        await at.until(lambda: measuring.read_setup(at.path))
        path.unlink()
        await at.press("ctrl+r")
        await at.until(lambda: at.app.session.flows.problem)
        assert path.name in at.app.session.flows.problem
        await at.until(lambda: at.shows(words(language)("flows_tab.failed")) and at.shows("%"))


@pytest.mark.proof
async def test_one_of_several_sources_is_not_offered_for_all_of_them(home: Path) -> None:
    path = str(sample(home))
    for sources, shown in (((path,), path), ((path, str(home / "crm.csv")), "")):
        async with sitting(home, roadmap=PLAN) as at:
            measuring.write_setup(at.path, setup_text(MeasureSetup(sources=sources)))
            await at.press(FLOWS, "o")
            await at.until(lambda: at.app.screen is not at.app.main)
            assert at.app.screen.query_one("#file", Input).value == shown


@pytest.mark.proof
async def test_what_is_no_source_is_said_in_the_dialog(home: Path) -> None:
    (home / "notes.csv").write_text("a,b\n1,2\n")
    async with sitting(home, roadmap=PLAN) as at:
        await at.press(FLOWS, "o")
        await at.until(lambda: at.app.screen is not at.app.main)
        for typed in ("nowhere.csv", str(home / "notes.csv"), "http://localhost:8123/default/events"):
            at.app.screen.query_one("#file").value = ""  # type: ignore[attr-defined]
            at.app.screen.set_focus(at.app.screen.query_one("#file"))
            before = at.app.screen.shown  # type: ignore[attr-defined]
            await at.type(f"{typed}\r")
            await at.until(lambda before=before: at.app.screen.shown is not before)
            assert at.app.screen.query_one("#measure").disabled
        await at.press("escape")
        assert at.app.screen is at.app.main


@pytest.mark.proof
async def test_a_folder_is_chosen_by_going_through_the_folders(home: Path) -> None:
    (home / "log").mkdir()
    sample(home / "log")
    async with sitting(home, roadmap=PLAN) as at:
        await at.press(FLOWS, "o")
        await at.until(lambda: at.app.screen is not at.app.main)
        at.app.screen.query_one("#file").value = str(home / "log")  # type: ignore[attr-defined]
        await at.pilot.click("#browse")
        await at.until(lambda: at.shows("events.csv"))
        await at.press("f")
        await at.until(lambda: at.shows("920"))


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_kpi_is_bound_from_a_list_by_the_key_and_the_mouse(home: Path, language: Language) -> None:
    texts = words(language)
    async with sitting(home, roadmap=measured(), language=language) as at:
        await at.press(KPIS, "f7")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("close rate\r" if language == "en" else "שיעור סגירה\r")
        await at.until(lambda: at.shows(texts("binding_list.all")))
        await at.press("enter")
        await at.until(lambda: kpi(at.app.session.roadmap, "k").bound_to == "close_rate")
        await at.saved()
        assert kpi(read(at.path), "k").bound_to == "close_rate"
        await at.click(at.one(KpiFigures), 3, 1)
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type(f"{texts('binding_list.none')}\r")
        await at.until(lambda: kpi(at.app.session.roadmap, "k").bound_to == "")
        await at.press("ctrl+z")
        await at.until(lambda: kpi(at.app.session.roadmap, "k").bound_to == "close_rate")


@pytest.mark.proof
async def test_a_measure_in_another_unit_is_refused_and_customers_can_be_chosen(home: Path) -> None:
    async with sitting(home, roadmap=measured()) as at:
        await at.press(KPIS, "down", "f7")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("close_rate\r")
        await at.until(lambda: at.shows("All customers"))
        await at.press("enter")
        await at.until(lambda: "measured in percent" in at.notices)
        await at.press("up", "f7")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("close rate\r")
        await at.until(lambda: at.shows("All customers"))
        await at.type("pro\r")
        await at.until(lambda: kpi(at.app.session.roadmap, "k").bound_segment == "plan=pro")
        await at.until(lambda: at.shows("Close rate · plan=pro"))


@pytest.mark.proof
def test_the_process_measures_the_customers_that_kpis_are_bound_to(home: Path) -> None:
    setup = MeasureSetup((str(sample(home)),), "UTC")
    pairs = (("ads", ""), ("nothing", ""), ("", "kind=visit"))
    progress: list[float] = []
    found = MeasureProcess(MeasureRequest(setup, home, "en", pairs)).run(progress.append)
    assert isinstance(found, Measured)
    assert found.by_pair["ads", ""] and found.by_pair["ads", ""].channel == "ads"
    assert found.by_pair["nothing", ""] is None
    assert str(home) not in repr(found.figures)


@pytest.mark.proof
def test_a_process_that_is_called_off_ends_and_one_that_fails_says_why(home: Path) -> None:
    setup = MeasureSetup((str(sample(home)),), "UTC")
    process = MeasureProcess(MeasureRequest(setup, home, "en"))
    assert process.run(lambda percentage: process.cancel()) is None
    assert process.is_cancelled
    with pytest.raises(RoadmapError, match="gone"):
        gone = replace(setup, sources=(str(home / "gone.csv"),))
        MeasureProcess(MeasureRequest(gone, home, "en")).run(told_nothing)


def told_nothing(percentage: float) -> None:
    """Nobody looks."""
