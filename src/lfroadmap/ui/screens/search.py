"""Searching all texts of the roadmap: a field, the filters of tasks, and below them what is found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from time import perf_counter
from typing import ClassVar, Literal, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.errors import UsageError
from lfroadmap.roadmap.search_entries import SearchEntry
from lfroadmap.roadmap.search_query import FLAGS, PARTS, Query, query_text, read_query
from lfroadmap.roadmap.task_filter import TaskFilter
from lfroadmap.text import dots
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.screens.key_hints import show_keys
from lfroadmap.ui.screens.listing import TitleLine
from lfroadmap.ui.search_index import Found, target
from lfroadmap.ui.widgets.chrome import Footer
from lfroadmap.ui.widgets.entry_list import EntryScroll
from lfroadmap.ui.widgets.filter_chips import Chip, FilterChips
from lfroadmap.ui.widgets.result_list import ResultList
from lfroadmap.usecases.filter_checks import check_filter
from lfroadmap.usecases.searching import RoadmapSearch
from lfroadmap.words import Words

PAGE = 60
"""Results that are made ready to be drawn at once."""
SLICE = 0.004
"""Seconds of searching after which keys and drawing have their turn."""
Act = Literal["go", "owner", "stage", "health", "saved"]


class SearchResult(NamedTuple):
    """What to do: go to a node, or choose the value of a filter."""

    act: Act
    kind: str = ""
    node: str = ""


class SearchField(BidiInput):
    """The field of the search, whose arrows move in the results."""

    hints: ClassVar[Place] = "search"


class SearchScreen(BaseScreen[SearchResult | None]):
    """Gives results, and ends with None."""

    DEFAULT_CSS = """
    SearchScreen .filters { height: 1; margin: 0 1 1 1; }
    SearchScreen .filters Input {
        height: 1; border: none; padding: 0 1; width: 1fr; background: $lf-raised;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")
    AUTO_FOCUS = "#query"
    place = "search"

    def __init__(
        self, source: Callable[[], RoadmapSearch], words: Words, keys: Mapping[str, str], typed: str = ""
    ) -> None:
        """`source` gives the texts of the roadmap as it is now."""
        super().__init__()
        self.words, self.keys = words, keys
        self._source = source
        self.search = source()
        self.query_read = Query()
        self.title_line = TitleLine(words("search.title"))
        self.field = SearchField(typed, placeholder=words("search.placeholder"), id="query")
        self.field.cursor_blink = False
        self.chips = FilterChips()
        self.results = ResultList(words, words("search.hint"))
        self.footer = Footer()
        self.entries: list[SearchEntry] = []
        """What was found so far."""
        self.is_over = True
        """True when all was looked through."""
        self._looking: Iterator[SearchEntry | None] = iter(())
        self._read = ""

    def compose(self) -> ComposeResult:
        """Stack the lines."""
        yield self.title_line
        with Horizontal(classes="filters"):
            yield self.field
        yield self.chips
        yield EntryScroll(self.results, can_focus=False)
        yield self.footer

    def on_mount(self) -> None:
        """Show what a query that is there already finds."""
        self._begin()

    def on_descendant_focus(self) -> None:
        """Name the keys that matter here."""
        show_keys(self.footer, self, self.words, self.keys, up=True)

    # searching

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        if self.field.value != self._read and not self.has_ended:
            self._begin()

    def _begin(self) -> None:
        """Show the first results of what is in the field, and look on behind that picture."""
        self._read = self.field.value
        self.query_read = read_query(self._read)
        self.chips.show(_chips(self.query_read.filter, self.words))
        self.entries = []
        self.is_over = self.query_read.is_empty
        self._looking = iter(()) if self.is_over else self.search.look(self.query_read)
        self._take(PAGE)
        self.results.empty = self._sentence()
        self.results.show(self._page(0))
        self.results.reveal()
        self._note()
        if not self.is_over:
            self.start("look", self._go_on)

    def _take(self, most: int) -> None:
        """Look for more results until there are `most` in all, or the time of a slice is over."""
        until = perf_counter() + SLICE
        for entry in self._looking:
            if entry is not None:
                self.entries.append(entry)
            if len(self.entries) >= most or perf_counter() > until:
                return
        self.is_over = True

    async def _go_on(self) -> None:
        """Look through the rest, a slice at a time."""
        while not self.is_over:
            await asyncio.sleep(0)
            self._take(len(self.entries) + 10**9)
            if len(self.results.found) < PAGE:
                self._show_more()
        self._show_more()
        self._note()

    def _show_more(self) -> None:
        shown = len(self.results.found)
        self.results.empty = self._sentence()
        if more := self._page(shown) if shown < PAGE else []:
            self.results.extend(more)
        elif not shown:
            self.results.refresh()

    @on(ResultList.NearEnd)
    def _next_page(self) -> None:
        if more := self._page(len(self.results.found)):
            self.results.extend(more)

    def _page(self, start: int) -> list[Found]:
        """The results from one on, up to a page of them, as they are drawn."""
        words = self.query_read.words
        return [self._found(entry, words) for entry in self.entries[start : start + PAGE]]

    def _found(self, entry: SearchEntry, words: list[str]) -> Found:
        shown = self.search.result(entry, words)
        place = self.search.where(entry)
        kind, node = entry.kind, entry.id
        if self.query_read.for_tasks and entry.task is not None:
            kind, node = "task", entry.task.id
            due = self.search.due_words(entry)
            sign = self.words("search.done") if entry.task.done else ""
            task = f"{place} · {self.search.task_text(entry)}" if entry.kind == "note" else place
            owner = "" if entry.others else self.search.owner(entry)
            place = dots([part for part in (task, owner, sign, due) if part], self.words.direction)
        return Found(target(kind, node, shown.excerpt, place), shown.excerpt, shown.offsets)

    def _note(self) -> None:
        """Say how many there are."""
        count = self.words.plural(
            "search.tasks" if self.query_read.for_tasks else "search.results", len(self.entries)
        )
        note = "" if self.query_read.is_empty else count if self.is_over else f"{count} …"
        self.title_line.show(note)

    def _sentence(self) -> str:
        """What stands in place of results: how to search, that nothing fits, or which name nobody has."""
        if self.query_read.is_empty:
            return self.words("search.hint")
        if not self.is_over:
            return "…"
        try:
            check_filter(
                self.query_read.filter, (self.search.roadmap,), self.search.known_owners(), self.words
            )
        except UsageError as error:
            return self.words.error(error)
        return self.words("search.none")

    def follow_roadmap(self) -> None:
        """Search the roadmap as it is now."""
        source = self._source()
        if source is not self.search:
            self.search = source
            self._begin()

    def follow_day(self) -> None:
        """Search as of another day."""
        self.follow_roadmap()

    # filters

    def set_filter(self, wanted: TaskFilter) -> None:
        """Write a filter into the field, and search for it."""
        text = query_text(wanted, self.words)
        self.field.value = text
        self.field.cursor_position = len(text)
        self.set_focus(self.field)
        self._typed()

    @on(FilterChips.Chosen)
    def _chip(self, event: FilterChips.Chosen) -> None:
        """Turn a filter on or off; of one that names something, ask what, or take it off."""
        self._typed()
        wanted, name = self.query_read.filter, event.chip
        if name == "saved":
            self.choose(SearchResult("saved"))
        elif name in FLAGS:
            self.set_filter(wanted.changed(name, not getattr(wanted, name)))
        elif getattr(wanted, name):
            self.set_filter(wanted.changed(name, ""))
        else:
            self.choose(SearchResult(_ACTS[name]))

    # going

    @on(ResultList.Chosen)
    def action_enter(self) -> None:
        """Go to the result under the cursor; at once, so that keys typed ahead go where it leads."""
        self._typed()  # the last letters may not have been reported yet
        if found := self.results.selected:
            self.choose(SearchResult("go", found.target.kind, found.target.id))

    def action_move(self, rows: int) -> None:
        """Move the cursor of the results by rows."""
        self.results.action_move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor of the results by a screen of them."""
        self.results.action_page(pages)

    def action_level_up(self) -> None:
        """Go from the filters to the field; from there back."""
        if self.focused is self.chips:
            self.set_focus(self.field)
        else:
            self.dismiss(None)


_ACTS: dict[str, Act] = {"owner": "owner", "stage": "stage", "health": "health"}


def _chips(wanted: TaskFilter, words: Words) -> list[Chip]:
    """The filters in the order of the line."""
    parts = [(part, getattr(wanted, part)) for part in PARTS]
    named = [Chip(part, words(f"filter.{part}"), value, is_on=bool(value)) for part, value in parts]
    flags = [Chip(flag, words(f"filter.{flag}"), is_on=getattr(wanted, flag)) for flag in FLAGS]
    return [*named, *flags, Chip("saved", words("filter.saved"))]
