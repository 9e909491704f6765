"""What is late, on the screen: the header's number, the list behind it, tabs, cards and the overview."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetField, SetTask
from lfroadmap.roadmap.health import HealthCounts
from lfroadmap.ui.screens.late import LateScreen
from lfroadmap.ui.screens.main import MainScreen
from lfroadmap.ui.widgets.chrome import Header
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.tab_bar import TabBar
from lfroadmap.words import LANGUAGES, Language
from samples import TODAY, sample
from sitting import Sitting, sitting
from task_plans import plan
from terminal import keys

LATE = SetTask("goals.2", "due", "2026-03-05").on(sample("en"))
"""A late card, and in it a late task."""


async def open_list(at: Sitting) -> LateScreen:
    await at.click_on("▲ 2 late")
    await at.until(lambda: isinstance(at.app.screen, LateScreen))
    assert isinstance(at.app.screen, LateScreen)
    return at.app.screen


async def test_the_number_in_the_header_counts_cards_and_tasks_and_opens_the_list(home: Path) -> None:
    async with sitting(home, roadmap=LATE, size=(120, 24)) as at:
        screen = await open_list(at)
        assert [item.node.id for item in screen.items] == ["goals", "goals.2"]
        assert "1 card, 1 task late" in at.lines[0]
        card, task = at.lines[2:4]
        for shown in (
            "▲",
            "2026-03-01",
            "card",
            "Goals & <limits>",
            "A. Strategy",
            "Dana Levi",
            "14 days late",
        ):
            assert shown in card
        for shown in ("2026-03-05", "task", "Name an owner", "Goals & <limits>", "Yossi", "10 days late"):
            assert shown in task
        await at.type(keys("down") + "\r")
        await at.until(lambda: isinstance(at.app.screen, MainScreen))
        assert (at.tab, at.focus) == ("a", "goals.2")


async def test_the_list_is_a_command_and_esc_goes_back(home: Path) -> None:
    async with sitting(home, roadmap=LATE) as at:
        await at.app.run_action("start('late')")
        await at.until(lambda: isinstance(at.app.screen, LateScreen))
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, MainScreen))
        await at.press("ctrl+p")
        await at.type("what is late")
        assert "What is late" in at.text


async def test_with_nothing_late_the_header_is_silent_and_the_list_says_so(home: Path) -> None:
    async with sitting(home) as at:
        assert "late" not in at.lines[0]
        await at.app.run_action("start('late')")
        await at.until(lambda: at.shows("Nothing is late"))


async def test_in_hebrew_the_list_is_in_the_order_of_reading(home: Path) -> None:
    async with sitting(home, roadmap=LATE, language="he", size=(120, 24)) as at:
        assert at.shows("באיחור")
        await at.app.run_action("start('late')")
        await at.until(lambda: isinstance(at.app.screen, LateScreen))
        await at.until(lambda: at.shows("באיחור") and at.shows("משימה") and "▲" in at.text)


async def test_a_tab_a_card_and_the_overview_say_it_by_sign_and_word(home: Path) -> None:
    async with sitting(home, roadmap=LATE, size=(140, 30)) as at:
        assert "▲" in at.one(TabBar).render_line(0).text
        stage, card = (at.one(Dashboard).render_line(y).text for y in (2, 3))
        assert "▲ 2 late" in stage and "▲ Goals" in card and "14 days late" in card
        assert at.shows("1 card, 1 task late") or at.shows("▲ 2 late")
        await at.press("alt+2")
        assert "▲ late · 1 task late" in at.edges[1]


async def test_ticking_what_is_late_takes_it_off_at_once(home: Path) -> None:
    async with sitting(home, roadmap=LATE) as at:
        await at.app.main.go("goals.2")
        await at.press("space")
        assert "▲ 1 late" in at.one(Header).render_line(0).text
        assert "task late" not in at.edges[1]
        health = at.app.session.health
        assert health.overall == HealthCounts(at.app.session.roadmap, TODAY).overall


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("days", "health"), [(7, "■ at risk"), (4, "● on track")])
async def test_the_days_of_risk_are_a_setting(home: Path, days: int, health: str) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text(f"[thresholds]\nrisk_days = {days}\n", "utf-8")
    soon = SetField("goals.deadline", "2026-03-20").on(sample("en"))
    async with sitting(home, roadmap=soon) as at:
        await at.press("alt+2")
        assert health in at.edges[1]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("days", "sign"), [(7, "■"), (4, "●")])
async def test_the_sign_of_a_task_follows_the_setting(home: Path, days: int, sign: str) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text(f"[thresholds]\nrisk_days = {days}\n", "utf-8")
    soon = SetTask("goals.2", "due", "2026-03-20").on(sample("en"))
    async with sitting(home, roadmap=soon) as at:
        await at.press("alt+2")
        assert at.shows(f"{sign} in 5 days")


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_name_of_what_is_late_has_room_in_every_width(
    home: Path, width: int, language: Language
) -> None:
    async with sitting(home, size=(width, 24), roadmap=plan(), language=language) as at:
        await at.app.action_start("late")
        await at.until(lambda: isinstance(at.app.screen, LateScreen))
        await at.until(lambda: at.shows("Call the b"))
        assert ("2026-03-06" in at.text or "6.3.2026" in at.text) == (width == 120)
