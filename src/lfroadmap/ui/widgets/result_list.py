"""The results of a search that may be many: more are asked for as the end comes near."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from lfroadmap.ui.search_index import Found
from lfroadmap.ui.widgets.found_list import FoundList
from lfroadmap.ui.widgets.row_drawing import Cell, row, wrap

AHEAD = 20
"""Results that are there before they are seen."""


class ResultList(FoundList):
    """Results that come in pages."""

    class NearEnd(Message):
        """The last result that is there will soon be seen."""

    _asked_at = -1

    def show(self, found: Sequence[Found]) -> None:
        """Show these results, the first of them under the cursor."""
        self._asked_at = -1
        super().show(found)

    def extend(self, found: Sequence[Found]) -> None:
        """Show more results behind those that are there."""
        self.found = [*self.found, *found]
        self.remeasure()

    def ask_again(self) -> None:
        """Ask for more when the end is drawn next, as there may be more now."""
        self._asked_at = -1
        self.refresh()

    def row_height(self, index: int, width: int) -> int:
        """Two lines for a result; as many as the sentence takes where there is none."""
        return super().row_height(index, width) if self.found else len(wrap(self.empty, max(width - 2, 1)))

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a result, or the sentence."""
        if not self.found:
            lines, muted = wrap(self.empty, max(width - 2, 1)), self.tone("muted")
            edge = Cell("", 1, Style())
            return [row([edge, Cell(each.text, 0, muted, line=each), edge], width, base) for each in lines]
        if self.found and index >= len(self.found) - AHEAD and self._asked_at != len(self.found):
            self._asked_at = len(self.found)
            self.post_message(self.NearEnd())
        return super().draw_row(index, width, base)
