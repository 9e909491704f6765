"""Typed text as data for an assistant: without what a reader does not see, and said to be data."""

from __future__ import annotations

import re
from typing import Any

from lfroadmap.text import clean, without_direction_marks

_HIDDEN = re.compile("[\u200b\u2060-\u2064\u00ad\U000e0000-\U000e0fff]")
"""Characters that draw nothing, by which a text can say to a program what no person sees."""


def unhidden(text: str) -> str:
    """The text as a person sees it: clean, without marks of direction and others that draw nothing."""
    shown = without_direction_marks(clean(text))
    return shown if shown.isascii() else _HIDDEN.sub("", shown)


def unhidden_all(value: Any) -> Any:  # noqa: ANN401 - whatever JSON has
    """A value for JSON in which every text, the keys included, is as a person sees it."""
    if isinstance(value, str):
        return unhidden(value)
    if isinstance(value, dict):
        return {unhidden(key): unhidden_all(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [unhidden_all(each) for each in value]
    return value
