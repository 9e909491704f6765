"""A text as a value of the report."""

from __future__ import annotations

from dataclasses import replace

from lfroadmap.report.nodes import Value
from lfroadmap.roadmap.model import TextDirection
from lfroadmap.text import clean

EMPTY = Value("—", "muted")


def format_value(text: str, note: str = "", direction: TextDirection = "auto") -> Value:
    """The text, or a dash where nothing of it is visible."""
    if not clean(text).strip():
        return replace(EMPTY, note=note)
    return Value(text, note=note, direction=direction)
