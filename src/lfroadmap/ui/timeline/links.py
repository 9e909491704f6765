"""Which rows of the timeline wait for which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.ui.timeline.rows import TimeRow


class Link(NamedTuple):
    """The places of two rows."""

    target: int
    """Of what is waited for."""
    waiting: int

    def touches(self, first: int, last: int) -> bool:
        """True if it is on one of the rows from the first to the last."""
        return min(self) <= last and max(self) >= first


def links(rows: Sequence[TimeRow], dependencies: Dependencies) -> tuple[Link, ...]:
    """A link for each row that waits for another row."""
    if dependencies.is_empty:
        return ()
    places = {row.id: at for at, row in enumerate(rows) if row.item}
    return tuple(_links(rows, places, dependencies))


def _links(rows: Iterable[TimeRow], places: dict[str, int], dependencies: Dependencies) -> Iterator[Link]:
    for at, row in enumerate(rows):
        if row.item:
            found = (places.get(target) for target in dependencies.targets(row.id))
            yield from (Link(target, at) for target in found if target is not None)
