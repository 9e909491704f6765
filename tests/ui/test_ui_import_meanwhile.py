"""An import whose roadmap is changed elsewhere while the preview is open."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Button

from commanding import write as edit_elsewhere
from imported_files import (
    OTHER,
    TASK,
    ask,
    can_import,
    import_screen,
    imported,
    looked,
    note,
    table,
)
from lfroadmap.roadmap.edits import Rename, SetField, SetTask, Tick
from lfroadmap.store.sqlite.file_format import read
from sitting import OWNER, sitting, task, value


async def test_a_row_that_was_changed_meanwhile_is_shown_anew_before_it_is_imported(home: Path) -> None:
    table("t.csv", {"id": TASK, "task": "", "owner": "Noa"})
    async with sitting(home) as at:
        screen = await ask(at, "t.csv")
        assert "Owner: Noa" in at.text
        edit_elsewhere(at.path, "yossi", SetTask(TASK, "owner", "Yossi"))
        await at.until(lambda: task(at.app.session.roadmap, TASK).owner == "Yossi")
        await at.type("\r")
        await looked(at)
        assert import_screen(at) is screen
        assert "Owner: Yossi → Noa" in at.text
        assert "look again" in note(screen)
        assert task(at.app.session.roadmap, TASK).owner == "Yossi"
        button = screen.query_one("#import", Button)
        await at.until(lambda: not button.has_class("-active"))  # it takes no second press while it is lit
        await at.press("enter")
        await at.until(lambda: task(at.app.session.roadmap, TASK).owner == "Noa")


async def test_a_change_meanwhile_that_leaves_nothing_to_import_is_shown(home: Path) -> None:
    table("t.csv", {"id": TASK, "task": "", "done": "no"})
    async with sitting(home) as at:
        at.app.change(Tick(TASK, True, "2026-03-15"))
        screen = await ask(at, "t.csv")
        assert can_import(screen)
        await at.saved()
        edit_elsewhere(at.path, "yossi", Tick(TASK, False))
        await at.until(lambda: not task(at.app.session.roadmap, TASK).done)
        await at.type("\r")
        await looked(at)
        assert import_screen(at) is screen
        assert "already says all of this" in note(screen) and not can_import(screen)


async def test_what_changed_elsewhere_meanwhile_stays(home: Path) -> None:
    table("t.csv", {"id": TASK, "task": "", "owner": "Noa"})
    async with sitting(home) as at:
        await ask(at, "t.csv")
        edit_elsewhere(at.path, "yossi", SetField(OWNER, "Yossi"), Rename(OTHER, "Agree"))
        await at.until(lambda: value(at.app.session.roadmap, OWNER) == "Yossi")
        await imported(at)
        await at.saved()
        stored = read(at.path)
        assert task(stored, TASK).owner == "Noa"
        assert value(stored, OWNER) == "Yossi" and task(stored, OTHER).text == "Agree"
