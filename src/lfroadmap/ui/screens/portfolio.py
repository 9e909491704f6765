"""The portfolio: where all roadmaps stand together; a line leads to its roadmap."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import BindingType

from lfroadmap.errors import RoadmapError
from lfroadmap.report.formatting import describe_health
from lfroadmap.roadmap.matching import fold
from lfroadmap.roadmap.owner_shares import Share
from lfroadmap.roadmap.portfolio import Member, PlacedItem, Portfolio, Unreadable
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.following import LibraryWatch
from lfroadmap.ui.screens.listing import FilteredScreen
from lfroadmap.ui.screens.portfolio_lines import Heading, Line, PortfolioLines, Unread, draw_unread
from lfroadmap.ui.widgets.clicked_list import ClickedList
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words


class PortfolioSource(NamedTuple):
    """Where the portfolio comes from; all raise RoadmapError, `read` and `state` are called on a thread."""

    read: Callable[[], Portfolio]
    """Reads all roadmaps as they stand today."""
    state: Callable[[], Hashable]
    """The names and the times of the last changes: another value says that a roadmap changed."""
    known: Callable[[], Portfolio | None] = lambda: None
    """Makes it without opening a file; None where that cannot be done soon."""


class PortfolioResult(NamedTuple):
    """The roadmap to go to, at a node if one is named."""

    name: str
    node: str = ""


class PortfolioScreen(FilteredScreen[Line, PortfolioResult | None]):
    """Ends with where to go, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("portfolio")
    place = "portfolio"

    def __init__(
        self,
        names: Sequence[str],
        source: PortfolioSource,
        words: Words,
        thresholds: Thresholds,
        keys: Mapping[str, str],
    ) -> None:
        """The roadmaps have these names when it opens."""
        super().__init__(words, keys, words("portfolio.title"), "…", words("portfolio.filter"))
        self.listed: ClickedList[Line] = ClickedList(self.draw, self.listed.hint)
        self.names, self.source, self.thresholds = names, source, thresholds
        self.library_watch = LibraryWatch(self, source.state, self.follow_day)
        self.lines: PortfolioLines | None = None

    def on_mount(self) -> None:
        """Show what is known, else the names until all is read; keys that come before wait for the lines."""
        self.library_watch.start()
        if known := self._known():
            self.library_watch.note(tuple((member.name, member.changed) for member in known.members))
            self._show(known)
            return
        self.hold_keys()
        heading = Heading(self.words("portfolio.roadmaps"), str(len(self.names)))
        self.listed.show([heading, *map(Unread, self.names)] if self.names else [])
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
            was_read, at = self.lines is not None, self._place()
            self._show(portfolio)
            if was_read:
                self._go_back(at)
        finally:
            self.release_keys()

    def _show(self, portfolio: Portfolio) -> None:
        self.lines = PortfolioLines(portfolio, self.words, self.thresholds)
        self.listed.hint = self.words("portfolio.none" if not portfolio.rows else "portfolio.no_line")
        self.title_line.show(self._standing(portfolio))
        self.narrow()

    def _place(self) -> tuple[str, int]:
        """The words of the line under the cursor, and where it stands."""
        line = self.listed.selected
        return (self.lines.text(line) if self.lines and line else "", self.listed.cursor)

    def _go_back(self, place: tuple[str, int]) -> None:
        """Put the cursor on the line that it was on, or where that was."""
        assert self.lines is not None, "they were read"
        text, at = place
        same = [n for n, line in enumerate(self.listed.entries) if text and self.lines.text(line) == text]
        self.listed.move_to(min(same, key=lambda n: abs(n - at), default=at))

    def _standing(self, portfolio: Portfolio) -> str:
        """How all roadmaps stand together."""
        counted = portfolio.tally
        done = self.words("report.of", done=counted.done, total=counted.total)
        return f"{done}  {counted.percent}%   {describe_health(portfolio.health, self.words)}"

    def narrow(self) -> None:
        """Show the lines that fit the filter, with the cursor on the first that leads somewhere."""
        if self.lines is None:
            return
        wanted = self.wanted
        lines = list(self.lines.all())
        fitting = _fitting(lines, self.lines, wanted) if wanted else lines[1:]
        self.listed.show(fitting)
        first = (at for at, line in enumerate(self.listed.entries) if not isinstance(line, Heading))
        self.listed.move_to(next(first, 0))

    def draw(self, entry: Line, width: int, tone: Tones) -> list[Cell]:
        """Draw a line of the portfolio."""
        if self.lines:
            return self.lines.draw(entry, width, tone)
        return draw_unread(entry, tone) if isinstance(entry, Heading | Unread) else []

    def action_enter(self) -> None:
        """Go to the roadmap of the line; from a person, show only what the person has."""
        line = self.listed.selected
        match line:
            case Member() | Unreadable() | Unread():
                self.choose(PortfolioResult(line.name))
            case PlacedItem():
                self.choose(PortfolioResult(line.member.name, line.item.node.id))
            case Share() if line.name:
                self.field.value = line.usual_name
            case _:
                pass  # a heading leads nowhere


def _fitting(lines: Sequence[Line], texts: PortfolioLines, wanted: Sequence[str]) -> Iterator[Line]:
    """The lines in which all words stand, below the headings of their parts."""
    above: list[Line] = []
    for line in lines:
        if isinstance(line, Heading):
            above = [*above, line._replace(note="")] if line.text else [line]
        elif all(word in fold(texts.text(line)) for word in wanted):
            yield from above
            above = []
            yield line
