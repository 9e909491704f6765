"""Keys that are pressed before a screen has loaded what they are for."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest
from textual import events
from textual.widgets import Static

from lfroadmap.ui.screens.history import HistoryScreen
from lfroadmap.ui.screens.history_search import HistorySearch
from lfroadmap.ui.screens.moment import MomentScreen
from lfroadmap.ui.screens.timeline import Timeline
from lfroadmap.ui.widgets.checklist import Checklist
from lfroadmap.ui.widgets.letter_guard import LetterGuard
from sitting import OWNER, Sitting, sitting
from terminal import keys

F3 = "\x1bOR"


@pytest.fixture
def loading(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set: what the screens read of the file arrives. It is held up until then."""
    may_go = Event()
    fill, roadmap = HistorySearch.fill, Timeline.roadmap

    def slow_fill(self: HistorySearch, chunk: list, most: int) -> bool:  # type: ignore[type-arg]
        assert may_go.wait(60)
        return fill(self, chunk, most)

    def slow_roadmap(self: Timeline, at: int) -> object:
        assert may_go.wait(60)
        return roadmap(self, at)

    monkeypatch.setattr(HistorySearch, "fill", slow_fill)
    monkeypatch.setattr(Timeline, "roadmap", slow_roadmap)
    return may_go


async def two_changes(at: Sitting) -> None:
    await at.type(keys("alt+2") + "Dana\t\tBack" + keys("alt+2"))
    await at.saved()


async def test_v_before_the_history_has_its_lines_is_not_lost(home: Path, loading: Event) -> None:
    async with sitting(home) as at:
        await two_changes(at)
        at.pour(F3 + keys("down") + "v")
        await at.soon(lambda: isinstance(at.app.screen, HistoryScreen))
        loading.set()
        await at.until(lambda: isinstance(at.app.screen, MomentScreen) and at.app.screen.shown)
        assert at.shows("change 1 of 2")


async def test_escape_leaves_a_history_that_takes_too_long(
    home: Path, loading: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lfroadmap.ui.terminal.keyboard.PATIENCE", 0.05)
    async with sitting(home) as at:
        await two_changes(at)
        at.pour(F3)
        await at.soon(lambda: isinstance(at.app.screen, HistoryScreen))
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
        loading.set()


@pytest.mark.proof
async def test_what_is_asked_of_a_moment_before_it_is_shown_is_done_with_it(
    home: Path, loading: Event
) -> None:
    async with sitting(home) as at:
        await two_changes(at)
        at.pour(F3)
        await at.soon(lambda: isinstance(at.app.screen, HistoryScreen))
        at.pour("v" + keys("home") + "r")
        loading.set()
        await at.until(lambda: at.shows("Bring the whole roadmap back?"))
        await at.press("left", "enter")
        await at.until(lambda: at.value(OWNER) == "")


async def test_letters_behind_a_command_wait_for_it_however_long_it_takes(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lfroadmap.ui.terminal.keyboard.PATIENCE", 0.02)
    may_go, passed, on_key = asyncio.Event(), asyncio.Event(), LetterGuard.on_key

    async def slow(self: Checklist, event: events.Key) -> None:
        await may_go.wait()
        on_key(self, event)

    monkeypatch.setattr(LetterGuard, "on_key", slow)
    async with sitting(home) as at:
        await at.press("alt+2")
        at.checklist().focus()
        await at.pause()
        at.pour("aRing the bell")
        asyncio.get_running_loop().call_later(0.2, passed.set)
        await at.soon(passed.is_set)
        may_go.set()
        await at.until(lambda: at.checklist().editor is not None)
        await at.quiet()
        editor = at.checklist().editor
        assert editor is not None and editor.value == "Ring the bell"
        assert at.notices == ""


async def test_keys_go_on_where_the_widget_that_had_one_was_removed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lfroadmap.ui.terminal.keyboard.PATIENCE", 0.02)
    never = asyncio.Event()

    class Stuck(Static, can_focus=True):
        async def on_key(self) -> None:
            await never.wait()

    async with sitting(home) as at:
        stuck = Stuck()
        await at.app.screen.mount(stuck)
        stuck.focus()
        await at.pause()
        at.pour("x")
        await at.soon(lambda: not at.app.keys_in_order.idle)
        removed = stuck.remove()
        at.pour(keys("alt+3"))
        await asyncio.sleep(0.1)
        never.set()
        await removed
        await at.until(lambda: at.tab == "data")


@pytest.mark.proof
async def test_a_key_behind_a_filter_is_for_the_lines_that_fit(home: Path) -> None:
    async with sitting(home) as at:
        await two_changes(at)
        await at.type(F3 + "/dana owner" + keys("enter") + "v")
        await at.until(lambda: isinstance(at.app.screen, MomentScreen) and at.app.screen.shown)
        assert at.shows("change 1 of 2"), "of the change of the owner, not of the newest"
        assert at.app.screen.timeline.time(1) <= datetime.now().astimezone()  # type: ignore[attr-defined]
