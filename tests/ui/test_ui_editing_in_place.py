"""Editing in place: pasted lists, wrapped texts, selections, completions, letters that are no commands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.bidi.textual.text_areas import BidiTextArea
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.widgets.editable_list import EditableList
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.ui.widgets.line_list import LineList
from lfroadmap.words import Language
from matrices import quick_first
from sitting import sitting
from task_plans import LONG, TASKS, line, plan, tasks_of, to_tasks
from terminal import keys

PASTED = "- [ ] First @yoav\n- [x] Second due 1.4\n\n3. Third\n"


@pytest.mark.proof
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
        assert "“Call the bank” was removed. Ctrl+Z brings it back." in at.notices


async def test_a_paste_behind_what_is_written_goes_on_from_there(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        await at.type("aAsk \x1b[200~* Dana\n* Noa\x1b[201~")
        assert [t.text for t in tasks_of(at)[1:3]] == ["Ask Dana", "Noa"]
        await at.saved()
        assert read(at.path) == at.app.session.roadmap
        await at.press("ctrl+z")
        await at.until(lambda: tasks_of(at) == TASKS)


async def test_a_paste_into_a_task_that_is_reworded_adds_its_further_lines(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan()) as at:
        await to_tasks(at)
        typed = "\r!" + keys("left") + " twice"
        await at.type(f"{typed}\x1b[200~, or\n[x] Ask Noa @yoav\n\n- Wait\x1b[201~")
        call, ask, wait = tasks_of(at)[:3]
        assert (call.text, call.owner, call.due) == ("Call the bank twice, or!", "Dana Levi", "2026-03-06")
        assert (ask.text, ask.done, ask.owner, ask.due) == ("Ask Noa", True, "Yoav", "")
        assert (wait.text, len(tasks_of(at))) == ("Wait", len(TASKS) + 2)
        assert (at.app.focused, at.checklist("c").cursor) == (at.checklist("c"), 2)
        await at.saved()
        assert read(at.path) == at.app.session.roadmap
        await at.press("ctrl+z")
        await at.until(lambda: len(tasks_of(at)) == len(TASKS))
        assert tasks_of(at)[0].text == "Call the bank twice!", "one step, and what was typed is another"
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
        assert at.notices.count("is no command") == 1
        assert "“Y” is no command here. F1 shows the keys." in at.notices
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
        assert at.notices.count("אינו") + at.notices.count("אינה") == 1
        at.checklist("c").clock = lambda: 200.0
        await at.type("שמשימה\r")
        assert tasks_of(at)[1].text == "משימה"


@pytest.mark.proof
@pytest.mark.parametrize(
    ("width", "language"), quick_first([(60, "he"), (100, "en"), (60, "en"), (100, "he")], 2)
)
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


@pytest.mark.proof
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


@pytest.mark.quick_cases(1)
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
        assert line(at, "Owner").rstrip(" │").endswith("dana Levi")
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
        assert "“x” is no command here" in at.notices
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.focused, LineList))
        await at.type("zv")
        assert "“z” is no command here" in at.notices
        assert at.app.screen.query(LineList), "v, which would leave the history, is ignored behind z"


async def test_a_click_on_the_day_edits_it_in_hebrew_too(home: Path) -> None:
    async with sitting(home, size=(100, 40), roadmap=plan(), language="he") as at:
        await to_tasks(at)
        await at.click(at.checklist("c"), x=3, y=0)
        await at.type("היום\r")
        assert tasks_of(at)[0].due == "2026-03-15"


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("opened", [keys("alt+2", "tab", "tab") + "\r", keys("alt+3") + "\r"])
async def test_the_editor_stays_over_its_text_in_a_window_of_another_size(home: Path, opened: str) -> None:
    kpis = (Kpi("k", "Return rate", "Of those who left"), Kpi("l", LONG))
    roadmap = replace(plan(Task("long", LONG), Task("edited", "Short")), kpis=kpis)
    async with sitting(home, size=(120, 40), roadmap=roadmap) as at:
        await at.type(opened[:-1] + keys("down") + "\r")
        for width in (60, 100):
            await at.pilot.resize_terminal(width, 30)
            await at.pause()
            rows = at.one(EditableList)
            assert at.one(InlineEditor).region == rows.editor_region().translate(rows.content_region.offset)
