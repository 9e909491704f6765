"""The algorithm against Unicode's own files: every line of both conformance tests, and the tables.

The files are those of Debian's package `unicode-data`; UNICODE_DATA names another folder that has them.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pytest

from lfroadmap.bidi.algorithm import (
    base_level,
    class_base,
    class_levels,
    levels,
    line_levels,
    visual_order,
)
from lfroadmap.bidi.tables import BRACKETS, CODES, MIRRORED, REMOVED, RTL, bidi_class, classes, has_rtl

pytestmark = pytest.mark.proof

FOLDER = Path(os.environ.get("UNICODE_DATA", "/usr/share/unicode"))
BASES = {"0": 0, "1": 1, "2": None}


def unicode_lines(name: str) -> Iterator[str]:
    """The lines of a file without comments; if it is missing, the test fails in CI, else is skipped."""
    path = FOLDER / name
    if not path.exists():
        reason = f"{path} is missing: apt-get install unicode-data"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with path.open(encoding="utf-8") as file:
        for line in file:
            if kept := line.split("#", 1)[0].strip():
                yield kept


def formatted(codes: str, found: Sequence[int], base: int) -> tuple[str, str]:
    """Levels and order of a line in the notation of the files, without characters that rule X9 removes."""
    ordered = line_levels(codes, found, base)
    marked = ["x" if code in REMOVED else str(level) for code, level in zip(codes, ordered, strict=True)]
    order = [str(place) for place in visual_order(ordered) if codes[place] not in REMOVED]
    return " ".join(marked), " ".join(order)


@lru_cache(maxsize=2)
def formatted_by_classes(codes: str, base: int) -> tuple[str, str]:
    return formatted(codes, class_levels(codes, base, {}), base)


def test_every_line_of_bidi_test() -> None:
    wrong, count, expected = [], 0, ("", "")
    for line in unicode_lines("BidiTest.txt"):
        if line.startswith("@"):
            name, _, value = line.partition(":")
            value = value.strip()
            expected = (value, expected[1]) if name == "@Levels" else (expected[0], value)
            continue
        names, bits = line.split(";")
        codes = "".join(CODES[name] for name in names.split())
        for bit, base in ((1, class_base(codes)), (2, 0), (4, 1)):
            if int(bits) & bit:
                count += 1
                if formatted_by_classes(codes, base) != expected:
                    wrong.append((line, base, expected))
    assert wrong[:10] == []
    assert count > 700_000


def test_every_line_of_bidi_character_test() -> None:
    wrong, count = [], 0
    for line in unicode_lines("BidiCharacterTest.txt"):
        points, direction, expected_base, *expected = line.split(";")
        text = "".join(chr(int(point, 16)) for point in points.split())
        fixed = BASES[direction]
        base = base_level(text) if fixed is None else fixed
        found = formatted(classes(text), levels(text, base), base)
        count += 1
        if (str(base), *found) != (expected_base, *expected):
            wrong.append((line, base, found))
    assert wrong[:10] == []
    assert count > 90_000


def points(span: str) -> range:
    first, _, last = span.strip().partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def test_every_assigned_character_has_its_class() -> None:
    assigned = {
        point: name.strip()
        for line in unicode_lines("extracted/DerivedBidiClass.txt")
        for span, name in [line.split(";")]
        for point in points(span)
    }
    named = {int(line.split(";")[0], 16) for line in unicode_lines("UnicodeData.txt")}
    pictures = range(0x1F000, 0x1FB00)
    wrong = [
        (hex(point), name, bidi_class(chr(point)))
        for point, name in assigned.items()
        if bidi_class(chr(point)) != name and (point in named or point not in pictures)
    ]
    assert wrong == []


def missing_classes() -> Iterator[tuple[range, str]]:
    """Classes of unassigned characters, from the comments of the file."""
    short = {"Left_To_Right": "L", "Right_To_Left": "R", "Arabic_Letter": "AL", "European_Terminator": "ET"}
    next(unicode_lines("extracted/DerivedBidiClass.txt"))
    text = (FOLDER / "extracted/DerivedBidiClass.txt").read_text("utf-8")
    for first, last, name in re.findall(r"@missing: (\w+)\.\.(\w+); (\w+)", text):
        yield range(int(first, 16), int(last, 16) + 1), short[name]


def test_unassigned_characters_have_the_class_of_their_block() -> None:
    wrong = [
        (hex(point), name, bidi_class(chr(point)))
        for span, name in missing_classes()
        if name != "L"
        for point in span
        if not unicodedata.bidirectional(chr(point)) and bidi_class(chr(point)) not in (name, "NSM", "BN")
    ]
    assert wrong == []


def test_mirrored_pairs_are_those_of_unicode() -> None:
    pairs = dict(line.split(";") for line in unicode_lines("BidiMirroring.txt"))
    assert {chr(int(one, 16)): chr(int(other, 16)) for one, other in pairs.items()} == MIRRORED


def test_brackets_are_those_of_unicode() -> None:
    brackets = [[part.strip() for part in line.split(";")] for line in unicode_lines("BidiBrackets.txt")]
    assert {chr(int(one, 16)): kind == "o" for one, _, kind in brackets} == {
        bracket: opens for bracket, (_, opens) in BRACKETS.items()
    }
    for one, other, _ in brackets:
        assert BRACKETS[chr(int(one, 16))][0] == BRACKETS[chr(int(other, 16))][0]
    assert BRACKETS["\u2329"] == BRACKETS["\u3008"]


def test_text_with_anything_right_to_left_leaves_the_fast_path() -> None:
    for point in range(0x110000):
        if bidi_class(chr(point)) in ("R", "AL", "AN", "RLE", "RLO", "RLI"):
            assert has_rtl(chr(point)), hex(point)
    assert levels("גרסה", RTL) == (1, 1, 1, 1)
