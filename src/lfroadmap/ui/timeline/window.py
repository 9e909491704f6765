"""The rows that are seen, and the one under the cursor, which goes past headings."""

from __future__ import annotations

from collections.abc import Sequence

from lfroadmap.ui.timeline.rows import TimeRow


class TimeWindow:
    """So many lines of the rows."""

    def __init__(self) -> None:
        self.rows: Sequence[TimeRow] = ()
        self.cursor = 0
        self.top = 0
        self.height = 1

    @property
    def row(self) -> TimeRow | None:
        """The row under the cursor; None where nothing has a day."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def count(self) -> int:
        """The rows that are no headings."""
        return sum(row.item is not None for row in self.rows)

    def show(self, rows: Sequence[TimeRow], at: str) -> None:
        """Show other rows; the cursor goes to the node `at`, or stays at its place where that is gone."""
        self.rows = rows
        found = next((n for n, row in enumerate(rows) if row.id == at), None) if at else None
        self.move_to(min(self.cursor, len(rows) - 1) if found is None else found)

    def resize(self, height: int) -> None:
        """Have so many lines, at least one."""
        self.height = max(height, 1)
        self._reveal()

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, or on the first one behind a heading, and bring it into view."""
        index = max(0, min(index, len(self.rows) - 1))
        if self.rows and self.rows[index].item is None:
            index += 1
        self.cursor = index
        self._reveal()

    def move(self, rows: int) -> None:
        """Move the cursor by rows, past headings."""
        to = self.cursor + rows
        if rows < 0 and 0 <= to < len(self.rows) and self.rows[to].item is None:
            to -= 1
        if to >= 0:
            self.move_to(to)
        elif self.rows:
            self.move_to(0)

    def go_to(self, node_id: str) -> bool:
        """Put the cursor on the row of a node; False where it has none."""
        found = next((n for n, row in enumerate(self.rows) if row.is_about(node_id)), None)
        if found is not None:
            self.move_to(found)
        return found is not None

    def scroll(self, lines: int) -> None:
        """Scroll; the cursor stays on what is seen."""
        self.top = max(0, min(self.top + lines, len(self.rows) - self.height))
        last = self.top + self.height - 1
        if not self.top <= self.cursor <= last:
            top = self.top
            self.move_to(max(self.top, min(self.cursor, last)))
            self.top = top if top <= self.cursor <= last else self.top

    def _reveal(self) -> None:
        first = self.cursor
        if first and self.rows[first - 1].item is None:
            first -= 1  # with the heading above it
        self.top = max(self.cursor - self.height + 1, min(self.top, first))
        self.top = max(0, min(self.top, len(self.rows) - self.height))
