"""Lines in Hebrew screens: typed without ink, cut where they do not fit, and what stands beside them."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from rich.style import Style
from textual.widget import Widget

from dashboards import busy
from hebrew import text_in
from lfroadmap.bidi.marks import LRM, RLM
from lfroadmap.bidi.policy import Direction
from lfroadmap.bidi.textual.direction import screen_direction, set_screen_direction
from lfroadmap.bidi.textual.text_areas import BidiTextArea
from lfroadmap.roadmap.edits import Rename, SetField, SetTask
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.tree import places
from lfroadmap.ui.widgets.row_drawing import Cell, fit
from lfroadmap.words import Language, words
from matrices import quick_first
from sitting import DEADLINE, GOALS, OWNER, Sitting, sitting, template

JOINERS = "\u200c\u200d"
PERCENT = re.compile(r"(?<=\d)% [─━╼]+ .*(?:[○●■▲✓]|שלב|בלש)")
"""The percent of a row of the plan, before its bar."""
LONG = 'תקציב שנתי לשיווק ולמכירות כולל מע"מ 1,250,000 ₪'


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("language", "field"), quick_first([("he", OWNER), ("en", OWNER), ("he", GOALS)], 2))
async def test_what_is_typed_without_ink_is_kept_as_it_is_pasted(
    home: Path, language: Language, field: str
) -> None:
    async with sitting(home, language=language) as at:
        await at.press("2")
        at.app.set_focus(at.editor(field))
        typed = f"{RLM}דנה{LRM}+20%{JOINERS}\u00a0₪"
        await at.type(typed)
        assert at.value(field) == typed
        assert await at.stored(field) == typed


@pytest.mark.parametrize("width", quick_first([80, 90, 70, 60, 100, 120]))
async def test_a_field_that_does_not_fit_says_so_and_breaks_no_number(home: Path, width: int) -> None:
    roadmap = SetField(OWNER, LONG).on(template())
    async with sitting(home, language="he", roadmap=roadmap, size=(width, 30)) as at:
        await at.press("2")
        editor = at.editor(OWNER)
        shown = text_in(at, editor.content_region).strip()
        whole = "₪ 1,250,000" in shown
        assert whole or "…" in shown
        assert whole or ("1,250" not in shown and "000" not in shown and "250" not in shown)
        assert shown.endswith("תקציב"[::-1])


def bars(at: Sitting) -> list[tuple[Widget, Widget]]:
    """The widgets of the screen that scroll, with their scrollbars."""
    return [
        (each, each.vertical_scrollbar)
        for each in at.app.screen.walk_children(Widget)
        if each.show_vertical_scrollbar and each.region.width and each.vertical_scrollbar.region.width
    ]


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("key", quick_first(["ctrl+e", "f4", "ctrl+o", "ctrl+p", "2", "f1"], 4))
@pytest.mark.parametrize("language", ["he", "en"])
async def test_a_scrollbar_stands_where_lines_end(home: Path, key: str, language: Language) -> None:
    async with sitting(home, language=language, size=(80, 24)) as at:
        await at.press(key)
        await at.pause()
        found = bars(at)
        assert found or key == "f1"
        for widget, bar in found:
            middle = widget.region.x + widget.region.width / 2
            assert (bar.region.x < middle) == (language == "he"), widget


@pytest.mark.proof
async def test_what_is_drawn_beside_a_scrollbar_is_whole_and_can_be_clicked(home: Path) -> None:
    async with sitting(home, language="he", size=(80, 24)) as at:
        await at.press("ctrl+e")
        assert "HTML" in at.text
        await at.press("escape")
        names = [at.app.session.labels.of(card) for card in at.app.session.roadmap.stages[0].cards]
        await at.click_on(names[0].split()[0][::-1] if "א" <= names[0][0] <= "ת" else names[0])
        assert at.app.screen is at.app.main


async def test_a_click_beside_the_scrollbar_of_a_long_text_finds_its_letter(home: Path) -> None:
    roadmap = SetField(GOALS, "\n".join(["שלום עולם"] * 40)).on(template())
    async with sitting(home, language="he", roadmap=roadmap, size=(100, 40)) as at:
        await at.press("2")
        editor = at.editor(GOALS)
        assert isinstance(editor, BidiTextArea) and editor.show_vertical_scrollbar
        assert editor.vertical_scrollbar.region.x < editor.region.x + 3
        content = editor.content_region
        assert text_in(at, content).endswith("םלוע םולש")
        for column in (0, 3, 8):
            await at.pilot.click(editor, offset=(content.right - editor.region.x - 1 - column, 1))
            await at.pause()
            assert editor.cursor_location[1] == column
            cursor = editor.cursor_screen_offset
            assert cursor.x == content.right - 1 - column


async def test_a_history_without_changes_says_so(home: Path) -> None:
    async with sitting(home, language="he") as at:
        await at.press("f3")
        await at.until(lambda: at.shows(words("he")("history.none")[::-1]))
        assert not at.shows(words("he")("history.empty")[::-1])


async def test_a_window_that_is_too_small_says_its_size_in_order(home: Path) -> None:
    async with sitting(home, language="he", size=(40, 12)) as at:
        assert "40×12" in at.text and "12×40" not in at.text


@pytest.mark.parametrize(("width", "height"), quick_first([(120, 40), (200, 60), (80, 24)]))
async def test_percents_stand_in_one_column(home: Path, width: int, height: int) -> None:
    async with sitting(home, language="he", roadmap=busy("he"), size=(width, height)) as at:
        signs = [found.start() for line in at.lines if (found := PERCENT.search(line))]
        assert len(signs) > 2 and len(set(signs)) == 1


async def test_words_of_textual_are_out_of_reach(home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('[keys]\npalette = "f8"\ncopy = "f9"\n')
    async with sitting(home, language="he") as at:
        await at.press("ctrl+p")
        assert at.app.screen is at.app.main
        await at.press("ctrl+c")
        assert at.app.screen is at.app.main
        assert "quit the app" not in at.text


def first_task(roadmap: Roadmap) -> Task:
    return next(place.node for place in places(roadmap) if isinstance(place.node, Task))


ANALYST = "ראש/ת אנליטיקה ומחקר שוק"


async def test_nothing_is_cut_beside_room(home: Path) -> None:
    title = "להשוות את ארבעת מדדי ה-KPI בין הפיילוט לקבוצת הביקורת ולהציג להנהלה"
    task = first_task(template())
    edits = (
        Rename(task.id, title),
        SetTask(task.id, "due", "2026-01-05"),
        SetTask(task.id, "owner", ANALYST),
    )
    roadmap = template()
    for edit in edits:
        roadmap = edit.on(roadmap)
    async with sitting(home, language="he", roadmap=roadmap, size=(200, 60)) as at:
        await at.app.action_start("late")
        await at.until(lambda: ANALYST[::-1].split("/", maxsplit=1)[0] in at.text)
        assert title[-20:][::-1] in at.text
        assert "…" not in at.text


@pytest.mark.parametrize(("language", "width"), quick_first([("en", 80), ("he", 80), ("en", 60)]))
async def test_a_name_never_touches_its_author(home: Path, language: Language, width: int) -> None:
    async with sitting(home, language=language, size=(width, 30), author="dana") as at:
        await asyncio.to_thread(at.app.session.store.mark, "x" * 200)
        await at.saved()
        await at.app.action_start("snapshots")
        await at.until(lambda: "dana" in at.text)
        line = next(line for line in at.lines if "dana" in line)
        assert re.search(r"… +dana" if language == "en" else r"dana +x+…", line), line


NAMES: list[tuple[Language, str, str]] = [
    ("he", "Dana Cohen", "Dana Cohen · ןמזב ●"),
    ("he", "דנה", "הנד · ןמזב ●"),
    ("en", "דנה", "● on track · הנד"),
    ("en", "כולל 1,250 ₪", "● on track · ₪ 1,250 ללוכ"),
    ("en", "גרסה 2.0-beta", "● on track · 2.0-beta הסרג"),
]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("language", "name", "shown"), NAMES)
async def test_a_dot_stands_between_how_a_card_goes_and_its_owner(
    home: Path, language: Language, name: str, shown: str
) -> None:
    roadmap = SetField(DEADLINE, "2026-12-31").on(SetField(OWNER, name).on(template()))
    async with sitting(home, language=language, roadmap=roadmap) as at:
        await at.press("2")
        assert shown in at.edges[1]


@pytest.mark.parametrize("text", ["תוכנית", "Plan", "תוכנית Q3", "+20%", "דנה · Dana"])
@pytest.mark.parametrize("page", ["ltr", "rtl"])
def test_blanks_around_a_text_stay_on_their_sides(page: Direction, text: str) -> None:
    before = screen_direction()
    set_screen_direction(page)
    try:
        alone = fit(Cell(text, 0, Style()), len(text))
        drawn = fit(Cell(f"  {text} ", 0, Style()), len(text) + 3)
    finally:
        set_screen_direction(before)
    assert drawn == (f"  {alone} " if page == "ltr" else f" {alone}  ")


async def test_a_value_in_a_sentence_of_the_history_keeps_its_order(home: Path) -> None:
    async with sitting(home, language="en") as at:
        at.app.session.change_alone(SetField(OWNER, "כולל 1,250 ₪"))
        await at.saved()
        await at.press("f3")
        await at.until(lambda: "Owner: " in at.text)
        assert "Owner: ₪ 1,250 ללוכ" in at.text
