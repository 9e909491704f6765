"""`search` and `list-tasks`: everything with some words, and the tasks that a filter wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.cli.context import AnyContext, Command, CommandContext
from lfroadmap.cli.options import flag, option, words_of
from lfroadmap.cli.output import print_json
from lfroadmap.errors import BrokenStore, UsageError
from lfroadmap.machine import now
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from lfroadmap.roadmap.search_entries import SearchEntry
    from lfroadmap.roadmap.search_query import Query
    from lfroadmap.roadmap.task_filter import TaskFilter
    from lfroadmap.usecases.searching import RoadmapSearch
    from lfroadmap.words import Words

DONE, NOT_DONE = 0, 1


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """The options of `search`."""

    words: tuple[str, ...] = words_of()
    within: str | None = option("--in")
    all: bool = flag("--all")
    quiet: bool = flag("--quiet")
    json: bool = flag("--json")


@dataclass(frozen=True, slots=True)
class ListTasksOptions:
    """The options of `list-tasks`."""

    owner: str | None = option("--owner")
    is_late: bool = flag("--late")
    is_due_this_week: bool = flag("--due-this-week")
    is_open: bool = flag("--open")
    stage: str | None = option("--stage")
    health: str | None = option("--health")
    text: str | None = option("--text")
    filter: str | None = option("--filter")
    save: str | None = option("--save")
    forget: str | None = option("--forget")
    within: str | None = option("--in")
    all: bool = flag("--all")
    quiet: bool = flag("--quiet")
    json: bool = flag("--json")


class _Searched(NamedTuple):
    """The roadmaps that are searched, and whether there are others that cannot be read."""

    searches: list[RoadmapSearch]
    status: int


def search(context: CommandContext[SearchOptions]) -> int:
    """Print everything in a roadmap, or in all, that has the words."""
    from lfroadmap.roadmap.search_query import known_filters, read_query, unknown_filters
    from lfroadmap.usecases.searching import plain_search

    options, words = context.options, context.words
    typed = " ".join(options.words)
    query = read_query(typed)
    if unknown := unknown_filters(typed):
        raise UsageError("filter_unknown", name=one_line(unknown[0]), known=known_filters(words))
    if query.is_empty:
        raise UsageError("missing_argument", argument="WORDS", command="search")
    searched = _searched(context, options.within, everywhere=options.all)
    _check(query.filter, searched.searches, words)
    found = _found(searched.searches, query)
    if options.json:
        print_json(plain_search(found, typed, query))
    elif options.quiet:
        _print_ids(context, [entry for _, entry in found], tasks=query.for_tasks)
    else:
        rows = [_result_row(each, entry, query, name=options.all) for each, entry in found]
        _print_rows(context, rows, "search.results")
    return searched.status


def list_tasks(context: CommandContext[ListTasksOptions]) -> int:
    """Print the tasks that a filter wants; save the filter, or forget a saved one."""
    from lfroadmap.roadmap.search_query import Query
    from lfroadmap.usecases import saved_filters
    from lfroadmap.usecases.searching import plain_tasks, search_day

    options, words = context.options, context.words
    if options.forget is not None:
        forgotten = saved_filters.forget_filter(context.library, options.forget)
        context.say("filter.forgotten", name=forgotten)
        return DONE
    wanted = _filter(context)
    searched = _searched(context, options.within, everywhere=options.all)
    _check(wanted, searched.searches, words)
    if options.save is not None:
        saved_filters.save_filter(context.library, options.save, wanted)
    found = _found(searched.searches, Query(wanted, tasks=True))
    if options.json:
        print_json(plain_tasks(found, wanted, search_day(context.settings, words, now().date())))
    elif options.quiet:
        _print_ids(context, [entry for _, entry in found], tasks=True)
    else:
        rows = [_task_row(each, entry, name=options.all) for each, entry in found]
        _print_rows(context, rows, "search.tasks")
    return searched.status


def _filter(context: CommandContext[ListTasksOptions]) -> TaskFilter:
    """The saved filter that is named, with what the line asks for besides."""
    from lfroadmap.roadmap.task_filter import TaskFilter
    from lfroadmap.usecases.saved_filters import saved_filter

    options = context.options
    start = TaskFilter() if options.filter is None else saved_filter(context.library, options.filter)
    asked = {
        name: value
        for name in ("owner", "is_late", "is_due_this_week", "is_open", "stage", "health", "text")
        if (value := getattr(options, name))
    }
    return replace(start, **asked)


def _searched(context: AnyContext, within: str | None, *, everywhere: bool) -> _Searched:
    """The roadmap that is named, or the last one, or all; reports those that cannot be read."""
    from lfroadmap.usecases.searching import RoadmapSearch, search_day

    if everywhere and within is not None:
        raise UsageError("in_or_all")
    today = search_day(context.settings, context.words, now().date())
    names = context.library.names() if everywhere else (context.chosen_name(within),)
    searches, status = [], DONE
    for name in names:
        try:
            searches.append(RoadmapSearch(context.stored(name), context.words, today, name))
        except BrokenStore as error:
            if not everywhere:
                raise
            context.complain(error)
            status = NOT_DONE
    return _Searched(searches, status)


def _check(wanted: TaskFilter, searches: Sequence[RoadmapSearch], words: Words) -> None:
    """Raise UsageError where a part of a filter means nothing, or several."""
    from lfroadmap.usecases.filter_checks import check_filter
    from lfroadmap.usecases.searching import share_owners

    check_filter(wanted, [each.roadmap for each in searches], share_owners(searches), words)


def _found(searches: Sequence[RoadmapSearch], query: Query) -> list[tuple[RoadmapSearch, SearchEntry]]:
    return [(each, entry) for each in searches for entry in each.found(query)]


# printing


def _print_ids(context: AnyContext, found: Sequence[SearchEntry], *, tasks: bool) -> None:
    for entry in found:
        context.output.text(entry.task.id if tasks and entry.task else entry.id)


def _print_rows(context: AnyContext, rows: Sequence[tuple[str, ...]], counted: str) -> None:
    if not rows:
        context.say("search.none")
        return
    context.output.rows(rows)
    context.output.text(context.words.plural(counted, len(rows)))


def _result_row(search: RoadmapSearch, entry: SearchEntry, query: Query, *, name: bool) -> tuple[str, ...]:
    """What it is, its text around the words, and where it stands."""
    kind = search.words(f"search.{'task' if query.for_tasks else entry.kind}")
    shown = search.result(entry, query.words).excerpt
    return (search.name if name else "", kind, shown, search.where(entry))


def _task_row(search: RoadmapSearch, entry: SearchEntry, *, name: bool) -> tuple[str, ...]:
    """How it goes, the task, its day, its owner, and where it stands."""
    from lfroadmap.report.formatting import HEALTH_SIGNS

    plain = search.plain_task(entry)
    sign, due = HEALTH_SIGNS[plain["health"]], search.due_words(entry)
    shown = (sign, search.task_text(entry), due, search.owner(entry), search.card_place(entry))
    return (search.name if name else "", *shown)


SEARCH = Command(SearchOptions, search)
LIST_TASKS = Command(ListTasksOptions, list_tasks)
