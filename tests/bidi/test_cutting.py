"""Lines that do not fit: cut in the order of reading, numbers whole or absent."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from lfroadmap.bidi.cutting import cut
from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.marks import DIRECTION_MARKS, LRI, PDI
from lfroadmap.bidi.tables import without_marks

NUMBERS = (
    "1,250,000 ₪", "+20%", "-3", "2.0-beta", "+972-54-1234567", "31.3.2026", "14:30", "3–5", "10%-20%",
    "₪45.5", "$1,000", "20%", "7",
)  # fmt: skip
PIECES = (
    *NUMBERS, "תקציב", 'מע"מ', "Salesforce", "Liquid Funnel", "שלום", "ב-", "(API)", "/pricing",
    "C++", "👩‍👩‍👧", "é", "שָׁלוֹם", "日本",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)
WIDTHS = st.integers(0, 40)

CASES = (
    # text, width, what is left of it
    ('תקציב כולל מע"מ 1,250,000 ₪', 26, 'תקציב כולל מע"מ…'),
    ('מע"מ 1,250,000 ₪', 9, 'מע"מ…'),
    ("1,250,000 ₪", 6, "…"),
    ("עלייה של +20% השנה", 12, "עלייה של…"),
    ("עלייה של +20% השנה", 14, "עלייה של +20%…"),
    ("טלפון +972-54-1234567", 15, "טלפון…"),
    ("גרסה 2.0-beta", 11, "גרסה…"),
    ("טווח 3–5 ימים", 7, "טווח…"),
    ("Owner of the plan", 9, "Owner of…"),
    ("שלום", 4, "שלום"),
    ("שלום", 3, "של…"),
    ("שלום", 1, "…"),
    ("שלום", 0, ""),
)


@pytest.mark.parametrize(("text", "width", "left"), CASES)
def test_a_line_is_cut(text: str, width: int, left: str) -> None:
    assert without_marks(cut(text, width, cell_len)) == left


@pytest.mark.parametrize(
    ("text", "width", "level", "drawn"),
    [
        ("לקוח Salesforce Marketing Cloud", 16, 1, "Salesforce… חוקל"),
        ("לקוח Salesforce ועוד אחרים", 18, 1, "…ו Salesforce חוקל"),
        ("Plan שלום עולם גדול", 12, 0, "Plan …ע םולש"),
        ("Plan שלום and more", 12, 0, "Plan םולש a…"),
        ("מחיר -3 ליום", 8, 1, "…-3 ריחמ"),
    ],
)
def test_the_sign_stands_where_reading_goes_on(text: str, width: int, level: int, drawn: str) -> None:
    assert line_of(cut(text, width, cell_len), level).glyphs == drawn


@given(TEXTS, WIDTHS)
@example("תקציב 1,250,000 ₪ ועוד", 15)
def test_what_is_cut_is_a_beginning_with_whole_numbers(text: str, width: int) -> None:
    shown = cut(text, width, cell_len)
    assert cell_len(shown) <= width
    if cell_len(text) <= width:
        assert shown == text
        return
    kept = without_marks(shown)
    if not width:
        assert not kept
        return
    assert kept.endswith("…")
    start = kept.removesuffix("…")
    assert text.startswith(start)
    assert cut(shown, width, cell_len) == shown
    for number in re.finditer("|".join(map(re.escape, sorted(NUMBERS, key=len, reverse=True))), text):
        assert not number.start() < len(start) < number.end(), number[0]
    ends = {end for _, end, _ in split_graphemes(text)[0]} | {0}
    assert len(start) in ends or text[len(start)] == " "


@given(TEXTS, WIDTHS, st.sampled_from((0, 1)))
def test_every_number_that_is_left_is_drawn_whole(text: str, width: int, level: int) -> None:
    shown = cut(text, width, cell_len)
    drawn = line_of(shown, level).glyphs
    for number in ("+20%", "-3", "2.0-beta", "+972-54-1234567", "31.3.2026", "3–5", "10%-20%"):
        left = len(re.findall(rf"(?<!\S){re.escape(number)}(?=[ …]|$)", without_marks(shown)))
        assert drawn.count(number) >= left


@given(st.text(max_size=60), WIDTHS)
def test_any_text_is_cut_to_its_width(text: str, width: int) -> None:
    assert cell_len(cut(text, width, cell_len)) <= width
    assert len(cut(text, width)) <= width or cut(text, width).rstrip(DIRECTION_MARKS).endswith("…")


def test_isolates_that_are_cut_are_closed() -> None:
    text = f"נתיב {LRI}/home/dana/plan{PDI} סוף"
    shown = cut(text, 12, cell_len)
    assert shown.count(LRI) == shown.count(PDI) == 1 and shown.endswith(f"…{PDI}")


@pytest.mark.parametrize(
    "text", ["x" * 500_000, "-" * 500_000, "1" * 500_000, "1," * 250_000, "x1" * 250_000]
)
def test_a_very_long_line_is_cut_as_a_short_one_is(text: str) -> None:
    assert len(cut(text, 20)) <= 20
