"""The search screen: as you type, in both languages and sizes; filters by words, chips and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import Rename, SetField, SetTask
from lfroadmap.roadmap.model import Measurement, Note, Roadmap, Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.ui.screens import search_run
from lfroadmap.ui.screens.naming import NameScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.search import SearchScreen
from lfroadmap.ui.screens.search_run import PAGE
from lfroadmap.usecases.saved_filters import saved_filters
from lfroadmap.words import Language
from samples import TODAY
from sitting import OWNER, Sitting, sitting, template
from terminal import keys

FIND = keys("ctrl+f")
SIGN_OFF = "strategy.goals.sign-off"
LIST = "data.governance.list-sources"
LATE = (TODAY - timedelta(3)).isoformat()
BOTH: tuple[tuple[Language, tuple[int, int]], ...] = (
    ("en", (80, 24)),
    ("he", (80, 24)),
    ("en", (120, 40)),
    ("he", (120, 40)),
)


def plan() -> Roadmap:
    """The template with people, a late task, a note, and a Hebrew text with points."""
    roadmap = template()
    for edit in (
        SetField(OWNER, "Dana Levi"),
        SetTask(SIGN_OFF, "owner", "Dan Cohen"),
        SetTask(SIGN_OFF, "due", LATE),
        Rename(LIST, "לְתַאֵם עם הבנקים"),
        Add(Note("note", "the budget is agreed"), SIGN_OFF),
        Add(Measurement("m1", "Spring", "2026-03-01"), "r1"),
    ):
        roadmap = edit.on(roadmap)
    return roadmap


def long_plan(tasks: int) -> Roadmap:
    roadmap = template()
    card = roadmap.stages[1].cards[0]
    many = tuple(Task(f"t{number}", f"Call number {number}") for number in range(tasks))
    stage = replace(roadmap.stages[1], cards=(replace(card, tasks=many), *roadmap.stages[1].cards[1:]))
    return replace(roadmap, stages=(roadmap.stages[0], stage, *roadmap.stages[2:]))


def screen(at: Sitting) -> SearchScreen:
    assert isinstance(at.app.screen, SearchScreen)
    return at.app.screen


def found(at: Sitting) -> list[str]:
    return [each.target.id for each in screen(at).results.found]


async def search(at: Sitting, query: str) -> None:
    """Type a query, and wait until all is looked through."""
    await at.type(FIND + query)
    await at.until(lambda: isinstance(at.app.screen, SearchScreen) and at.app.screen.search_run.is_over)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize(
    ("query", "first", "tab", "focus"),
    [
        ("sign off on the goals", SIGN_OFF, "strategy", SIGN_OFF),
        ("dana levi", OWNER, "strategy", OWNER),
        ("budget", "note", "strategy", SIGN_OFF),
        ("לתאמ בנקימ", LIST, "data", LIST),
        ("flow pilot", "launch.pilot", "launch", "launch.pilot.owner"),
        ("close rate", "kpi.close-rate", "kpis", "kpi.close-rate"),
        ("spring", "m1", "flows", ""),
        ("liquid funnel roadmap", "r1", "overview", ""),
    ],
)
async def test_a_result_leads_to_its_place(home: Path, query: str, first: str, tab: str, focus: str) -> None:
    async with sitting(home, size=(80, 24), roadmap=plan()) as at:
        await at.type(keys("alt+5"))
        await search(at, query)
        assert found(at)[0] == first
        await at.press("enter")
        await at.until(lambda: at.app.screen is at.app.main and at.tab == tab)
        assert not focus or at.focus == focus


async def test_the_keys_open_it_and_escape_leaves_all_as_it_was(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.type("/identity")
        await at.until(lambda: isinstance(at.app.screen, SearchScreen))
        assert screen(at).field.value == "identity"
        await at.press("escape")
        assert at.app.screen is at.app.main
        await at.type(keys("alt+2"))
        at.app.main.set_focus(at.editor(OWNER))
        before = at.value(OWNER)
        await at.type(keys("end") + FIND + "identity")
        await at.press("down", "up", "pagedown", "escape")
        assert (at.app.screen, at.value(OWNER)) == (at.app.main, before)
        assert at.focus == OWNER


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize(("language", "size"), BOTH)
async def test_the_screen_says_what_is_found_where_and_how_many(
    home: Path, language: Language, size: tuple[int, int]
) -> None:
    english = language == "en"
    async with sitting(home, size=size, language=language, roadmap=plan()) as at:
        await search(at, "budget")
        assert at.shows("the budget is agreed")
        assert at.shows("1 result" if english else "תוצאה אחת")
        assert at.shows("note" if english else "הערה")
        await at.type(keys("ctrl+a") + ("owner:cohen is:late" if english else "אחראי:cohen רק:באיחור"))
        await at.until(lambda: found(at) == [SIGN_OFF])
        await at.until(lambda: at.shows("1 task" if english else "משימה אחת"))
        await at.until(lambda: at.shows("3 days late" if english else "באיחור של"))
        await at.until(lambda: at.shows("● Late" if english else "● באיחור"))
        await at.type(keys("ctrl+a") + ("nothing of it" if english else "אין כזה"))
        await at.until(lambda: at.shows("Nothing was found" if english else "לא נמצאו תוצאות"))
        await at.type(keys("ctrl+a") + "owner:zoe")
        await at.until(lambda: at.shows("Dan Cohen") and at.shows("Dana Levi"))


async def test_a_name_that_means_several_finds_the_tasks_of_all_and_names_them(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await search(at, "owner:dan")
        assert SIGN_OFF in found(at)
        assert len(found(at)) == len(at.app.session.roadmap.stages[0].cards[0].tasks)
        assert at.shows("Dan Cohen, Dana Levi · ")


async def test_filters_are_chosen_with_keys_and_the_mouse(home: Path) -> None:
    async with sitting(home, size=(120, 40), roadmap=plan()) as at:
        await search(at, "")
        await at.press("tab", "enter")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("cohen")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, SearchScreen))
        assert screen(at).field.value == 'owner:"Dan Cohen"'
        assert found(at) == [SIGN_OFF]
        await at.click_on("Open")
        assert screen(at).field.value == 'owner:"Dan Cohen" is:open'
        await at.click_on("Late")
        assert "is:late" in screen(at).field.value
        await at.click_on("Owner: Dan Cohen")
        assert screen(at).field.value == "is:late is:open"
        await at.press("tab", "right", "right", "right", "space", "escape")
        assert screen(at).field.value == "is:open"
        await at.press("escape")
        assert at.app.screen is at.app.main


async def test_a_filter_is_saved_taken_and_forgotten(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        library = at.app.session.library
        await search(at, "owner:cohen is:late")
        await at.click_on("Saved")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.type("mine" + keys("enter"))
        await at.until(lambda: isinstance(at.app.screen, SearchScreen))
        assert {name: each.plain() for name, each in saved_filters(library).items()} == {
            "mine": {"owner": "cohen", "is_late": True}
        }
        await at.type(keys("ctrl+a") + "call")
        await at.click_on("Saved")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, SearchScreen))
        assert screen(at).field.value == "owner:cohen is:late"
        await at.click_on("Saved")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("forget" + keys("enter"))
        await at.until(lambda: not saved_filters(library))


async def test_of_many_results_a_page_is_there_and_more_come_as_they_are_reached(home: Path) -> None:
    tasks = 3000
    async with sitting(home, size=(80, 24), roadmap=long_plan(tasks)) as at:
        await search(at, "call number")
        assert at.shows(f"{tasks} results")
        assert len(found(at)) == PAGE
        for _ in range(12):
            await at.press("pagedown")
        assert len(found(at)) > PAGE
        assert screen(at).results.cursor == 12 * 8
        await at.type(keys("ctrl+a") + "2718")
        await at.until(lambda: found(at) == ["t2718"])
        await at.press("enter")
        await at.until(lambda: at.focus == "t2718")


async def test_what_was_typed_before_is_not_counted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_run, "SLICE", 0)  # each look leaves something for later
    async with sitting(home, roadmap=long_plan(40)) as at:
        await at.type(FIND)
        await at.until(lambda: isinstance(at.app.screen, SearchScreen))
        at.pour("call")
        await at.soon(lambda: len(screen(at).search_run.entries) > 1)
        assert not screen(at).search_run.is_over
        await at.type(keys("ctrl+a") + "\x7f")
        await at.until(lambda: all(each.is_finished for each in screen(at).workers if each.group == "look"))
        assert (screen(at).title_line.note, found(at)) == ("", [])
        await at.type("number 7")
        await at.until(lambda: screen(at).search_run.is_over)
        assert screen(at).title_line.note == f"{len(found(at))} results" == "4 results"


async def test_results_follow_what_is_written_elsewhere(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await search(at, "is:late")
        assert found(at) == [SIGN_OFF]
        at.app.session.change(SetTask(LIST, "due", LATE))
        screen(at).follow_roadmap()
        await at.until(lambda: found(at) == [SIGN_OFF, LIST])


async def test_the_next_result_follows_the_one_before_and_the_first_the_last(home: Path) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text('keymap = "vim"\n', "utf-8")
    async with sitting(home, roadmap=long_plan(3)) as at:
        await search(at, "call number")
        await at.press("down", "enter")
        await at.until(lambda: at.focus == "t1")
        for expected in ("t2", "t0", "t1"):
            await at.type("n")
            await at.until(lambda expected=expected: at.focus == expected)  # type: ignore[misc]
        assert at.tab == "data"
