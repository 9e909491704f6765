"""Base direction of paragraphs on a page and of editable fields."""

from __future__ import annotations

import re
from typing import Literal

from lfroadmap.bidi.tables import LTR, RTL, classes, has_rtl

Direction = Literal["rtl", "ltr"]

_STRONG = re.compile("[LRA]")
_STRONG_RTL = re.compile("[RA]")


def paragraph_level(text: str, page: Direction) -> int:
    """The base level of a paragraph on a page of a given direction.

    On a right-to-left page any right-to-left letter makes the paragraph right to left, even if it begins with
    a Latin word; on a left-to-right page the first letter decides. A paragraph without letters is left to
    right.
    """
    if not has_rtl(text):
        return LTR
    deciding = _STRONG_RTL if page == "rtl" else _STRONG
    match = deciding.search(classes(text))
    return RTL if match and match[0] != "L" else LTR


def field_level(page: Direction, *, ltr: bool = False) -> int:
    """The base level of an input field: that of the page, or left to right for addresses and paths."""
    return LTR if ltr or page == "ltr" else RTL
