"""Differences of two texts, and moving a splice over another person's."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.model import Field, Roadmap
from lfroadmap.roadmap.tree import find


class TextChange(NamedTuple):
    """A range of a text and its replacement; offsets count characters."""

    at: int
    removed: int
    inserted: str


def diff_texts(before: str, after: str) -> TextChange:
    """The shortest single change that turns one text into the other."""
    start = _common(before, after)
    tail = _common(before[start:][::-1], after[start:][::-1])
    return TextChange(start, len(before) - start - tail, after[start : len(after) - tail])


def spliced_text(edit: Edit, roadmap: Roadmap) -> str | None:
    """The current text of the field of a SpliceText; None for other edits, and for a missing field."""
    from lfroadmap.roadmap.edits import SpliceText  # noqa: PLC0415 - nothing is spliced at the start

    if not isinstance(edit, SpliceText):
        return None
    place = find(roadmap, edit.field)
    return place.node.value if place and isinstance(place.node, Field) else None


def rebase(edit: Edit, base: str | None, roadmap: Roadmap) -> Edit:
    """The edit moved to the current text in `roadmap`; `base` is the text that its author saw.

    Offsets move with what others wrote before them; of a range that both removed, the rest is removed.
    """
    from lfroadmap.roadmap.edits import SpliceText  # noqa: PLC0415 - nothing is spliced at the start

    now = spliced_text(edit, roadmap)
    if base is None or now is None or now == base or not isinstance(edit, SpliceText):
        return edit
    other = diff_texts(base, now)
    start = _shifted(edit.at, other)
    return replace(edit, at=start, removed=max(_shifted(edit.at + edit.removed, other) - start, 0))


def _shifted(offset: int, other: TextChange) -> int:
    """An offset after another person's change was applied."""
    if offset <= other.at:
        return offset
    if offset >= other.at + other.removed:
        return offset + len(other.inserted) - other.removed
    return other.at + len(other.inserted)


def _common(a: str, b: str) -> int:
    """Length of the longest common prefix of two texts, by bisection."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
