"""The functions of Textual that are replaced: text in visual order, and a mirrored layout."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.style import Style
from textual.visual import RenderOptions
from textual.widgets import Button, Label, Static

from lfroadmap.bidi.line import Paragraph
from lfroadmap.bidi.policy import Direction, paragraph_level
from lfroadmap.bidi.textual.direction import set_screen_direction
from lfroadmap.bidi.textual.hooks import HOOKS, install, uninstall
from lfroadmap.bidi.textual.layout import mirrored

PIECES = st.sampled_from(["שלום", "עולם", "abc", "12", " ", "(", ")", "שָׁלוֹם", "👍🏽", "₪", "!", "-", "KPI"])
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@pytest.fixture(autouse=True)
def hooked() -> Iterator[None]:
    install()
    yield
    set_screen_direction("ltr")
    uninstall()


def test_uninstalling_restores_the_functions_of_textual() -> None:
    assert [vars(owner)[name] for owner, name, _ in HOOKS] == [replacement for _, _, replacement in HOOKS]
    uninstall()
    for owner, name, _ in HOOKS:
        function = vars(owner)[name]
        assert (function.fget if isinstance(function, property) else function).__module__ == owner.__module__


def drawn(text: str, width: int, direction: Direction, **rules: object) -> list[str]:
    set_screen_direction(direction)
    options = RenderOptions(Style.parse, rules)  # type: ignore[arg-type]
    return [strip.text for strip in Content(text).render_strips(width, None, Style(), options)]


def test_a_hebrew_line_is_drawn_in_visual_order() -> None:
    assert drawn("שלום abc (12)", 20, "rtl") == ["       abc (12) םולש"]
    assert drawn("abc שלום", 20, "ltr")[0].rstrip() == "abc םולש"
    assert drawn("plain", 10, "rtl") == ["     plain"]
    assert drawn("plain", 10, "ltr")[0].rstrip() == "plain"


def test_lines_have_the_direction_of_their_paragraph() -> None:
    assert drawn("אבג (דהו\nplain", 30, "rtl") == ["והד) גבא".rjust(30), "plain".rjust(30)]
    lines = drawn("אחת שתיים abc def שלוש ארבע", 10, "rtl")
    assert [line.strip() for line in lines] == ["םייתש תחא", "abc def", "עברא שולש"]
    assert drawn("שלום (abc) סוף", 6, "rtl") == ["  םולש", " (abc)", "   ףוס"]


@given(TEXTS, st.integers(4, 40), st.sampled_from(["rtl", "ltr"]))
def test_no_glyph_is_lost_or_doubled(text: str, width: int, direction: Direction) -> None:
    letters = sorted(c for line in drawn(text, width, direction) for c in line if c.isalnum())
    assert letters == sorted(c for c in text if c.isalnum())


@given(TEXTS, st.sampled_from(["rtl", "ltr"]))
def test_a_label_is_drawn_in_visual_order(text: str, direction: Direction) -> None:
    (line,) = drawn(text, 200, direction) or [""]
    expected = Paragraph(text, paragraph_level(text, direction)).line().glyphs
    assert line.strip() == expected.strip()


@given(st.integers(0, 30), st.integers(0, 30), st.integers(60, 90))
def test_mirroring_twice_restores_a_region(x: int, size: int, width: int) -> None:
    region = Region(x, 1, size, 2)
    assert mirrored(mirrored(region, width), width) == region
    assert mirrored(region, width).size == region.size


class Page(App[None]):
    AUTO_FOCUS = ""
    CSS = "Horizontal { height: 3; } VerticalScroll { height: 4; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Button("ראשון", id="first")
            yield Button("שני", id="second")
        with VerticalScroll(id="scroll"):
            yield Static("\n".join(["שורה"] * 9))
        yield Label("סוף", id="last")


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_the_layout_is_mirrored_and_the_focus_order_is_kept(direction: Direction) -> None:
    set_screen_direction(direction)
    app = Page()
    async with app.run_test(size=(60, 20)) as pilot:
        first, second = app.query_one("#first"), app.query_one("#second")
        scroll = app.query_one("#scroll", VerticalScroll)
        bar = scroll.vertical_scrollbar
        await pilot.press("tab", "tab")
        assert app.focused is second
        if direction == "rtl":
            assert (first.region.right, second.region.right) == (60, 60 - first.region.width)
            assert bar.region.x == 0
        else:
            assert (first.region.x, second.region.x) == (0, first.region.width)
            assert bar.region.right == 60
        await pilot.click("#first")
        assert app.focused is first
