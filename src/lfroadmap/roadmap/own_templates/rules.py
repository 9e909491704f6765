"""The rules for single values of a template's TOML; each gives the key of a fault, or nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from lfroadmap.roadmap.own_templates.built_in_words import BuiltInWords
from lfroadmap.roadmap.own_templates.form import ID_PREFIX, Key, Value
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.repeats import parse_repeat
from lfroadmap.roadmap.tree import LAST
from lfroadmap.words import LANGUAGES

RELATIVE_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
LONGEST_ID = 200


class Fault(NamedTuple):
    """What is wrong with a value: the end of the key of its message, and what fills that."""

    key: str
    facts: Mapping[str, object] = MappingProxyType({})


Rule = Callable[[Any, Key], Fault | None]
_LANGUAGES = ", ".join(LANGUAGES)


def fault_of(value: object, key: Key) -> Fault | None:
    """The fault of a value that is no list of entries; None where it is right."""
    return RULES[key.value](value, key)


def _text(value: Any, _: Key) -> Fault | None:  # noqa: ANN401 - any TOML value
    return None if isinstance(value, str) else Fault("not_text")


def _flag(value: Any, _: Key) -> Fault | None:  # noqa: ANN401
    return None if isinstance(value, bool) else Fault("not_flag")


def _day(value: Any, _: Key) -> Fault | None:  # noqa: ANN401
    is_day = type(value) is datetime.date or (isinstance(value, str) and (not value or iso_day(value)))
    return None if is_day else Fault("not_day")


def _rule(value: Any, _: Key) -> Fault | None:  # noqa: ANN401
    return None if isinstance(value, str) and parse_repeat(value) is not None else Fault("not_rule")


def _choice(value: Any, key: Key) -> Fault | None:  # noqa: ANN401
    known = ", ".join(filter(None, key.choices))
    return None if value in key.choices else Fault("not_one_of", {"known": known})


def _words(value: Any, _: Key) -> Fault | None:  # noqa: ANN401
    if not isinstance(value, dict) or not value:
        return Fault("not_words")
    return words_fault(value)


def words_fault(value: Mapping[str, object]) -> Fault | None:
    """The fault of a text in languages."""
    if unknown := next((each for each in value if each not in LANGUAGES), None):
        return Fault("not_language", {"language": unknown, "known": _LANGUAGES})
    return None if all(isinstance(text, str) for text in value.values()) else Fault("not_words")


def _unit(value: Any, key: Key) -> Fault | None:  # noqa: ANN401
    if isinstance(value, str):
        return None
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or len(value) < 2:
        return Fault("not_unit")
    return words_fault({name: text for name, text in value.items() if name != "id"})


def _id(value: Any, _: Key) -> Fault | None:  # noqa: ANN401
    if not isinstance(value, str):
        return Fault("not_text")
    if len(value) > LONGEST_ID:
        return Fault("id_long", {"limit": LONGEST_ID})
    whole = value.removeprefix(ID_PREFIX)
    is_right = whole not in ("", LAST) if whole != value else RELATIVE_ID.fullmatch(value)
    return None if is_right else Fault("id_characters", {"id": value})


def _source(value: Any, _: Key) -> Fault | None:  # noqa: ANN401
    if isinstance(value, str) and BuiltInWords(value).are_known:
        return None
    return Fault("not_built_in")


RULES: dict[Value, Rule] = {
    "words": _words,
    "text": _text,
    "unit": _unit,
    "flag": _flag,
    "day": _day,
    "rule": _rule,
    "id": _id,
    "source": _source,
    "choice": _choice,
}
