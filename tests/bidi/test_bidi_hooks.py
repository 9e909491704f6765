"""The private names of Textual that are hooked, and what is drawn through them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Region
from textual.style import Style
from textual.visual import RenderOptions
from textual.widgets import Button, Input, Label, Static, TextArea

from lfroadmap.bidi.line import Paragraph
from lfroadmap.bidi.policy import Direction, paragraph_level
from lfroadmap.bidi.textual.hooks import HOOKS, install, mirrored, set_screen_direction, uninstall

PIECES = st.sampled_from(["שלום", "עולם", "abc", "12", " ", "(", ")", "שָׁלוֹם", "👍🏽", "₪", "!", "-", "KPI"])
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@pytest.fixture(autouse=True)
def hooked() -> Iterator[None]:
    install()
    yield
    set_screen_direction("ltr")
    uninstall()


SIGNATURES = {
    "_wrap_and_format": "(self, width: 'int', align: 'TextAlign' = 'left', "
    "overflow: 'TextOverflow' = 'fold', no_wrap: 'bool' = False, line_pad: 'int' = 0, tab_size: 'int' = 8, ",
    "render_strips": "(self, width: 'int', height: 'int | None', style: 'Style', options: 'RenderOptions')",
    "render_segments": "(self, base_style: 'Style' = Style(), end: 'str' = '')",
    "to_strip": "(self, style: 'Style')",
    "arrange": "(self, size: 'Size', ",
    "_get_scrollable_region": "(self, region: 'Region')",
    "_arrange_scrollbars": "(self, region: 'Region')",
}


def test_what_is_hooked_is_there_as_it_is_expected() -> None:
    uninstall()
    for owner, name, theirs, _ in HOOKS:
        assert getattr(owner, name) is theirs, f"{owner.__name__}.{name} is not Textual's own"
        if isinstance(theirs, property):
            continue
        assert callable(theirs)
        assert str(inspect.signature(theirs)).startswith(SIGNATURES[name]), (owner, name)


@pytest.mark.parametrize(
    ("owner", "names"),
    [
        (
            Input,
            ("_cursor_offset", "_cell_offset_to_index", "content_width", "render_line", "_cursor_visible"),
        ),
        (Input, ("action_cursor_left", "action_cursor_right_word", "scroll_offset")),
        (TextArea, ("_set_document", "_rewrap_and_refresh_virtual_size", "_render_line", "gutter_width")),
        (TextArea, ("record_cursor_width", "action_cursor_word_left", "get_target_document_location")),
        (WrappedDocument, ("get_offsets", "location_to_offset", "get_target_document_column")),
        (WrappedDocument, ("offset_to_location", "height")),
        (DocumentNavigator, ("get_location_above", "get_location_below", "get_location_left")),
    ],
)
def test_what_is_overridden_is_there(owner: type, names: tuple[str, ...]) -> None:
    for name in names:
        assert hasattr(owner, name), f"{owner.__name__} has no {name}"


def drawn(text: str, width: int, direction: Direction, **rules: object) -> list[str]:
    set_screen_direction(direction)
    options = RenderOptions(Style.parse, rules)  # type: ignore[arg-type]
    return [strip.text for strip in Content(text).render_strips(width, None, Style(), options)]


def test_a_hebrew_line_stands_in_the_order_of_the_screen() -> None:
    assert drawn("שלום abc (12)", 20, "rtl") == ["       abc (12) םולש"]
    assert drawn("abc שלום", 20, "ltr")[0].rstrip() == "abc םולש"
    assert drawn("plain", 10, "rtl") == ["     plain"]
    assert drawn("plain", 10, "ltr")[0].rstrip() == "plain"


def test_lines_of_a_paragraph_read_as_the_paragraph_does() -> None:
    assert drawn("אבג (דהו\nplain", 30, "rtl") == ["והד) גבא".rjust(30), "plain".rjust(30)]
    lines = drawn("אחת שתיים abc def שלוש ארבע", 10, "rtl")
    assert [line.strip() for line in lines] == ["םייתש תחא", "abc def", "עברא שולש"]
    assert drawn("שלום (abc) סוף", 6, "rtl") == ["  םולש", " (abc)", "   ףוס"]


@given(TEXTS, st.integers(4, 40), st.sampled_from(["rtl", "ltr"]))
def test_no_glyph_is_lost_or_doubled(text: str, width: int, direction: Direction) -> None:
    letters = sorted(c for line in drawn(text, width, direction) for c in line if c.isalnum())
    assert letters == sorted(c for c in text if c.isalnum())


@given(TEXTS, st.sampled_from(["rtl", "ltr"]))
def test_a_label_is_drawn_as_its_line_says(text: str, direction: Direction) -> None:
    (line,) = drawn(text, 200, direction) or [""]
    expected = Paragraph(text, paragraph_level(text, direction)).line().glyphs
    assert line.strip() == expected.strip()


@given(st.integers(0, 30), st.integers(0, 30), st.integers(60, 90))
def test_a_mirror_gives_back_what_it_mirrored(x: int, size: int, width: int) -> None:
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
async def test_the_layout_is_mirrored_and_the_order_of_focus_is_not(direction: Direction) -> None:
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
