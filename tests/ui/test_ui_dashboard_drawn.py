"""The dashboard as it is drawn: in each size and language, in the tones, with any letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from dashboards import NOW, busy, lived_in
from lfroadmap.roadmap.edits import SetField
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.overview import OverviewPane
from lfroadmap.words import LANGUAGES, Language, words
from lines import sample_history
from overviews import compare_golden, drawn, overview
from samples import sample

SIZES = [(80, 24), (120, 40), (200, 60)]


async def test_a_stage_is_bold_and_no_percent_has_a_color(home: Path) -> None:
    async with overview(home, sample("en"), (160, 40)) as at:
        dashboard = at.one(Dashboard)
        at.app.main.set_focus(None)
        lines = [dashboard.render_line(y) for y in (2, 3)]
        percent = [next(part for part in strip if "33%" in part.text).style for strip in lines]
        assert percent[0] and percent[1]
        assert percent[0].color == percent[1].color == dashboard.tone("text").color
        assert (percent[0].bold, percent[1].bold or None) == (True, None)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_the_screens_are_those_that_were_looked_at(
    home: Path, size: tuple[int, int], language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    async with overview(home, busy(language), size, language) as at:
        pane = at.one(OverviewPane)
        pane.source.activity, pane.source.lately = lived_in(pane.source.roadmap), sample_history(language)
        pane._show()
        await at.pause()
        dashboard = pane.dashboard
        top = int(dashboard.scroll_offset.y)
        page = max(place.y + place.height for place in dashboard.places)
        shown = [dashboard.render_line(y - top).text.rstrip() for y in range(page)]
        assert all(cell_len(text) <= size[0] for text in shown)
        compare_golden(f"{language}.{size[0]}x{size[1]}", shown)


async def test_a_window_that_grows_and_shrinks_is_placed_again(home: Path) -> None:
    async with overview(home, busy("en"), (80, 24)) as at:
        dashboard = at.one(Dashboard)
        for width, height in ((200, 60), (120, 40), (60, 16), (80, 24)):
            await at.pilot.resize_terminal(width, height)
            await at.pause()
            columns = {place.x for place in dashboard.places}
            assert len(columns) == (1 if width < 110 else 2 if width < 180 else 3)
            assert all(cell_len(text) <= width for text in at.lines)


@pytest.mark.proof
async def test_emoji_and_wide_characters_do_not_shift_a_line(home: Path) -> None:
    roadmap = sample("en")
    for name in ("👩‍👩‍👧‍👦 family", "日本語の計画", "👍🏽 ok", "é̂ accents"):
        roadmap = SetField("goals.owner", name).on(roadmap)
        async with overview(home / name[:1], roadmap) as at:
            place = at.one(Dashboard).place_of("plan")
            for text in drawn(at, "plan")[1:-1]:
                assert cell_len(text) == place.width
                assert text.startswith("│") and text.endswith("│")


async def test_in_another_language_the_board_is_the_same(home: Path) -> None:
    async with overview(home, sample("en"), (120, 40)) as at:
        await at.press("ctrl+l")
        await at.until(lambda: at.shows(words("he")("dashboard.plan")))
        assert at.one(OverviewPane).dashboard.words.language == "he"
