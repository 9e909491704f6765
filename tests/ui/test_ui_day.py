"""Midnight: days that are left and what is late follow the day, though nothing is edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from lfroadmap.roadmap.edits import SetField, SetTask
from lfroadmap.ui.day_watch import LONGEST_WAIT
from lfroadmap.ui.screens.late import LateScreen
from lfroadmap.ui.widgets.chrome import Header
from lfroadmap.ui.widgets.dashboard import Dashboard
from samples import TODAY, sample
from sitting import sitting
from task_plans import line, plan, tasks_of, to_tasks


class Days:
    """A day that ends when the test says so; the clock is a moment before its end until then."""

    def __init__(self) -> None:
        self.day = TODAY

    def now(self) -> datetime:
        """Shortly before midnight, however often it is asked."""
        return datetime.combine(self.day, datetime.max.time())


async def test_lines_cards_and_the_header_follow_the_day(home: Path) -> None:
    days = Days()
    roadmap = plan()
    async with sitting(home, roadmap=roadmap, today=lambda: days.day, now=days.now) as at:
        await to_tasks(at)
        assert "in 3 days" in line(at, "Write the offer")
        assert "9 days late" in line(at, "Call the bank")
        days.day = TODAY + timedelta(days=1)
        await at.until(lambda: "in 2 days" in line(at, "Write the offer"))
        assert "10 days late" in line(at, "Call the bank")
        days.day = TODAY + timedelta(days=4)
        await at.until(lambda: "1 day late" in line(at, "Write the offer"))
        await at.until(lambda: "▲ 2 late" in at.one(Header).render_line(0).text)
        assert "2 tasks late" in at.edges[1]
        assert tasks_of(at) == roadmap.stages[0].cards[0].tasks


async def test_a_form_and_the_overview_follow_the_day(home: Path) -> None:
    days = Days()
    roadmap = SetField("goals.deadline", "2026-03-20").on(sample("en"))
    async with sitting(home, roadmap=roadmap, size=(140, 40), today=lambda: days.day, now=days.now) as at:
        overview = at.one(Dashboard)
        assert any("in 5 days" in each for each in at.lines)
        days.day = TODAY + timedelta(days=1)
        await at.until(lambda: any("in 4 days" in each for each in at.lines))
        assert overview.is_attached, "nothing was built again"
        await at.press("alt+2")
        assert any("in 4 days" in each for each in at.lines)
        days.day = TODAY + timedelta(days=2)
        await at.until(lambda: any("in 3 days" in each for each in at.lines))
        await at.press("alt+1")
        assert any("in 3 days" in each for each in at.lines), "what was not on the screen, too"


async def test_the_list_of_what_is_late_follows_the_day(home: Path) -> None:
    days = Days()
    roadmap = SetTask("goals.2", "due", "2026-03-15").on(sample("en"))
    async with sitting(home, roadmap=roadmap, today=lambda: days.day, now=days.now) as at:
        await at.app.run_action("start('late')")
        await at.until(lambda: isinstance(at.app.screen, LateScreen))
        assert "Name an owner" not in at.text
        days.day = TODAY + timedelta(days=1)
        await at.until(lambda: "Name an owner" in at.text)


async def test_a_task_that_is_written_at_midnight_stays_as_it_is_written(home: Path) -> None:
    days = Days()
    async with sitting(home, roadmap=plan(), today=lambda: days.day, now=days.now) as at:
        await to_tasks(at)
        await at.type("\r and ask")
        days.day = TODAY + timedelta(days=1)
        await at.until(lambda: "in 2 days" in line(at, "Write the offer"))
        await at.type(" twice\r")
        assert tasks_of(at)[0] == replace(
            plan().stages[0].cards[0].tasks[0], text="Call the bank and ask twice"
        )


async def test_the_day_is_looked_at_again_though_midnight_is_far(home: Path) -> None:
    asked: list[float] = []
    async with sitting(home) as at:
        watch, app = at.app.day_watch, at.app
        set_timer, app.set_timer = app.set_timer, lambda delay, *_, **__: asked.append(delay)  # type: ignore
        watch.start()
        app.set_timer = set_timer  # type: ignore[method-assign]
    assert asked == [LONGEST_WAIT], "a computer that slept finds the day changed"
