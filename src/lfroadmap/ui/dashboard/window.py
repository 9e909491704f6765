"""The part of a panel that is seen: its lines scroll, its headings stay, and a line counts what is hidden."""

from __future__ import annotations

from typing import NamedTuple

from lfroadmap.ui.dashboard.cells import Cell
from lfroadmap.ui.dashboard.panel import Panel, Row, Target
from lfroadmap.words import Words


class Entry(NamedTuple):
    """Rows that lead to one place: the first, and the one behind the last."""

    target: Target
    first: int
    end: int


class Shown(NamedTuple):
    """A line as it is seen: what is on it, and the number of the entry that it belongs to."""

    row: Row
    entry: int = -1
    step: int = 0
    """Lines by which a click on it scrolls: of a line that counts what is hidden."""


class Window:
    """A panel at a height, with its cursor."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.panel = Panel(())
        self.height = 0
        self.entries: tuple[Entry, ...] = ()
        self.cursor = 0
        self.offset = 0

    def show(self, panel: Panel, height: int) -> None:
        """Show a panel in so many lines; the cursor stays on its target, or else on its line."""
        here = self.target
        self.panel, self.height = panel, height
        self.entries = _entries(panel)
        found = (at for at, entry in enumerate(self.entries) if entry.target == here)
        self.cursor = next(found, max(0, min(self.cursor, len(self.entries) - 1)))
        self.offset = max(0, min(self.offset, self._last_offset()))

    @property
    def target(self) -> Target | None:
        """Where the cursor's entry leads."""
        return self.entries[self.cursor].target if self.entries else None

    @property
    def needs_more(self) -> bool:
        """True if the cursor or the window comes near the end of what was drawn, and there is more."""
        last = self.entries[-1] if self.entries else None
        near = self.cursor >= len(self.entries) - 2 or (last and last.end <= self.offset + self.height)
        return bool(self.panel.rest and near)

    # what is seen

    def _room(self) -> int:
        return max(self.height - self.panel.heads, 0)

    def _body(self) -> int:
        return len(self.panel.rows) - self.panel.heads

    def _span(self, offset: int) -> tuple[int, int]:
        """The rows that are seen, without the headings, where so many are scrolled away."""
        room, body = self._room(), self._body()
        above = 1 if offset else 0
        end = offset + room - above
        if end < body or self.panel.rest:
            end -= 1
        return offset, self._whole(offset, max(min(end, body), offset))

    def _whole(self, first: int, end: int) -> int:
        """The end of the rows that are seen, before an entry that would be cut; one that is too tall is."""
        heads = self.panel.heads
        for entry in self.entries:
            if first < entry.first - heads < end < entry.end - heads:
                return entry.first - heads
        return end

    def _last_offset(self) -> int:
        """The furthest that it can be scrolled."""
        body = self._body() + (1 if self.panel.rest else 0)
        return 0 if body <= self._room() else max(body - self._room() + 1, 0)

    def lines(self) -> list[Shown]:
        """Every line that is seen."""
        heads = self.panel.heads
        out = [Shown(row) for row in self.panel.rows[:heads]]
        first, end = self._span(self.offset)
        first, end = first + heads, end + heads
        above = sum(entry.first < first for entry in self.entries)
        below = sum(entry.end > end for entry in self.entries) + self.panel.rest
        page = max(end - first - 1, 1)
        if self.offset:
            out.append(Shown(self._counted("above", above), step=-page))
        entry_of = {row: at for at, entry in enumerate(self.entries) for row in range(entry.first, entry.end)}
        out += [Shown(self.panel.rows[at], entry_of.get(at, -1)) for at in range(first, end)]
        if end < len(self.panel.rows) or self.panel.rest:
            out += [Shown(Row())] * (self.height - len(out) - 1)
            out.append(Shown(self._counted("more", below), step=page))
        return out[: self.height]

    def _counted(self, key: str, count: int) -> Row:
        return Row((Cell("  " + self.words.plural(f"dashboard.{key}", count), 0, "accent"),))

    def line_of(self, entry: int) -> int:
        """The line on which an entry begins to be seen; 0 where it is not."""
        return next((at for at, shown in enumerate(self.lines()) if shown.entry == entry), 0)

    # moving

    def move_to(self, entry: int) -> None:
        """Put the cursor on an entry, and scroll so that it is seen."""
        self.cursor = max(0, min(entry, len(self.entries) - 1))
        if not self.entries:
            return
        found, heads = self.entries[self.cursor], self.panel.heads
        first, end = found.first - heads, found.end - heads
        if first <= self.offset:
            self.offset = 0 if first <= 1 else first
        while end > self._span(self.offset)[1] and self.offset < self._last_offset():
            self.offset += 1

    def scroll(self, lines: int) -> bool:
        """Scroll by lines; False where it was at the end already."""
        before = self.offset
        to = self.offset + lines
        if self.offset == 0 and lines > 0:
            to += 1  # the line that counts what is above takes one
        self.offset = max(0, min(to, self._last_offset()))
        self.offset = 0 if self.offset == 1 else self.offset
        return self.offset != before


def _entries(panel: Panel) -> tuple[Entry, ...]:
    out: list[Entry] = []
    for at, row in enumerate(panel.rows):
        if row.target is None or at < panel.heads:
            continue
        last = out[-1] if out else None
        if last and last.end == at and last.target is row.target:
            out[-1] = last._replace(end=at + 1)
        else:
            out.append(Entry(row.target, at, at + 1))
    return tuple(out)
