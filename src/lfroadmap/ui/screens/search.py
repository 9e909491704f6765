"""Searching all texts of the roadmap: a field, the filters of tasks, and below them what is found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import ClassVar, Literal, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.roadmap.search_query import FLAGS, PARTS, Part, query_text
from lfroadmap.roadmap.task_filter import TaskFilter
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.screens.key_hints import show_keys
from lfroadmap.ui.screens.listing import TitleLine
from lfroadmap.ui.screens.search_run import PAGE, REST, SearchRun
from lfroadmap.ui.widgets.chrome import Footer
from lfroadmap.ui.widgets.entry_list import EntryScroll
from lfroadmap.ui.widgets.filter_chips import Chip, FilterChips
from lfroadmap.ui.widgets.result_list import ResultList
from lfroadmap.usecases.searching import RoadmapSearch
from lfroadmap.words import Words


class SearchResult(NamedTuple):
    """What to do: go to a node, choose the value of a part of the filter, or one of the saved filters."""

    act: Literal["go", "value", "saved"]
    kind: str = ""
    """Kind of the node, or the part of the filter."""
    node: str = ""


class SearchField(BidiInput):
    """The field of the search, whose arrows move in the results."""

    hints: ClassVar[Place] = "search"
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")


class SearchScreen(BaseScreen[SearchResult | None]):
    """Gives results, and ends with None."""

    DEFAULT_CSS = """
    SearchScreen .filters { height: 1; margin: 0 1 1 1; }
    SearchScreen .filters Input {
        height: 1; border: none; padding: 0 1; width: 1fr; background: $lf-raised;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("found")
    AUTO_FOCUS = "#query"
    place = "search"

    def __init__(self, source: Callable[[], RoadmapSearch], words: Words, keys: Mapping[str, str]) -> None:
        """`source` gives the texts of the roadmap as it is now."""
        super().__init__()
        self.words, self.keys = words, keys
        self._source = source
        self.search_run = SearchRun(source(), "", words)
        self.title_line = TitleLine(words("search.title"))
        self.field = SearchField(placeholder=words("search.placeholder"), id="query")
        self.field.cursor_blink = False
        self.chips = FilterChips()
        self.results = ResultList(words, words("search.hint"))
        self.footer = Footer()

    def compose(self) -> ComposeResult:
        """Stack the lines."""
        yield self.title_line
        with Horizontal(classes="filters"):
            yield self.field
        yield self.chips
        yield EntryScroll(self.results, can_focus=False)
        yield self.footer

    def on_mount(self) -> None:
        """Show the filters, and how to search."""
        self._begin(self.search_run)

    def on_descendant_focus(self) -> None:
        """Name the keys that matter here."""
        show_keys(self.footer, self, self.words, self.keys, up=True)

    # searching

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        """Search for what is in the field, unless that was done."""
        if self.field.value != self.search_run.typed and not self.has_ended:
            self._begin(SearchRun(self.search_run.search, self.field.value, self.words))

    def _begin(self, run: SearchRun) -> None:
        """Show the first results, and look on behind that picture."""
        self.search_run = run
        run.take(PAGE)
        self.chips.show(_chips(run.query.filter, self.words))
        self.results.empty = run.sentence()
        self.results.show(run.page(0))
        self.results.reveal()
        self.title_line.show(run.note())
        if not run.is_over:
            self.start("look", self._look_on)

    async def _look_on(self) -> None:
        """Look through the rest, a slice at a time, once the first results are drawn; until more is typed."""
        run, is_drawn = self.search_run, asyncio.Event()
        self.call_after_refresh(is_drawn.set)
        await is_drawn.wait()
        while not run.is_over:
            await asyncio.sleep(REST)
            if run is not self.search_run:
                return
            run.take()
            if len(self.results.found) < PAGE:
                self._show_more()
        if run is not self.search_run:
            return
        self.title_line.show(run.note())
        if self.results.found:
            self.results.ask_again()
        else:
            self.results.empty = run.sentence()
            self.results.remeasure()

    @on(ResultList.NearEnd)
    def _show_more(self) -> None:
        """Show more of what was found, up to a page."""
        shown = len(self.results.found)
        if more := self.search_run.page(shown):
            self.results.extend(more[: PAGE - shown % PAGE])

    def follow_roadmap(self) -> None:
        """Search the roadmap as it is now."""
        source = self._source()
        if source is not self.search_run.search:
            self._begin(SearchRun(source, self.field.value, self.words))

    def follow_day(self) -> None:
        """Search as of another day."""
        self.follow_roadmap()

    # filters

    @property
    def filter(self) -> TaskFilter:
        """What the field asks for."""
        return self.search_run.query.filter

    def set_filter(self, wanted: TaskFilter) -> None:
        """Write a filter into the field, and search for it."""
        text = query_text(wanted, self.words)
        self.field.value = text
        self.field.cursor_position = len(text)
        self._typed()

    @on(FilterChips.Chosen)
    def _chip_chosen(self, event: FilterChips.Chosen) -> None:
        """Turn a filter on or off; of one that names something, ask what, or take it off."""
        self._typed()
        if event.by_mouse:
            self.set_focus(self.field)
        wanted, part = self.filter, event.chip
        if part == "saved":
            self.choose(SearchResult("saved"))
        elif part in FLAGS:
            self.set_filter(wanted.changed(part, not getattr(wanted, part)))
        elif getattr(wanted, part):
            self.set_filter(wanted.changed(part, ""))
        else:
            self.choose(SearchResult("value", part))

    # going

    @on(ResultList.Chosen)
    def action_enter(self) -> None:
        """Go to the result under the cursor; at once, so that keys typed ahead go where it leads."""
        self._typed()  # the last letters may not have been reported yet
        if found := self.results.selected:
            self.choose(SearchResult("go", found.target.kind, found.target.id))

    def action_move(self, rows: int) -> None:
        """Move the cursor of the results by rows."""
        self._reach(self.results.cursor + rows)
        self.results.action_move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor of the results by a screen of them."""
        self._reach(self.results.cursor + pages * self.size.height)
        self.results.action_page(pages)

    def _reach(self, index: int) -> None:
        """Have the results ready up to one, as far as they were found."""
        while len(self.results.found) <= index and self.search_run.has_more(len(self.results.found)):
            self._show_more()

    def action_level_up(self) -> None:
        """Go from the filters to the field; from there back."""
        if self.focused is self.chips:
            self.set_focus(self.field)
        else:
            self.dismiss(None)


def _chips(wanted: TaskFilter, words: Words) -> list[Chip]:
    """The filters in the order of the line."""

    def named(part: Part) -> Chip:
        value = getattr(wanted, part)
        return Chip(part, words(f"filter.{part}"), value, is_on=bool(value))

    flags = [Chip(flag, words(f"filter.{flag}"), is_on=getattr(wanted, flag)) for flag in FLAGS]
    return [*map(named, PARTS), *flags, Chip("saved", words("filter.saved"))]
