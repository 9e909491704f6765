"""Tasks are copied, and moved to another card."""

from __future__ import annotations

from pathlib import Path

from lfroadmap.ui.screens.naming import NameScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from sitting import sitting
from test_ui_cards import UNDO, palette, settled
from test_ui_structure import plan


async def test_a_task_is_copied_without_its_tick_and_moved_to_another_card(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2", "escape", "space")
        assert at.focus == "a0t"
        await palette(at, "duplicate the task")
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.press("enter")
        await settled(at)
        first, copied = at.app.session.roadmap.stages[0].cards[0].tasks
        assert (copied.text, copied.done, first.done) == ("task a0 (copy)", False, True)
        assert at.focus == copied.id
        await palette(at, "move the task to another")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("card b1\r")
        await settled(at)
        assert (at.tab, at.focus) == ("s1", copied.id)
        assert [task.id for task in at.app.session.roadmap.stages[1].cards[1].tasks] == ["b1t", copied.id]
        await at.type(UNDO)
        await at.until(lambda: at.tab == "s0")
        assert at.focus == copied.id
