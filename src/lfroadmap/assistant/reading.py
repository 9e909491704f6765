"""The tools that read: the library, the history, comparisons, what is late, the guide."""

from __future__ import annotations

import json
from itertools import islice

from lfroadmap.assistant.arguments import Values
from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.pages import Json, Listing
from lfroadmap.export.comparison_page import COMPARISONS
from lfroadmap.report.change_log import Filter, lines_of
from lfroadmap.report.history import ChangeFormatter
from lfroadmap.report.node_index import NodeIndex
from lfroadmap.roadmap.portfolio import Unreadable
from lfroadmap.store.history.queries import HistoryQuery, every, marks, removed
from lfroadmap.usecases import portfolio
from lfroadmap.usecases.comparison import compare_points
from lfroadmap.usecases.guide import plain_topic, topic_named, topics
from lfroadmap.usecases.points_in_time import when
from lfroadmap.usecases.reader import reader
from lfroadmap.usecases.removed import describe_removed, plain_removed
from lfroadmap.usecases.snapshot_list import plain_mark

MOST_CHANGES = 1000
"""Changes that are listed at most; `until` leads to earlier ones."""
_SHORT = ("id", "title", "summary")
"""What a list of topics says of each."""


def list_roadmaps(desk: Desk, given: Values) -> Listing:
    """The roadmaps, and where each stands."""
    last, risk_days = desk.library.last(), desk.settings.thresholds.risk_days
    rows = [*portfolio.read_library(desk.library, desk.words, desk.today, risk_days, desk.names())]
    for row in rows:
        if isinstance(row, Unreadable):
            desk.report(row.error)
    return Listing(
        [portfolio.plain_row(row, desk.library, desk.words, last=row.name == last) for row in rows]
    )


def history(desk: Desk, given: Values) -> Listing:
    """The changes of a roadmap, the newest first."""
    name = desk.chosen(given.get("in"))
    query = HistoryQuery(
        since=when(given["since"], desk.today, start=True) if given.get("since") else None,
        until=when(given["until"], desk.today) if given.get("until") else None,
    )
    wanted = Filter(given.get("text", ""), given.get("card", ""), given.get("author", ""))
    formatter = ChangeFormatter(NodeIndex(desk.stored(name)), desk.words, reader=reader())
    lines = lines_of(every(desk.library.path(name), query), formatter)
    fitting = (line.plain() for line in lines if wanted.fits(line, desk.words))
    return Listing(list(islice(fitting, MOST_CHANGES)), {"roadmap": name})


def diff(desk: Desk, given: Values) -> Listing:
    """The changes between two moments of a roadmap; each says in which part of the comparison it stands."""
    name = desk.chosen(given.get("in"))
    points = desk.points(name)
    before = points.find_past(given["a"], start=True)
    after = points.find_past(given["b"]) if given.get("b") else points.now()
    compared = compare_points(before, after, desk.words, desk.settings.thresholds)
    plain: Json = json.loads(COMPARISONS["json"](compared))
    head = {key: value for key, value in plain.items() if not isinstance(value, list)}
    items = [
        {"part": key, "change": each}
        for key, value in plain.items()
        if isinstance(value, list)
        for each in value
    ]
    return Listing(items, {"roadmap": name, "comparison": head})


def late(desk: Desk, given: Values) -> Listing:
    """The open cards and tasks whose day is past, the longest late first."""
    library, words, risk_days = desk.library, desk.words, desk.settings.thresholds.risk_days
    names = (desk.chosen(given["in"]),) if given.get("in") else tuple(desk.names())
    found = portfolio.portfolio(library, words, desk.today, risk_days, given.get("owner"), names=names)
    for each in found.unreadable:
        desk.report(each.error)
    return Listing(portfolio.plain(found, library, words)["late"])


def snapshots(desk: Desk, given: Values) -> Listing:
    """The moments of a roadmap that were marked, the newest first."""
    name = desk.chosen(given.get("in"))
    return Listing([plain_mark(mark) for mark in marks(desk.library.path(name))], {"roadmap": name})


def bin_(desk: Desk, given: Values) -> Listing:
    """The parts of a roadmap that were removed, the latest first."""
    name = desk.chosen(given.get("in"))
    roadmap = desk.stored(name)
    found = describe_removed(removed(desk.library.path(name), roadmap), roadmap, desk.words)
    return Listing([plain_removed(each) for each in found], {"roadmap": name})


def guide(desk: Desk, given: Values) -> Listing:
    """The topics of the guide to the method, or all of one."""
    language = desk.words.language
    if topic := given.get("topic"):
        return Listing([{**plain_topic(topic_named(topic, language), language)}])
    every_topic = (plain_topic(topic, language) for topic in topics(language))
    return Listing([{key: value for key, value in each.items() if key in _SHORT} for each in every_topic])
