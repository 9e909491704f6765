"""What a person looks at on the Timeline tab; it stays while other tabs are open."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.roadmap.schedule import Grouping


@dataclass
class TimelineState:
    """Set by the tab alone, on the thread of the screen."""

    scale: str = ""
    """`days`, `weeks` or `months`; empty until the tab was first opened, which chooses what has room."""
    grouping: Grouping = "stage"
    first: int | None = None
    """Ordinal of the first day that is shown; None as above."""
    at: str = ""
    """Id of the card or task under the cursor."""
