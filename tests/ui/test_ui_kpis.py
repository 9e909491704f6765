from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style

from kpi_cells import (
    BASE,
    CLOSE,
    DOWN,
    INSERT,
    KPI_TAB,
    LEFT,
    NOW,
    RATE,
    RIGHT,
    TIME,
    at_cell,
    rows,
    standing_of,
)
from lfroadmap.bidi.textual.direction import screen_direction, set_screen_direction
from lfroadmap.roadmap.model import KPI_COLUMNS, Kpi
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.ui.widgets.kpi_columns import COLUMNS, DRAWN, column_widths
from lfroadmap.ui.widgets.kpi_table import KpiTable
from lfroadmap.ui.widgets.row_drawing import Cell, _kept, row, wrap
from lfroadmap.words import Language, words
from matrices import quick_first
from sitting import kpi, sitting
from terminal import keys


async def test_arrows_go_from_cell_to_cell_and_stay_in_the_table(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB)
        assert (at.focus, at_cell(at)) == (RATE, (1, 0))
        await at.type(LEFT + keys("up"))
        assert at_cell(at) == (1, 0)
        await at.type(RIGHT * 9 + DOWN * 9)
        assert at_cell(at) == (4, 7)


async def test_cells_are_edited_in_place_and_tab_goes_on_over_the_rows_end(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + BASE + "\r20\t30%\t25\t%%\tדנה\tRate two\t")
        await at.press("escape")
        assert not at.app.main.query(InlineEditor)
        first, second = kpi(at.app.session.roadmap, RATE), kpi(at.app.session.roadmap, TIME)
        assert (first.baseline, first.target, first.current) == ("20", "30%", "25")
        assert (first.unit, first.owner, second.measure) == ("%%", "דנה", "Rate two")
        assert at_cell(at) == (2, 1)
        await at.saved()
        assert read(at.path).kpis == at.app.session.roadmap.kpis


async def test_shift_tab_goes_back_and_enter_ends(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + DOWN + "\r" + keys("shift+tab"))
        assert (at_cell(at), at.one(InlineEditor).value) == ((1, 7), "Growth manager")
        await at.type(keys("shift+tab", "shift+tab") + "7\r")
        assert kpi(at.app.session.roadmap, RATE).current == "7"
        assert at.app.focused is at.one(KpiTable)


async def test_tab_at_the_tables_end_ends_the_editing(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + DOWN * 3 + RIGHT * 7 + "\r" + keys("end") + "!\t")
        assert at.app.focused is at.one(KpiTable)
        assert (kpi(at.app.session.roadmap, rows(at)[3]).owner or "").endswith("!")


@pytest.mark.proof
async def test_escape_restores_the_cell(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + "\r" + keys("end") + " of my own")
        assert kpi(at.app.session.roadmap, RATE).measure == "Return-to-flow rate of my own"
        await at.press("escape")
        assert kpi(at.app.session.roadmap, RATE).measure is None
        assert " of my own" not in at.text
        await at.type(BASE + "\r20\r\r5")
        await at.press("escape")
        assert kpi(at.app.session.roadmap, RATE).baseline == "20"


async def test_rows_are_added_moved_cleared_and_removed(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + INSERT + "Mine\tthe definition\t10\t20\t15\r")
        mine = at.app.session.roadmap.kpis[1]
        fresh = Kpi(mine.id, "Mine", "the definition", "20", "", "10", "15")
        assert mine == fresh
        await at.type(keys("alt+up"))
        assert rows(at)[:2] == [mine.id, RATE]
        await at.type(keys("alt+down", "alt+down"))
        assert (rows(at)[:3], at.focus) == ([RATE, TIME, mine.id], mine.id)
        await at.type(keys("backspace"))
        assert at.app.session.roadmap.kpis[2].current == ""
        await at.type(keys("delete"))
        assert rows(at) == [RATE, TIME, CLOSE, at.app.session.roadmap.kpis[3].id]
        await at.type(keys("delete") * 5)
        assert rows(at) == []
        assert "No KPIs yet: press Insert to add one" in at.text
        await at.type(INSERT + "Anew\r")
        assert [each.measure for each in at.app.session.roadmap.kpis] == ["Anew"]
        await at.saved()
        assert read(at.path).kpis == at.app.session.roadmap.kpis


async def test_a_new_row_given_up_is_not_kept(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB)
        before = rows(at)
        await at.type(INSERT)
        await at.press("escape")
        assert rows(at) == before


@pytest.mark.proof
async def test_where_a_kpi_stands_is_told_in_words_and_tone(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB)
        assert standing_of(at, 1) == "not measured yet"
        shown = []
        for typed in ("\r23\r", LEFT * 2 + "\r20\r" + RIGHT * 2, "\r24\r", "\r20\r", "\r10\r"):
            await at.type((NOW if not shown else "") + typed)
            stands = at.one(KpiTable)._stands(at.app.session.roadmap.kpis[0])
            shown.append((standing_of(at, 1), stands.tone))
        assert shown == [
            ("no baseline yet", None),
            ("75% of the way", None),
            ("reached", "done"),
            ("no change yet", None),
            ("moving away", "late"),
        ]


async def test_the_direction_is_turned_not_written(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + RIGHT * 5)
        turned = []
        for _ in range(3):
            await at.type("\r")
            turned.append(kpi(at.app.session.roadmap, RATE).better)
        assert turned == ["down", "", "up"]
        assert not at.app.main.query(InlineEditor)


async def test_the_mouse_chooses_and_edits_a_cell(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB)
        table = at.one(KpiTable)
        y = table.row_region(2).y
        await at.click(table, x=2, y=y)
        assert at_cell(at) == (2, 0)
        await at.click(table, x=2, y=y, times=2)
        await at.type(keys("end") + "!")
        assert (kpi(at.app.session.roadmap, TIME).measure or "").endswith("!")
        await at.click(table, x=2, y=table.row_region(3).y)
        assert not at.app.main.query(InlineEditor)
        assert (kpi(at.app.session.roadmap, TIME).measure or "").endswith("!")
        assert at.focus == CLOSE


async def test_no_row_moves_while_a_cell_is_written(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB)
        before = rows(at)
        await at.type(INSERT + keys("alt+down", "alt+up"))
        assert rows(at) == before
        await at.press("escape", "enter")
        await at.type(keys("alt+down"))
        assert rows(at) == before


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", quick_first(["he", "en"]))
@pytest.mark.parametrize(
    ("width", "left_out"), [(60, {"definition", "owner", *DRAWN}), (80, {*DRAWN}), (120, set())]
)
async def test_the_columns_fit_into_a_narrow_window(
    home: Path, language: Language, width: int, left_out: set[str]
) -> None:
    texts = words(language)
    async with sitting(home, size=(width, 24), language=language) as at:
        await at.type(KPI_TAB)
        table = at.one(KpiTable)
        widths = column_widths(table.size.width)
        assert set(COLUMNS) - set(widths) == left_out
        assert sum(widths.values()) + len(widths) <= table.size.width
        head = "\n".join(at.lines)
        for name in widths:
            word = texts(f"kpi.{name}").split()[0]
            assert word in head or word[::-1] in head, name
        gone = {table.render_line(0).text.count(texts(f"kpi.{name}")) for name in left_out}
        assert gone <= {0}
        seen = [at_cell(at)[1]]
        for _ in KPI_COLUMNS:
            await at.type(LEFT if language == "he" else RIGHT)
            seen.append(at_cell(at)[1])
        assert sorted(set(seen)) == [n for n, name in enumerate(KPI_COLUMNS) if name not in left_out]


async def test_the_cursor_leaves_a_column_that_is_no_longer_drawn_and_comes_back(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        await at.type(KPI_TAB + RIGHT)
        await at.pilot.resize_terminal(60, 24)
        await at.pause()
        assert at_cell(at) == (1, 0)
        await at.type("\rA\tb\r")
        first = kpi(at.app.session.roadmap, RATE)
        assert (first.measure, first.definition, first.baseline) == ("A", None, "b")
        await at.type(LEFT + RIGHT)
        assert at_cell(at) == (1, 2)


def test_a_row_too_long_loses_its_end_in_both_directions() -> None:
    cells = [Cell("first", 5, Style()), Cell("second", 6, Style())]
    before = screen_direction()
    try:
        set_screen_direction("ltr")
        assert row(cells, 8, Style()).text == "firstsec"
        set_screen_direction("rtl")
        assert row(cells, 8, Style()).text == "ondfirst"
    finally:
        set_screen_direction(before)


def test_lines_of_long_texts_are_not_kept() -> None:
    before = _kept.cache_info().currsize
    assert len(wrap("many words " * 300, 40)) > 50
    assert _kept.cache_info().currsize == before


def test_the_columns_fit_at_every_width_of_a_window() -> None:
    for width in range(57, 240):  # 60 columns less the sides and the scroll bar
        widths = column_widths(width)
        assert sum(widths.values()) + len(widths) <= width
    assert [len(column_widths(width)) for width in (77, 76, 64, 63)] == [9, 8, 8, 7]


async def test_a_click_beside_a_row_with_no_letter_goes_to_the_cell_under_the_mouse(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + INSERT)
        table = at.one(KpiTable)
        assert (len(table.kpis), at_cell(at)) == (5, (2, 0))
        below = table.kpis[2].id
        await at.click(table, x=2, y=table.row_region(3).y)
        assert (rows(at), table.kpis) == ([kpi.id for kpi in table.kpis], at.app.session.roadmap.kpis)
        assert at.focus == below
        assert not at.app.main.query(InlineEditor)


async def test_a_row_with_no_letter_goes_and_leaves_the_cursor_where_adding_began(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB + INSERT + keys("tab"))
        assert (len(rows(at)), at.focus, at_cell(at)) == (4, RATE, (1, 0))
        assert not at.app.main.query(InlineEditor)
        await at.type(INSERT + "New\t" + keys("escape"))
        assert (len(rows(at)), kpi(at.app.session.roadmap, rows(at)[1]).measure) == (5, "New")
        await at.type(LEFT + "\rNewer" + keys("escape"))
        assert kpi(at.app.session.roadmap, rows(at)[1]).measure == "New"


async def test_keys_that_come_before_the_table_is_laid_out_pass_over_no_column(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(KPI_TAB)
        table = at.one(KpiTable)
        assert KpiTable(table.kpis, table.context).drawn == list(range(len(KPI_COLUMNS)))
