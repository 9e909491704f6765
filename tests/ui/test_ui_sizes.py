from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from lfroadmap.words import Language, words
from matrices import quick_first
from samples import hostile
from sitting import OWNER, SEGMENTS, sitting
from terminal import keys

TABS = 6


@pytest.mark.parametrize("language", quick_first(["he", "en"]))
async def test_eighty_by_twenty_four_is_usable(home: Path, language: Language) -> None:
    texts = words(language)
    async with sitting(home, size=(80, 24), language=language) as at:
        bar = at.lines[1]
        assert bar.count("0%") == 4
        for tab in (texts("tab.overview"), texts("tab.kpis")):
            assert tab in bar or tab[::-1] in bar
        await at.press("alt+2")
        labels = at.app.main.context.labels
        first = at.app.session.roadmap.stages[0].cards[0].fields[0]
        assert at.shows(labels.of(first)[:5])
        assert at.editor(OWNER).region.width >= 20
        for command in ("undo", "export", "help", "quit"):
            assert at.shows(texts(f"command.{command}")), at.footer
        for number in range(1, TABS + 1):
            await at.press(f"alt+{number}")
            assert all(cell_len(line) <= 80 for line in at.lines)
            assert at.shows(texts("command.help"))
            assert at.shows(texts("command.quit"))


@pytest.mark.proof
async def test_the_focus_is_always_on_the_screen(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        await at.press("alt+2")
        for _ in range(18):
            focused = at.app.focused
            assert focused is not None
            visible = at.app.main.host.region.intersection(focused.region)
            assert visible.height >= 1, focused
            await at.type("\t")


async def test_cards_stand_side_by_side_from_110_columns(home: Path) -> None:
    async with sitting(home, size=(200, 60)) as at:
        await at.press("alt+2")
        beside = [line for line in at.lines if "Liquid Funnel goals" in line]
        assert "Touchpoints and triggers" in beside[0]
        await at.pilot.resize_terminal(110, 40)
        await at.pause()
        assert any("Liquid Funnel goals" in x and "Touchpoints" in x for x in at.lines)
        await at.pilot.resize_terminal(109, 40)
        await at.pause()
        assert not any("Liquid Funnel goals" in x and "Touchpoints" in x for x in at.lines)
        assert "Touchpoints" in at.text


async def test_too_small_a_window_says_so_and_comes_back_as_it_was(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        await at.type("\x1b2Dana\t\t\tSM")
        await at.pilot.resize_terminal(59, 15)
        await at.pause()
        for shown in ("59×15", "60×16", "Nothing is lost"):
            assert shown in at.text
        assert "Dana" not in at.text
        await at.type("B")
        await at.pilot.resize_terminal(60, 16)
        await at.pause()
        assert "60×16" not in at.text
        assert at.focus == SEGMENTS
        assert at.value(SEGMENTS) == "SMB"
        await at.pilot.resize_terminal(80, 24)
        await at.pause()
        assert "Dana" in at.text
        assert "SMB" in at.text


@pytest.mark.proof
async def test_a_window_of_nothing_and_back_does_no_harm(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        for tab in (1, 2, TABS):
            await at.type(f"\x1b{tab}")
            before = at.lines[1:]
            for size in ((1, 1), (0, 0), (2, 40), (300, 1), (61, 2), (80, 24)):
                await at.pilot.resize_terminal(*size)
                await at.type(keys("down", "up"))
            assert at.lines[1:] == before, tab
        await at.type("\x1b2x")
        assert at.value(OWNER) == "x"


@pytest.mark.proof
async def test_texts_of_all_lengths_fit_into_every_window(home: Path) -> None:
    async with sitting(home, size=(80, 24), roadmap=hostile()) as at:
        for tab in (1, 2, 3):
            await at.type(f"\x1b{tab}")
            for size in ((1, 1), (3, 3), (30, 5), (60, 16), (120, 40)):
                await at.pilot.resize_terminal(*size)
                await at.type(keys("end", "home"))
                assert all(cell_len(line) <= size[0] for line in at.lines)
