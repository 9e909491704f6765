"""A text that is typed onto a list by mistake changes nothing, and the app says so once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Kpi, Roadmap, Stage
from lfroadmap.ui.screens.moment import MomentScreen
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.ui.widgets.letter_guard import LetterGuard
from lfroadmap.words import LANGUAGES, Language
from sitting import Sitting, sitting
from task_plans import plan, tasks_of, to_tasks
from terminal import keys


class Clock:
    """The time of the lists, which only a test moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(LetterGuard, "clock", staticmethod(clock))
    return clock


def two_stages() -> Roadmap:
    """A plan of two stages with tasks, and a KPI."""
    roadmap = plan()
    first = roadmap.stages[0]
    card = replace(
        first.cards[0], id="c2", tasks=tuple(replace(t, id=t.id + "2") for t in first.cards[0].tasks)
    )
    fields = tuple(replace(field, id=field.id + "2") for field in card.fields)
    second = Stage("s2", "Second", (replace(card, fields=fields),))
    return replace(roadmap, stages=(first, second), kpis=(Kpi("k", "Return rate", baseline="4"),))


async def type_slowly(at: Sitting, clock: Clock, text: str, gap: float = 0.3) -> None:
    for sign in text:
        await at.type(sign)
        clock.now += gap


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["3 calls", "3add", "23 ח ד ש", "3\x7fcalls", "3 d\ro 2\r", "[ ] call", "[x] d", "9 a"]
)
async def test_a_text_that_begins_with_the_key_of_a_tab_changes_nothing(
    home: Path, clock: Clock, text: str, language: Language
) -> None:
    async with sitting(home, roadmap=two_stages(), language=language) as at:
        await to_tasks(at)
        before = at.app.session.roadmap
        await type_slowly(at, clock, text)
        assert at.app.session.roadmap == before
        assert not at.app.main.query(InlineEditor)
        assert len(at.notices.splitlines()) == 1, "it is said once"
        assert "F1" in at.notices
        clock.now += 0.6
        await at.type("2")
        clock.now += 0.6
        await at.type(" ")
        assert tasks_of(at)[0].done, "after half a second keys are commands again"


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("text", ["4 months", "412", "4x", "4-"])
async def test_nor_does_one_that_leads_onto_a_cell_of_the_kpis(home: Path, clock: Clock, text: str) -> None:
    async with sitting(home, roadmap=two_stages()) as at:
        before = at.app.session.roadmap
        await type_slowly(at, clock, text)
        assert (at.tab, at.app.session.roadmap) == ("kpis", before)
        assert "“4” is the key of a tab" in at.notices
        clock.now += 0.6
        await at.type("12\r")
        assert at.app.session.roadmap.kpis[0].measure == "12"


async def test_keys_that_open_tabs_and_lines_work_right_behind_one(home: Path, clock: Clock) -> None:
    async with sitting(home, roadmap=two_stages()) as at:
        await at.type("23[[")
        assert at.tab == "overview"
        await at.type("2" + keys("down") + " ")
        assert tasks_of(at)[1].done
        await at.type("2\r")
        assert at.app.main.query(InlineEditor)
        assert at.notices == ""


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("sign", ["-", "0", "#", "•", "²", "(", '"'])
async def test_a_sign_that_is_no_command_is_refused_with_the_text_behind_it(
    home: Path, clock: Clock, sign: str
) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await to_tasks(at)
        before = at.app.session.roadmap
        await at.type(sign + " add d")
        assert at.app.session.roadmap == before
        assert not at.app.main.query(InlineEditor)
        assert at.notices == f"“{sign}” is no command here. F1 shows the keys."


async def test_onto_a_moment_too(home: Path, clock: Clock) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.type(keys("alt+2") + "Dana")
        await at.saved()
        await at.app.action_start("moment")
        await at.until(lambda: isinstance(at.app.screen, MomentScreen) and at.app.screen.shown)
        screen = at.app.screen
        await at.type("Yoav Cohen read 3 reports")
        assert at.app.screen is screen
        assert at.notices == "“Y” is no command here. F1 shows the keys."
        clock.now += 0.6
        await at.type("d")
        assert at.app.focused is screen.query_one("#day")
