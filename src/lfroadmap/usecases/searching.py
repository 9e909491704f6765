"""Searching a roadmap for words, and listing the tasks that a filter wants: for the screen and commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from lfroadmap.roadmap.health import task_health
from lfroadmap.roadmap.matching import excerpt, fold, offsets
from lfroadmap.roadmap.model import Field, Node, Roadmap
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.search_blocks import SearchBlocks
from lfroadmap.roadmap.search_entries import INTO, RoadmapEntries, SearchEntry, owner_of
from lfroadmap.roadmap.search_query import Query
from lfroadmap.roadmap.task_filter import (
    TaskFilter,
    TaskTest,
    Today,
    meant_owners,
    meant_stages,
)
from lfroadmap.roadmap.task_line import owners_of
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import places
from lfroadmap.settings import Settings
from lfroadmap.text import match_key, one_line
from lfroadmap.words import Words

SEARCH_FORMAT, TASKS_FORMAT = "lfroadmap-search", "lfroadmap-tasks"
VERSION = 1
Json = dict[str, Any]


class Result(NamedTuple):
    """Something that was found: the part of its text around the words, and where their letters are in it."""

    entry: SearchEntry
    excerpt: str
    offsets: tuple[int, ...]


def found_node(entry: SearchEntry, query: Query) -> tuple[str, str]:
    """Kind and id of the result that an entry is: with a filter the task, also where its note was found."""
    task = entry.task if query.for_tasks else None
    return ("task", task.id) if task else (entry.kind, entry.id)


def search_day(settings: Settings, words: Words, day: date) -> Today:
    """The day of a search, with what the settings say of risk and of weeks."""
    return Today(day, settings.thresholds.risk_days, words.first_weekday)


class RoadmapSearch:
    """The texts of one roadmap in one language, on one day."""

    def __init__(self, roadmap: Roadmap, words: Words, today: Today, name: str = "") -> None:
        self.roadmap, self.words, self.today, self.name = roadmap, words, today, name
        self._labels = Labels(roadmap.template, words.language)
        self.owners: tuple[str, ...] | None = None
        """The names among which a filter's owner is looked for; None for those of this roadmap."""
        self.blocks = SearchBlocks(RoadmapEntries(roadmap, self._labels, words).all())

    def is_of(self, roadmap: Roadmap, words: Words, today: Today) -> bool:
        """True if it still shows this roadmap, in these words and on this day."""
        return self.roadmap is roadmap and self.words is words and self.today == today

    def look(self, query: Query) -> Iterator[SearchEntry | None]:
        """What a query asks for, in reading order; None wherever the search may go on later.

        With a filter these are tasks, each found by its own texts or by one of its notes.
        """
        wanted = query.filter
        if not query.for_tasks:
            return self.blocks.results(query.words)
        language = self.words.language
        test = TaskTest(wanted, self.roadmap, self.known_owners(), self.today, language)
        return self.blocks.results(query.words, test)

    def several(self, wanted: TaskFilter) -> tuple[str, ...]:
        """The names that the owner and the stage of a filter may mean, where they are several."""
        people = meant_owners(wanted.owner, self.known_owners()).names if wanted.owner else ()
        stages = meant_stages(wanted.stage, self.roadmap, self.words.language).names if wanted.stage else ()
        return tuple(one_line(name) for names in (people, stages) if len(names) > 1 for name in names)

    def known_owners(self) -> tuple[str, ...]:
        """The names among which a filter's owner is looked for."""
        if self.owners is None:
            self.owners = owners_of(self.roadmap)
        return self.owners

    def found(self, query: Query) -> list[SearchEntry]:
        """All that a query asks for."""
        return [entry for entry in self.look(query) if entry is not None]

    def result(self, entry: SearchEntry, words: Sequence[str]) -> Result:
        """An entry as it is shown: the text that has the words, with a name where only both have them."""
        folded = fold(entry.text)
        is_all = bool(entry.text) and all(word in folded for word in words)
        shown = excerpt(entry.text if is_all else entry.whole, words)
        return Result(entry, shown, offsets(words, shown))

    def where(self, entry: SearchEntry) -> str:
        """The place of an entry, with the name of a field, the author of a note, the owner of a task."""
        if entry.kind == "field" and entry.text:
            return f"{entry.place}{INTO}{entry.name}"
        if entry.kind in ("task", "note") and entry.others:
            return f"{entry.place} · {entry.others}"
        return entry.place

    def card_place(self, entry: SearchEntry) -> str:
        """The stage and the card of an entry that is in one."""
        short = one_line(self._labels.short(entry.stage)) if entry.stage else ""
        name = one_line(self._labels.of(entry.card)) if entry.card else ""
        return INTO.join(filter(None, (short, name)))

    def owner(self, entry: SearchEntry) -> str:
        """The owner of a task, on one line: its own, or else its card's."""
        return " ".join(one_line(owner_of(entry)).split())

    def task_text(self, entry: SearchEntry) -> str:
        """The text of a task, or of the task of a note."""
        return one_line(self._labels.of(entry.task)) if entry.task else ""

    def due_words(self, entry: SearchEntry) -> str:
        """The day of a task, and of an open one how far it is: `12.3.2026, 3 days ago`; empty without one."""
        from lfroadmap.report.formatting import format_days  # noqa: PLC0415 - of what is shown only

        day = iso_day(entry.task.due) if entry.task else None
        if entry.task is None or day is None:
            return ""
        shown = self.words.day(day)
        away = format_days((day - self.today.day).days, self.words)
        return shown if entry.task.done else f"{shown}, {away}"

    # as JSON

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        return {place.node.id: place.node for place in places(self.roadmap)}

    def _typed(self, node: Node) -> str:
        """The value of a field, or else what a node is called; as it was typed."""
        value = node.value if isinstance(node, Field) else ""
        return value if value and value.strip() else self._labels.of(node)

    def plain_result(self, entry: SearchEntry, query: Query) -> Json:
        """A result of a search as `search --json` prints it."""
        kind, node_id = found_node(entry, query)
        node = self._nodes.get(entry.id)
        return {
            "roadmap": self.name,
            "kind": kind,
            "id": node_id,
            "stage": self._labels.of(entry.stage) if entry.stage else None,
            "card": self._labels.of(entry.card) if entry.card else None,
            "where": self.where(entry),
            "text": self._typed(node) if node else self._labels.of(self.roadmap),
            "excerpt": self.result(entry, query.words).excerpt,
        }

    def plain_task(self, entry: SearchEntry) -> Json:
        """A task as `list-tasks --json` prints it."""
        task, today = entry.task, self.today
        assert task is not None
        assert entry.stage is not None
        assert entry.card is not None
        day = iso_day(task.due)
        return {
            "roadmap": self.name,
            "stage": self._labels.of(entry.stage),
            "card": self._labels.of(entry.card),
            "id": task.id,
            "task": self._labels.of(task),
            "owner": owner_of(entry),
            "done": task.done,
            "due": day.isoformat() if day else None,
            "days": (day - today.day).days if day else None,
            "health": task_health(task, today.day, today.risk_days),
        }


def share_owners(searches: Sequence[RoadmapSearch]) -> tuple[str, ...]:
    """Let each search know the owners of all, so that a name means the same person in each; the names."""
    names = {match_key(name): name for each in reversed(searches) for name in reversed(each.known_owners())}
    owners = tuple(reversed(names.values()))
    for each in searches:
        each.owners = owners
    return owners


def plain_search(found: Iterable[tuple[RoadmapSearch, SearchEntry]], typed: str, query: Query) -> Json:
    """The results of a search as `search --json` prints them."""
    results = [search.plain_result(entry, query) for search, entry in found]
    return {
        "format": SEARCH_FORMAT,
        "version": VERSION,
        "query": typed,
        "filter": query.filter.plain(),
        "count": len(results),
        "results": results,
    }


def plain_tasks(found: Iterable[tuple[RoadmapSearch, SearchEntry]], wanted: TaskFilter, today: Today) -> Json:
    """The tasks of a filter as `list-tasks --json` prints them."""
    tasks = [search.plain_task(entry) for search, entry in found]
    return {
        "format": TASKS_FORMAT,
        "version": VERSION,
        "as_of": today.day.isoformat(),
        "filter": wanted.plain(),
        "count": len(tasks),
        "tasks": tasks,
    }
