"""Words in one language: forms of number, dates, errors, and which language a locale asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.words import CONTENT, LANGUAGES, Language, Texts, Words, locale_language, words

TABLE = {
    "task.one": "one task",
    "task.two": "a pair",
    "task.many": "{n} tasks of {who}",
    "day.one": "a day",
    "day.many": "{n} days",
    "error.outer": "outer: {reason}",
    "error.inner": "inner at {path}",
    "braces": "as {typed}",
}
WORDS = Words("en", TABLE)


def test_a_key_without_facts_is_not_formatted() -> None:
    assert WORDS("braces") == "as {typed}"
    assert WORDS("braces", typed="{x} [b] %s") == "as {x} [b] %s"


def test_an_unknown_key_is_a_defect() -> None:
    assert "nowhere" not in WORDS
    with pytest.raises(KeyError):
        WORDS("nowhere")


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "0 tasks of x"), (1, "one task"), (2, "a pair"), (11, "11 tasks of x")]
)
def test_forms_of_number(n: int, expected: str) -> None:
    assert WORDS.plural("task", n, who="x") == expected


def test_a_language_without_a_dual_says_many() -> None:
    assert WORDS.plural("day", 2) == "2 days"


def test_an_error_in_an_error_is_told_too() -> None:
    error = RoadmapError("outer", reason=RoadmapError("inner", path="a{b}"))
    assert WORDS.error(error) == "outer: inner at a{b}"


def test_an_error_whose_facts_are_missing_is_a_defect() -> None:
    with pytest.raises(KeyError):
        WORDS.error(RoadmapError("inner", place="a"))


def test_dates_and_direction() -> None:
    assert words("he").day(date(2026, 3, 1)) == "1.3.2026"
    assert words("en").day(date(2026, 3, 1)) == "2026-03-01"
    assert (words("he").direction, words("en").direction) == ("rtl", "ltr")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "he_IL.UTF-8"}, "he"),
        ({"LANG": "iw_IL"}, "he"),
        ({"LANG": "he"}, "he"),
        ({"LANG": "HE-il"}, "he"),
        ({"LANG": "Hebrew_Israel.1255"}, "he"),
        ({"LANG": "hexagon"}, "en"),
        ({"LANG": "en_IL.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "he_IL.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "he_IL.UTF-8"}, "he"),
        ({"LC_MESSAGES": "he_IL.UTF-8", "LANG": "en_US.UTF-8"}, "he"),
        ({"LANGUAGE": "he:en", "LANG": "en_US.UTF-8"}, "he"),
        ({"LANGUAGE": "en_IL:he", "LANG": "he_IL.UTF-8"}, "en"),
        ({"LANGUAGE": "he", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "he"}, "he"),
    ],
)
def test_language_of_a_locale(environment: dict[str, str], language: Language) -> None:
    assert locale_language(environment) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_are_parsed_as_they_are_asked_for_are_those_of_the_file(language: Language) -> None:
    source = (CONTENT / f"words.{language}.toml").read_text("utf-8")
    whole = {key: text for key, text in _leaves("", tomllib.loads(source))}
    one_by_one = Texts(source)
    assert {key: one_by_one[key] for key in reversed(whole)} == whole
    assert dict(Texts(source)) == whole
    mixed = Texts(source)  # some lines of each table one by one, then the rest of it
    assert [mixed[key] for key in [*whole][::9]] == [*whole.values()][::9]
    assert dict(mixed) == whole
    assert "error" not in one_by_one
    assert "nowhere.at_all" not in Texts(source)


def _leaves(prefix: str, table: dict[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(f"{prefix}{key}.", value)
        else:
            yield prefix + key, str(value)
