"""What changed since: on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Button, Input

from lfroadmap.export import ExportContext, write
from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.roadmap.model import Card, Roadmap, Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.store.library.library import Library
from lfroadmap.ui.screens.changes import MOST, ChangesScreen
from lfroadmap.ui.widgets.report_view import ReportView
from lfroadmap.words import words
from samples import TODAY
from sitting import DEADLINE, Sitting, sitting, template

TASK = "strategy.goals.choose-segments"


async def opened(at: Sitting) -> ChangesScreen:
    await at.press("f4")
    await at.until(lambda: isinstance(at.app.screen, ChangesScreen))
    screen = at.app.screen
    assert isinstance(screen, ChangesScreen)
    await at.until(lambda: not [w for w in at.app.workers if w.group == "look"])
    return screen


async def ask(at: Sitting, screen: ChangesScreen, since: str) -> None:
    screen.query_one("#since", Input).value = since
    screen.query_one("#since", Input).focus()
    await at.press("enter")
    await at.until(lambda: not [w for w in at.app.workers if w.group == "look"])
    await at.pause()


async def test_what_was_done_just_now_is_told_against_the_week_before(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        at.app.change(Tick(TASK, True, "2026-03-15"))
        await opened(at)
        assert "1 task done" in at.text
        assert "before the first change" in at.text


async def test_against_a_snapshot(home: Path) -> None:
    old = SetField(DEADLINE, "2026-03-01").on(template())
    write(ExportContext(old, words("en"), TODAY), "json", Path("old.json"))
    async with sitting(home, size=(120, 50)) as at:
        at.app.change(SetField(DEADLINE, "2026-03-11"))
        screen = await opened(at)
        await ask(at, screen, "old.json")
        assert "old.json" in at.text
        assert "10 days later" in at.text


async def test_against_a_moment_that_has_a_name(home: Path) -> None:
    async with sitting(home, size=(120, 50)) as at:
        at.app.change(SetField(DEADLINE, "2026-03-01"))
        await at.saved()
        at.app.session.store.mark("before board")
        await at.saved()
        at.app.change(SetField(DEADLINE, "2026-03-11"))
        await at.saved()
        screen = await opened(at)
        await ask(at, screen, "before board")
        assert "before board" in at.text and "10 days later" in at.text


async def test_everything_that_the_command_takes_is_taken(home: Path) -> None:
    Library(home / "data").create("other", SetField(DEADLINE, "2026-03-01").on(template()), "dana")
    async with sitting(home, size=(120, 50)) as at:
        at.app.session.store.mark("before board")
        await at.saved()
        at.app.change(SetField(DEADLINE, "2026-03-11"))
        await at.saved()
        screen = await opened(at)
        for since, label, change in (
            ("other", "other", "10 days later"),
            ("1", "before board", "2026-03-11"),
            ("now", "now (2026-03-15)", "Nothing changed"),
            ("עכשיו", "now (2026-03-15)", "Nothing changed"),
        ):
            await ask(at, screen, since)
            assert label in at.text and change in at.text, since
        await ask(at, screen, "")
        assert "neither" in at.text
        assert screen.query_one("#since", Input).placeholder == words("en")("changes.hint")


async def test_what_is_no_date_is_said_and_cannot_be_written(home: Path) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        assert not screen.query_one("#write", Button).disabled
        await ask(at, screen, "soon")
        assert "soon" in at.text and "neither" in at.text
        assert screen.query_one("#write", Button).disabled
        for path in ("nowhere.json", "~nobody-of-this-name/plan.json"):
            await ask(at, screen, path)
            assert "cannot be read" in at.text


async def test_it_is_written_as_a_page(home: Path) -> None:
    async with sitting(home, language="he") as at:
        at.app.change(Tick(TASK, True, "2026-03-15"))
        screen = await opened(at)
        screen.query_one("#month", Button).press()
        await at.until(lambda: not [w for w in at.app.workers if w.group == "look"])
        screen.query_one("#write", Button).press()
        written = Path("plan-changes-2026-03-15.html")
        await at.until(written.exists)
        page = written.read_text("utf-8")
        assert "משימה אחת בוצעה" in page and 'dir="rtl"' in page
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)


async def test_in_hebrew_it_reads_from_the_right(home: Path) -> None:
    async with sitting(home, language="he", size=(100, 40)) as at:
        at.app.change(Tick(TASK, True, "2026-03-15"))
        await opened(at)
        drawn = next(line for line in at.lines if "תללוכ תומדקתה" in line and "1/55" in line)
        assert drawn.index("1/55") < drawn.index("תללוכ")


@pytest.mark.proof
async def test_a_long_tale_is_walked_with_the_keys_and_counted_at_its_end(home: Path) -> None:
    write(ExportContext(Roadmap("r1", None, "liquid-funnel"), words("en"), TODAY), "json", Path("none.json"))
    tasks = tuple(Task(f"n{n}", f"task number {n}") for n in range(MOST + 7))
    async with sitting(home, size=(100, 40)) as at:
        at.app.change(Add(Card("many", "Many", (), tasks), "strategy", ""))
        screen = await opened(at)
        await ask(at, screen, "none.json")
        view = screen.query_one(ReportView)
        view.focus()
        await at.press("end")
        await at.until(lambda: view.scroll_offset.y == view.max_scroll_y > MOST)
        drawn = [strip.text for strip in view.strips]
        assert any("task number 0" in line for line in drawn)
        assert not any(f"task number {MOST + 6}" in line for line in drawn)
        assert any("… and" in line for line in drawn)
        assert all(cell_len(line) <= view.room for line in drawn)


async def test_it_is_printed_again_in_a_new_width(home: Path) -> None:
    async with sitting(home, size=(100, 40)) as at:
        at.app.change(Tick(TASK, True, "2026-03-15"))
        screen = await opened(at)
        view = screen.query_one(ReportView)
        wide = view.room
        await at.pilot.resize_terminal(60, 40)
        await at.until(
            lambda: view.room < wide and max(strip.cell_length for strip in view.strips) <= view.room
        )
        await at.until(lambda: "1 task done" in at.text)
