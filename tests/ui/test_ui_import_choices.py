"""Deciding about a file on the screen: its columns, the order of its dates, which of several files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from textual.widgets import Button, Input

from imported_files import CTRL_O, TASK, ask, can_import, import_screen, imported, looked, note
from lfroadmap.roadmap.model import Task
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.import_choices import ChoiceList, ImportChoicesScreen
from lfroadmap.ui.screens.importing import ImportScreen
from lfroadmap.words import words
from sitting import Sitting, sitting, task


def own_tasks(at: Sitting) -> dict[str, Task]:
    stages = at.app.session.roadmap.stages
    return {each.text: each for s in stages for card in s.cards for each in card.tasks if each.text}


async def choices(at: Sitting) -> ChoiceList:
    """The list of the page of choices, once it is open."""
    await at.until(lambda: isinstance(at.app.screen, ImportChoicesScreen))
    await at.quiet()
    return at.app.screen.query_one(ChoiceList)


async def use(at: Sitting) -> None:
    """Take the choices, and import what they make of the file."""
    await at.click("#use")
    await at.until(lambda: isinstance(at.app.screen, ImportScreen))
    await looked(at)
    await imported(at)


def line(listed: ChoiceList, at: int) -> str:
    each = listed.entries[at]
    return f"“{each.name}” is {each.value}"


@pytest.mark.proof
async def test_columns_that_are_not_known_are_named_and_remembered(home: Path) -> None:
    Path("a.csv").write_text("Vorgang,Wer\nAnrufen,Eva\n", "utf-8")
    Path("b.csv").write_text("Vorgang,Wer\nSchreiben,Max\n", "utf-8")
    async with sitting(home) as at:
        await at.type(f"{CTRL_O}a.csv\r")
        listed = await choices(at)
        assert [line(listed, n) for n in (0, 1)] == ["“Vorgang” is not read", "“Wer” is not read"]
        assert [each.example for each in listed.entries[:2]] == ["Anrufen", "Eva"]
        assert "no column is: Task" in at.text and at.app.screen.query_one("#use", Button).disabled
        while "Task" not in line(listed, 0):
            await at.type("\r")
        await at.type("\x1b[B")
        while "Owner" not in line(listed, 1):
            await at.type("\r")
        await at.type("\t\t\r")  # over the button that cancels
        await at.until(lambda: isinstance(at.app.screen, ImportScreen))
        await looked(at)
        assert can_import(import_screen(at))
        await imported(at)
        assert own_tasks(at)["Anrufen"].owner == "Eva"
        screen = await ask(at, "b.csv")
        assert can_import(screen)
        await imported(at)
        assert own_tasks(at)["Schreiben"].owner == "Max"


async def test_a_column_is_given_another_use(home: Path) -> None:
    Path("t.csv").write_text("Task,Owner,Text\na,x,y\n", "utf-8")
    async with sitting(home) as at:
        await ask(at, "t.csv")
        await at.click("#columns")
        listed = await choices(at)
        assert line(listed, 0).startswith("“Task” is Task") and "not read" in line(listed, 2)
        await at.type("\x1b[3~\x1b[B\x1b[B")
        while "is Task" not in line(listed, 2):
            await at.type("\r")
        assert "not read" in line(listed, 0)
        await use(at)
        assert own_tasks(at).keys() == {"y"}


async def test_the_order_of_the_dates_is_asked(home: Path) -> None:
    Path("t.csv").write_text(f"ID,Task,Due\n{TASK},,4/5/2026\n", "utf-8")
    async with sitting(home) as at:
        await at.type(f"{CTRL_O}t.csv\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        assert "4/5/2026" in at.text
        await at.click("#none")
        await looked(at)
        screen = import_screen(at)
        assert not can_import(screen) and "order of day and month" in note(screen)
        screen.query_one("#file", Input).focus()
        await at.type("\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.click("#mdy")
        await at.until(lambda: can_import(screen))
        await looked(at)
        await imported(at)
        assert task(at.app.session.roadmap, TASK).due == "2026-04-05"


@pytest.mark.proof
async def test_files_that_are_dropped_together_are_taken_one_after_the_other(home: Path) -> None:
    for n in "ab":
        Path(f"the {n}.csv").write_text(f"Task,Owner\ntask {n},x\n", "utf-8")
    async with sitting(home) as at:
        here = Path.cwd()
        pastes = ("'the a.csv' 'the b.csv'", f"file://{here}/the%20a.csv\nfile://{here}/the%20b.csv")
        for paste in pastes:
            await at.type(f"{CTRL_O}\x1b[200~{paste}\x1b[201~\r")
            await looked(at)
            first = import_screen(at)
            assert "the a" in first.query_one("#file", Input).value
            await at.press("enter" if can_import(first) else "escape")
            await at.until(
                lambda first=first: at.app.screen is not first and isinstance(at.app.screen, ImportScreen)
            )
            await looked(at)
            second = import_screen(at)
            assert "the b" in second.query_one("#file", Input).value
            await at.press("enter" if can_import(second) else "escape")
            await at.until(lambda: at.app.screen is at.app.main)
        assert own_tasks(at).keys() == {"task a", "task b"}


async def test_one_of_several_tables_of_an_archive(home: Path) -> None:
    with zipfile.ZipFile("t.zip", "w") as archive:
        for n in "ab":
            archive.writestr(f"{n}.csv", f"Task,Owner\ntask {n},x\n")
    async with sitting(home) as at:
        await at.type(f"{CTRL_O}t.zip\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.click("#table-1")
        await at.until(lambda: isinstance(at.app.screen, ImportScreen))
        await at.until(lambda: can_import(import_screen(at)))
        await looked(at)
        await imported(at)
        assert own_tasks(at).keys() == {"task b"}


async def test_it_is_in_hebrew_too(home: Path) -> None:
    Path("t.csv").write_text("משימה,מי,הערות\nלהתקשר,דנה,\n", "utf-8")
    async with sitting(home, language="he") as at:
        await ask(at, "t.csv")
        await at.click("#columns")
        await choices(at)
        assert at.shows(words("he")("import.choices"))
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, ImportScreen))


async def test_a_column_is_chosen_by_its_place_where_its_heading_does_not_name_it(home: Path) -> None:
    Path("t.csv").write_text("Vorgang;;Wer;Wer\nAnrufen;;Eva;Max\n", "utf-8")
    async with sitting(home) as at:
        await at.type(f"{CTRL_O}t.csv\r")
        listed = await choices(at)
        assert [each.name for each in listed.entries if each.kind == "column"] == ["Vorgang", "Wer", "Wer"]
        await at.type("\r\x1b[B\x1b[B\r")
        assert [line(listed, n).rpartition(" is ")[2] for n in range(3)] == ["Task", "not read", "Owner"]
        await use(at)
        assert own_tasks(at)["Anrufen"].owner == "Max"


async def test_the_keys_of_the_page(home: Path) -> None:
    Path("t.csv").write_text("Task,Text\na,x\n", "utf-8")
    async with sitting(home) as at:
        await ask(at, "t.csv")
        await at.click("#columns")
        listed = await choices(at)
        assert "1 of 2 read" in at.text and "Enter next  ← previous  Del not read" in at.text
        await at.press("down", "right")
        assert line(listed, 1) == "“Text” is Owner"
        await at.press("left", "left")
        assert line(listed, 1) == "“Text” is ID"
        await at.press("delete")
        assert line(listed, 1) == "“Text” is not read"
        await at.press("down")  # over the title
        assert listed.selected and listed.selected.key == "dates"
        await at.press("enter")
        assert listed.selected and listed.selected.value == words("en")("merge.dates_dmy")
        await at.press("up", "up", "delete")
        assert "no column is: Task" in at.text and at.app.screen.query_one("#use", Button).disabled
