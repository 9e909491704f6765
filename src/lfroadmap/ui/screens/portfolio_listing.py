"""The base of the lists of what is in all roadmaps: read on a thread, and again where something changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.portfolio import Portfolio
from lfroadmap.ui.screens.following import LibraryWatch
from lfroadmap.ui.screens.listing import FilteredScreen
from lfroadmap.ui.widgets.clicked_list import ClickedList
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


class PortfolioListing(FilteredScreen[T, R]):
    """A list that is made of the portfolio, with a filter above it."""

    def __init__(
        self, words: Words, keys: Mapping[str, str], title: str, placeholder: str, source: PortfolioSource
    ) -> None:
        super().__init__(words, keys, title, "…", placeholder)
        self.listed: ClickedList[T] = ClickedList(self.draw, self.listed.hint)
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
