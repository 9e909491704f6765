"""Left-to-right words that begin, end or join with a symbol, such as `+20%`, `/pricing`, `2.0-beta` or `C++`.

Beside right-to-left text the Unicode algorithm moves that symbol to the other side of the word, or swaps the
parts around it. The screen and the exported pages isolate such words instead.
"""

from __future__ import annotations

import re
from functools import cache

from lfroadmap.bidi.marks import DIRECTION_MARKS, LRM

_QUOTES = "\"'“”„‘’«»׳״"
_START = rf"(?:(?<![^\s(\[{{←→{_QUOTES}{DIRECTION_MARKS}])|(?<=[א-ת]-))"
_END = rf"(?=$|[\s.,;:!?)\]}}…←→{_QUOTES}{DIRECTION_MARKS}])"
_UNIT = "[%‰₪$€£°]"
_NUMBER = rf"{_UNIT}?\d(?:[\d.,]*\d)?{_UNIT}?"
_JOINS = rf"(?:[-–—−/:]{_NUMBER})*"
_LTR_WORD = (
    rf"({_START}(?:"
    rf"\+\d{{1,3}}(?:[ \u00a0-]\(?\d{{1,7}}\)?)+"  # `+972 54 1234567`
    rf"|[-+−–±]{_NUMBER}{_JOINS}"  # `+20%`, `-3–5`
    rf"|\d(?:[\d.,]*\d)?(?:{_UNIT}[-–—−]|[–—−×]){_NUMBER}{_JOINS}"  # `10%-20%`, `3–5`, `80×24`
    r"|\d[\d./:]*[-_][A-Za-z][\w.+-]*\w"  # `2.0-beta`
    r"|\d(?:[\d.,]*\d)?\+"  # `10+`
    r"|[/@#~\\$_.+-]+[A-Za-z](?:[^\s()\[\]{},;]*[\w/+#])?"  # `/pricing`, `@dana`
    r")|(?<![\w.+#/])[A-Za-z][A-Za-z0-9.]*[+#]+)"  # `C++`
    rf"{_END}"
)
_MEASURED = (
    rf"{_START}({_UNIT}?\d+(?:[.,]\d+)?{_UNIT}?"
    rf"[ \u00a0][A-Za-zµμΩ°][A-Za-z0-9/²³]*(?:[ \u00a0][A-Za-z]+)*){_END}"
)
"""A number with the Latin words behind it, as `5 kg`: a space between them is of the line's direction."""
_MARKED = re.compile(rf"{LRM}([^\s{LRM}]*\d[^{LRM}]*){LRM}")


@cache
def ltr_word() -> re.Pattern[str]:
    """Matches one word; its only group is the word, so that `split` gives the words at the odd places.

    It takes milliseconds to compile, which a start without right-to-left text does not need.
    """
    return re.compile(_LTR_WORD)


@cache
def _measured() -> re.Pattern[str]:
    return re.compile(_MEASURED)


def with_marks(text: str) -> str:
    """The text with a mark at both ends of each such number, for formats that cannot isolate it.

    A number with Latin words behind it, as `5 kg`, has them too.
    """
    return _measured().sub(rf"{LRM}\1{LRM}", ltr_word().sub(_with_marks, text))


def without_added_marks(text: str) -> str:
    """The text that `with_marks` was given."""
    return _MARKED.sub(r"\1", text) if LRM in text else text


def _with_marks(word: re.Match[str]) -> str:
    is_number = word[0].lstrip("-+−–±%‰₪$€£°")[:1].isdecimal()
    return f"{LRM}{word[0]}{LRM}" if is_number else word[0]
