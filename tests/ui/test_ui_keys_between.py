"""Letters that arrive at any moment of the command before them go to what the command opens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.message_pump import MessagePump

from between import Between
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.screens.help import HelpScreen
from lfroadmap.ui.screens.main import MainScreen
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.stage_pane import StagePane
from sitting import FIRST_CARD, OWNER, SEGMENTS, Sitting, sitting
from terminal import keys

F1 = "\x1bOP"


async def at_tasks(at: Sitting) -> None:
    await at.press("alt+2")
    at.app.main.set_focus(at.checklist(FIRST_CARD))
    await at.pause()


async def at_owner(at: Sitting) -> None:
    await at.press("alt+2")


async def at_kpis(at: Sitting) -> None:
    await at.press("alt+6")


async def at_overview(at: Sitting) -> None:
    await at.press("alt+1")


class Case(NamedTuple):
    """What is typed, at once: a command, the text behind it, and what ends the text."""

    begin: Callable[[Sitting], Awaitable[None]]
    command: str
    text: str
    end: str


TASK = Case(at_tasks, "a", "משימה חדשה", "\r")
CASES = {
    "a task": TASK,
    "a task behind a tick": TASK._replace(command=" a"),
    "the next task": TASK._replace(command="aone\r", text="two"),
    "a task's words": TASK._replace(command="\r"),
    "its owner": TASK._replace(command="o", text="Dana"),
    "its day": TASK._replace(command="d", text="2026-05-05"),
    "the next field": Case(at_owner, "\t", "2026-05-05", "\t"),
    "the field before": Case(at_tasks, keys("shift+tab"), "x", "\t"),
    "another stage": Case(at_owner, keys("alt+3"), "Dana", "\t"),
    "a card and its owner": Case(at_owner, keys("ctrl+n"), "New\rDana", "\t"),
    "a new card's owner": Case(at_owner, keys("ctrl+n") + "New\r", "Dana", "\t"),
    "a stage": Case(at_owner, keys("ctrl+t"), "New", "\r"),
    "a KPI": Case(at_kpis, keys("insert"), "Rate", "\r"),
    "a cell": Case(at_kpis, "\r", "Rate", "\r"),
    "the palette": Case(at_tasks, "/", "add a card", "\rNew\r"),
    "a command of the palette": Case(at_owner, keys("ctrl+p") + "add a card\r", "New", "\r"),
    "where a line leads": Case(at_overview, "\r", "Dana", "\t"),
    "where an undo leads": Case(at_owner, keys("ctrl+z"), "Dana", "\t"),
}


MOST = 70
"""Messages that come of a command and its answer on the screen; behind them nothing more is opened."""
EACH = 20
"""Of so many messages one is tried, for each command another one."""


def texts_of(roadmap: Roadmap) -> object:
    """All texts of a roadmap, in their places."""
    cards = [
        (
            stage.title,
            card.title,
            [field.value for field in card.fields],
            [(task.text, task.done, task.owner, task.due) for task in card.tasks],
        )
        for stage in roadmap.stages
        for card in stage.cards
    ]
    return cards, [kpi.measure for kpi in roadmap.kpis]


async def outcome(at: Sitting) -> object:
    """What came of it: the texts, where the focus is, and what was said."""
    await at.saved()
    await at.quiet()
    focused = at.app.focused
    where = type(at.app.screen), type(focused), getattr(focused, "value", "")
    return texts_of(at.app.session.roadmap), where, at.notices


def is_key(pump: MessagePump, message: Message) -> bool:
    return isinstance(pump, MainScreen) and isinstance(message, events.Key)


@pytest.mark.parametrize(("command", "text"), [("a", "משימה חדשה"), ("o", "דנה"), ("d", "+3"), ("\r", "x")])
@pytest.mark.quick_cases(1)
async def test_a_letter_that_arrives_while_the_command_is_on_its_way_back_is_not_lost(
    home: Path, monkeypatch: pytest.MonkeyPatch, command: str, text: str
) -> None:
    between = Between(monkeypatch)
    async with sitting(home) as at:
        await at_tasks(at)
        between.before(is_key, lambda: at.pour(text))
        await at.type(command)
        assert between.was_done
        editor = at.checklist(FIRST_CARD).editor
        assert editor is not None
        assert editor.value.endswith(text)
        assert at.notices == ""


async def test_a_letter_that_arrives_while_a_line_leads_elsewhere_is_not_lost(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    between = Between(monkeypatch)
    async with sitting(home) as at:
        between.before(lambda pump, message: isinstance(message, Dashboard.Entered), lambda: at.pour("+3"))
        await at.type("\r")
        assert between.was_done
        assert getattr(at.app.focused, "value", "") == "+3"
        assert at.notices == ""


@pytest.mark.proof
@pytest.mark.parametrize(("at_first", "name"), list(enumerate(CASES)), ids=CASES)
async def test_letters_at_any_moment_of_a_command_come_to_the_same_as_after_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, at_first: int, name: str
) -> None:
    case, between = CASES[name], Between(monkeypatch)
    async with sitting(home / "slowly") as at:
        await case.begin(at)
        for part in (case.command, case.text, case.end):
            await at.type(part)
        expected = await outcome(at)
    for number in range(at_first % EACH, MOST, EACH):
        async with sitting(home / str(number)) as at:
            await case.begin(at)
            between.before_number(number, lambda at=at: at.pour(case.text))  # type: ignore[misc]
            await at.type(case.command)
            if not between.was_done:
                break
            await at.type(case.end)
            assert await outcome(at) == expected, f"typed before message {number}"


def click_on(region: Region, times: int = 1) -> str:
    """What a terminal sends for clicks near the start of a region."""
    at = f"\x1b[<0;{region.x + 5};{region.y + 1}"
    return f"{at}M{at}m" * times


async def test_what_is_typed_before_a_click_stays_where_it_was_typed(home: Path) -> None:
    async with sitting(home) as at:
        await at_owner(at)
        await at.type("Dana Levi" + click_on(at.editor(SEGMENTS).region) + "shops")
        assert (at.value(OWNER), at.value(SEGMENTS)) == ("Dana Levi", "shops")


@pytest.mark.proof
async def test_what_is_typed_behind_a_double_click_goes_into_what_it_opens(home: Path) -> None:
    async with sitting(home) as at:
        await at_owner(at)
        await at.type(click_on(at.checklist().region, times=2) + " first")
        editor = at.checklist().editor
        assert editor is not None
        assert editor.value.endswith(" first")
        assert at.notices == ""


@pytest.mark.proof
async def test_a_click_behind_a_key_that_opens_a_screen_does_nothing_on_that_screen(home: Path) -> None:
    async with sitting(home) as at:
        await at_owner(at)
        await at.type(F1 + click_on(Region(0, at.app.size.height - 1, 120, 1)) + "\t")
        assert isinstance(at.app.screen, HelpScreen)
        await at.press("escape")
        assert at.focus == OWNER


async def test_a_screen_that_comes_as_the_time_for_it_runs_out_takes_a_key_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lfroadmap.ui.terminal.keyboard.PATIENCE", 0.01)
    app_goes, screen_goes = asyncio.Event(), asyncio.Event()
    async with sitting(home) as at:
        in_order, screen = at.app.keys_in_order, BaseScreen[None]()
        await at.app.push_screen(screen)
        screen.call_later(screen_goes.wait)
        at.pour(keys("end"))
        await at.soon(lambda: in_order._coming is screen)
        at.app.call_later(app_goes.wait)
        await at.soon(lambda: at.app._next_callbacks)
        screen_goes.set()
        await at.soon(lambda: in_order._coming is None)
        app_goes.set()
        await at.quiet()
        assert at.app.screen is screen


async def test_a_letter_that_arrives_while_the_panels_of_a_stage_come_is_not_lost(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lfroadmap.ui.widgets.stage_pane.PANELS_BEHIND", 3600)
    between = Between(monkeypatch)
    async with sitting(home) as at:
        await at_tasks(at)
        pane = at.one(StagePane)
        assert pane.panels is None

        def panels_come() -> None:
            pane.call_later(pane._fit_panels)
            at.pour("first")

        between.before(is_key, panels_come)
        await at.type("a")
        assert pane.panels is not None
        editor = at.checklist(FIRST_CARD).editor
        assert editor is not None
        assert editor.value == "first"
