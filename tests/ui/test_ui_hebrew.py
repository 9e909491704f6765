"""The app in Hebrew: layout, mouse, and English text beside it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.strip import Strip

from hebrew import FILLED, LINK, filled, focus, letters_in, strips, text_in
from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.textual.hooks import install, uninstall
from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.bidi.textual.text_areas import BidiTextArea
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store.library.library import Library
from lfroadmap.ui.widgets.card_pane import CardPane
from lfroadmap.ui.widgets.kpi_figures import KpiFigures
from lfroadmap.ui.widgets.overview import OverviewPane
from lfroadmap.ui.widgets.stage_pane import StagePane
from lfroadmap.words import Language
from matrices import quick_first
from sitting import DEADLINE, GOALS, OWNER, PERIOD, SEGMENTS, Sitting, sitting, template
from terminal import Terminal, environment, keys


async def places(home: Path, language: Language, size: tuple[int, int]) -> dict[str, Region]:
    async with sitting(home / language, language=language, size=size, roadmap=filled()) as at:
        await at.press("alt+2")
        pane = at.one(StagePane)
        cards = {card.card.id: card.region for card in at.app.screen.query(CardPane)}
        bar = {"bar": pane.vertical_scrollbar.region} if pane.show_vertical_scrollbar else {}
        return cards | bar


@pytest.mark.parametrize("size", quick_first([((120, 20),), ((120, 60),), ((80, 24),)]))
async def test_cards_and_the_scrollbar_are_mirrored(home: Path, size: tuple[int, int]) -> None:
    hebrew, english = await places(home, "he", size), await places(home, "en", size)
    assert {name for name in hebrew if name == "bar"} == ({"bar"} if size[1] < 30 else set())
    for name, region in hebrew.items():
        assert (size[0] - region.right, region.width) == (english[name].x, english[name].width), name


async def test_header_tabs_and_footer_begin_at_the_right(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        header, tabs, footer = at.lines[0], at.lines[1], at.footer
        assert header.rstrip().endswith(line_of("מפת דרכים – Liquid Funnel", 1).glyphs)
        assert tabs.rstrip().endswith("לע-טבמ")
        assert footer.rstrip().endswith("אבה הדשה Tab")
        await at.type("\t" * 6 + " ")
        assert at.lines[0].rindex("━") > at.lines[0].rindex("─")


async def test_labels_and_check_marks_are_right_of_their_fields(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        owner = at.editor(OWNER).region
        assert text_in(at, Region(owner.right, owner.y, 120 - owner.right, 1)).strip(" │") == "ת/יארחא"
        assert text_in(at, at.checklist().region).rstrip().endswith("□")
        choice = text_in(at, at.editor(PERIOD).region).strip()
        assert (choice[0], choice[-1]) == ("‹", "›")


@pytest.mark.proof
@pytest.mark.parametrize("language", quick_first(["he", "en"]))
async def test_a_click_moves_the_cursor_to_the_letter_under_it(home: Path, language: Language) -> None:
    async with sitting(home, language=language, roadmap=filled(), size=(120, 44)) as at:
        await at.press("alt+2")
        for field in FILLED:
            editor = await focus(at, field)
            area = editor.region
            for y in range(area.height):
                drawn = letters_in(at, area, y)
                written = [x for x, letter in enumerate(drawn) if letter[0].isalnum()]
                for x in written[:: max(len(written) // 3, 1)]:
                    await at.click(editor, x, y)
                    place = editor.cursor_screen_offset - area.offset
                    assert (place.x, place.y) == (x, y), (field, drawn)
                    assert under_the_cursor(editor) == drawn[x][0]


def under_the_cursor(editor: BidiInput | BidiTextArea) -> str:
    if isinstance(editor, BidiInput):
        return editor.value[editor.cursor_position]
    row, column = editor.cursor_location
    return editor.document[row][column]


async def test_a_double_click_selects_the_word_and_a_drag_the_letters_it_passes(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        for field, word in ((OWNER, 'מנכ"לית'), (SEGMENTS, "SMB"), (GOALS, "מהלקוחות")):
            editor = await focus(at, field)
            drawn, glyphs = letters_in(at, editor.region), list(line_of(word, 1).glyphs)
            x = next(x for x in range(len(drawn)) if drawn[x : x + len(glyphs)] == glyphs)
            await at.click(editor, x + 1, 0, times=2)
            assert editor.selected_text == word
        owner = await focus(at, OWNER)
        right = owner.region.width - 2  # behind it is the edge of the field
        await at.pilot.mouse_down(owner, offset=(right, 0))
        await at.pilot.hover(owner, offset=(right - 3, 0))
        await at.pilot.mouse_up(owner, offset=(right - 3, 0))
        assert owner.selected_text == "דנה"


async def test_tabs_check_marks_and_footer_keys_can_be_clicked(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.click_on("םינותנ")
        assert at.tab == "data"
        await at.click_on("היגטרטסא")
        assert at.tab == "strategy"
        tasks = at.checklist()
        await at.click(tasks, tasks.size.width - 2, 0)
        assert tasks.card.tasks[0].done
        at.app.main.set_focus(tasks)
        await at.pause()
        x = at.footer.index("ןומיס") + 2
        await at.pilot.click(offset=(x, 39))
        await at.pause()
        assert not tasks.card.tasks[0].done


async def walk(home: Path, name: str) -> list[Strip]:
    plain = template()
    out: list[Strip] = []
    async with sitting(home / name, roadmap=replace(plain, title="Plan")) as at:
        for step in ("alt+1", "alt+2", "alt+4", "alt+6", "f1"):
            await at.press(step)
            await at.until(lambda: are_read(at))
            if step == "f1":
                await at.until(lambda: at.shows("Liquid Funnel") and at.shows("Esc"))
                await at.pause()
            out += strips(at)[1:]  # the header tells the time
    return out


def are_read(at: Sitting) -> bool:
    """True if what the open tab shows of the history was read."""
    main = at.app.main
    overviews = [pane.source.lately for pane in main.query(OverviewPane)]
    stages = [pane.panels and pane.panels.source.lately for pane in main.query(StagePane) if pane.display]
    return None not in [*overviews, *stages, *(figures.values for figures in main.query(KpiFigures))]


@pytest.mark.proof
async def test_english_is_drawn_as_without_the_hooks(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lfroadmap.ui.app.install", lambda: None)
    uninstall()
    without = await walk(home, "without")
    install()
    assert await walk(home, "with") == without


async def test_hebrew_is_reordered_in_the_english_interface(home: Path) -> None:
    async with sitting(home, roadmap=filled()) as at:
        await at.press("alt+2")
        owner = at.editor(OWNER).region
        assert text_in(at, owner).strip() == line_of(FILLED[OWNER], 1).glyphs
        assert text_in(at, at.editor(LINK).region).lstrip().startswith("https://")
        await at.press("tab")
        assert at.focus == DEADLINE


@pytest.mark.proof
def test_long_texts_are_wrapped_when_first_shown(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    library.create("plan", SetField(GOALS, "one two three four five six seven " * 3).on(template()), "dana")
    command = [sys.executable, "-m", "lfroadmap", "--lang", "en", "--bidi", "plain"]
    with Terminal(command, environment(tmp_path)) as terminal:
        terminal.wait_for("Overview")
        terminal.send(keys("alt+2"))
        shown = terminal.wait_for("Market segments")
        below = shown.splitlines()[
            next(n for n, line in enumerate(shown.splitlines()) if " Goals " in line) + 1 :
        ]
        assert "one two" in below[0] or "seven" in below[0]
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
