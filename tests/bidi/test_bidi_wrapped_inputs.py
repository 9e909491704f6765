"""Where a wrapped text is broken: the quick way for plain texts breaks it as Textual does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from lfroadmap.bidi.textual.wrapping import line_starts

TEXTS = st.text(alphabet="abcd. ", min_size=3, max_size=90).map(lambda text: "x" + text)
HYPHENATED = st.lists(st.text(alphabet="abcd", min_size=1, max_size=9), min_size=1, max_size=9).map("-".join)


def lines_of(text: str, width: int) -> list[str]:
    """The lines into which a text is broken."""
    starts = line_starts(text, width)
    return [text[a:b].rstrip() for a, b in zip(starts, (*starts[1:], len(text)), strict=True)]


@given(TEXTS, st.integers(2, 30))
def test_a_plain_text_is_broken_as_textual_breaks_it(text: str, width: int) -> None:
    assert lines_of(text, width) == [part.plain.rstrip() for part in Content(text).wrap(width)]


@given(HYPHENATED, st.integers(10, 30))
def test_a_word_longer_than_a_line_is_broken_behind_its_hyphens(text: str, width: int) -> None:
    lines = lines_of(text, width)
    assert all(line.endswith("-") and len(line) <= width for line in lines[:-1])
    assert "".join(lines) == text


@given(st.text(alphabet="אבג (a)1 ", min_size=3, max_size=90), st.integers(2, 30))
def test_the_lines_of_any_text_follow_each_other(text: str, width: int) -> None:
    starts = line_starts(text, width)
    assert starts[0] == 0
    assert list(starts) == sorted(set(starts))
    assert all(start <= len(text) for start in starts)
