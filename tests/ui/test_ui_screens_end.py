"""Screens that come and go while keys and work are under way: none answers before or after."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input
from textual.worker import Worker

from lfroadmap.roadmap.edits import Tick
from lfroadmap.ui.context import TabId
from lfroadmap.ui.screens.export import ExportScreen
from lfroadmap.ui.screens.help import HelpScreen
from lfroadmap.ui.screens.importing import ImportScreen
from lfroadmap.ui.widgets.entry_list import EntryScroll
from lfroadmap.ui.widgets.report_view import ReportView
from matrices import quick_first
from sitting import OWNER, Sitting, sitting

T = TypeVar("T")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """What all work on threads waits for before it comes back, while it is not set."""
    gate, real = asyncio.Event(), asyncio.to_thread

    async def slow(work: Callable[..., T], *args: object, **named: object) -> T:
        done = await real(work, *args, **named)
        await gate.wait()
        return done

    monkeypatch.setattr(asyncio, "to_thread", slow)
    gate.set()
    return gate


@pytest.fixture
def removal(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """What the largest widget of a screen waits for before it is gone; the others are gone by then."""
    removal = asyncio.Event()

    async def on_unmount(self: Widget) -> None:
        await removal.wait()

    for kind in (ReportView, EntryScroll):
        monkeypatch.setattr(kind, "on_unmount", on_unmount, raising=False)
    return removal


async def with_history(at: Sitting) -> None:
    await at.type("\x1b2Dana")
    await at.saved()


def at_work(at: Sitting, screen: Screen[object]) -> list[Worker[object]]:
    """What the screen is doing in the background."""
    return [worker for worker in at.app.workers if worker.node is screen]


def csv(home: Path) -> Path:
    table = home / "tasks.csv"
    table.write_text("Task,Card,Done\nA task of mine,Liquid Funnel goals,no\n", "utf-8")
    return table


@pytest.mark.proof
@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", quick_first(["import", "changes", "history", "moment"], 2))
async def test_work_that_ends_while_its_screen_goes_shows_nothing(
    home: Path, gate: asyncio.Event, removal: asyncio.Event, name: str
) -> None:
    async with sitting(home) as at:
        await with_history(at)
        await at.app.run_action(f"start('{name}')")
        await at.until(lambda: at.app.screen is not at.app.main and at.app.screen.is_mounted)
        screen = at.app.screen
        await at.until(lambda: screen.focused and not at_work(at, screen))
        gate.clear()
        if name == "import":
            await at.type(f"{csv(home)}\r")
        elif name == "moment":
            await at.press("left")
        elif name == "changes":
            await at.press("enter")
        else:
            await at.press("c")
        await at.soon(lambda: at_work(at, screen))
        work = at_work(at, screen)
        screen.dismiss(None)
        try:
            # the largest widget keeps the screen from being gone, as on a machine that has much to do
            await at.soon(lambda: not screen.query(Input))
            gate.set()
            await at.soon(lambda: all(worker.is_finished for worker in work))
        finally:
            removal.set()
        await at.until(lambda: not screen.is_attached)
        await at.type("!")
        assert at.value(OWNER) == "Dana!"


OPENERS = {
    "history": "\x1bOR",
    "export": "\x05",
    "import": "\x0f",
    "changes": "\x1bOS",
    "help": "\x1bOP",
    "palette": "\x10",
}
"""What a terminal sends for the keys that open a screen."""


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", quick_first(OPENERS, 3))
async def test_the_app_can_be_left_while_a_screen_comes_up(home: Path, name: str) -> None:
    async with sitting(home) as at:
        await with_history(at)
        at.pour(OPENERS[name])
        await at.soon(lambda: at.app.screen is not at.app.main)
        at.pour("\x11")
        await at.soon(lambda: not at.app.is_running, 20)
    assert at.app.return_code == 0


async def test_a_key_that_comes_with_a_screen_waits_for_its_widgets(home: Path) -> None:
    async with sitting(home) as at:
        await with_history(at)
        at.pour(OPENERS["history"])
        await at.soon(lambda: at.app.screen is not at.app.main)
        at.pour("/Da")
        await at.until(lambda: isinstance(at.app.focused, Input) and at.app.focused.value == "Da")


async def test_a_screen_that_is_left_twice_takes_nothing_else_along(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x05")
        await at.until(lambda: isinstance(at.app.screen, ExportScreen))
        cancel = at.app.screen.query_one("#cancel", Button)
        cancel.press()
        cancel.press()
        await at.until(lambda: at.app.screen is at.app.main)
        await at.type("\x1b2Dana")
        assert at.value(OWNER) == "Dana"


@pytest.mark.proof
async def test_an_import_that_is_agreed_to_under_the_help_is_done_once_and_the_help_stays(
    home: Path, gate: asyncio.Event
) -> None:
    async with sitting(home) as at:
        await at.type(f"\x0f{csv(home)}\r")
        await at.until(lambda: isinstance(at.app.screen, ImportScreen) and at.app.screen.preview)
        screen = at.app.screen
        # the roadmap changes, so that the file is compared with it again
        at.app.change(Tick("strategy.goals.choose-segments", done=True))
        gate.clear()
        screen.query_one("#import", Button).press()
        await at.until(lambda: at_work(at, screen))
        await at.press("f1")
        await at.until(lambda: isinstance(at.app.screen, HelpScreen))
        gate.set()
        await at.until(lambda: not at_work(at, screen))
        assert isinstance(at.app.screen, HelpScreen)
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
        tasks = [task.text for task in at.app.session.roadmap.stages[0].cards[0].tasks]
        assert tasks.count("A task of mine") == 1


async def test_a_page_of_changes_is_told_of_though_its_screen_is_left(
    home: Path, gate: asyncio.Event
) -> None:
    async with sitting(home) as at:
        await with_history(at)
        await at.type(OPENERS["changes"])
        await at.until(lambda: at.app.screen.query("#write:enabled"))
        gate.clear()
        at.app.screen.query_one("#write", Button).press()
        await at.pause()
        await at.press("escape")
        gate.set()
        await at.until(lambda: "Exported to" in at.notices)
        (page,) = Path.cwd().iterdir()
        assert str(page) in at.notices


@pytest.mark.parametrize("node", [OWNER, "kpi.close-rate", "strategy"])
async def test_an_app_that_ends_while_it_goes_to_a_place_goes_nowhere(
    home: Path, monkeypatch: pytest.MonkeyPatch, node: str
) -> None:
    async with sitting(home) as at:
        host = at.app.main.host
        opened = host.open

        async def open_at_the_end(tab: TabId) -> None:
            await opened(tab)
            await host.remove()

        monkeypatch.setattr(host, "open", open_at_the_end)
        await at.app.main.go(node)
        assert not host.is_attached


async def test_work_that_asks_for_a_widget_while_others_are_removed_fails_nothing(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("f1")
        screen = at.app.screen
        assert isinstance(screen, HelpScreen)
        came: list[bool] = []

        async def work() -> None:
            while at.app.is_running:
                await asyncio.sleep(0)
            came.append(bool(screen.children))
            screen.query_one("#gone-already")

        screen.start("late", work)
    assert came == [True], "it came while something was still there"
