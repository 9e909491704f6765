"""Lines of a terminal: commands and synopses, continued entries, paths, and facts of both directions."""

from __future__ import annotations

import errno
import os
import re

import pytest

from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.marks import isolate
from lfroadmap.bidi.plain_lines import page_lines
from lfroadmap.words import Language, Words, words

SYNOPSIS = "lfroadmap import FILE --into NAME [--map PAIRS] [--dates ORDER] [--yes]"


def shown(text: str, language: Language, width: int = 78) -> str:
    """The only line of a text on a terminal, without the blanks around it."""
    (line,) = page_lines(text, words(language).direction, width)
    return line.strip()


def drawn(hebrew: str) -> str:
    """Hebrew words as a terminal draws them."""
    return hebrew[::-1]


@pytest.mark.parametrize("width", [24, 40, 60])
@pytest.mark.parametrize("language", ["en", "he"])
def test_a_synopsis_is_wrapped_between_words(language: Language, width: int) -> None:
    lines = page_lines(SYNOPSIS, words(language).direction, width)
    assert len(lines) > 1 and all(len(line) <= width for line in lines)
    assert [word for line in lines for word in line.split()] == SYNOPSIS.split()


@pytest.mark.parametrize(
    "command",
    [
        "lfroadmap new liquid-funnel",
        "lfroadmap snapshot --save 'Plan [A] of the board'",
        'lfroadmap open "[x] y z"',
    ],
)
@pytest.mark.parametrize("language", ["en", "he"])
def test_a_command_is_never_broken(command: str, language: Language) -> None:
    (line,) = page_lines(f"  {command}", words(language).direction, 20)
    assert line.strip() == command


def test_an_entry_that_does_not_fit_goes_on_in_the_line_below_it() -> None:
    column = " " * 18
    text = f"  --bidi DIALECT  auto, plain, explicit,\n{column}lrm or kitty\n  --version       the version"
    assert [line.rstrip() for line in page_lines(text, "ltr", 42)] == text.split("\n")
    text = text.replace("explicit,", "explicit, mlterm,")
    assert page_lines(text, "ltr", 46) == [
        "  --bidi DIALECT  auto, plain, explicit,",
        f"{column}mlterm, lrm or kitty",
        "  --version       the version",
    ]
    assert page_lines(text, "ltr", 60) == text.split("\n")


@pytest.mark.parametrize("name", ["תוכנית רבעון", "תוכנית רבעון 3", "תיקייה שלי/תוכנית"])
def test_a_path_with_blanks_is_ordered_as_a_whole(name: str) -> None:
    path = f"/home/dana/{name}.roadmap"
    turned = re.sub(r"\d+", lambda number: number[0][::-1], name[::-1])
    assert line_of(isolate(path), 0).glyphs == f"/home/dana/{turned}.roadmap"
    assert f"/home/dana/{turned}.roadmap" in shown(f"הקובץ {isolate(path)} תקין.", "he")


FACTS: dict[str, tuple[Language, str, dict[str, object], str]] = {
    "a title that ends in Latin, before a number": (
        "he",
        "{card}: {n} שינויים",
        {"card": "יעדי Funnel", "n": 116},
        f"{drawn('שינויים')} 116 :Funnel {drawn('יעדי')}",
    ),
    "names that begin and end in Latin": (
        "he",
        "הקיימות: {known}",
        {"known": ["תוכנית Q3", "Plan ב"]},
        f"{drawn('ב')} Plan ,Q3 {drawn('תוכנית')} :{drawn('הקיימות')}",
    ),
    "an amount in an English sentence": (
        "en",
        "Owner: {new}, and on",
        {"new": "כולל 1,250 ₪"},
        f"Owner: ₪ 1,250 {drawn('כולל')}, and on",
    ),
    "Hebrew names in an English sentence": (
        "en",
        "Known: {known}.",
        {"known": ["אלף", "לפני 2.0-beta", "בית"]},
        f"Known: {drawn('אלף')}, 2.0-beta {drawn('לפני')}, {drawn('בית')}.",
    ),
    "no names": ("en", "Known: {known}.", {"known": []}, "Known: —."),
}


@pytest.mark.parametrize("case", FACTS)
def test_a_fact_keeps_its_order_and_that_of_the_words_beside_it(case: str) -> None:
    language, text, facts, line = FACTS[case]
    assert shown(Words(language, {"text": text})("text", **facts), language) == line


def test_common_reasons_of_the_system_are_in_the_language_of_the_person() -> None:
    for code in (errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EISDIR):
        reason = os.strerror(code)
        assert reason in words("en")("error.snapshot_unreadable", reason=reason)
        assert not re.search("[A-Za-z]", words("he")("error.snapshot_unreadable", reason=reason))
    assert "Frobnicated" in words("he")("error.snapshot_unreadable", reason="Frobnicated")
