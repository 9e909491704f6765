"""Importing into the roadmap that is open: the preview, one step there and one step back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Button, Input

from imported_files import (
    OTHER,
    TASK,
    ask,
    can_import,
    import_screen,
    imported,
    looked,
    note,
    snapshot,
    table,
)
from lfroadmap.export import FORMATS, ExportContext
from lfroadmap.export import write as write_snapshot
from lfroadmap.roadmap.edits import Rename, SetField, SetTask, Tick
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Move
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.importing import MOST, ImportScreen
from lfroadmap.ui.widgets.report_view import ReportView
from lfroadmap.ui.widgets.task_rows import FEW
from lfroadmap.words import words
from samples import TODAY
from sitting import GOALS, OWNER, sitting, task, template
from terminal import keys


async def test_a_table_is_shown_taken_in_and_taken_back_with_the_keys_alone(home: Path) -> None:
    table(
        "t.csv",
        {"id": TASK, "card": "", "task": "Choose three segments", "done": "yes", "owner": "נועה"},
        {"id": "", "card": "Liquid Funnel goals", "task": "Ask the board", "done": "no", "owner": ""},
        {"id": "", "card": "", "task": "Nowhere", "done": "no", "owner": ""},
    )
    before = template()
    async with sitting(home, size=(160, 40)) as at:
        await at.press("alt+2")
        screen = await ask(at, "t.csv")
        drawn = "\n".join(strip.text for strip in screen.query_one(ReportView).strips)
        for part in ("1 row changes something", "Choose three segments", "2 rows are new", "“t” in “A. "):
            assert part in drawn
        assert at.shows("נועה")
        assert "as one step" in note(screen)
        assert screen.query_one("#import", Button).has_focus
        assert at.app.session.roadmap == before
        await imported(at)
        assert "Choose three segments" in at.text and "Ask the board" in at.text
        assert "1/8" in at.text
        assert "One Ctrl+Z" in at.notices
        await at.saved()
        stored = task(read(at.path), TASK)
        assert (stored.text, stored.done, stored.done_on, stored.owner) == (
            "Choose three segments", True, "2026-03-15", "נועה"
        )  # fmt: skip
        await at.press("ctrl+z")
        await at.saved()
        await at.until(lambda: at.app.session.roadmap == before)
        assert read(at.path) == before
        assert "Ask the board" not in at.text
        await at.press("ctrl+y")
        await at.until(lambda: task(at.app.session.roadmap, TASK).done)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("ending", ["json", "html"])
async def test_a_snapshot_fills_every_field_the_focused_one_too(home: Path, ending: str) -> None:
    wanted = snapshot(
        f"s.{ending}",
        SetField(OWNER, "Dana Levi"),
        SetField(GOALS, "Line\nשורה"),
        Tick(TASK, True, "2026-03-01"),
    )
    async with sitting(home) as at:
        await at.type("\x1b2Somebody else\t")
        await at.type("\x1b[Z")
        assert at.focus == OWNER
        screen = await ask(at, f"s.{ending}")
        assert "1 task done" in at.text and "Dana Levi" in at.text and f"s.{ending}" in at.text
        assert can_import(screen)
        await imported(at)
        assert at.app.session.roadmap == wanted
        assert at.focus == OWNER
        assert "Dana Levi" in at.text and at.editor(OWNER).value == "Dana Levi"
        assert at.shows("שורה")
        await at.press("ctrl+z")
        await at.until(lambda: at.value(OWNER) == "Somebody else")
        assert at.value(GOALS) == "" and not task(at.app.session.roadmap, TASK).done
        await at.until(lambda: "Somebody else" in at.text)
        assert await at.stored(OWNER) == "Somebody else"


async def test_with_the_mouse_and_in_hebrew(home: Path) -> None:
    table("משימות.csv", {"מזהה": TASK, "משימה": "לבחור פלחים", "בוצע": "כן"})
    async with sitting(home, language="he", size=(80, 24)) as at:
        screen = await ask(at, "משימות.csv")
        assert at.shows("שורה אחת משנה משהו")
        head = next(line for line in at.lines if "הנתשי המ" in line and "דדמ וא המישמ" in line)
        assert head.index("הנתשי המ") < head.index("דדמ וא המישמ"), "the first column stands at the right"
        button = screen.query_one("#import", Button).region
        assert button.x < 40 and button.bottom < 24, "the buttons stand at the left, on the screen"
        await at.click("#import")
        await at.until(lambda: at.app.screen is at.app.main)
        await at.until(lambda: task(at.app.session.roadmap, TASK).done)
        assert task(at.app.session.roadmap, TASK).text == "לבחור פלחים"
        assert "הייבוא בוצע" in at.notices


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("way", ["escape", "cancel"])
async def test_leaving_changes_nothing(home: Path, way: str) -> None:
    table("t.csv", {"id": TASK, "task": "", "done": "yes"})
    async with sitting(home) as at:
        screen = await ask(at, "t.csv")
        assert can_import(screen)
        if way == "escape":
            await at.press("escape")
        else:
            await at.click("#cancel")
        await at.until(lambda: at.app.screen is at.app.main)
        await at.saved()
        assert read(at.path) == at.app.session.roadmap == template()
        assert at.notices == ""


async def test_rows_that_only_move_are_not_kept_quiet_about(home: Path) -> None:
    wanted = snapshot("moved.json", Move(OTHER, "strategy.goals", ""))
    async with sitting(home) as at:
        screen = await ask(at, "moved.json")
        assert can_import(screen)
        assert "rows that only move" in note(screen)
        await imported(at)
        assert at.app.session.roadmap == wanted


async def test_another_path_lets_go_of_what_was_shown(home: Path) -> None:
    table("t.csv", {"id": TASK, "task": "", "done": "yes"})
    async with sitting(home) as at:
        screen = await ask(at, "t.csv")
        screen.query_one("#file").focus()
        await at.type(keys("end") + "x")
        await looked(at)
        assert not can_import(screen)
        assert "1 row changes something" not in at.text
        await at.type("\x7f\r")
        await looked(at)
        assert can_import(screen)


async def test_a_long_preview_is_counted_at_its_end_and_taken_in_whole(home: Path) -> None:
    rows = [{"card": "Liquid Funnel goals", "task": f"row number {n}"} for n in range(MOST + 7)]
    table("t.csv", *rows)
    async with sitting(home) as at:
        screen = await ask(at, "t.csv")
        lines = [strip.text for strip in screen.query_one(ReportView).strips]
        assert any(f"row number {MOST - 1} " in line for line in lines)
        assert not any(f"row number {MOST} " in line for line in lines)
        assert any("… and 7 more" in line for line in lines)
        await imported(at)
        texts = {each.text for each in at.app.session.roadmap.stages[0].cards[0].tasks}
        assert f"row number {MOST + 6}" in texts
        await at.press("ctrl+z")
        await at.until(lambda: at.app.session.roadmap == template())


async def test_more_rows_than_are_drawn_one_by_one_are_all_drawn(home: Path) -> None:
    tasks = tuple(Task(f"t{n}", f"row {n}") for n in range(2 * FEW))
    plan = Roadmap("r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", (), tasks),)),))
    table("t.csv", *({"id": each.id, "task": "", "done": "yes"} for each in tasks))
    async with sitting(home, roadmap=plan, size=(100, 40)) as at:
        await at.press("alt+2")
        assert at.text.count("□") > 20
        await ask(at, "t.csv")
        await imported(at)
        assert at.text.count("✓") > 20 and "□" not in at.text


async def test_a_huge_cell_is_shown_by_its_beginning_and_taken_in_whole(home: Path) -> None:
    huge = "word " * 50_000
    table("t.csv", {"id": TASK, "task": huge, "owner": huge})
    async with sitting(home) as at:
        screen = await ask(at, "t.csv")
        assert 5 < len(screen.query_one(ReportView).strips) < 60
        await imported(at)
        assert task(at.app.session.roadmap, TASK).owner == huge.strip()
        assert task(at.app.session.roadmap, TASK).text == huge.strip()


@pytest.mark.proof
async def test_it_is_found_in_the_palette_and_not_laid_over_another_screen(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x10import")
        await at.until(lambda: "preview of what will change" in at.text)
        await at.press("escape")
        await at.press("f1", "ctrl+o")
        assert not isinstance(at.app.screen, ImportScreen)
        await at.press("escape", "ctrl+o")
        assert import_screen(at).query_one("#file", Input).has_focus


async def test_a_workbook_that_was_exported_comes_back_from_wherever_it_lies(home: Path) -> None:
    roadmap = replace(template(), title="Plan")
    there = home / "with a blank"
    there.mkdir()
    changed = SetTask(TASK, "owner", "Noa").on(Rename(TASK, "Choose").on(roadmap))
    assert "xlsx" in FORMATS
    write_snapshot(ExportContext(changed, words("he"), TODAY), "xlsx", there / "t.xlsx")
    async with sitting(home, roadmap=roadmap) as at:
        screen = await ask(at, f"'{there / 't.xlsx'}'")
        assert can_import(screen)
        await imported(at)
        assert (task(at.app.session.roadmap, TASK).text, task(at.app.session.roadmap, TASK).owner) == (
            "Choose",
            "Noa",
        )
