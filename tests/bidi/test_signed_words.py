"""Signs and numbers stay whole beside right-to-left text: on the screen, on pages, and by marks."""

from __future__ import annotations

import re

import pytest

from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.ltr_words import with_marks, without_added_marks
from lfroadmap.bidi.marks import RLM
from lfroadmap.bidi.policy import paragraph_level
from lfroadmap.export.bidi_markup import direction_runs
from lfroadmap.text import dots

WORDS = (
    "+20%", "-3", "−15%", "±5", "+972-54-1234567", "+972 54 123 4567", "2.0-beta", "3–5", "10%-20%", "80×24",
    "10+", "1.3.2026–31.3.2026", "-₪5", "/pricing", "C++",
)  # fmt: skip
FRAMES = (
    "{}", "יעד: {}", "יעד: {} לשנה", "({}) השנה", '"{}" השנה', f"יעד: {RLM}{{}} ← {{}}", "עלייה של {}.",
    "ב-{} יותר", "{}, ועוד {}", "Goal: שיפור {}", "{}… ועוד",
)  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_drawn_whole(word: str, frame: str) -> None:
    text = frame.format(word, word)
    for level in {paragraph_level(text, "rtl"), paragraph_level(text, "ltr"), 1}:
        drawn = line_of(text, level).glyphs
        assert drawn.count(word) == text.count(word), (level, drawn)


@pytest.mark.parametrize("word", WORDS)
def test_a_page_isolates_it(word: str) -> None:
    way, runs = direction_runs(f"יעד: {RLM}{word} ← {word}", "rtl")
    assert way == "rtl"
    assert [run.text for run in runs if run.apart] == [word, word]


@pytest.mark.parametrize("word", [each for each in WORDS if re.match(r"[-+−±]?\d", each)])
def test_marks_keep_it_whole_where_nothing_can_be_isolated(word: str) -> None:
    marked = with_marks(f"עד {word} השנה")
    assert marked == f"עד \u200e{word}\u200e השנה"
    assert without_added_marks(marked) == f"עד {word} השנה"


@pytest.mark.parametrize(
    "words", ["5 kg", "12.5 GB RAM", "1,200 km/h", "10% off", "₪5 per day", "5\u00a0kg", "2 µm"]
)
def test_marks_keep_a_number_with_its_latin_words(words: str) -> None:
    for text in ("עד {} בשבוע", "ב-{}", "({})", "{}.", "{}"):
        marked = with_marks(text.format(words))
        assert marked == text.format(f"\u200e{words}\u200e")
        assert without_added_marks(marked) == text.format(words)


@pytest.mark.parametrize("text", ["2. Foo", "15.3.2026 Dana", "5 ק״ג"])
def test_a_number_that_belongs_to_no_latin_word_is_left_alone(text: str) -> None:
    assert with_marks(text) == text


@pytest.mark.parametrize("text", ["1,250,000 ₪", "20%", "3-5", "31.3.2026", "14:30", "iPhone 15", "שלב 3"])
def test_what_is_whole_by_itself_is_left_alone(text: str) -> None:
    assert with_marks(text) == text


@pytest.mark.parametrize(
    ("texts", "drawn"),
    [
        (["1.4.2026", "20%"], "20% · 1.4.2026"),
        (["1.4.2026", "20%", "באיחור"], "רוחיאב · 20% · 1.4.2026"),
        (["Liquid", "20%"], "20% · Liquid"),
    ],
)
def test_captions_have_one_order_whatever_their_letters_are(texts: list[str], drawn: str) -> None:
    caption = dots(texts, "rtl")
    assert line_of(caption, paragraph_level(caption, "rtl")).glyphs == drawn
    assert direction_runs(caption, "rtl")[0] == "rtl"
