"""The tour of six steps: offered at the first start, on the person's own screen, left at any point."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetTask, Tick
from lfroadmap.roadmap.model import Card, Roadmap, Stage
from lfroadmap.store.library.library import Library
from lfroadmap.ui.tour import STEPS, Seen, Tour
from lfroadmap.ui.widgets.tour_line import TourLine
from lfroadmap.words import LANGUAGES, Language, words
from sitting import Sitting, sitting, template

FIRST_TASK = "strategy.goals.choose-segments"


def step(at: Sitting) -> str:
    """The step that is shown; empty where there is no tour."""
    lines = at.app.main.query(TourLine)
    return str(lines.first().tour.step) if lines else ""


def has_ended(home: Path) -> bool:
    return Library(home / "data").state.tour_ended


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_step_notices_that_it_is_done(home: Path, language: Language) -> None:
    texts = words(language)
    async with sitting(home, language=language, first_time=True) as at:
        assert at.shows("Shift+F1")
        await at.press("shift+f1")
        for name, keys in (
            ("tab", ["ctrl+pagedown"]),
            ("tick", ["escape", "space"]),
            ("undo", ["ctrl+z"]),
            ("due", ["d", *("tomorrow" if language == "en" else "מחר"), "enter"]),
            ("palette", ["ctrl+p"]),
            ("help", ["escape", "f1"]),
        ):
            await at.until(lambda name=name: step(at) == name)
            assert at.shows(f"{STEPS.index(name) + 1}/{len(STEPS)}")
            await at.press(*keys)
        await at.until(lambda: step(at) == "")
        assert texts("tour.over") in at.notices
        await at.until(lambda: has_ended(home))
    async with sitting(home, language=language, first_time=True) as at:
        assert not at.shows("Shift+F1"), "it is not offered again"
        await at.press("shift+f1")
        await at.until(lambda: step(at) == "tab")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("way", ["key", "click"])
async def test_it_is_left_at_any_point(home: Path, way: str) -> None:
    async with sitting(home, first_time=True) as at:
        await at.press("shift+f1", "ctrl+pagedown")
        await at.until(lambda: step(at) == "tick")
        await (at.press("shift+f1") if way == "key" else at.click_on("✕"))
        await at.until(lambda: step(at) == "")
        await at.press("escape", "space")
        assert step(at) == ""


@pytest.mark.proof
async def test_it_goes_on_by_a_click_and_stays_in_another_language(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("shift+f1")
        await at.click_on("a click here")
        await at.until(lambda: step(at) == "tick")
        await at.press("ctrl+l")
        await at.until(lambda: step(at) == "tick" and at.shows("סיור"))


@pytest.mark.proof
async def test_the_offer_goes_with_the_first_steps(home: Path) -> None:
    async with sitting(home, first_time=True) as at:
        assert at.shows(words("en")("tour.offer"))
        await at.press("delete")
        await at.until(lambda: not at.shows("a tour of six"))
        await at.until(lambda: has_ended(home))


def test_steps_are_done_by_what_changed_since_they_began() -> None:
    plan = template()
    tour = Tour(Seen(plan, "overview"))
    assert not tour.follow(Seen(Tick(FIRST_TASK, True, "2026-01-01").on(plan), "overview"))
    assert tour.follow(Seen(plan, "strategy")) and tour.step == "tick"
    ticked = Tick(FIRST_TASK, True, "2026-01-01").on(plan)
    assert not tour.follow(Seen(SetTask(FIRST_TASK, "due", "2026-01-01").on(plan), "strategy"))
    assert tour.follow(Seen(ticked, "strategy")) and tour.step == "undo"
    assert not tour.follow(Seen(ticked, "overview"))
    assert tour.follow(Seen(plan, "strategy")) and tour.step == "due"
    assert tour.follow(Seen(SetTask(FIRST_TASK, "due", "2026-01-01").on(plan), "strategy"))
    assert tour.follow(Seen(plan, "strategy", "PaletteScreen"))
    assert not tour.follow(Seen(plan, "strategy"))
    assert tour.follow(Seen(plan, "strategy", "HelpScreen")) and tour.step is None


def test_where_there_is_no_task_the_steps_with_tasks_are_passed_over() -> None:
    bare = Roadmap("r", "Plan", "", (Stage("s", "One", (Card("c", "C"),)),))
    tour = Tour(Seen(bare, "overview"))
    assert tour.follow(Seen(bare, "s")) and tour.step == "palette"
    assert not tour.follow(Seen(template(), "s")), "another roadmap: the step is still to be done"
    assert tour.follow(Seen(template(), "s", "PaletteScreen"))
