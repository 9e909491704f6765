"""Who changed the roadmap elsewhere, in words."""

from __future__ import annotations

from collections.abc import Sequence

from lfroadmap.store.events import ChangeSource
from lfroadmap.text import one_line
from lfroadmap.words import Words


def describe_sources(sources: Sequence[ChangeSource], words: Words) -> str:
    """The one person who made changes elsewhere, or the number of persons; oneself only where alone."""
    others = [source for source in sources if not source.is_own]
    if len(others) > 1:
        return words("elsewhere.people", n=len(others))
    if others:
        return one_line(others[0].author) or words("elsewhere.unknown")
    return words("elsewhere.device" if any(source.is_remote for source in sources) else "elsewhere.window")
