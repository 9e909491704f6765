"""The roadmap of an earlier moment: found, exported, named."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lfroadmap.ui.screens.moment import MomentScreen
from sitting import OWNER, sitting


@pytest.mark.proof
async def test_a_moment_is_found_by_its_day_and_exported(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana")
        await at.saved()
        await at.app.action_start("moment")
        await at.until(lambda: isinstance(at.app.screen, MomentScreen) and at.app.screen.shown)
        screen = at.app.screen
        assert isinstance(screen, MomentScreen)
        yesterday = datetime.now().date() - timedelta(days=1)
        await at.type(f"d{yesterday.isoformat()}\r")
        await at.until(lambda: screen.at == 0 and screen._drawn and screen._drawn[0] == 0)
        await at.type("e")
        await at.until(lambda: "Export a snapshot" in at.text)
        await at.press("down", "down", "enter")
        await at.until(lambda: "Exported to" in at.notices)
        (written,) = (home / "here").glob("*.json")
        assert "Dana" not in written.read_text("utf-8")


@pytest.mark.proof
async def test_a_moment_gets_a_name_and_is_opened(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana")
        await at.app.action_start("snapshots")
        await at.until(lambda: "No snapshots yet" in at.text)
        await at.type("abefore the board\r")
        await at.until(lambda: "The snapshot “before the board” is saved." in at.notices)
        await at.until(lambda: "before the board" in at.text and "1 snapshot" in at.text)
        await at.type("aafter it\r")
        await at.until(lambda: "2 snapshots" in at.text)
        names = [line.split()[2] for line in at.lines if line.rstrip().endswith("dana")]
        assert names == ["after", "before"], "the new one is above, under the cursor"
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
        await at.type(" Levi")
        await at.saved()
        await at.app.action_start("snapshots")
        await at.until(lambda: "before the board" in at.text and "2 snapshots" in at.text)
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, MomentScreen) and at.app.screen.shown)
        await at.until(lambda: "Dana" in at.text)
        assert "Levi" not in at.text
        await at.press("escape")
        await at.app.action_start("snapshots")
        await at.until(lambda: "2 snapshots" in at.text)
        await at.type("r")
        await at.until(lambda: "Bring the whole roadmap back?" in at.text)
        await at.press("left", "enter")
        await at.until(lambda: at.value(OWNER) == "Dana")
