"""The title of the app, which the header and the terminal's window show."""

from __future__ import annotations

from pathlib import Path

from lfroadmap.roadmap.edits import Rename, SetField
from sitting import OWNER, sitting
from terminal import keys


async def test_the_title_follows_the_roadmap_and_the_language(home: Path) -> None:
    async with sitting(home) as at:
        assert at.app.title == "Liquid Funnel roadmap · plan"
        await at.press("ctrl+l")
        await at.until(lambda: at.app.title == "מפת דרכים – Liquid Funnel \u200f· plan")
        at.app.change(Rename("r1", "Plan"))
        await at.until(lambda: at.app.title == "Plan")
        await at.press("ctrl+z")
        await at.until(lambda: at.app.title == "מפת דרכים – Liquid Funnel \u200f· plan")


async def test_a_reset_keeps_the_title(home: Path) -> None:
    async with sitting(home) as at:
        at.app.change(Rename("r1", "Q3 plan"))
        at.app.change(SetField(OWNER, "Dana"))
        await at.type(keys("ctrl+p") + "reset all\r")
        await at.until(lambda: at.shows("1 filled field"))
        await at.click("#reset")
        await at.until(lambda: at.value(OWNER) == "")
        assert at.app.session.roadmap.title == "Q3 plan"
        assert at.app.title == "Q3 plan · plan"
