"""The tools that look for something: what is due, what has some words, which tasks a filter wants."""

from __future__ import annotations

from collections.abc import Iterable

from lfroadmap.assistant.arguments import Values
from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.pages import Listing
from lfroadmap.errors import BrokenStore, UsageError
from lfroadmap.roadmap.due import DAYS
from lfroadmap.roadmap.search_entries import SearchEntry
from lfroadmap.roadmap.search_query import Query, read_query
from lfroadmap.roadmap.task_filter import TaskFilter
from lfroadmap.usecases import due as due_items
from lfroadmap.usecases.filter_checks import check_filter
from lfroadmap.usecases.searching import (
    RoadmapSearch,
    plain_search,
    plain_tasks,
    search_day,
    share_owners,
)


def due(desk: Desk, given: Values) -> Listing:
    """What is late, due today, this week and behind it, in one roadmap or in all that it sees."""
    within = desk.chosen(given.get("in")) if given.get("in") or desk.only else None
    asked = due_items.Question(given.get("days", DAYS), given.get("owner"), within)
    risk_days = desk.settings.thresholds.risk_days
    found = due_items.due(desk.library, desk.words, desk.today, risk_days, asked)
    for each in found.unreadable:
        desk.report(each.error)
    return Listing(due_items.plain(found, desk.words)["items"])


def search(desk: Desk, given: Values) -> Listing:
    """Everything that has some words, in one roadmap or in all that it sees."""
    query = read_query(given["text"])
    if query.is_empty:
        raise UsageError("assistant_missing", tool="search", name="text")
    searches = _searches(desk, given)
    _check(desk, query.filter, searches)
    plain = plain_search(_found(searches, query), given["text"], query)
    return Listing(plain["results"])


def list_tasks(desk: Desk, given: Values) -> Listing:
    """The tasks that a filter wants, in one roadmap or in all that it sees."""
    wanted = TaskFilter(
        owner=given.get("owner", ""),
        is_late=given.get("late", False),
        is_due_this_week=given.get("due_this_week", False),
        is_open=given.get("open", False),
        stage=given.get("stage", ""),
        health=given.get("health", ""),
        text=given.get("text", ""),
    )
    searches = _searches(desk, given)
    _check(desk, wanted, searches)
    today = search_day(desk.settings, desk.words, desk.today)
    plain = plain_tasks(_found(searches, Query(wanted, tasks=True)), wanted, today)
    return Listing(plain["tasks"])


def _searches(desk: Desk, given: Values) -> list[RoadmapSearch]:
    """The roadmaps that are searched; those that cannot be read are reported."""
    today = search_day(desk.settings, desk.words, desk.today)
    named, searches = given.get("in"), []
    for name in (desk.chosen(named),) if named else desk.names():
        try:
            searches.append(RoadmapSearch(desk.stored(name), desk.words, today, name))
        except BrokenStore as error:
            if named:
                raise
            desk.report(error)
    return searches


def _check(desk: Desk, wanted: TaskFilter, searches: list[RoadmapSearch]) -> None:
    check_filter(wanted, [each.roadmap for each in searches], share_owners(searches), desk.words)


def _found(searches: Iterable[RoadmapSearch], query: Query) -> list[tuple[RoadmapSearch, SearchEntry]]:
    return [(each, entry) for each in searches for entry in each.found(query)]
