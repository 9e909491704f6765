"""Every change of the roadmap, the newest first: looked through, followed to its place, taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Literal

from rich.cells import cell_len
from rich.style import Style
from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from lfroadmap.errors import RoadmapError
from lfroadmap.report.change_log import Filter, HistoryLine
from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.history_search import HistorySearch, HistorySource
from lfroadmap.ui.screens.listing import ListField, ListingScreen
from lfroadmap.ui.widgets.entry_list import EntryList
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words

CHUNK = 100
"""Lines that are looked for at first; later as many as there are, so that the end is reached in few steps."""
QUIET = 0.15
"""Seconds without a key after which a filter is applied."""


@dataclass(frozen=True, slots=True)
class HistoryResult:
    """How the history was left: what to do with a line."""

    act: Literal["go", "restore", "moment", "snapshots", "bin"]
    line: HistoryLine | None = None


class HistoryScreen(ListingScreen[HistoryLine, HistoryResult | None]):
    """Ends with what to do, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("history")
    place = "history"

    def __init__(self, source: HistorySource, words: Words, keys: Mapping[str, str], title: str) -> None:
        super().__init__(words, keys, title, words("history.none"))
        self.source = source
        self.filter = Filter()
        self._search = HistorySearch(source, words, self.filter)
        """The search whose lines are shown."""
        self._busy = False

    def above(self) -> list[Widget]:
        """Make the fields that narrow the list."""
        text = ListField(self.words("history.filter"), "text")
        since = ListField(self.words("history.since"), "since")
        return [Horizontal(text, since, classes="filters")]

    def on_mount(self) -> None:
        """Show the newest lines."""
        self._begin()

    # finding the lines

    def _begin(self) -> None:
        """Look through the history from its newest change on."""
        self._search.stop()
        self._search = HistorySearch(self.source, self.words, self.filter)
        self._busy = False
        self.listed.hint = ""
        self.listed.show(())
        if not isinstance(self.focused, Input):
            self.hold_keys()  # the next one is for a line
        self._more()

    @on(EntryList.NearEnd)
    def _more(self) -> None:
        if not self._busy:
            self._busy = True
            most = max(CHUNK, len(self.listed.entries))
            self.start("look", partial(self._look, self._search, most))

    async def _look(self, search: HistorySearch, most: int) -> None:
        """Find a few more lines and show them."""
        chunk: list[HistoryLine] = []
        over = True
        try:
            over = await asyncio.to_thread(search.fill, chunk, most)
        except RoadmapError as error:
            self.notify(self.words.error(error), severity="error")
        self._busy = over  # nothing more is looked for behind the end
        self.listed.hint = self.words("history.none" if self.filter == Filter() else "history.empty")
        self.listed.refresh()
        self.listed.add(chunk)
        if over or self.listed.entries:
            self.release_keys()
        self.title_line.show(search.note(len(self.listed.entries), over))
        if not over and len(self.listed.entries) < self.listed.cursor + CHUNK:
            self._more()

    # narrowing

    @on(Input.Changed)
    def _typed(self) -> None:
        search = self._search
        self.set_timer(QUIET, lambda: self._narrow() if search == self._search else None)

    def _narrow(self) -> None:
        """Apply what stands in the fields."""
        typed = self.query_one("#since", Input)
        since = None
        if typed.value.strip():
            try:
                since = read_day(typed.value, self.source.today())
            except NotADay as problem:
                self.title_line.show(self.words(f"date.{problem.reason}"))
                return
        self._apply(replace(self.filter, text=self.query_one("#text", Input).value, since=since))

    def _apply(self, filter_: Filter) -> None:
        if filter_ != self.filter:
            self.filter = filter_
            self._begin()

    def action_take_field(self) -> None:
        """Apply the filter now, and go to the list."""
        super().action_take_field()
        self._narrow()

    def action_filter(self) -> None:
        """Go to the field that narrows the list."""
        self.set_focus(self.query_one("#text", Input))

    def action_only_card(self) -> None:
        """Show the changes of this line's card only, or all again."""
        if line := self.listed.selected:
            self._apply(replace(self.filter, card="" if self.filter.card else line.change.home))

    def action_only_person(self) -> None:
        """Show the changes of this line's person only, or all again."""
        if line := self.listed.selected:
            self._apply(replace(self.filter, author="" if self.filter.author else line.author))

    def action_level_up(self) -> None:
        """Take the filter away; without one, go back."""
        if self.filter == Filter() and self.focused is self.listed:
            self.dismiss(None)
            return
        for name in ("#text", "#since"):
            self.query_one(name, Input).value = ""
        self.set_focus(self.listed)
        self._apply(Filter())

    # leaving with something to do

    def action_enter(self) -> None:
        """Go to the place of the change."""
        self._leave("go")

    def action_restore(self) -> None:
        """Bring back what stood there."""
        self._leave("restore")

    def action_moment(self) -> None:
        """Show the roadmap as it was then."""
        self._leave("moment")

    def action_open(self, act: Literal["snapshots", "bin"]) -> None:
        """Open the snapshots or the bin."""
        self.choose(HistoryResult(act))

    def _leave(self, act: Literal["go", "restore", "moment"]) -> None:
        if line := self.listed.selected:
            self.choose(HistoryResult(act, line))

    # drawing

    def draw(self, entry: HistoryLine, width: int, tone: Tones) -> list[Cell]:
        """Draw when, who, where and what."""
        dim = tone("muted")
        at = f" {self.words.day(entry.at.date())} {entry.at:%H:%M} "
        who = self.column("author", lambda each: each.who, max(width // 8, 8))
        where = self.column("card", lambda each: each.change.card, max(width // 4, 12)) if width >= 80 else 0
        place = [Cell(f"{entry.change.card}", where, dim), Cell("", 1, Style())] if where else []
        return [
            Cell(at, max(cell_len(at), 18), dim),
            Cell(entry.who, who, tone("text", bold=True)),
            Cell("", 1, Style()),
            *place,
            Cell(entry.change.sentence, 0, Style()),
        ]
