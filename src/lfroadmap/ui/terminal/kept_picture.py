"""The pieces of lines that a screen was last drawn with, for when it is seen again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from textual.geometry import Region
from textual.strip import Strip

Pieces = Mapping[int, Strip | None]
"""The pieces of a line by the columns at which they begin; None for one that is not drawn."""


class KeptPicture:
    """What was drawn last, without what looks another since."""

    def __init__(self) -> None:
        self._lines: list[dict[int, tuple[int, Strip]]] = []
        """Of each line the pieces by the columns at which they begin, with those behind their ends."""
        self._look: object = None

    def keep(self, look: object, cuts: Sequence[list[int]], drawn: Sequence[Pieces]) -> None:
        """Keep the pieces that were drawn; those of another look, or a screen of another height, go."""
        if len(cuts) != len(self._lines) or not self.has_look(look):
            self._look = look
            self._lines = [{} for _ in cuts]
        for y, (line, pieces) in enumerate(zip(cuts, drawn, strict=True)):
            spans = zip(line, line[1:], pieces.values(), strict=False)
            new = {start: (end, strip) for start, end, strip in spans if strip is not None}
            if len(new) == len(pieces):
                self._lines[y] = new
            elif new:
                for start, (end, _) in new.items():
                    self._drop(y, start, end)
                self._lines[y].update(new)

    def has_look(self, look: object) -> bool:
        """True if it was drawn with the same colors, in the same direction."""
        return self._look == look

    def forget(self, regions: Iterable[Region]) -> None:
        """Forget the pieces that lie in regions, as these look another now."""
        for region in regions:
            for y in range(max(region.y, 0), min(region.bottom, len(self._lines))):
                self._drop(y, region.x, region.right)

    def of_line(self, y: int, cuts: list[int]) -> Iterator[tuple[int, Strip]]:
        """The pieces of a line that look the same still, with the columns at which they begin."""
        line = self._lines[y] if y < len(self._lines) else {}
        for start, end in pairwise(cuts):
            kept_end, strip = line.get(start, (None, None))
            if kept_end == end and strip is not None:
                yield start, strip

    def _drop(self, y: int, start: int, end: int) -> None:
        line = self._lines[y]
        for x in [x for x, (last, _) in line.items() if x < end and last > start]:
            del line[x]
