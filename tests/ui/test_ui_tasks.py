"""Due days and owners of tasks on the screen: drawn, set by keys, by mouse and inline, pasted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.bidi.textual.text_areas import BidiTextArea
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.ui.widgets.line_list import LineList
from lfroadmap.words import Language
from samples import TODAY
from sitting import Sitting, sitting, task
from terminal import keys

LONG = "Call every customer who left in the last quarter and write down in their own words why they did"
TASKS = (
    Task("late", "Call the bank", due="2026-03-06", owner="Dana Levi"),
    Task("soon", "Write the offer", due="2026-03-18", owner="Yoav"),
    Task("later", "Measure", due="2026-05-01"),
    Task("plain", "Plain"),
    Task("done", "Done one", True, "2026-03-01", "2026-03-02", "Noa"),
)


def plan(*tasks: Task) -> Roadmap:
    fields = (Field("f", label="Field"), Field("who", role="owner", label="Owner", value=""))
    return Roadmap("r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", fields, tasks or TASKS),)),))


async def to_tasks(at: Sitting) -> None:
    await at.press("alt+2", "tab", "tab")
    assert at.app.focused is at.checklist("c")


def tasks_of(at: Sitting) -> tuple[Task, ...]:
    return at.app.session.roadmap.stages[0].cards[0].tasks


def line(at: Sitting, words: str) -> str:
    return next(line for line in at.lines if words in line)


async def test_a_task_shows_its_owner_its_day_and_the_sign_of_its_health(home: Path) -> None:
    assert date(2026, 3, 15) == TODAY
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        assert line(at, "Call the bank").rstrip().endswith("Dana Levi · ▲ 9 days late")
        assert line(at, "Write the offer").rstrip().endswith("Yoav · ■ in 3 days")
        assert line(at, "Measure").rstrip().endswith("● in 47 days")
        assert line(at, "Plain").rstrip().endswith("Plain")
        assert line(at, "Done one").rstrip().endswith("Noa · 2026-03-02")
        await at.type(" ")
        assert line(at, "Call the bank").rstrip().endswith("Dana Levi · 2026-03-06")


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
        drawn = line(at, "▲")
        mirrored = drawn[::-1].rstrip()
        assert mirrored.endswith("דנה · ▲ באיחור של 9 ימים")
        assert mirrored.index("להתקשר לבנק") < mirrored.index("דנה")


async def test_keys_set_and_clear_the_day_and_the_owner(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        await at.type(keys("down", "down", "down") + "dtomorrow\r")
        assert task(at.app.session.roadmap, "plain").due == "2026-03-16"
        assert not at.app.main.query(InlineEditor)
        assert line(at, "Plain").rstrip().endswith("■ tomorrow")
        await at.type("oda")
        assert "Dana Levi" in at.text
        await at.type("\t\r")
        assert task(at.app.session.roadmap, "plain").owner == "Dana Levi"
        await at.type("oDANA\r")
        assert task(at.app.session.roadmap, "plain").owner == "Dana Levi", "the only one of that first name"
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
        assert "“someday”: is not a date" in at.told
        assert at.app.focused is at.one(InlineEditor)
        assert tasks_of(at)[0].due == "2026-03-06"
        await at.press("escape")
        assert tasks_of(at) == TASKS
        await at.type("d31.4")
        await at.click(at.editor("f"), x=3)
        assert "“31.4”: that month has no such day" in at.told
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


@pytest.mark.parametrize(
    ("typed", "added", "shown"),
    [
        (
            "Ask them @dana due tomorrow",
            Task("", "Ask them", due="2026-03-16", owner="Dana Levi"),
            "Dana Levi · ■ tomorrow, 16 Mar",
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
        assert line(at, shown).rstrip().endswith(shown)
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


PASTED = "- [ ] First @yoav\n- [x] Second due 1.4\n\n3. Third\n"


async def test_a_pasted_list_makes_a_task_a_line_in_one_step(home: Path) -> None:
    for start in ("", "a", "ax" + keys("backspace") + " "):
        async with sitting(home / f"{len(start)}", size=(100, 40), roadmap=plan()) as at:
            await to_tasks(at)
            await at.type(f"{start}\x1b[200~{PASTED}\x1b[201~")
            added = [(t.text, t.done, t.done_on, t.due, t.owner) for t in tasks_of(at)[1:4]]
            assert added == [
                ("First", False, "", "", "Yoav"),
                ("Second", True, "2026-03-15", "2026-04-01", ""),
                ("Third", False, "", "", ""),
            ]
            assert len(tasks_of(at)) == len(TASKS) + 3
            assert at.app.focused is at.checklist("c")
            assert at.checklist("c").cursor == 3
            await at.saved()
            assert read(at.path) == at.app.session.roadmap
            await at.press("ctrl+z")
            await at.until(lambda: tasks_of(at) == TASKS)


async def test_removing_a_task_says_what_went(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        await at.press("delete")
        assert "“Call the bank” was removed. Ctrl+Z brings it back." in at.told


async def test_a_paste_behind_what_is_written_goes_on_from_there(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        await at.type("aAsk \x1b[200~* Dana\n* Noa\x1b[201~")
        assert [t.text for t in tasks_of(at)[1:3]] == ["Ask Dana", "Noa"]
        await at.saved()
        assert read(at.path) == at.app.session.roadmap
        await at.press("ctrl+z")
        await at.until(lambda: tasks_of(at) == TASKS)


async def test_a_pasted_line_alone_stays_in_the_line_that_is_written(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        await at.type("aAsk \x1b[200~Dana\n\x1b[201~!\r")
        assert tasks_of(at)[1].text in ("Ask Dana !", "Ask Dana!")


async def test_letters_that_are_no_commands_are_refused_once_and_ignored(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        now = 100.0
        at.checklist("c").clock = lambda: now
        for letter in "Yoav Cohen did\x7f 2 things\rDana\r":
            now += 0.4
            await at.type(letter)
        assert tasks_of(at) == TASKS
        assert not at.app.main.query(InlineEditor)
        assert at.told.count("is no command") == 1
        assert "“Y” is no command here. F1 shows the keys." in at.told
        now += 0.6
        await at.type(" ")
        assert tasks_of(at)[0].done
        await at.type("z" + keys("down") + " ")
        assert tasks_of(at)[1].done, "a key that types nothing ends it"


async def test_an_unknown_hebrew_letter_is_refused_and_a_known_one_is_a_command(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan(), language="he") as at:
        await to_tasks(at)
        at.checklist("c").clock = lambda: 100.0
        await at.type("ףשלום")
        assert tasks_of(at) == TASKS
        assert at.told.count("אינו") + at.told.count("אינה") == 1
        at.checklist("c").clock = lambda: 200.0
        await at.type("שמשימה\r")
        assert tasks_of(at)[1].text == "משימה"


@pytest.mark.parametrize(("width", "language"), [(100, "en"), (60, "en"), (100, "he"), (60, "he")])
async def test_a_wrapped_task_is_edited_where_it_stands_with_nothing_of_it_beside_or_below(
    home: Path, width: int, language: Language
) -> None:
    text = (
        LONG
        if language == "en"
        else "להתקשר לכל לקוח שעזב ברבעון האחרון ולרשום במילים שלו למה עזב, כולל CRM ומחיר " * 2
    )
    tasks = (Task("a", text.strip(), due="2026-03-06", owner="Dana"), Task("b", "Next"))
    async with sitting(home, size=(width, 40), roadmap=plan(*tasks), language=language) as at:
        await to_tasks(at)
        before = at.lines
        await at.press("enter")
        checklist, editor = at.checklist("c"), at.one(InlineEditor)
        assert editor.region.height == checklist.row_region(0).height > 1
        assert at.lines[2:-1] == before[2:-1], "the same words in the same cells"
        await at.type(" zz")
        assert at.text.count("zz") == 1
        await at.press("home", "down")
        assert editor.cursor_screen_offset.y == editor.region.y + 1
        assert 0 < editor.cursor_position < len(editor.value)
        await at.press("up")
        assert editor.cursor_position == 0
        await at.type("x" * 90)
        assert editor.region.height == checklist.row_region(0).height
        assert at.checklist("c").row_region(1).y == editor.region.bottom - checklist.region.y
        await at.press("ctrl+a", "backspace")
        assert editor.region.height == 1
        await at.press("escape")
        assert at.lines[2:] == before[2:]


async def test_every_cell_of_a_wrapped_editor_leads_to_the_letter_in_it(home: Path) -> None:
    text = ("שלום Dana (CRM) 12% ועוד מילים רבות כדי שהשורה תישבר " * 3).strip()
    for language in ("en", "he"):
        tasks = (Task("a", text), Task("b", "Next"))
        async with sitting(home / language, size=(60, 40), roadmap=plan(*tasks), language=language) as at:
            await to_tasks(at)
            await at.press("enter")
            editor = at.one(InlineEditor)
            for index in range(0, len(text), 7):
                editor.cursor_position = index
                x, y = editor.cursor_screen_offset
                assert editor.region.contains(x, y)
                await at.pilot.click(offset=(x, y))
                assert editor.cursor_position == index
            editor.cursor_position = 0
            seen = {0}
            for _ in range(4 * len(text)):
                editor.action_cursor_left() if editor._level else editor.action_cursor_right()
                seen.add(editor.cursor_position)
            assert len(text) in seen
            assert len(seen) > len(text) * 0.9


@pytest.mark.parametrize(("language", "typed"), [("en", "hello you"), ("he", "שלום לך")])
async def test_ctrl_a_selects_all_and_shift_with_arrows_extends(
    home: Path, language: Language, typed: str
) -> None:
    onward, back = ("right", "left") if language == "en" else ("left", "right")
    fields = (Field("f", label="Field"), Field("l", "long", label="Long"))
    tasks = (Task("a", typed),)
    roadmap = Roadmap("r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", fields, tasks),)),))
    async with sitting(home, size=(100, 40), roadmap=roadmap, language=language) as at:
        await at.press("alt+2")
        for place in ("f", "l", "task"):
            if place == "task":
                at.app.main.set_focus(at.checklist("c"))
                await at.press("enter")
            else:
                at.app.main.set_focus(at.editor(place))
                await at.type(typed)
            widget = at.app.focused
            assert isinstance(widget, BidiInput | BidiTextArea)
            await at.press("ctrl+a")
            assert widget.selected_text == typed
            await at.press("home", f"shift+{onward}", f"shift+{onward}")
            assert widget.selected_text == typed[:2]
            await at.press(f"shift+{back}")
            assert widget.selected_text == typed[:1]
            await at.press("end", f"shift+{back}")
            assert widget.selected_text == typed[-1]
            await at.press("shift+home")
            assert widget.selected_text == typed
            await at.press("ctrl+a")
            await at.type("x")
            assert getattr(widget, "value", None) == "x" or getattr(widget, "text", None) == "x"


async def test_owner_fields_complete_from_the_names_used(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await at.press("alt+2", "tab")
        assert at.focus == "who"
        await at.type("da")
        assert line(at, "Owner").rstrip().endswith("dana Levi")
        assert at.value("who") == "da", "what is offered is not taken by itself"
        await at.press("right")
        assert at.value("who") == "Dana Levi"
        await at.press("ctrl+a")
        await at.type("zz")
        await at.press("right", "end")
        assert at.value("who") == "zz"


async def test_a_name_in_a_line_is_completed_by_tab(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        await at.type("aAsk @yo\t due 1.4\r")
        assert (tasks_of(at)[1].text, tasks_of(at)[1].owner, tasks_of(at)[1].due) == (
            "Ask",
            "Yoav",
            "2026-04-01",
        )


async def test_every_list_refuses_letters_that_are_no_commands(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await at.press("alt+1")
        await at.type("x")
        assert "“x” is no command here" in at.told
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.focused, LineList))
        await at.type("zv")
        assert "“z” is no command here" in at.told
        assert at.app.screen.query(LineList), "v, which would leave the history, is ignored behind z"


async def test_a_click_on_the_day_edits_it_in_hebrew_too(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan(), language="he") as at:
        await to_tasks(at)
        await at.click(at.checklist("c"), x=3, y=0)
        await at.type("היום\r")
        assert tasks_of(at)[0].due == "2026-03-15"
