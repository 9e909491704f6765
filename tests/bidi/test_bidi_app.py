"""The app itself in Hebrew: where things stand, what a click and a key reach, and what is stored."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import split_graphemes
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from lfroadmap.bidi.hooks import install, set_screen_direction, uninstall
from lfroadmap.bidi.inputs import BidiInput
from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.policy import APART
from lfroadmap.bidi.tables import MIRRORED
from lfroadmap.bidi.text_areas import BidiTextArea
from lfroadmap.export import lines
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
from lfroadmap.store.shelf import Shelf
from lfroadmap.store.store import read
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.export import ExportScreen
from lfroadmap.ui.widgets.card_pane import CardPane
from lfroadmap.ui.widgets.fields import ChoiceField
from lfroadmap.ui.widgets.kpi_table import KpiTable
from lfroadmap.ui.widgets.stage_pane import StagePane
from lfroadmap.words import Language
from sitting import DEADLINE, GOALS, OWNER, PERIOD, SEGMENTS, Sitting, sitting, template, value
from terminal import Terminal, environment, keys

LONG = "להחזיר 20% מהלקוחות שעצרו ברבעון האחרון, ולחבר את ה-CRM (Salesforce) לאתר עד סוף דצמבר"
LINK = "strategy.touchpoints.map-link"
FILLED = {
    OWNER: 'דנה לוי, מנכ"לית',
    GOALS: f"{LONG}.\nשורה שנייה: +20% ב-A/B",
    SEGMENTS: "עסקים (SMB) עד ₪250, שָׁלוֹם",
    LINK: "https://miro.com/app/board",
    "strategy.touchpoints.exit-reasons": "price, מחיר 12.5",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    set_screen_direction("ltr")
    uninstall()


def filled() -> Roadmap:
    roadmap = template()
    for field, text in FILLED.items():
        roadmap = SetField(field, text).on(roadmap)
    return roadmap


def strips(at: Sitting) -> list[Strip]:
    return [Strip(strip) for strip in at.app.screen._compositor.render_strips()]


def look(at: Sitting, area: Region, y: int = 0) -> list[str]:
    """What stands in the cells of one line of a part of the screen."""
    text = strips(at)[area.y + y].crop(area.x, area.right).text
    return [text[start:end] for start, end, width in split_graphemes(text)[0] for _ in range(width)]


def seen(at: Sitting, area: Region, y: int = 0) -> str:
    return "".join(look(at, area, y))


def cells(at: Sitting, widget: Widget, name: str) -> set[tuple[int, int]]:
    """The cells of the screen that a component of a widget is drawn on."""
    color = widget.get_component_rich_style(name).bgcolor
    found = set()
    for y, strip in enumerate(strips(at)):
        x = 0
        for segment in strip:
            held, style = range(x, x := x + segment.cell_length), segment.style
            if style and style.bgcolor == color and color:
                found |= {(cell, y) for cell in held if widget.region.contains(cell, y)}
    return found


async def focus(at: Sitting, field: str) -> BidiInput | BidiTextArea:
    editor = at.editor(field)
    assert isinstance(editor, BidiInput | BidiTextArea)
    at.app.main.set_focus(editor)
    await at.pause()
    return editor


# ------------------------------------------------------------------ places


async def places(home: Path, language: Language, size: tuple[int, int]) -> dict[str, Region]:
    async with sitting(home / language, language=language, size=size, roadmap=filled()) as at:
        await at.press("alt+2")
        pane = at.one(StagePane)
        cards = {card.card.id: card.region for card in at.app.screen.query(CardPane)}
        bar = {"bar": pane.vertical_scrollbar.region} if pane.show_vertical_scrollbar else {}
        return cards | bar


@pytest.mark.parametrize("size", [(120, 60), (120, 20), (80, 24)])
async def test_cards_and_the_scrollbar_stand_in_a_mirror(home: Path, size: tuple[int, int]) -> None:
    hebrew, english = await places(home, "he", size), await places(home, "en", size)
    assert {name for name in hebrew if name == "bar"} == ({"bar"} if size[1] < 30 else set())
    for name, region in hebrew.items():
        assert (size[0] - region.right, region.width) == (english[name].x, english[name].width), name


async def test_lines_of_the_frame_begin_at_the_right(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        header, tabs, footer = at.lines[0], at.lines[1], at.footer
        assert header.rstrip().endswith(line_of("מפת דרכים – Liquid Funnel", 1).glyphs)
        assert tabs.rstrip().endswith("לע-טבמ")
        assert footer.rstrip().endswith("אבה הדשה Tab")
        await at.type("\t" * 6 + " ")
        assert at.lines[0].rindex("━") > at.lines[0].rindex("╌")


async def test_a_label_stands_to_the_right_of_its_field_and_a_mark_of_its_task(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        owner = at.editor(OWNER).region
        assert seen(at, Region(owner.right, owner.y, 120 - owner.right, 1)).strip() == "ת/יארחא"
        assert seen(at, at.checklist().region).rstrip().endswith("☐")
        choice = seen(at, at.editor(PERIOD).region).strip()
        assert (choice[0], choice[-1]) == ("‹", "›")


@pytest.mark.parametrize("written", ["+20% ברבעון", "דף /pricing, חדש", "קוד ב-C++", "מ-2.4% ל-3.5%"])
def test_the_screen_keeps_together_what_the_page_does(written: str) -> None:
    assert APART.pattern == lines._APART.pattern
    for word in APART.finditer(written):
        assert word[0] in line_of(written, 1).glyphs


# ------------------------------------------------------------------ typing


def ten_fields() -> Roadmap:
    fields = tuple(Field(f"f{n}", "long" if n == 4 else "text", label=f"שדה {n}") for n in range(10))
    return Roadmap("r", "תוכנית", "", (Stage("s", "שלב", (Card("c", "כרטיס", fields),)),))


WORDS = (
    "שלום עולם",
    "API גרסה 2",
    "(כן) 12%",
    'צה"ל',
    "₪250",
    "alpha",
    "מה נשמע?",
    "+20% ל-B",
    "[א] ב",
    "שָׁלוֹם",
)


async def test_fast_typing_in_hebrew_lands_in_order_and_is_stored_as_typed(home: Path) -> None:
    typed = [(word * 20)[:19] for word in WORDS]
    async with sitting(home, roadmap=ten_fields(), language="he") as at:
        await at.type("\x1b2" + "\t".join(typed))
        assert [at.value(f"f{n}") for n in range(10)] == typed
        await at.saved()
        stored = read(at.path)
        assert [value(stored, f"f{n}") for n in range(10)] == typed


async def test_what_is_pasted_is_stored_as_it_was(home: Path) -> None:
    async with sitting(home, language="he") as at:
        await at.type("\x1b2\x1b[200~שלום (API) 12%\x1b[201~!")
        assert await at.stored(OWNER) == "שלום (API) 12%!"
        owner = at.editor(OWNER).region
        assert seen(at, owner).strip() == "!12% (API) םולש"


@pytest.mark.parametrize("field", [OWNER, SEGMENTS, GOALS])
@pytest.mark.parametrize(("key", "times"), [("shift+left", 1), ("shift+left", 9), ("ctrl+shift+left", 3)])
async def test_what_is_highlighted_is_what_goes(home: Path, field: str, key: str, times: int) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        editor = await focus(at, field)
        await at.press("home", *[key] * times)
        name = "input--selection" if isinstance(editor, BidiInput) else "text-area--selection"
        area, before, taken = editor.region, at.value(field), editor.selected_text
        lit = {look(at, area, y - area.y)[x - area.x] for x, y in cells(at, editor, name)}
        letters = {taken[start:end] for start, end, _ in split_graphemes(taken)[0]}
        assert {MIRRORED.get(letter, letter) for letter in lit} | lit >= letters
        assert len(lit) == len(letters)
        await at.press("backspace")
        assert at.value(field) == before.removeprefix(taken) != before


async def test_keys_move_on_the_screen_and_home_is_where_reading_begins(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        owner = await focus(at, OWNER)
        assert isinstance(owner, BidiInput)
        await at.press("home")
        assert owner.cursor_screen_offset.x == owner.region.right - 1
        await at.press("left", "left", "right")
        assert (owner.cursor_position, owner.cursor_screen_offset.x) == (1, owner.region.right - 2)
        await at.press("ctrl+left")
        assert owner.cursor_position == 4
        await at.press("ctrl+right", "delete")
        assert at.value(OWNER) == 'נה לוי, מנכ"לית'
        await at.press("end", "backspace")
        assert at.value(OWNER) == 'נה לוי, מנכ"לי'


async def test_left_goes_on_in_the_table_and_in_a_choice(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+6")
        table = at.one(KpiTable)
        first = table.cell_region()
        await at.press("left")
        assert table.column == 1
        assert table.cell_region().x > first.x  # it is told from the side on which reading begins
        await at.press("right", "right")
        assert table.column == 0
        await at.press("alt+2")
        choice = at.editor(PERIOD)
        assert isinstance(choice, ChoiceField)
        at.app.main.set_focus(choice)
        await at.press("left")
        options = choice.field.options
        assert at.value(PERIOD) == options[0]
        await at.press("left")
        assert at.value(PERIOD) == options[1]
        await at.press("right")
        assert at.value(PERIOD) == options[0]


async def test_arrows_go_to_the_answer_on_their_side_and_a_path_reads_from_the_left(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.app.action_start("reset")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        reset, cancel = at.app.screen.query_one("#reset"), at.app.screen.query_one("#cancel")
        assert reset.region.x > cancel.region.right
        assert at.app.focused is cancel
        await at.press("right")
        assert at.app.focused is reset
        await at.press("left", "escape")
        await at.press("ctrl+e")
        await at.until(lambda: isinstance(at.app.screen, ExportScreen))
        file = at.app.screen.query_one("#file", BidiInput)
        file.value = "/tmp/תוכנית/plan.html"
        await at.pause()
        assert seen(at, file.content_region).rstrip() == line_of(file.value, 0).glyphs


async def test_tab_goes_down_the_form_and_then_to_the_next_card(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        seen = [at.focus]
        for _ in range(8):
            await at.press("tab")
            seen.append(at.focus)
        assert seen[:6] == [
            f"strategy.goals.{n}" for n in ("owner", "deadline", "goals", "segments", "exit-gap", "period")
        ]
        assert seen[7:] == ["strategy.touchpoints.owner", "strategy.touchpoints.deadline"]


# ------------------------------------------------------------------ mouse


@pytest.mark.parametrize("language", ["he", "en"])
async def test_a_click_puts_the_cursor_on_the_letter_under_it(home: Path, language: Language) -> None:
    async with sitting(home, language=language, roadmap=filled(), size=(120, 44)) as at:
        await at.press("alt+2")
        for field in FILLED:
            editor = await focus(at, field)
            area = editor.region
            for y in range(area.height):
                drawn = look(at, area, y)
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


async def test_a_double_click_selects_the_word_and_a_drag_what_it_passes(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        for field, word in ((OWNER, 'מנכ"לית'), (SEGMENTS, "SMB"), (GOALS, "מהלקוחות")):
            editor = await focus(at, field)
            drawn, glyphs = look(at, editor.region), list(line_of(word, 1).glyphs)
            x = next(x for x in range(len(drawn)) if drawn[x : x + len(glyphs)] == glyphs)
            await at.click(editor, x + 1, 0, times=2)
            assert editor.selected_text == word
        owner = await focus(at, OWNER)
        right = owner.region.width - 1
        await at.pilot.mouse_down(owner, offset=(right, 0))
        await at.pilot.hover(owner, offset=(right - 3, 0))
        await at.pilot.mouse_up(owner, offset=(right - 3, 0))
        assert owner.selected_text == "דנה"


async def test_tabs_marks_and_keys_are_clicked_where_they_stand(home: Path) -> None:
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


# ------------------------------------------------------------------ English, and what is not there at all


async def walk(home: Path, name: str) -> list[Strip]:
    plain = template()
    out: list[Strip] = []
    async with sitting(home / name, roadmap=replace(plain, title="Plan")) as at:
        for step in ("alt+1", "alt+2", "alt+4", "alt+6", "f1"):
            await at.press(step)
            await at.pause()
            out += strips(at)[1:]  # the header tells the time
    return out


async def test_english_is_drawn_as_it_is_without_all_this(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lfroadmap.ui.app.install", lambda: None)
    uninstall()
    without = await walk(home, "without")
    install()
    assert await walk(home, "with") == without


async def test_hebrew_in_the_english_interface_stands_in_its_field(home: Path) -> None:
    async with sitting(home, roadmap=filled()) as at:
        await at.press("alt+2")
        owner = at.editor(OWNER).region
        assert seen(at, owner).strip() == line_of(FILLED[OWNER], 1).glyphs
        assert seen(at, at.editor(LINK).region).startswith("https://")
        await at.press("tab")
        assert at.focus == DEADLINE


def test_long_texts_are_wrapped_on_the_first_look(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    shelf.create("plan", SetField(GOALS, "one two three four five six seven " * 3).on(template()), "dana")
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
