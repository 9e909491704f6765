"""One search while it is going on: what was found so far, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from lfroadmap.errors import UsageError
from lfroadmap.roadmap.search_entries import SearchEntry
from lfroadmap.roadmap.search_query import read_query
from lfroadmap.text import dots
from lfroadmap.ui.search_index import Found, target
from lfroadmap.usecases.filter_checks import check_filter
from lfroadmap.usecases.searching import RoadmapSearch
from lfroadmap.words import Words

PAGE = 30
"""Results that are made ready to be drawn at once."""
SLICE = REST = 0.002
"""Seconds of searching at a time, and between two times: a key and its picture take several turns."""


class SearchRun:
    """The search for what was typed, as far as it went."""

    def __init__(self, search: RoadmapSearch, typed: str, words: Words) -> None:
        self.search, self.typed, self.words = search, typed, words
        self.query = read_query(typed)
        self.entries: list[SearchEntry] = []
        """What was found so far."""
        self.is_over = self.query.is_empty
        """True when all was looked through."""
        self._folded = self.query.words
        self._looking: Iterator[SearchEntry | None] = iter(()) if self.is_over else search.look(self.query)

    def take(self, most: int | None = None) -> None:
        """Look on until there are `most` results in all, or the time of a slice is over."""
        until = perf_counter() + SLICE
        for entry in self._looking:
            if entry is not None:
                self.entries.append(entry)
            if len(self.entries) == most or perf_counter() > until:
                return
        self.is_over = True

    def has_more(self, shown: int) -> bool:
        """True if more was found than so many results."""
        return len(self.entries) > shown

    def page(self, start: int) -> list[Found]:
        """The results from one on, up to a page of them, as they are drawn."""
        return [self._found(entry) for entry in self.entries[start : start + PAGE]]

    def _found(self, entry: SearchEntry) -> Found:
        search, shown = self.search, self.search.result(entry, self._folded)
        if not self.query.for_tasks or entry.task is None:
            return Found(
                target(entry.kind, entry.id, shown.excerpt, search.where(entry)), shown.excerpt, shown.offsets
            )
        task = entry.task
        parts = [
            self.words("search.done") if task.done else "",
            search.due_words(entry),
            search.card_place(entry),
            search.task_text(entry) if entry.kind == "note" else "",
            search.owner(entry),
        ]
        place = dots(filter(None, parts), self.words.direction)
        return Found(target("task", task.id, shown.excerpt, place), shown.excerpt, shown.offsets)

    def note(self) -> str:
        """How many there are so far, and whom or what the filter may mean where that is not one."""
        if self.query.is_empty:
            return ""
        counted = "search.tasks" if self.query.for_tasks else "search.results"
        count = self.words.plural(counted, len(self.entries))
        several = ", ".join(self.search.several(self.query.filter))
        return dots(filter(None, [several, count if self.is_over else f"{count} …"]), self.words.direction)

    def sentence(self) -> str:
        """What stands in place of results: how to search, that nothing fits, or which name nobody has."""
        if self.query.is_empty:
            return self.words("search.hint")
        if not self.is_over:
            return "…"
        roadmaps, owners = (self.search.roadmap,), self.search.known_owners()
        try:
            check_filter(self.query.filter, roadmaps, owners, self.words)
        except UsageError as error:
            return self.words.error(error)
        return self.words("search.none")
