"""The pieces of lines that a screen was last drawn with, for when it is seen again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from textual.geometry import Region
from textual.strip import Strip

Pieces = Mapping[int, Strip | None]
"""The pieces of a line by the columns at which they begin; None for one that is not drawn."""


def between(starts: list[int], start: int, end: int) -> list[int]:
    """Where the pieces begin that have a column from a start to an end."""
    return starts[max(bisect_right(starts, start) - 1, 0) : bisect_left(starts, end)]


class KeptPicture:
    """What was drawn last, without what looks another since."""

    def __init__(self) -> None:
        self._lines: list[tuple[list[int], dict[int, Strip]]] = []
        """Of each line the cuts that it was drawn with, and its pieces."""
        self._look: object = None

    def keep(self, look: object, cuts: Sequence[list[int]], drawn: Sequence[Pieces]) -> None:
        """Keep the pieces that were drawn; those of another look, or a screen of another height, go."""
        if len(cuts) != len(self._lines) or not self.has_look(look):
            self._look = look
            self._lines = [([], {}) for _ in cuts]
        for y, pieces in enumerate(drawn):
            new = {x: strip for x, strip in pieces.items() if strip is not None}
            if new:
                line, old = self._lines[y]
                self._lines[y] = cuts[y], old | new if line == cuts[y] else new

    def has_look(self, look: object) -> bool:
        """True if it was drawn with the same colors, in the same direction."""
        return self._look == look

    def forget(self, regions: Iterable[Region]) -> None:
        """Forget the pieces that lie in regions, as these look another now."""
        for region in regions:
            for y in range(max(region.y, 0), min(region.bottom, len(self._lines))):
                line, pieces = self._lines[y]
                for start in between(line[:-1], region.x, region.right) if pieces else ():
                    pieces.pop(start, None)

    def of_line(self, y: int, cuts: list[int]) -> Mapping[int, Strip]:
        """The pieces of a line that look the same still; none where it is cut elsewhere."""
        line, pieces = self._lines[y] if y < len(self._lines) else ([], {})
        return pieces if line == cuts else {}
