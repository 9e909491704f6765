"""The library and the portfolio follow what changes elsewhere, and the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from counting import counted
from lfroadmap.roadmap.edits import Edit, Tick
from lfroadmap.store.library.library import Library
from lfroadmap.store.library.renaming import rename
from lfroadmap.store.library.trash import move_to_trash
from lfroadmap.ui.screens.portfolio import PortfolioScreen
from lfroadmap.usecases.library_rows import LibraryRows
from lfroadmap.usecases.opening import store_of
from libraries import all_read, chosen, in_library, small, with_others
from samples import TODAY
from sharing import create
from sitting import NAME, Sitting, sitting
from test_ui_day import Days
from test_ui_portfolio import filled, plan, shown


def elsewhere(library: Library, name: str, edit: Edit) -> None:
    """Edit a roadmap as another window does."""
    store = store_of(library.path(name))
    store.start(lambda event: None)
    store.submit(edit)
    store.close()


def line_of(at: Sitting, name: str) -> str:
    return next((line for line in at.lines if name in line), "")


@pytest.mark.parametrize(
    ("change", "has", "lacks"),
    [
        (lambda library: create(library, "delta", small("delta"), "me"), "delta", ""),
        (lambda library: rename(library, "acme", "omega"), "omega", "acme"),
        (lambda library: move_to_trash(library, "beta"), "", "beta"),
    ],
)
@pytest.mark.quick_cases(1)
async def test_files_that_come_and_go_elsewhere_are_followed(
    home: Path, change: Callable[[Library], object], has: str, lacks: str
) -> None:
    library = with_others(home, "acme", "beta", "gamma")
    async with sitting(home, roadmap=small(NAME)) as at:
        await chosen(at, "gamma")
        change(library)
        screen = await all_read(at, has, lacks)
        selected = screen.listed.selected
        assert selected and selected.name == "gamma"


async def test_an_edit_of_another_window_is_shown(home: Path) -> None:
    library = with_others(home, "acme", "beta")
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        assert "50%" in line_of(at, "acme")
        elsewhere(library, "acme", Tick("t", True))
        await at.until(lambda: "100%" in line_of(at, "acme"))
        assert "50%" in line_of(at, "beta")


async def test_nothing_is_read_while_nothing_changes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_others(home, "acme", "beta")
    looks, reads = counted(monkeypatch, LibraryRows, "state"), counted(monkeypatch, LibraryRows, "read")
    async with sitting(home, roadmap=small(NAME)) as at:
        screen = await in_library(at)
        await at.quiet()
        before, entries = len(looks), screen.listed.entries
        await at.until(lambda: len(looks) >= before + 2)
        assert len(reads) == 1
        assert screen.listed.entries is entries


async def test_the_library_follows_the_day(home: Path) -> None:
    library, days = filled(home), Days()
    async with sitting(home, roadmap=small(NAME), today=lambda: days.day, now=days.now) as at:
        await in_library(at)
        assert "▲" not in line_of(at, "beta")
        days.day = TODAY + timedelta(days=30)
        await at.until(lambda: "▲" in line_of(at, "beta"))
    assert "beta" in library.names()


async def test_the_portfolio_follows_and_keeps_its_line(home: Path) -> None:
    library = filled(home)
    async with sitting(home, roadmap=plan(NAME, "Dana")) as at:
        await at.press("ctrl+r", "p")
        screen: PortfolioScreen = await shown(at)
        await at.press("down")
        before = screen.listed.selected
        elsewhere(library, "acme", Tick("t1", True))
        await at.until(lambda: screen.lines and not any("Sign it" in line for line in at.lines))
        after = screen.listed.selected
        assert before and after and screen.lines
        assert screen.lines.text(after) == screen.lines.text(before)
