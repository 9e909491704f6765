"""What may be shown of a typed string, and which way it reads."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lfroadmap.text import Direction, clean, direction, one_line

OVERRIDES = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("plain text", "plain text"),
        ("שלום, API גרסה 2", "שלום, API גרסה 2"),
        ("[bold]markup[/] & <b>", "[bold]markup[/] & <b>"),
        ("one\ntwo", "one\ntwo"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        ("a\tb", "a b"),
        ("\x00", "␀"),
        ("bell\x07", "bell␇"),
        ("back\x08space\x7f", "back␈space␡"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[Hgone", "gone"),
        ("\x1b[?1049h\x1b[1;31;4mx", "x"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;aGk=\x9cafter", "after"),
        ("\x1bPq#0\x1b\\after", "after"),
        ("\x1b_apc\x1b\\after", "after"),
        ("\x1bc reset", " reset"),
        ("\x1b(B0", "0"),
        ("\x1b", "␛"),
        ("end\x1b[", "end"),
        ("\x1b\x1b[0m[31mred", "␛[31mred"),
        ("\x1b]0;never ended\nmy notes", "0;never ended\nmy notes"),
        ("\x9b31mred\x9d\x90", "\ufffd31mred\ufffd\ufffd"),
        ("â\x80\x9dthe rest stays", "â\ufffd\ufffdthe rest stays"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066a\u2067b\u2068c\u2069", "abc"),
        ("\u200e+14\u200f", "\u200e+14\u200f"),
        ("\ufeffbom", "bom"),
        ("\ud800 and \udfff", "\ufffd and \ufffd"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("👩‍👩‍👧 é שָׁלוֹם", "👩‍👩‍👧 é שָׁלוֹם"),
    ],
)
def test_clean(typed: str, shown: str) -> None:
    assert clean(typed) == shown


# whole strings of what is dangerous, beside anything else
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            ["\x1b", "\x1b[", "\x1b]", "\x1bP", "\x9b", "\x07", "\x1b\\", "\x9c", "\x00", "31m", ";"]
        ),
        st.sampled_from(sorted(OVERRIDES)),
        st.characters(),
        st.characters(categories=["Cs", "Cc", "Cf"]),
    )
).map("".join)


@given(HOSTILE)
@example("\x1b\x1b[m[31m")
@example("\x1b\x1b]\x07]0;x\x07")
def test_nothing_dangerous_is_shown(typed: str) -> None:
    shown = clean(typed)
    assert not {c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"}
    assert OVERRIDES.isdisjoint(shown)
    shown.encode("utf-8")


@given(HOSTILE)
def test_clean_is_done_once(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "M"])))
def test_what_is_harmless_stays(typed: str) -> None:
    assert clean(typed) == typed


@pytest.mark.parametrize("opening", ["\x1b]", "\x1b[", "\x1bP", "\x1b]0;\x1b", "1;"])
def test_a_megabyte_is_cleaned_in_time_that_grows_with_it(opening: str) -> None:
    from time import process_time

    def took(count: int) -> float:
        text = "\x1b" + opening * count
        began = process_time()
        clean(text)
        return process_time() - began

    small = min(took(10_000) for _ in range(3))
    assert min(took(160_000) for _ in range(2)) < 16 * 10 * max(small, 1e-4)  # were it quadratic, 256 times


@given(HOSTILE)
def test_one_line_is_one_line(typed: str) -> None:
    assert "\n" not in one_line(typed)
    assert one_line(typed).replace(" ", "") == clean(typed).replace("\n", "").replace(" ", "")


def test_one_line_joins_with_spaces() -> None:
    assert one_line("one\r\ntwo\u2028three") == "one two three"


@pytest.mark.parametrize(
    ("line", "on_rtl", "on_ltr"),
    [
        ("שלום", "rtl", "rtl"),
        ("שלום world", "rtl", "rtl"),
        ("API גרסה 2", "rtl", "ltr"),
        ("2. גרסה", "rtl", "rtl"),
        ("مرحبا", "rtl", "rtl"),
        ("Liquid Funnel", "ltr", "ltr"),
        ("-2.6%", "ltr", "ltr"),
        ("31.3.2026", "ltr", "ltr"),
        ("", "ltr", "ltr"),
    ],
)
def test_direction(line: str, on_rtl: Direction, on_ltr: Direction) -> None:
    assert direction(line, "rtl") == on_rtl
    assert direction(line, "ltr") == on_ltr
