"""Letters that are commands work by their place on a Hebrew keyboard."""

from __future__ import annotations

from pathlib import Path

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
