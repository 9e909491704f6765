"""What the widgets are given: a way to change the roadmap, and the words of the moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, NewType

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

Change = Callable[[Edit], None]
"""The one door: applies an edit to the roadmap, the displays and the store.

It is a call and not a message: a message lands a frame later, so bars would lag behind the key that moved
them, and a quit could overtake the last letters.
"""

TabId = NewType("TabId", str)
"""`overview`, `kpis`, or the id of a stage."""

OVERVIEW = TabId("overview")
KPIS = TabId("kpis")


class Context(NamedTuple):
    """What every widget that shows a roadmap is built with."""

    roadmap_id: str
    words: Words
    labels: Labels
    thresholds: Thresholds
    today: Callable[[], date]
    new_id: Callable[[], str]
    change: Change
    settle: Callable[[], None]
    """Ends a burst of typing, so that the next edit is an undo step of its own."""
