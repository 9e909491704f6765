"""How the roadmap stands with its room, and who is there: live, for as long as it is open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import ClassVar, Literal, NamedTuple

from rich.cells import cell_len
from textual.binding import BindingType
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from lfroadmap.team.room_address import RoomAddress
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.listing import ListingScreen
from lfroadmap.ui.team_words import Fact, PersonHere, TeamView
from lfroadmap.ui.widgets.row_drawing import Cell, row
from lfroadmap.ui.widgets.tab_bar import HERE
from lfroadmap.ui.widgets.tones import Toned, Tones
from lfroadmap.words import Words

LOOK = 1.0
"""Seconds between two looks at the room that the roadmap is in, and at when the server was heard last."""
SIGN, LONGEST_NAME = 4, 30


class TeamResult(NamedTuple):
    """What to do next; `node` is where to go."""

    act: Literal["go", "share", "join", "leave"]
    node: str = ""


class FactLines(Toned):
    """Facts, a line each: what, and how it is."""

    DEFAULT_CSS = """
    FactLines { height: auto; margin: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.facts: tuple[Fact, ...] = ()

    def show(self, facts: tuple[Fact, ...]) -> None:
        """Show others."""
        if facts != self.facts:
            is_longer = len(facts) != len(self.facts)
            self.facts = facts
            self.refresh(layout=is_longer)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each."""
        return len(self.facts)

    def render_line(self, y: int) -> Strip:
        """Draw a fact."""
        width = self.size.width
        if y >= len(self.facts):
            return Strip.blank(width, self.rich_style)
        names = min(max(cell_len(fact.name) for fact in self.facts) + 3, width // 2)
        fact = self.facts[y]
        cells = [
            Cell(f" {fact.name}", names, self.tone("muted")),
            Cell(fact.text, 0, self.tone(fact.tone, bold=fact.tone != "text")),
        ]
        return row(cells, width, self.rich_style)


class TeamScreen(ListingScreen[PersonHere, TeamResult | None]):
    """Gives what to do, and stays; ends with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("team")
    DEFAULT_CSS = """
    TeamScreen #why { height: auto; margin: 1 2 0 2; display: none; }
    TeamScreen EntryScroll { margin-top: 1; }
    """
    place = "team"

    def __init__(
        self,
        room: Callable[[], RoomAddress | None],
        view: Callable[[RoomAddress | None], TeamView],
        words: Words,
        keys: Mapping[str, str],
    ) -> None:
        """`room` reads the room from the file, on a thread; `view` makes what is shown."""
        super().__init__(words, keys, words("team_here.title"), "")
        self._room, self._view = room, view
        self._address: RoomAddress | None = None
        self.facts = FactLines()
        self.why = Static("", id="why", markup=False)

    def above(self) -> list[Widget]:
        """Make the facts, and the reason where something is wrong."""
        return [self.facts, self.why]

    def on_mount(self) -> None:
        """Show the state, and again and again."""
        self.follow_team()
        self._look()
        self.set_interval(LOOK, self._look)

    def _look(self) -> None:
        async def read() -> None:
            self._address = await asyncio.to_thread(self._room)
            self.follow_team()

        self.start("room", read)

    def follow_team(self) -> None:
        """Show how it stands now."""
        if self.has_ended:
            return
        view = self._view(self._address)
        self.title_line.show(view.note)
        self.facts.show(view.facts)
        if view.why != str(self.why.content):
            self.why.update(view.why)
            self.why.display = bool(view.why)
        chosen = self.listed.selected
        if tuple(self.listed.entries) != view.people or self.listed.hint != view.hint:
            self.listed.hint = view.hint
            self.forget_columns()
            self.listed.show(view.people)
            again = [at for at, each in enumerate(view.people) if chosen and each.client == chosen.client]
            self.listed.move_to(again[0] if again else 0)
            self.listed.refresh()

    follow_roadmap = follow_team

    def draw(self, entry: PersonHere, width: int, tone: Tones) -> list[Cell]:
        """Draw the name, and where they are."""
        names = self.column("name", _name_of, min(LONGEST_NAME, width // 2))
        return [
            Cell(f" {HERE} ", SIGN, tone("accent", bold=True)),
            Cell(entry.name, names + 1, tone("text", bold=True)),
            Cell(entry.where, 0, tone("muted")),
        ]

    def action_enter(self) -> None:
        """Go where a colleague is."""
        if (chosen := self.listed.selected) and chosen.node:
            self.choose(TeamResult("go", chosen.node))

    def action_act(self, act: Literal["share", "join", "leave"]) -> None:
        """Share the roadmap, join another, or leave the room."""
        self.choose(TeamResult(act))


def _name_of(entry: PersonHere) -> str:
    return entry.name
