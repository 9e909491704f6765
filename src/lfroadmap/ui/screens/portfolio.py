"""The portfolio: where all roadmaps stand together; a line leads to its roadmap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import BindingType

from lfroadmap.report.formatting import describe_health
from lfroadmap.roadmap.matching import fold
from lfroadmap.roadmap.owner_shares import Share
from lfroadmap.roadmap.portfolio import Member, PlacedItem, Portfolio, Unreadable
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.portfolio_lines import Heading, Line, PortfolioLines, Unread, draw_unread
from lfroadmap.ui.screens.portfolio_listing import PortfolioListing, PortfolioSource
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words


class PortfolioResult(NamedTuple):
    """The roadmap to go to, at a node if one is named."""

    name: str
    node: str = ""


class PortfolioScreen(PortfolioListing[Line, PortfolioResult | None]):
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
        super().__init__(words, keys, words("portfolio.title"), words("portfolio.filter"), source)
        self.names, self.thresholds = names, thresholds
        self.lines: PortfolioLines | None = None

    def unread(self) -> Sequence[Line]:
        """The names of the roadmaps."""
        heading = Heading(self.words("portfolio.roadmaps"), str(len(self.names)))
        return [heading, *map(Unread, self.names)] if self.names else []

    def take(self, portfolio: Portfolio) -> None:
        """Show the lines of what was read."""
        self.lines = PortfolioLines(portfolio, self.words, self.thresholds)
        self.listed.hint = self.words("portfolio.none" if not portfolio.rows else "portfolio.no_line")
        self.title_line.show(self._standing(portfolio))
        self.narrow()

    def text(self, line: Line) -> str:
        """The words by which a line is found; of a heading none."""
        return self.lines.text(line) if self.lines else ""

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
        self.show_lines([*_fitting(lines, self.lines, wanted)] if wanted else lines[1:])

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
