"""Where a wrapped text is broken: the quick way for plain texts breaks it as Textual does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from lfroadmap.bidi.textual.wrapping import line_starts

TEXTS = st.text(alphabet="abcd-. ", min_size=3, max_size=90).map(lambda text: "x" + text)


@given(TEXTS, st.integers(2, 30))
def test_a_plain_text_is_broken_as_textual_breaks_it(text: str, width: int) -> None:
    starts = line_starts(text, width)
    lines = [text[a:b].rstrip() for a, b in zip(starts, (*starts[1:], len(text)), strict=True)]
    assert lines == [part.plain.rstrip() for part in Content(text).wrap(width)]


@given(st.text(alphabet="אבג (a)1 ", min_size=3, max_size=90), st.integers(2, 30))
def test_the_lines_of_any_text_follow_each_other(text: str, width: int) -> None:
    starts = line_starts(text, width)
    assert starts[0] == 0
    assert list(starts) == sorted(set(starts))
    assert all(start <= len(text) for start in starts)
