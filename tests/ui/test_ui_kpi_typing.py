from __future__ import annotations

from pathlib import Path

import pytest

from kpi_cells import (
    BASE,
    DOWN,
    KPI_TAB,
    LEFT,
    RATE,
    RIGHT,
    TIME,
    at_cell,
    cells_of,
    rows,
    standing_of,
)
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.ui.widgets.kpi_figures import KpiFigures
from lfroadmap.ui.widgets.kpi_table import KpiTable
from lfroadmap.words import LANGUAGES, Language, words
from matrices import quick_first
from sitting import kpi, sitting
from terminal import keys


async def test_a_target_against_the_better_direction_is_said(home: Path) -> None:
    async with sitting(home, size=(140, 30)) as at:
        await at.type(KPI_TAB + DOWN + BASE + "\r12\t15\t11\r")
        assert kpi(at.app.session.roadmap, TIME).better == "down"
        assert standing_of(at, 2) == "the target goes the other way"
        assert at.one(KpiTable)._stands(kpi(at.app.session.roadmap, TIME)).tone == "risk"
        await at.type(keys("right") + "\r")  # the direction: no longer lower is better
        assert standing_of(at, 2) == "moving away"


async def test_a_relative_target_shows_its_number_in_the_table(home: Path) -> None:
    async with sitting(home, size=(140, 30)) as at:
        await at.type(KPI_TAB + BASE + "\r23\t+20 %\r")
        assert cells_of(at, 1, "target") == "+20 % → 27.6"
        await at.type("\r")
        assert at.one(InlineEditor).value == "+20 %"


async def test_a_value_that_is_no_number_is_marked_with_the_reason_and_kept(home: Path) -> None:
    async with sitting(home, size=(140, 30)) as at:
        await at.type(KPI_TAB + BASE + "\rmany\tmore\tsoon\r")
        for column, typed in (("baseline", "many"), ("target", "more"), ("current", "soon")):
            assert cells_of(at, 1, column).replace(" ", "") == f"{typed}(nonumberinit)"
        assert standing_of(at, 1) == "the current value is no number"
        first = kpi(at.app.session.roadmap, RATE)
        assert (first.baseline, first.target, first.current) == ("many", "more", "soon")
        await at.type("\r25\r")
        assert cells_of(at, 1, "current") == "25"


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize(
    "typed", quick_first(["7", "ש", "?", "a", "q", "é", "Я", "/", "[", "-", "+", "₪", "=", "1"], 4)
)
async def test_typing_on_a_cell_replaces_it_and_escape_brings_the_old_text_back(
    home: Path, typed: str
) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + BASE + typed)
        assert (at.tab, at.one(InlineEditor).value) == ("kpis", typed)
        await at.type("9\r")
        assert kpi(at.app.session.roadmap, RATE).baseline == typed + "9"
        await at.type(typed + "8")
        assert kpi(at.app.session.roadmap, RATE).baseline == typed + "8"
        await at.press("escape")
        assert kpi(at.app.session.roadmap, RATE).baseline == typed + "9"
        assert at.app.focused is at.one(KpiTable)


async def test_typing_replaces_what_enter_edits_and_tab_goes_on(home: Path) -> None:
    async with sitting(home, size=(140, 30)) as at:
        await at.type(KPI_TAB + BASE + "20\t30\t")
        first = kpi(at.app.session.roadmap, RATE)
        assert (first.baseline, first.target, at_cell(at)) == ("20", "30", (1, 4))
        await at.press("escape")
        await at.type("1\r\r" + keys("end") + "5\r")
        assert kpi(at.app.session.roadmap, RATE).current == "15"
        await at.saved()
        await at.press("ctrl+z")
        await at.until(lambda: kpi(at.app.session.roadmap, RATE).current == "1")


async def test_a_paste_replaces_the_cell(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + BASE + "\x1b[200~12\n13\x1b[201~" + "4\r")
        assert kpi(at.app.session.roadmap, RATE).baseline == "12 134"


async def test_typing_on_the_direction_changes_nothing_and_says_so(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + RIGHT * 5)
        before = at.app.session.roadmap
        await at.type("up")
        assert at.app.session.roadmap is before
        assert not at.app.main.query(InlineEditor)
        assert "is no command here" in at.text


async def test_a_row_is_added_from_the_palette(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x10" + "add kpi")
        await at.until(lambda: "Add a KPI below" in at.text)
        await at.press("enter")
        await at.until(lambda: at.app.main.query(InlineEditor))
        await at.type("Mine\r")
        assert "Mine" in [each.measure for each in at.app.session.roadmap.kpis]


async def test_removing_a_row_says_what_went_and_undo_brings_it_back(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + keys("delete"))
        notices = [notice.message for notice in at.app._notifications]
        assert notices == ["“Return-to-flow rate” was removed. Ctrl+Z brings it back."]
        await at.press("ctrl+z")
        await at.until(lambda: RATE in rows(at))


@pytest.mark.proof
async def test_a_wrapped_cell_is_edited_with_nothing_of_the_old_text_beside_it(home: Path) -> None:
    async with sitting(home, size=(80, 30)) as at:
        await at.type(KPI_TAB + RIGHT + "old words of a definition that is long enough for five lines\r")
        table = at.one(KpiTable)
        height = table.row_region(1).height
        assert height > 2
        await at.type("\r")
        editor = at.one(InlineEditor)
        assert (editor.size.height, editor.region.y) == (height, table.region.y + table.row_region(1).y)
        await at.type("n")
        assert not [line for line in at.lines if "words" in line or "long" in line]


async def test_an_owner_is_completed_from_the_names_in_use(home: Path) -> None:
    async with sitting(home, size=(140, 30)) as at:
        await at.type(KPI_TAB + RIGHT * 7 + "Dana Levi\r" + DOWN + "dan" + RIGHT)
        await at.type("\r")
        assert kpi(at.app.session.roadmap, TIME).owner == "Dana Levi"


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_values_over_time_of_the_row_under_the_cursor_are_shown(
    home: Path, language: Language
) -> None:
    texts = words(language)
    async with sitting(home, size=(120, 17), language=language) as at:
        await at.type(KPI_TAB)
        figures = at.one(KpiFigures)
        await at.until(lambda: texts("kpi.no_values") in figures.lines(80))
        await at.type((LEFT if language == "he" else RIGHT) * 4)
        for value in ("20", "35", "28"):
            await at.type(value + "\r")
        await at.until(lambda: len(figures.lines(80)[0]) == 3)
        bars, text = figures.lines(80)
        assert bars == "▁▆▄"
        assert [part in text for part in ("20%", "35%", "28%", texts("kpi.best"))] == [True] * 4
        assert (bars[::-1] if language == "he" else bars) in figures.render_line(0).text
        await at.press("ctrl+z")
        await at.until(lambda: len(figures.lines(80)[0]) == 4)  # an undo sets a value like any change
        await at.type(DOWN)
        assert figures.lines(80)[1] == texts("kpi.no_values")
