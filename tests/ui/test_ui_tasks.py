"""Due days and owners of tasks on the screen: drawn, set by keys, by mouse and inline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Task
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from samples import TODAY
from sitting import sitting, task
from task_plans import LONG, TASKS, line, plan, tasks_of, to_tasks
from terminal import keys


async def test_a_task_shows_its_owner_its_day_and_the_sign_of_its_health(home: Path) -> None:
    assert date(2026, 3, 15) == TODAY
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        assert line(at, "Call the bank").rstrip(" │").endswith("Dana Levi · ▲ 9 days late")
        assert line(at, "Write the offer").rstrip(" │").endswith("Yoav · ■ in 3 days")
        assert line(at, "Measure").rstrip(" │").endswith("● in 47 days")
        assert line(at, "Plain").rstrip(" │").endswith("Plain")
        assert line(at, "Done one").rstrip(" │").endswith("Noa · 2026-03-02")
        await at.type(" ")
        assert line(at, "Call the bank").rstrip(" │").endswith("Dana Levi · 2026-03-06")


async def test_where_it_is_narrow_the_family_name_goes_first_and_the_day_is_never_cut(home: Path) -> None:
    owners = ("Maximiliana Featherstonehaugh", "Dana Abramovitch-Ben-Shitrit")
    tasks = [Task(f"t{n}", LONG, due="2026-03-06", owner=owner) for n, owner in enumerate(owners)]
    async with sitting(home, roadmap=plan(*tasks), size=(60, 30)) as at:
        await to_tasks(at)
        ends = [line for line in at.lines if "▲ 9 days late" in line]
        assert len(ends) == 2
        assert "Dana · ▲ 9 days late" in ends[1]
        assert "… · ▲ 9 days late" in ends[0]
        words = " ".join(at.text.split())
        assert "Featherstonehaugh" not in words
        assert all(word in words for word in LONG.split())


async def test_hebrew_mirrors_the_end_of_the_line(home: Path) -> None:
    tasks = (Task("t", "להתקשר לבנק", due="2026-03-06", owner="דנה"),)
    async with sitting(home, size=(100, 40), roadmap=plan(*tasks), language="he") as at:
        await to_tasks(at)
        drawn = line(at, "לבנק"[::-1])
        mirrored = drawn[::-1].rstrip(" │")
        assert mirrored.endswith("דנה · ▲ באיחור של 9 ימים")
        assert mirrored.index("להתקשר לבנק") < mirrored.index("דנה")


async def test_keys_set_and_clear_the_day_and_the_owner(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        await at.type(keys("down", "down", "down") + "dtomorrow\r")
        assert task(at.app.session.roadmap, "plain").due == "2026-03-16"
        assert not at.app.main.query(InlineEditor)
        assert line(at, "Plain").rstrip(" │").endswith("■ tomorrow")
        await at.type("oda")
        assert "Dana Levi" in at.text
        await at.type("\t\r")
        assert task(at.app.session.roadmap, "plain").owner == "Dana Levi"
        await at.type("oDANA  levi\r")
        assert task(at.app.session.roadmap, "plain").owner == "Dana Levi", "the same name in another case"
        await at.type("oDana\r")
        assert task(at.app.session.roadmap, "plain").owner == "Dana", "may be somebody else"
        await at.type("o" + keys("backspace") + "\r" + "d" + keys("backspace") + "\r")
        assert task(at.app.session.roadmap, "plain") == TASKS[3]
        await at.saved()
        assert read(at.path) == at.app.session.roadmap
        await at.press("ctrl+z")
        await at.until(lambda: task(at.app.session.roadmap, "plain").due)


async def test_hebrew_letters_of_the_same_keys_open_the_day_and_the_owner(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan(), language="he") as at:
        await to_tasks(at)
        await at.type("גמחר\r")
        assert tasks_of(at)[0].due == "2026-03-16"
        await at.type("םיואב\r")
        assert tasks_of(at)[0].owner == "יואב"


async def test_a_day_that_cannot_be_read_says_why_and_keeps_the_editor(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        await at.type("dsomeday\r")
        assert "“someday”: is not a date" in at.notices
        assert at.app.focused is at.one(InlineEditor)
        assert tasks_of(at)[0].due == "2026-03-06"
        await at.press("escape")
        assert tasks_of(at) == TASKS
        await at.type("d31.4")
        await at.click(at.editor("f"), x=3)
        assert "“31.4”: that month has no such day" in at.notices
        assert tasks_of(at) == TASKS
        assert at.focus == "f"


async def test_a_click_on_the_day_or_the_owner_edits_it(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        checklist = at.checklist("c")
        width = checklist.size.width
        await at.click(checklist, x=width - 4, y=1)
        await at.type("1.4\r")
        assert tasks_of(at)[1].due == "2026-04-01"
        await at.click(checklist, x=width - len("Yoav · ● in 17 days") + 1, y=1)
        await at.type("Noa\r")
        assert tasks_of(at)[1].owner == "Noa"


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("typed", "added", "shown"),
    [
        (
            "Ask them @dana due tomorrow",
            Task("", "Ask them", due="2026-03-16", owner="dana"),
            "dana · ■ tomorrow, 16 Mar",
        ),
        (
            "Ask them @DANA LEVI",
            Task("", "Ask them", owner="Dana Levi"),
            "Dana Levi",
        ),
        ("Ask them by 1.4.2027", Task("", "Ask them", due="2027-04-01"), "● in 382 days, 1 Apr 2027"),
        ("mail a@b.com due nowhere", Task("", "mail a@b.com due nowhere"), "nowhere"),
    ],
)
async def test_a_line_names_owner_and_day_and_says_what_it_understood(
    home: Path, typed: str, added: Task, shown: str
) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        await at.type("a" + typed)
        assert any(each.rstrip(" │").endswith(shown) for each in at.lines if "Call the bank" not in each)
        await at.type("\r" + keys("escape"))
        assert replace(tasks_of(at)[1], id="") == added
        await at.saved()
        assert read(at.path) == at.app.session.roadmap
        await at.press("ctrl+z")
        await at.until(lambda: tasks_of(at) == TASKS)


async def test_a_hebrew_line_names_owner_and_day(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan(), language="he") as at:
        await to_tasks(at)
        await at.type("שלהתקשר לבנק @דנה עד מחר")
        drawn = line(at, "ץרמב")
        assert "דנה · ■ מחר, 61 במרץ" in drawn[::-1], "the number is drawn from left to right"
        await at.type("\r")
        added = tasks_of(at)[1]
        assert (added.text, added.owner, added.due) == ("להתקשר לבנק", "דנה", "2026-03-16")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("width", [60, 80])
async def test_a_narrow_hebrew_line_says_both_too(home: Path, width: int) -> None:
    async with sitting(home, size=(width, 30), roadmap=plan(), language="he") as at:
        await to_tasks(at)
        await at.type("שלהתקשר @יואב עד 1.9")
        assert "170" in at.text
        assert at.text.count("באוי") == 2, "as it is typed, and as it is understood"


async def test_rewording_keeps_owner_and_day_unless_the_line_names_them(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        await at.type("\r now\r")
        assert tasks_of(at)[0] == Task("late", "Call the bank now", due="2026-03-06", owner="Dana Levi")
        await at.type("\r due 20.3\r")
        assert tasks_of(at)[0] == Task("late", "Call the bank now", due="2026-03-20", owner="Dana Levi")
        await at.saved()
        await at.press("ctrl+z")
        await at.until(lambda: tasks_of(at)[0].due == "2026-03-06")
        assert tasks_of(at)[0].text == "Call the bank now"
