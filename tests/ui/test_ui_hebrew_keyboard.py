"""Letters that are commands, on a keyboard whose layout is Hebrew."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.ui.commands import HEBREW_LETTERS, on_any_layout
from sitting import FIRST_CARD, sitting
from terminal import keys


def test_a_letter_works_by_its_place_on_a_hebrew_keyboard() -> None:
    assert on_any_layout("a") == "a,ש"
    assert on_any_layout("y, enter") == "y,enter,ט"
    assert on_any_layout("slash") == "slash"
    assert on_any_layout("ctrl+a") == "ctrl+a"
    assert len(set(HEBREW_LETTERS.values())) == len(HEBREW_LETTERS) == 24


async def test_commands_of_a_list_work_with_a_hebrew_layout(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist(FIRST_CARD))
        await at.type("שחדש" + keys("enter"))
        tasks = at.app.session.roadmap.stages[0].cards[0].tasks
        assert [task.text for task in tasks if task.text] == ["חדש"]


@pytest.mark.proof
async def test_a_key_of_the_settings_works_with_a_hebrew_layout_too(home: Path) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text('[keys]\nadd_task = "n"\n', "utf-8")
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist(FIRST_CARD))
        await at.type("מNew one" + keys("enter"))
        await at.until(lambda: "New one" in at.text)
