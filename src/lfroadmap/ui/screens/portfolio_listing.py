"""The base of the lists of what is in all roadmaps: read on a thread, and again where something changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from textual.geometry import Region

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.portfolio import Portfolio
from lfroadmap.ui.screens.following import LibraryWatch
from lfroadmap.ui.screens.listing import FilteredScreen
from lfroadmap.ui.widgets.clicked_list import ClickedList
from lfroadmap.ui.widgets.entry_list import Draw
from lfroadmap.words import Words

T = TypeVar("T")
R = TypeVar("R")


class PortfolioSource(NamedTuple):
    """Where the portfolio comes from; all raise RoadmapError, `read` and `state` are called on a thread."""

    read: Callable[[], Portfolio]
    """Reads all roadmaps as they stand today."""
    state: Callable[[], Hashable]
    """The names and the times of the last changes: another value says that a roadmap changed."""
    known: Callable[[], Portfolio | None] = lambda: None
    """Makes it without opening a file; None where that cannot be done soon."""


class PlaceList(ClickedList[T]):
    """Lines and headings; keys pass over what leads nowhere, and a heading is seen with its first line."""

    def __init__(self, draw: Draw[T], hint: str, leads: Callable[[T], object]) -> None:
        super().__init__(draw, hint)
        self._leads = leads

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows, and on to one that leads somewhere."""
        self._go(self.cursor + rows, rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screen, and on to a row that leads somewhere."""
        self._go(self.cursor + pages * max(self.screen.size.height - 8, 1), pages)

    def action_go(self, index: int) -> None:
        """Move the cursor to the first or the last row that leads somewhere."""
        self._go(index % max(self.row_count(), 1), 1 if index >= 0 else -1)

    def region_to_reveal(self) -> Region:
        """The cursor's row, with the headings right above it."""
        first = self.cursor
        while 0 < first < len(self.entries) and not self._leads(self.entries[first - 1]):
            first -= 1
        return self.row_region(first).union(self.row_region(self.cursor))

    def _go(self, index: int, way: int) -> None:
        last = len(self.entries) - 1
        index = max(0, min(index, last))
        onward, back = range(index, last + 1), range(index, -1, -1)
        ways = (*onward, *back) if way > 0 else (*back, *onward)
        self.move_to(next((at for at in ways if last >= 0 and self._leads(self.entries[at])), self.cursor))


class PortfolioListing(FilteredScreen[T, R]):
    """A list that is made of the portfolio, with a filter above it."""

    def __init__(
        self, words: Words, keys: Mapping[str, str], title: str, placeholder: str, source: PortfolioSource
    ) -> None:
        super().__init__(words, keys, title, "…", placeholder)
        self.listed: PlaceList[T] = PlaceList(self.draw, self.listed.hint, self.text)
        self.source = source
        self.library_watch = LibraryWatch(self, source.state, self.follow_day)
        self.is_read = False

    def unread(self) -> Sequence[T]:
        """The lines that are shown before anything is read."""
        return ()

    def take(self, portfolio: Portfolio) -> None:
        """Make the lines of what was read, and show those that fit the filter."""
        raise NotImplementedError

    def text(self, line: T) -> str:
        """The words by which a line is found; empty for a line that leads nowhere."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show what is known, else the lines before it, until all is read; keys that come before wait."""
        self.library_watch.start()
        if known := self._known():
            self.library_watch.note(tuple((member.name, member.changed) for member in known.members))
            self._show(known)
            return
        self.hold_keys()
        self.listed.show(self.unread())
        self.start("read", self._read)

    def _known(self) -> Portfolio | None:
        try:
            return self.source.known()
        except RoadmapError:  # reading says why
            return None

    def follow_day(self) -> None:
        """Show what changed elsewhere, and all as it stands on another day."""
        self.start("read", self._read)

    async def _read(self) -> None:
        try:
            self.library_watch.note(await asyncio.to_thread(self.source.state))
            portfolio = await asyncio.to_thread(self.source.read)
        except RoadmapError as error:
            self.notify(self.words.error(error), severity="error")
        else:
            was_read, at = self.is_read, self._place()
            self._show(portfolio)
            if was_read:
                self._go_back(at)
        finally:
            self.release_keys()

    def _show(self, portfolio: Portfolio) -> None:
        self.is_read = True
        self.take(portfolio)

    def show_lines(self, lines: Sequence[T]) -> None:
        """Show lines, with the cursor on the first that leads somewhere."""
        self.listed.show(lines)
        first = (at for at, line in enumerate(self.listed.entries) if self.text(line))
        self.listed.move_to(next(first, 0))

    def _place(self) -> tuple[str, int]:
        """The words of the line under the cursor, and where it stands."""
        line = self.listed.selected
        return (self.text(line) if self.is_read and line else "", self.listed.cursor)

    def _go_back(self, place: tuple[str, int]) -> None:
        """Put the cursor on the line that it was on, or where that was."""
        text, at = place
        same = [n for n, line in enumerate(self.listed.entries) if text and self.text(line) == text]
        self.listed.move_to(min(same, key=lambda n: abs(n - at), default=at))
