"""Editing in inputs and text areas: drawn text, cursor, mouse and keys."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from rich.cells import split_graphemes
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.widget import Widget

from lfroadmap.bidi.line import LIMIT, Paragraph
from lfroadmap.bidi.policy import Direction
from lfroadmap.bidi.textual.direction import set_screen_direction
from lfroadmap.bidi.textual.hooks import install, uninstall
from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.bidi.textual.text_areas import BidiTextArea

PIECES = ["שלום", "עולם", "abc", "12", " ", "(", ")", "שָׁלוֹם", "👍🏽", "₪", "!", "-", "KPI", "ב-"]


@pytest.fixture(autouse=True)
def hooked() -> Iterator[None]:
    install()
    yield
    set_screen_direction("ltr")
    uninstall()


class Page(App[None]):
    CSS = """
    BidiInput { border: none; height: 1; padding: 0; }
    BidiTextArea { border: none; padding: 0; height: 8; }
    """

    def compose(self) -> ComposeResult:
        self.input = BidiInput(select_on_focus=False)
        self.area = BidiTextArea(compact=True, show_line_numbers=False)
        yield self.input
        yield self.area


def random_text(chance: random.Random, pieces: int) -> str:
    return "".join(chance.choice(PIECES) for _ in range(pieces))


def seen(widget: Widget, y: int = 0) -> str:
    return widget.render_line(y).text


def starts(text: str) -> list[int]:
    """The possible indexes of the cursor: the starts of clusters, and the end."""
    return [start for start, _, _ in split_graphemes(text)[0]] + [len(text)]


def cursor_at(widget: BidiInput | BidiTextArea) -> Offset:
    return widget.cursor_screen_offset - widget.content_region.offset


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_typed_text_is_drawn_in_visual_order(
    direction: Direction,
) -> None:
    set_screen_direction(direction)
    app = Page()
    async with app.run_test(size=(30, 12)) as pilot:
        app.screen.set_focus(app.input)
        for letter in "שלום 12 abc (כן)":
            app.input.insert_text_at_cursor(letter)
        await pilot.pause()
        assert app.input.value == "שלום 12 abc (כן)"
        assert seen(app.input).rstrip("\n") == "(ןכ) abc 12 םולש".rjust(30)
        assert cursor_at(app.input).x == 30 - len("שלום 12 abc (כן)") - 1


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_the_cell_of_the_cursor_maps_to_its_index(direction: Direction) -> None:
    set_screen_direction(direction)
    app, chance = Page(), random.Random(7)
    async with app.run_test(size=(90, 12)) as pilot:
        app.screen.set_focus(app.input)
        for _ in range(40):
            text = random_text(chance, 8)
            app.input.value = text
            for index in starts(text):
                app.input.cursor_position = index
                x = cursor_at(app.input).x
                assert app.input._cell_offset_to_index(x - app.input.scroll_offset.x) == index, (text, index)
        await pilot.pause()


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_the_cursor_is_drawn_on_the_letter_at_its_index(direction: Direction) -> None:
    set_screen_direction(direction)
    app, chance = Page(), random.Random(11)
    async with app.run_test(size=(90, 12)):
        app.screen.set_focus(app.input)
        for _ in range(40):
            text = random_text(chance, 6).replace("👍🏽", "").replace("שָׁלוֹם", "שלום")
            app.input.value = text
            for index in range(len(text)):
                app.input.cursor_position = index
                cell = seen(app.input)[cursor_at(app.input).x]
                line = Paragraph(text + " ", app.input._level).line()
                assert cell in [shown.glyph for shown in line.visual if shown.start == index], (text, index)


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_left_and_right_move_on_the_screen(direction: Direction) -> None:
    set_screen_direction(direction)
    app, chance = Page(), random.Random(5)
    async with app.run_test(size=(90, 12)):
        app.screen.set_focus(app.input)
        for _ in range(30):
            app.input.value = random_text(chance, 6)
            app.input.action_home()
            cells = [cursor_at(app.input).x]
            onward = app.input.action_cursor_left if app.input._level else app.input.action_cursor_right
            for _ in range(len(app.input.value) + 2):
                onward()
                cells.append(cursor_at(app.input).x)
            if app.input._level:
                cells = [-cell for cell in cells]
            edge = cells.index(max(cells))
            assert cells[: edge + 1] == sorted(cells[: edge + 1]), app.input.value


async def test_a_long_hebrew_field_shows_its_beginning_and_scrolls_to_its_cursor() -> None:
    set_screen_direction("rtl")
    app = Page()
    text = "ראשונה שנייה שלישית רביעית חמישית שישית"
    async with app.run_test(size=(20, 12)) as pilot:
        app.screen.set_focus(app.area)
        app.input.value = text
        await pilot.pause()
        assert seen(app.input).rstrip().endswith("הנושאר")
        app.screen.set_focus(app.input)
        await pilot.press("end")
        await pilot.pause()
        assert "תישיש" in seen(app.input)
        await pilot.press("home")
        await pilot.pause()
        assert seen(app.input).rstrip().endswith("הנושאר")


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_an_address_field_is_left_to_right(direction: Direction) -> None:
    set_screen_direction(direction)
    app = Page()
    async with app.run_test(size=(40, 12)) as pilot:
        app.input.field_direction = "ltr"
        app.input.value = "https://example.com/דף"
        await pilot.pause()
        assert seen(app.input).startswith("https://example.com/ףד")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_delete_removes_the_highlighted_letters(direction: Direction) -> None:
    set_screen_direction(direction)
    app, chance = Page(), random.Random(3)
    async with app.run_test(size=(90, 12)) as pilot:
        app.screen.set_focus(app.input)
        for _ in range(12):
            text = random_text(chance, 6) + "ה"  # without Hebrew, Textual's own drawing is used
            app.input.value = text
            app.input.action_home()
            for _ in range(4):
                await pilot.press("shift+left" if app.input._level else "shift+right")
            start, end = sorted(app.input.selection)
            line = Paragraph(text + " ", app.input._level).line()
            pad = app.input._pad(line)
            strip = app.input.render_line(0)
            ground = app.input.get_component_rich_style("input--selection").bgcolor
            marked, x = set(), 0
            for segment in strip:
                width = segment.cell_length
                if segment.style and segment.style.bgcolor == ground:
                    marked |= set(range(x, x + width))
                x += width
            wanted = {pad + c for a, b in line.selection_cells(start, end) for c in range(a, b)}
            cursor = {cursor_at(app.input).x}
            assert marked - cursor == wanted - cursor, text
            await pilot.press("delete")
            assert app.input.value == text[:start] + text[end:]


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_cells_and_locations_of_a_text_area_map_to_each_other(direction: Direction) -> None:
    set_screen_direction(direction)
    app, chance = Page(), random.Random(13)
    async with app.run_test(size=(24, 12)) as pilot:
        app.screen.set_focus(app.area)
        for _ in range(15):
            app.area.text = random_text(chance, 14) + "\n" + random_text(chance, 5)
            await pilot.pause()
            document = app.area.wrapped_document
            for row in range(app.area.document.line_count):
                for column in starts(app.area.document.get_line(row)):
                    offset = document.location_to_offset((row, column))
                    assert document.offset_to_location(offset) == (row, column), app.area.text


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_a_text_area_draws_every_letter(direction: Direction) -> None:
    set_screen_direction(direction)
    app, chance = Page(), random.Random(17)
    async with app.run_test(size=(24, 12)) as pilot:
        for _ in range(15):
            app.area.text = random_text(chance, 14)
            await pilot.pause()
            lines = [seen(app.area, y) for y in range(min(app.area.wrapped_document.height, 8))]
            letters = sorted(c for line in lines for c in line if c.isalnum())
            assert letters == sorted(c for c in app.area.text if c.isalnum())


async def test_arrows_in_a_text_area_move_on_the_screen_and_deleting_is_logical() -> None:
    set_screen_direction("rtl")
    app = Page()
    async with app.run_test(size=(30, 12)) as pilot:
        app.screen.set_focus(app.area)
        app.area.text = "שלום עולם"
        app.area.move_cursor((0, 0))
        await pilot.press("left", "left")
        assert app.area.cursor_location == (0, 2)
        await pilot.press("right")
        assert app.area.cursor_location == (0, 1)
        await pilot.press("backspace")
        assert app.area.text == "לום עולם"
        await pilot.press("end", "backspace")
        assert app.area.text == "לום עול"
        await pilot.press("ctrl+right")
        assert app.area.cursor_location[1] < len("לום עול")


@pytest.mark.proof
@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_a_huge_text_is_edited_without_reordering_all_of_it(direction: Direction) -> None:
    set_screen_direction(direction)
    app = Page()
    huge = "שלום abc " * 40_000
    async with app.run_test(size=(40, 12)) as pilot:
        app.input.value = huge
        app.area.text = huge
        await pilot.pause()
        app.screen.set_focus(app.area)
        app.area.move_cursor((0, len(huge)))
        await pilot.press("x", "backspace", "left", "up", "end")
        assert app.area.text == huge
        assert "שלום"[::-1] in seen(app.area)
        app.screen.set_focus(app.input)
        await pilot.press("end", "y")
        assert app.input.value == huge + "y"
    assert line_cache_letters() < 10 * LIMIT


def line_cache_letters() -> int:
    """Upper bound of the letters in the caches of lines."""
    from lfroadmap.bidi import line

    return line._long_levels.cache_info().currsize * LIMIT + line._long_line.cache_info().currsize * 40
