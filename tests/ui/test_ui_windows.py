"""Two windows on one roadmap."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.ui.widgets.kpi_table import KpiTable
from sitting import Sitting, sitting, value
from terminal import keys


def plan() -> Roadmap:
    fields = (Field("f", label="First"), Field("g", label="Second"), Field("l", "long", label="Long"))
    tasks = tuple(Task(f"t{n}", f"task {n}") for n in range(3))
    kpis = tuple(Kpi(f"k{n}", f"kpi {n}", "", "", "") for n in range(3))
    return Roadmap("r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", fields, tasks),)),), kpis)


@asynccontextmanager
async def two(home: Path) -> AsyncIterator[tuple[Sitting, Sitting]]:
    async with (
        sitting(home, roadmap=plan(), size=(100, 24)) as one,
        sitting(home, size=(100, 24), author="yossi") as other,
    ):
        await one.press("alt+2")
        await other.press("alt+2")
        yield one, other


async def settled(one: Sitting, other: Sitting) -> Roadmap:
    """Both have saved and know of each other; what is on the disk."""
    await one.saved()
    await other.saved()
    stored = read(one.path)
    await one.until(lambda: one.app.session.roadmap == stored)
    await other.until(lambda: other.app.session.roadmap == stored)
    return stored


async def test_an_edit_shows_in_the_other_window(home: Path) -> None:
    async with two(home) as (one, other):
        await one.type("\tDana\t\t ")
        await other.until(lambda: "Dana" in other.text and "✓ task 0" in other.text)
        assert "33%" in other.lines[0]
        assert "33%" in other.lines[1]


@pytest.mark.proof
async def test_what_is_under_the_cursor_is_not_overwritten_and_both_edits_stay(home: Path) -> None:
    async with two(home) as (one, other):
        await one.type("mine")
        await other.type("\tYossi's")
        await settled(one, other)
        await other.type(keys("shift+tab") + "+theirs")
        await settled(one, other)
        assert one.focus == other.focus == "f"
        assert one.editor("f").value == "mine", "it is under the cursor"
        await one.type("!")
        stored = await settled(one, other)
        assert value(stored, "g") == "Yossi's"
        assert value(stored, "f") == "mine!"
        await one.press("tab")
        assert one.editor("f").value == "mine!"


async def test_a_field_that_was_left_alone_takes_the_others_text_when_it_is_left(home: Path) -> None:
    async with two(home) as (one, other):
        await other.type("theirs")
        await settled(one, other)
        assert one.focus == "f"
        await one.press("tab")
        assert one.editor("f").value == "theirs"
        assert value(await settled(one, other), "f") == "theirs"


@pytest.mark.proof
async def test_two_people_write_in_one_long_text(home: Path) -> None:
    async with two(home) as (one, other):
        await one.type("\t\tthe middle")
        await settled(one, other)
        await other.type("\t\t")
        await asyncio.gather(
            other.type(keys("home") + "before "), one.type(keys("end") + " after")
        )  # fmt: skip
        stored = await settled(one, other)
        assert value(stored, "l") == "before the middle after"
        for window in (one, other):
            assert window.editor("l").text == "before the middle after"
        await one.type("!")
        assert value(await settled(one, other), "l") == "before the middle after!"


@pytest.mark.proof
async def test_the_cursor_stays_on_its_task_and_its_row(home: Path) -> None:
    async with two(home) as (one, other):
        await one.type("\t\t\t" + keys("end") + "\r new words")
        await other.type("\t\t\tafrom the other\r")
        await other.press("escape")
        await settled(one, other)
        assert one.focus == "l" or one.app.focused is one.one(InlineEditor)
        checklist = one.checklist("c")
        assert [t.id for t in checklist.card.tasks][-1] == "t2"
        assert one.one(InlineEditor).region.y == checklist.region.y + 3
        await one.type("!\r ")
        last = (await settled(one, other)).stages[0].cards[0].tasks[-1]
        assert (last.id, last.text, last.done) == ("t2", "task 2 new words!", True)


@pytest.mark.proof
async def test_the_cursor_stays_on_its_kpi(home: Path) -> None:
    async with two(home) as (one, other):
        await one.type("\x1b3" + keys("end"))
        assert one.focus == "k2"
        await other.type("\x1b3" + keys("delete"))
        await settled(one, other)
        assert one.focus == "k2"
        await other.type(keys("insert") + "New\t\r")
        await settled(one, other)
        assert one.focus == "k2"
        await one.type(keys("delete"))
        assert [k.measure for k in (await settled(one, other)).kpis] == ["kpi 1", "New"]
        assert one.one(KpiTable).cursor == 2


@pytest.mark.proof
async def test_a_task_that_the_other_removed_while_it_is_reworded_does_no_harm(home: Path) -> None:
    async with two(home) as (one, other):
        await one.type("\t\t\t\r" + " x")
        await settled(one, other)
        await other.type("\t\t\t" + keys("delete"))
        await settled(one, other)
        await one.type("yz\r")
        assert [t.id for t in (await settled(one, other)).stages[0].cards[0].tasks] == ["t1", "t2"]
        assert one.app.focused is one.checklist("c")
