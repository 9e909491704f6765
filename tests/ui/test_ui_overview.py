from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style

from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.roadmap.progress import card_tally, stage_tally, tally
from lfroadmap.store.store import Store
from lfroadmap.ui.widgets.chrome import Header
from lfroadmap.ui.widgets.overview import OverviewList
from samples import sample
from sitting import OWNER, Sitting, sitting
from terminal import keys

DOWN = keys("down")


def line(at: Sitting, words: str) -> str:
    return next(line for line in at.lines[2:] if words in line)


async def test_enter_goes_to_the_stage_the_card_and_the_kpi(home: Path) -> None:
    async with sitting(home) as at:
        assert at.app.focused is at.one(OverviewList)
        reached = []
        for steps in (0, 2, 4, 12, 15):
            await at.type(keys("home") + DOWN * steps + "\r")
            reached.append((at.tab, at.focus))
            await at.press("alt+1")
        assert reached == [
            ("strategy", OWNER),
            ("strategy", "strategy.touchpoints.owner"),
            ("data", "data.governance.owner"),
            ("kpis", "kpi.return-rate"),
            ("kpis", "kpi.upsell"),
        ]
        assert at.one(OverviewList).cursor == 15


async def test_a_double_click_goes_there_too(home: Path) -> None:
    async with sitting(home) as at:
        listed = at.one(OverviewList)
        await at.click(listed, x=5, y=listed.row_region(1).y)
        assert (at.tab, listed.cursor) == ("overview", 1)
        await at.click(listed, x=5, y=listed.row_region(1).y, times=2)
        assert (at.tab, at.focus) == ("strategy", OWNER)


async def test_a_line_tells_who_when_how_far_and_in_what_state(home: Path) -> None:
    async with sitting(home, roadmap=sample("en"), size=(160, 24)) as at:
        goals, pilot, scale = (line(at, f"   {card}") for card in ("Goals &", "Pilot", "Scale"))
        for shown in ("Dana Levi", "2026-03-01", "14 days late", "33%", "▲ late"):
            assert shown in goals
        for shown in ("—", "2026-03-29", "in 14 days", "100%", "✓ done"):
            assert shown in pilot
        assert "0%" in scale
        assert "○ no date" in scale
        assert "75% of the way" in line(at, "Return rate")
        assert "▲ 1 late" in at.lines[0]


async def test_its_numbers_are_those_of_the_roadmap_after_each_edit(home: Path) -> None:
    async with sitting(home, roadmap=sample("en")) as at:
        await at.type("\x1b2" + "\t" * 4 + DOWN + " " + "ax\r" + "\r")
        await at.press("alt+1")
        roadmap = at.app.session.roadmap
        goals = roadmap.stages[0].cards[0]
        assert (card_tally(goals).done, card_tally(goals).total) == (2, 4)
        assert f"{card_tally(goals).percent}%" in line(at, "   Goals &")
        assert f"{stage_tally(roadmap.stages[0]).percent}%" in line(at, " A. Strategy")
        assert f"{tally(roadmap).percent}%" in at.one(Header).render_line(0).text


async def test_it_follows_what_another_window_does(home: Path) -> None:
    async with sitting(home, roadmap=sample("en")) as at:
        other = Store(at.path, "yossi")
        other.start(lambda event: None)
        for n in (2, 3):
            other.submit(Tick(f"goals.{n}", True, "2026-03-15"))
        other.submit(SetField("goals.owner", "Yossi"))
        other.close()
        await at.until(lambda: "Yossi" in at.text)
        assert "done" in line(at, "   Goals &")
        assert "late" not in at.lines[0]


async def test_a_percent_has_no_color_and_a_stage_its_own_weight(home: Path) -> None:
    async with sitting(home, roadmap=sample("en"), size=(160, 24)) as at:
        listed = at.one(OverviewList)
        stage, card = (listed.draw_row(row, 158, Style())[-1] for row in (0, 1))
        percent = [next(part for part in strip if "33%" in part.text).style for strip in (stage, card)]
        assert percent[0] and percent[1]
        assert percent[0].color is percent[1].color is None
        assert (percent[0].bold, percent[1].bold) == (True, None)


@pytest.mark.parametrize(("columns", "shown"), [(160, True), (110, True), (80, False)])
async def test_the_number_of_a_target_is_whole_or_left_out(home: Path, columns: int, shown: bool) -> None:
    async with sitting(home, roadmap=sample("en"), size=(columns, 24)) as at:
        rate = line(at, "Return rate")
        assert "+20% a quarter" in rate
        assert ("→ 24" in rate) is shown
        assert "…" not in rate
