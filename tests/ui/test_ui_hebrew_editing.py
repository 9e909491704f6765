"""Typing and moving in the app in Hebrew: the drawn text, the cursor, and the stored text."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import split_graphemes

from hebrew import cells, filled, focus, letters_in, text_in
from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.tables import MIRRORED
from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.export import ExportScreen
from lfroadmap.ui.widgets.fields import ChoiceField
from lfroadmap.ui.widgets.kpi_table import KpiTable
from matrices import quick_first
from sitting import GOALS, OWNER, PERIOD, SEGMENTS, sitting, value


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


@pytest.mark.proof
async def test_fast_hebrew_typing_is_stored_in_logical_order(home: Path) -> None:
    typed = [(word * 20)[:19] for word in WORDS]
    async with sitting(home, roadmap=ten_fields(), language="he") as at:
        await at.type("\x1b2" + "\t".join(typed))
        assert [at.value(f"f{n}") for n in range(10)] == typed
        await at.saved()
        stored = read(at.path)
        assert [value(stored, f"f{n}") for n in range(10)] == typed


async def test_pasted_text_is_stored_unchanged(home: Path) -> None:
    async with sitting(home, language="he") as at:
        await at.type("\x1b2\x1b[200~שלום (API) 12%\x1b[201~!")
        assert await at.stored(OWNER) == "שלום (API) 12%!"
        owner = at.editor(OWNER).region
        assert text_in(at, owner).strip() == "!12% (API) םולש"


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("field", quick_first([GOALS, OWNER, SEGMENTS], 2))
@pytest.mark.parametrize(
    ("key", "times"), quick_first([("shift+left", 9), ("ctrl+shift+left", 3), ("shift+left", 1)], 2)
)
async def test_backspace_deletes_the_highlighted_letters(
    home: Path, field: str, key: str, times: int
) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        editor = await focus(at, field)
        await at.press("home", *[key] * times)
        name = "input--selection" if isinstance(editor, BidiInput) else "text-area--selection"
        area, before, taken = editor.region, at.value(field), editor.selected_text
        lit = {letters_in(at, area, y - area.y)[x - area.x] for x, y in cells(at, editor, name)}
        letters = {taken[start:end] for start, end, _ in split_graphemes(taken)[0]}
        assert {MIRRORED.get(letter, letter) for letter in lit} | lit >= letters
        assert len(lit) == len(letters)
        await at.press("backspace")
        assert at.value(field) == before.removeprefix(taken) != before


async def test_arrow_keys_move_on_the_screen_and_home_to_the_start(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+2")
        owner = await focus(at, OWNER)
        assert isinstance(owner, BidiInput)
        await at.press("home")
        assert owner.cursor_screen_offset.x == owner.region.right - 2
        await at.press("left", "left", "right")
        assert (owner.cursor_position, owner.cursor_screen_offset.x) == (1, owner.region.right - 3)
        await at.press("ctrl+left")
        assert owner.cursor_position == 4
        await at.press("ctrl+right", "delete")
        assert at.value(OWNER) == 'נה לוי, מנכ"לית'
        await at.press("end", "backspace")
        assert at.value(OWNER) == 'נה לוי, מנכ"לי'


async def test_left_moves_forward_in_the_table_and_in_a_choice(home: Path) -> None:
    async with sitting(home, language="he", roadmap=filled()) as at:
        await at.press("alt+6")
        table = at.one(KpiTable)
        first = table.cell_region()
        await at.press("left")
        assert table.column == 1
        assert table.cell_region().x > first.x  # it is counted from the side on which reading begins
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


@pytest.mark.proof
async def test_arrows_move_between_buttons_and_a_path_is_left_to_right(home: Path) -> None:
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
        assert text_in(at, file.content_region).rstrip() == line_of(file.value, 0).glyphs


@pytest.mark.proof
async def test_tab_moves_down_the_form_and_then_to_the_next_card(home: Path) -> None:
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
