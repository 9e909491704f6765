from __future__ import annotations

from pathlib import Path

import pytest
from textual._compositor import ChopsUpdate

from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.widgets.card_pane import CardPane
from lfroadmap.ui.widgets.chrome import Header
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.ui.widgets.tab_bar import TabBar
from resting import draw as draw_changes
from sitting import FIRST_CARD, Sitting, sitting, task
from terminal import keys

FOUR = ("one", "two", "three", "four")
ALT_UP, ALT_DOWN = keys("alt+up"), keys("alt+down")


def four_tasks() -> Roadmap:
    """One card with a field and four tasks, one card with nothing."""
    tasks = tuple(Task(f"t{n}", text) for n, text in enumerate(FOUR))
    cards = (Card("c", "Card", (Field("f", label="Field"),), tasks), Card("d", "Empty"))
    return Roadmap("r", "Plan", "", (Stage("s", "Stage", cards),))


def texts(at: Sitting, card: int = 0) -> list[str | None]:
    return [task.text for task in at.app.session.roadmap.stages[0].cards[card].tasks]


async def to_tasks(at: Sitting) -> None:
    await at.press("alt+2", "tab")
    assert at.app.focused is at.checklist(at.app.session.roadmap.stages[0].cards[0].id)


def measures(at: Sitting) -> list[str]:
    """What the header, the open stage's tab and the card's own line say of the share done."""
    return [at.one(Header).render_line(0).text, at.one(TabBar).render_line(0).text, at.edges[0]]


async def test_a_tick_moves_every_bar_at_once_and_in_one_frame(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        draw_changes(at.app)
        frames = []
        draw = at.app._display
        at.app._display = lambda screen, update: (frames.append(update), draw(screen, update))[1]
        assert all("0%" in line for line in measures(at))
        at.checklist("c").action_tick()
        assert all("25%" in line for line in measures(at)), "before any message was handled"
        await at.pause()
        draw_changes(at.app)
        at.app._display = draw
        assert at.text.count("25%") == 3
        assert "✓ one" in at.text
        assert "1/4" in at.text
        moved = [{y for y, _, _ in frame.spans} for frame in frames if isinstance(frame, ChopsUpdate)]
        head = at.app.main.query(CardPane).first().region.y
        assert {0, 1, head, at.checklist("c").region.y} <= moved[0]


async def test_ticks_by_space_are_dated_toned_and_stored(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        shown = []
        for _ in FOUR:
            await at.type(" " + keys("down"))
            shown.append(at.one(Header).counted.tone(late=False))
        assert shown == ["low", "half", "high", "high"]
        await at.type(" ")
        await at.saved()
        done = [(t.done, t.done_on) for t in read(at.path).stages[0].cards[0].tasks]
        assert done == [(True, "2026-03-15")] * 3 + [(False, "")]


@pytest.mark.proof
async def test_tasks_are_added_one_after_another(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        await at.type("afirst\rשני\r" + "\r")
        assert texts(at) == ["one", "first", "שני", "two", "three", "four"]
        assert at.app.focused is at.checklist("c")
        await at.type("acancelled")
        assert "cancelled" in texts(at)
        await at.press("escape")
        assert texts(at) == ["one", "first", "שני", "two", "three", "four"]
        await at.type("ablurred\t")
        assert "blurred" in texts(at)
        assert not at.app.main.query(InlineEditor)
        await at.saved()
        assert [t.text for t in read(at.path).stages[0].cards[0].tasks] == texts(at)


async def test_an_added_task_left_empty_is_not_kept(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        before = at.app.session.roadmap
        await at.type("a   \r")
        assert at.app.session.roadmap == before
        await at.type("a" + "\t")
        assert at.app.session.roadmap == before
        await at.saved()
        assert read(at.path) == before


async def test_a_task_is_reworded_and_escape_keeps_the_old_words(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        await at.type("\r" + " more\r")
        assert texts(at)[0] == "one more"
        await at.type("\r" + " and more")
        assert texts(at)[0] == "one more and more", "it is kept while it is typed"
        await at.press("escape")
        assert texts(at)[0] == "one more"
        await at.type("\r\x15\r")
        assert texts(at)[0] == "one more", "a task is taken out by Delete, not by emptying it"


async def test_rewording_a_task_of_the_template_and_thinking_better_of_it_leaves_it_translated(
    home: Path,
) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist())
        await at.type("\r" + " x")
        first = at.checklist().card.tasks[0].id
        assert task(at.app.session.roadmap, first).text == "Choose the market segments to start with x"
        await at.press("escape")
        assert task(at.app.session.roadmap, first).text is None
        await at.type("\r" + " x\x7f\x7f\r")
        assert task(at.app.session.roadmap, first).text in (None, "Choose the market segments to start with")


async def test_tasks_are_moved_and_removed(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        await at.type(ALT_UP)
        assert texts(at) == list(FOUR)
        await at.type(ALT_DOWN + ALT_DOWN)
        assert texts(at) == ["two", "three", "one", "four"]
        await at.type(ALT_UP + " ")
        assert texts(at) == ["two", "one", "three", "four"]
        assert task(at.app.session.roadmap, "t0").done
        await at.type(keys("delete", "end", "delete", "home"))
        assert texts(at) == ["two", "three"]
        await at.type(keys("delete", "delete", "delete") + ALT_UP + " \r")
        assert texts(at) == []
        assert at.text.count("No tasks yet: press a to add one") == 2
        await at.type("aagain\r" + keys("escape"))
        await at.press("escape")
        assert texts(at) == ["again"]


async def test_the_mouse_ticks_by_the_mark_and_rewords_by_a_double_click(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        checklist = at.checklist("c")
        await at.click(checklist, x=1, y=2)
        assert task(at.app.session.roadmap, "t2").done
        assert checklist.cursor == 2
        await at.click(checklist, x=6, y=1)
        assert (checklist.cursor, list(at.app.main.query(InlineEditor))) == (1, [])
        await at.click(checklist, x=6, y=1, times=2)
        await at.type("!\r")
        assert texts(at)[1] == "two!"


async def test_a_click_elsewhere_while_adding_keeps_what_was_typed(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        await at.type("ahalf a ta")
        await at.click(at.editor("f"), x=3)
        assert texts(at)[1] == "half a ta"
        assert at.focus == "f"
        await at.saved()
        assert read(at.path) == at.app.session.roadmap


@pytest.mark.proof
async def test_a_long_text_wraps_and_a_cursor_below_the_screen_scrolls_into_view(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist())
        await at.type("a" + "word " * 40 + "end\r")
        await at.press("escape")
        assert any("word end " in line for line in at.lines)
        await at.press("end")
        last = at.checklist().card.tasks[-1]
        assert at.app.main.context.labels.of(last) in at.text
        assert at.focus == last.id
        assert at.checklist().card.id == FIRST_CARD


async def test_no_task_moves_while_one_is_written(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        await at.type("a" + ALT_DOWN + ALT_UP)
        assert texts(at) == list(FOUR)
        await at.press("escape", "enter")
        await at.type(ALT_DOWN)
        assert texts(at) == list(FOUR)


@pytest.mark.proof
async def test_a_click_beside_a_row_with_no_letter_ticks_what_was_under_the_mouse(home: Path) -> None:
    for row, ticked in ((0, "one"), (1, None), (2, "two"), (4, "four")):
        async with sitting(home / str(row), roadmap=four_tasks()) as at:
            await to_tasks(at)
            await at.type("a")
            await at.click(at.checklist("c"), x=1, y=row)
            tasks = at.app.session.roadmap.stages[0].cards[0].tasks
            assert [task.text for task in tasks if task.done] == ([ticked] if ticked else [])
            assert at.checklist("c").row_count() == 4
            assert at.checklist("c").selected == next((t for t in tasks if t.done), tasks[0])


async def test_a_click_beside_a_new_task_that_was_emptied_ticks_what_was_under_the_mouse(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        await at.type("ax" + keys("backspace"))
        await at.click(at.checklist("c"), x=1, y=3)
        tasks = at.app.session.roadmap.stages[0].cards[0].tasks
        assert [task.text for task in tasks if task.done] == ["three"]
        assert texts(at) == list(FOUR)


async def test_arrows_keep_an_editor_on_its_task(home: Path) -> None:
    async with sitting(home, roadmap=four_tasks()) as at:
        await to_tasks(at)
        await at.press("down", "enter", "end", "down", "up", "down")
        await at.type("!\r")
        assert texts(at) == ["one", "two!", "three", "four"]
