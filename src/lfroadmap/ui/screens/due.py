"""What is due in all roadmaps: late, today, this week, later; a line leads to its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

from textual.binding import BindingType

from lfroadmap.roadmap.due import SPANS, Due
from lfroadmap.roadmap.matching import fold
from lfroadmap.roadmap.portfolio import PlacedItem, Portfolio, Unreadable
from lfroadmap.text import dots, match_key
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.placed_lines import PlacedLines
from lfroadmap.ui.screens.portfolio_lines import Heading, draw_unread, draw_unreadable
from lfroadmap.ui.screens.portfolio_listing import PortfolioListing, PortfolioSource
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.usecases.due import due_of
from lfroadmap.words import Words

Line = Heading | PlacedItem | Unreadable
ALL_DAYS = 4_000_000
"""Days ahead that are listed: more than there are."""


class DueResult(NamedTuple):
    """The roadmap to go to, at a node if one is named; without a roadmap an owner is to be chosen."""

    name: str = ""
    node: str = ""


class DueScreen(PortfolioListing[Line, DueResult | None]):
    """Ends with where to go, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("due")
    place = "due"

    def __init__(
        self, source: PortfolioSource, words: Words, keys: Mapping[str, str], owner: str | None = None
    ) -> None:
        """Of one owner only if `owner` is a name; the empty name is for what has none."""
        super().__init__(words, keys, words("due.title"), words("due.filter"), source)
        self.owner = owner
        self.owners: tuple[str, ...] = ()
        """The people who have something, in the order of the portfolio; empty: nobody."""
        self.found: Due | None = None
        self._items: PlacedLines | None = None
        self._unreadable: tuple[Unreadable, ...] = ()

    def take(self, portfolio: Portfolio) -> None:
        """Show what is due of what was read."""
        found = due_of(portfolio, self.words, ALL_DAYS)
        self.found, self._unreadable = found, found.unreadable
        self.owners = tuple(share.usual_name for share in portfolio.shares)
        self._items = PlacedLines(found.items, found.day, self.words)
        self.narrow()

    def of_owner(self, owner: str | None) -> None:
        """Show only what an owner has; None: what everybody has."""
        self.owner = owner
        self.narrow()

    def narrow(self) -> None:
        """Show what fits the filter and the owner."""
        if self.found is None:
            return
        shown = self.found._replace(items=tuple(filter(self._fits, self.found.items)))
        self.title_line.show(self._counted(shown))
        self.listed.hint = self.words("due.none")
        self.show_lines([*self._lines(shown)][1:])

    def _fits(self, placed: PlacedItem) -> bool:
        if self.owner is not None and match_key(placed.owner) != match_key(self.owner):
            return False
        text = fold(self.text(placed))
        return all(word in text for word in self.wanted)

    def _lines(self, shown: Due) -> Iterator[Line]:
        spans = shown.spans()
        for span in SPANS:
            if spans[span]:
                yield Heading()
                yield Heading(self.words(f"due.{span}"), str(len(spans[span])))
                yield from spans[span]
        if self._unreadable and not self.wanted:
            yield Heading()
            yield Heading(self.words("portfolio.unreadable"), str(len(self._unreadable)))
            yield from self._unreadable

    def _counted(self, shown: Due) -> str:
        """How much there is of each span, and whose it is."""
        words, spans = self.words, shown.spans()
        late, today = len(spans["late"]), len(spans["today"])
        counts = {"late": late, "today": today, "ahead": len(shown.items) - late - today}
        parts = [words.plural(f"remind.{name}", count) for name, count in counts.items() if count]
        who = [] if self.owner is None else [self.owner or words("report.nobody")]
        return dots([*who, *parts], words.direction)

    def text(self, line: Line) -> str:
        """The words by which a line is found; of a heading none."""
        if isinstance(line, PlacedItem):
            return self._items.text(line) if self._items else ""
        return line.name if isinstance(line, Unreadable) else ""

    def draw(self, entry: Line, width: int, tone: Tones) -> list[Cell]:
        """Draw a line."""
        match entry:
            case PlacedItem() if self._items:
                return self._items.cells(entry, width, tone)
            case Unreadable():
                return draw_unreadable(entry, width, self.words, tone)
            case Heading():
                return draw_unread(entry, tone)
        return []

    def action_owner(self) -> None:
        """Choose whose things are shown."""
        self.choose(DueResult())

    def action_level_up(self) -> None:
        """Show what everybody has again, and all of it; where that is shown, go back."""
        if self.owner is not None and not self.field.value and self.focused is self.listed:
            self.of_owner(None)
        else:
            super().action_level_up()

    def action_enter(self) -> None:
        """Go to the place of the line."""
        match self.listed.selected:
            case PlacedItem() as line:
                self.choose(DueResult(line.member.name, line.item.node.id))
            case Unreadable() as line:
                self.choose(DueResult(line.name))
            case _:
                pass  # a heading leads nowhere
