"""The Timeline tab: days of cards and tasks on a scale of days, weeks or months."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events

from dashboards import busy
from lfroadmap.roadmap.edits import SetField, SetTask
from lfroadmap.roadmap.model import Roadmap, Stage
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from lfroadmap.text import one_line
from lfroadmap.ui.widgets.timeline_view import TimelineView
from lfroadmap.words import LANGUAGES, Language, words
from overviews import compare_golden
from samples import TODAY
from sharing import create
from sitting import NAME, sitting, task
from submitting import make
from timelines import LINKED, PLAN, card, day, of, opened, place

TESTS = Path(__file__).parents[1]

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_the_pages_are_those_that_were_looked_at(
    home: Path, size: tuple[int, int], language: Language
) -> None:
    async with sitting(home, size=size, roadmap=busy(language), language=language) as at:
        await at.press("alt+8")
        view = at.one(TimelineView)
        shown = [view.render_line(y).text.rstrip() for y in range(view.size.height)]
        assert all(cell_len(text) <= size[0] for text in shown)
        compare_golden(f"timeline.{language}.{size[0]}x{size[1]}", shown)


async def test_open_tasks_and_cards_that_have_a_day_have_a_row_below_their_stage(home: Path) -> None:
    async with sitting(home, roadmap=PLAN) as at:
        view = await opened(at)
        assert [row.id for row in view.window.rows] == ["", "alpha", "one", "beta"]
        assert at.shows("2 cards have no deadline") is False and at.shows("1 card has no deadline")
        assert view.node == "alpha", "the cursor goes past headings"
        await at.press("o")
        assert [row.heading(view.board) for row in view.window.rows if row.item is None] == [
            "Dana", "Noa", words("en")("report.nobody"),
        ]  # fmt: skip
        assert view.node == "alpha", "it stays where it was"
        await at.press("down", "end", "up", "home")
        assert view.node == "alpha"


async def test_enter_and_a_double_click_go_to_the_place(home: Path) -> None:
    async with sitting(home, roadmap=PLAN) as at:
        view = await opened(at)
        await at.press("down", "enter")
        assert (at.tab, at.focus) == ("s", "one")
        await at.press("alt+6")
        assert view.node == "one" and at.app.focused is view
        at_row = place(view, "beta", TODAY)
        await at.click(view, x=2, y=at_row.y, times=2)
        await at.until(lambda: at.tab == "s")
        assert at.focus.startswith("beta")


async def test_the_time_is_scrolled_and_zoomed_and_comes_back_to_today(home: Path) -> None:
    async with sitting(home, roadmap=PLAN) as at:
        view = await opened(at)
        before = view.axis.first
        await at.press("right", "right")
        assert view.axis.first == before + 14
        await at.press("left", "left", "left")
        assert view.axis.first == before - 7
        await at.press(*["right"] * 30)
        assert not 0 <= view.axis.column(TODAY) < view.axis.width
        assert "‹" in at.text, "what is outside is told at the edge"
        await at.press("t")
        assert 0 <= view.axis.column(TODAY) < view.axis.width
        await at.press("alt+1", "alt+6")
        assert view.axis.first == at.one(TimelineView).axis.first


@pytest.mark.proof
async def test_a_long_timeline_scrolls_with_keys_and_wheel_and_keeps_its_row_in_view(home: Path) -> None:
    cards = tuple(card(f"c{n}", n % 90) for n in range(500))
    async with sitting(home, size=(80, 24), roadmap=Roadmap("r", "R", "", (Stage("s", "S", cards),))) as at:
        await at.press("alt+5")
        view = at.one(TimelineView)
        for keys in (["down"] * 30, ["pagedown"] * 3, ["end"], ["up"] * 30, ["home"]):
            await at.press(*keys)
            assert view.window.top <= view.window.cursor < view.window.top + view.window.height
            assert "▌" in at.text
        for kind in (events.MouseScrollDown, events.MouseScrollUp):
            top = view.window.top
            for _ in range(5):
                view.post_message(kind(view, 40, 10, 0, 1, 0, False, False, False))
            await at.pause()
            assert view.window.top != top
            assert view.window.top <= view.window.cursor < view.window.top + view.window.height
        assert len(view._faces) == view.size.height, "only what is seen is drawn"


@pytest.mark.proof
async def test_edits_of_others_are_shown(home: Path) -> None:
    async with sitting(home, roadmap=PLAN) as at:
        view = await opened(at)
        other = Store(at.path, "noa")
        other.submit(SetTask("one", "due", day(9)))
        other.close()
        await at.until(lambda: task(at.app.session.roadmap, "one").due == day(9))
        assert any(row.item and row.item.day == TODAY + timedelta(9) for row in view.window.rows)
        at.app.change(SetField("alpha.due", ""))
        await at.pause()
        assert [row.id for row in view.window.rows] == ["", "one", "beta"]


async def test_days_that_slipped_are_ghosts_out_of_the_history(home: Path) -> None:
    library = Library(home / "data")
    create(library, NAME, PLAN, "dana")
    path = library.path(NAME)
    make(path, SetField("alpha.due", day(40)), SetTask("one", "due", day(9)))
    with closing(sqlite3.connect(path)) as db, db:  # long ago, so that what stands stands for days
        db.execute("UPDATE changes SET at = 1_750_000_000_000 + seq * 1000".replace("_", ""))
    async with sitting(home, roadmap=PLAN) as at:
        view = await opened(at)
        await at.until(lambda: view.board.slipped)
        assert view.board.slipped == {
            "alpha": (TODAY + timedelta(20),), "one": (TODAY + timedelta(3),)
        }  # fmt: skip
        rows = [line for line in at.lines if "◊" in line]
        assert len(rows) == 2
        assert words("en")("report.moved_from", day=day(20)) in at.text
        await at.press("shift+right")
        await at.saved()
        await at.until(lambda: len(view.board.slipped["alpha"]) == 2)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_without_days_it_says_what_will_be_here(home: Path, language: Language) -> None:
    bare = replace(PLAN, stages=PLAN.stages[1:])
    async with sitting(home, roadmap=bare, language=language) as at:
        await at.press("alt+5", "down", "up", "pagedown", "end", "home")
        await at.press("enter", "shift+left", "plus", "minus", "t", "o")
        assert at.tab == "timeline"
        assert at.shows(words(language)("timeline_tab.empty"))


def test_a_start_does_not_load_the_timeline(home: Path) -> None:
    script = f"""
import asyncio, json, sys
sys.path[:0] = [{str(TESTS)!r}, {str(TESTS / "ui")!r}]
from pathlib import Path
from sitting import sitting
async def main():
    async with sitting(Path({str(home)!r})) as at:
        await at.press("alt+2")
        print(json.dumps([name for name in sys.modules if "ui.timeline." in name or "timeline_pane" in name]))
asyncio.run(main())
"""
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(run.stdout.splitlines()[-1]) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_waits_is_drawn_behind_what_it_waits_for(home: Path, language: Language) -> None:
    async with sitting(home, roadmap=LINKED, language=language) as at:
        view = await opened(at)
        beta, early = (next(line for line in at.lines if name in line) for name in ("Beta", "Early"))
        assert ("╰→" if language == "en" else "←╯") in beta
        assert ("●←" if language == "en" else "→●") in early and ("╯" if language == "en" else "╰") in early
        assert [link[:] for link in view.links] == [(1, 2), (5, 6)]
        await at.press("down")
        (foot,) = view.drawing.foot(view.window.row, None)
        assert one_line(words(language)("relation.waits_for", names="Alpha")) in foot.text
        tones = [cell.tone for cell in view.drawing.line(view.window.rows[2], None, [*view.drawing.wires(
            2, view.window.rows, view.links, view.window.cursor, None
        )])]  # fmt: skip
        assert "accent" in tones, "those of the row under the cursor stand out"
        await at.press(*["shift+right" if language == "en" else "shift+left"] * 3)
        assert of(at, "beta.due") != TODAY + timedelta(40)


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_a_window_that_was_left_on_the_timeline_opens_there(home: Path, size: tuple[int, int]) -> None:
    async with sitting(home, size=size, roadmap=PLAN) as at:
        await opened(at)
        await at.press("ctrl+q")
        await at.until(lambda: not at.app.is_running)
    async with sitting(home, size=size) as at:
        assert at.tab == "timeline" and at.app.focused is at.one(TimelineView)
        assert at.shows("Alpha") and "▌" in at.text
