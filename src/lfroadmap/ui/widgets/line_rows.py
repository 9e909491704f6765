"""The rows of a list: how many lines each takes, and where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate

from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip

from lfroadmap.ui.widgets.letter_guard import LetterGuard


class RowEnds:
    """The line behind each row of a list, computed once for a width."""

    def __init__(self) -> None:
        self._ends: list[int] = []
        self._width = -1

    def forget(self) -> None:
        """Compute them again at the next call."""
        self._width = -1

    def at(self, width: int, heights: Callable[[int], Iterable[int]]) -> list[int]:
        """The ends at a width, from the heights of all rows."""
        if width != self._width:
            self._ends = list(accumulate(heights(width)))
            self._width = width
        return self._ends


class LineRows(LetterGuard):
    """Rows of one or more lines, one of them under the cursor.

    A list says how many rows there are (`row_count`), how tall each is (`row_height`) and draws it
    (`draw_row`).
    """

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """Without a second layout and drawing: a list is as tall as it was just placed."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self._ends = RowEnds()

    # the rows, defined by each kind of list

    def row_count(self) -> int:
        """Say how many rows there are."""
        raise NotImplementedError

    def row_height(self, index: int, width: int) -> int:
        """Lines that a row takes at a width."""
        return 1

    def row_heights(self, width: int) -> Iterable[int]:
        """The heights of all rows; a list that may be long can compute them faster than one by one."""
        return (self.row_height(index, width) for index in range(self.row_count()))

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a row; `base` is the style of the row under it."""
        raise NotImplementedError

    # measuring

    def remeasure(self) -> None:
        """Forget the rows' heights after rows came, went or changed their size."""
        self._ends.forget()
        self.cursor = max(0, min(self.cursor, self.row_count() - 1))
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All lines of all rows."""
        ends = self._ends.at(width, self.row_heights)
        return max(ends[-1] if ends else 0, 1)

    def row_region(self, index: int) -> Region:
        """Where a row is, from the widget's own corner."""
        ends = self._ends.at(self.size.width, self.row_heights)
        if not 0 <= index < len(ends):
            return Region(0, 0, self.size.width, 1)
        start = ends[index - 1] if index else 0
        return Region(0, start, self.size.width, ends[index] - start)

    def row_at(self, y: int) -> int:
        """The row that covers line `y`; the last one for a line below all."""
        ends = self._ends.at(self.size.width, self.row_heights)
        return min(bisect_right(ends, y), self.row_count() - 1)
