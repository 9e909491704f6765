"""Which way a paragraph reads on a page, and how a piece of the other direction is kept together in it."""

from __future__ import annotations

import re
from typing import Literal

from lfroadmap.bidi.algorithm import LTR, RTL
from lfroadmap.bidi.tables import classes, has_rtl

Direction = Literal["rtl", "ltr"]

LEFT_TO_RIGHT_ISOLATE, END_OF_ISOLATE = "\u2066", "\u2069"

_BEGINNING = r"(?:(?<![^\s(\[{])|(?<=[א-ת]-))"
APART = re.compile(
    rf"({_BEGINNING}[-+−–±]\d[\d.,]*%?"  # `+20%`: the sign would go to the other side
    rf"|{_BEGINNING}[/@#~\\$_.+-]+[A-Za-z](?:[^\s()\[\]{{}},;]*[\w/+#])?"  # `/pricing`, `@dana`
    r"|(?<![\w.+#/])[A-Za-z][A-Za-z0-9.]*[+#]+)"  # `C++`
    r"(?=$|[\s.,;:!?)\]}])"
)
"""Left-to-right words whose first or last sign would stand on the wrong side of a right-to-left line."""

_FIRST_STRONG = re.compile("[LRA]")
_RIGHT_TO_LEFT = re.compile("[RA]")


def paragraph_level(text: str, page: Direction) -> int:
    """The base level of a paragraph on a page that reads in a direction.

    Any letter that reads from the right makes it right to left on such a page, though it begins with a
    Latin word; on a page from the left its first letter decides. Without any letter it is left to right.
    """
    if not has_rtl(text):
        return LTR
    codes = classes(text)
    asked = _RIGHT_TO_LEFT if page == "rtl" else _FIRST_STRONG
    found = asked.search(codes)
    return RTL if found and found[0] != "L" else LTR


def field_level(page: Direction, *, ltr: bool = False) -> int:
    """The base level of a field that is typed in: the page's, or left to right for addresses and paths."""
    return LTR if ltr or page == "ltr" else RTL


def isolate(text: str) -> str:
    """A left-to-right piece (a key, a path, a version) so that a sentence around it leaves it whole."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{END_OF_ISOLATE}"
