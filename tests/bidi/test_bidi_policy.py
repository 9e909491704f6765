"""The base direction of paragraphs, in agreement with exported pages and sheets."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.marks import isolate
from lfroadmap.bidi.policy import Direction, field_level, paragraph_level
from lfroadmap.bidi.tables import without_marks
from lfroadmap.export.bidi_markup import direction_runs
from lfroadmap.text import direction

LETTERS = st.one_of(
    st.sampled_from(["שלום", "API", " ", "12", "-", "(", "\u200f", "\u2067", "مرحبا"]),
    st.characters(exclude_categories=["Cs", "Cn"]),
)


@given(st.lists(LETTERS, max_size=8).map("".join), st.sampled_from(["rtl", "ltr"]))
def test_the_screen_and_the_page_agree_on_the_direction(text: str, page: Direction) -> None:
    assert paragraph_level(text, page) == (direction(text, page) == "rtl")


@pytest.mark.parametrize(
    ("text", "on_rtl", "on_ltr"),
    [
        ("Git הוא כלי", 1, 0),
        ("שלום world", 1, 1),
        ("plain", 0, 0),
        ("-2.6%", 0, 0),
        ("", 0, 0),
        ("Ж", 0, 0),
    ],
)
def test_paragraphs(text: str, on_rtl: int, on_ltr: int) -> None:
    assert (paragraph_level(text, "rtl"), paragraph_level(text, "ltr")) == (on_rtl, on_ltr)


def test_fields_have_the_direction_of_the_page_except_addresses() -> None:
    assert (field_level("rtl"), field_level("ltr")) == (1, 0)
    assert (field_level("rtl", ltr=True), field_level("ltr", ltr=True)) == (0, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("+20% ברבעון", ["+20%"]),
        ("דף /pricing, חדש", ["/pricing"]),
        ("קוד ב-C++", ["C++"]),
        ("מ-2.4% ל-3.5%", []),
    ],
)
def test_the_screen_isolates_the_same_words_as_the_page(text: str, words: list[str]) -> None:
    assert [run.text for run in direction_runs(text, "rtl")[1] if run.apart] == words
    assert all(word in line_of(text, 1).glyphs for word in words)


@pytest.mark.parametrize("piece", ["^Q", "C:\\temp\\", "(v2.0)", "a/b/", "-x", "..."])
def test_an_isolated_piece_keeps_its_order(piece: str) -> None:
    assert piece in line_of(f"לפני {isolate(piece)} אחרי", 1).glyphs
    assert without_marks(isolate(piece)) == piece
    assert all(unicodedata.bidirectional(character) in ("LRI", "PDI") for character in isolate(""))
