"""Splices of one text by two people: telling them from two texts, and moving one over the other."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import Field, Roadmap
from lfroadmap.roadmap.tree import find


class TextChange(NamedTuple):
    """The run of one text that stands instead of a run of another; offsets count characters."""

    at: int
    removed: int
    inserted: str


def run_between(before: str, after: str) -> TextChange:
    """The shortest single run that turns one text into the other."""
    start = _common(before, after)
    tail = _common(before[start:][::-1], after[start:][::-1])
    return TextChange(start, len(before) - start - tail, after[start : len(after) - tail])


def long_text(edit: Edit, roadmap: Roadmap) -> str | None:
    """The text that a SpliceText is about, as it stands; None for other edits, and where there is none."""
    if not isinstance(edit, SpliceText):
        return None
    place = find(roadmap, edit.field)
    return place.node.value if place and isinstance(place.node, Field) else None


def rebased(edit: Edit, base: str | None, roadmap: Roadmap) -> Edit:
    """The edit as it was meant: `base` is the text that its author saw, `roadmap` holds what it is now.

    Offsets move with what somebody else wrote before them; of a run that both removed, the rest is removed.
    """
    now = long_text(edit, roadmap)
    if base is None or now is None or now == base or not isinstance(edit, SpliceText):
        return edit
    other = run_between(base, now)
    start = _moved(edit.at, other)
    return replace(edit, at=start, removed=max(_moved(edit.at + edit.removed, other) - start, 0))


def _moved(offset: int, other: TextChange) -> int:
    """Where an offset is after somebody else's run was put in."""
    if offset <= other.at:
        return offset
    if offset >= other.at + other.removed:
        return offset + len(other.inserted) - other.removed
    return other.at + len(other.inserted)


def _common(a: str, b: str) -> int:
    """Length of the longest common start of two texts, by halving."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
