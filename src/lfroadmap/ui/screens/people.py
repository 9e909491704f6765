"""The people of all roadmaps: what each has, what is late, the load by week, and other names for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, NamedTuple

from textual.binding import BindingType

from lfroadmap.roadmap.matching import fold
from lfroadmap.roadmap.people import Person
from lfroadmap.roadmap.portfolio import Portfolio
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.roadmap.same_people import Alike
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.people_lines import Line, PeopleLines
from lfroadmap.ui.screens.portfolio_listing import PortfolioListing, PortfolioSource
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.usecases.people import people_of_portfolio
from lfroadmap.words import Words


class PeopleResult(NamedTuple):
    """What is to be done with a person: see what is due, or give another name; `to` is a known one."""

    act: Literal["due", "rename"]
    name: str
    to: str = ""


class PeopleScreen(PortfolioListing[Line, PeopleResult | None]):
    """Ends with what is to be done, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("people")
    place = "people"

    def __init__(
        self, source: PortfolioSource, words: Words, thresholds: Thresholds, keys: Mapping[str, str]
    ) -> None:
        super().__init__(words, keys, words("people.title"), words("people.filter"), source)
        self.thresholds = thresholds
        self.lines: PeopleLines | None = None

    def take(self, portfolio: Portfolio) -> None:
        """Show the people of what was read."""
        found = people_of_portfolio(portfolio, self.words)
        self.lines = PeopleLines(found, self.words, self.thresholds)
        self.listed.hint = self.words("people.no_line" if found.people else "people.none")
        named = sum(bool(each.name) for each in found.people)
        self.title_line.show(self.words.plural("people.count", named) if named else "")
        self.narrow()

    def narrow(self) -> None:
        """Show the people, and the pairs of names, in which all words of the filter stand."""
        if self.lines is not None:
            wanted = self.wanted
            self.show_lines([line for line in self.lines.all() if self._fits(line, wanted)])

    def _fits(self, line: Line, wanted: list[str]) -> bool:
        text = self.text(line)
        return not text or all(word in fold(text) for word in wanted)

    def text(self, line: Line) -> str:
        """The words by which a line is found; of a heading none."""
        return self.lines.text(line) if self.lines else ""

    def draw(self, entry: Line, width: int, tone: Tones) -> list[Cell]:
        """Draw a line."""
        return self.lines.draw(entry, width, tone) if self.lines else []

    def action_enter(self) -> None:
        """Show what is due of the person; of a pair of names, join them after a question."""
        match self.listed.selected:
            case Person() as line:
                self.choose(PeopleResult("due", line.name))
            case Alike() as line:
                self.choose(PeopleResult("rename", line.short, line.long))
            case _:
                pass  # a heading leads nowhere

    def action_rename(self) -> None:
        """Give the person another name, or join a pair."""
        match self.listed.selected:
            case Person() as line if line.name:
                self.choose(PeopleResult("rename", line.name))
            case Alike():
                self.action_enter()
            case _:
                pass
