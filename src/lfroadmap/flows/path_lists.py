"""Conversion paths, their sets, attribution and return on cost, out of the results of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from lfroadmap.flows.attribution import Attributed, PathCount, attribute
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.results import Credits, Model, PathRow, PathSet, Return
from lfroadmap.flows.tables import Tables, number, ratio, whole

MOST_ROWS = 1000
"""Paths, and sets, of a result; attribution reads all of them."""


def split_path(path: str) -> tuple[str, ...]:
    """The channels of a path's text, in which every `>` of a channel's own is doubled."""
    return tuple(channel.replace(">>", ">") for channel in path.split(" > "))


def path_counts(tables: Tables) -> list[PathCount]:
    """All paths with their conversions, in one order, so that sums of credits are the same each time."""
    rows = tables["path_counts"].each("path", "conversions", "non_conversions", "worth")
    return sorted(
        (
            PathCount(split_path(str(path)), whole(won), whole(lost), number(worth))
            for path, won, lost, worth in rows
            if path is not None
        ),
        key=lambda row: row.path,
    )


class Untouched(NamedTuple):
    """Purchases without a touch that has a channel; they are in no path."""

    query: str = "path_counts"

    def of(self, tables: Tables) -> int:
        """Their number."""
        rows = tables[self.query].each("path", "conversions")
        return sum(whole(conversions) for path, conversions in rows if path is None)


def paths(tables: Tables, _: Parameters) -> tuple[PathRow, ...]:
    """The paths with most conversions."""
    found = [
        PathRow(each.path, each.conversions, each.non_conversions, each.rate, each.worth)
        for each in tables.once(path_counts)
    ]
    found.sort(key=lambda row: (-row.conversions, -row.non_conversions, row.path))
    return tuple(found[:MOST_ROWS])


def path_sets(tables: Tables, _: Parameters) -> tuple[PathSet, ...]:
    """The sets of channels with most conversions."""
    sets: dict[tuple[str, ...], list[PathCount]] = defaultdict(list)
    for each in tables.once(path_counts):
        sets[tuple(sorted(set(each.path)))].append(each)
    found = []
    for channels, rows in sets.items():
        won, lost = sum(row.conversions for row in rows), sum(row.non_conversions for row in rows)
        values = [row.worth for row in rows if row.worth is not None]
        found.append(PathSet(channels, won, lost, won / (won + lost), sum(values) if values else None))
    found.sort(key=lambda row: (-row.conversions, -row.non_conversions, row.channels))
    return tuple(found[:MOST_ROWS])


def attributed(tables: Tables) -> dict[Model, Attributed]:
    """Credits by every model, in conversions and in money."""
    return attribute(tables.once(path_counts))


def credits_of(found: Mapping[Model, Attributed]) -> dict[Model, Credits]:
    """The credits in conversions, the highest first."""
    return {
        model: dict(sorted(each.conversions.items(), key=lambda row: (-row[1], row[0])))
        for model, each in found.items()
    }


def roi(tables: Tables, _: Parameters) -> tuple[Return, ...]:
    """Value and cost of each channel by each model."""
    costs: dict[str, float | None] = {}
    for _kind, channel, spent in tables["touchpoints"].each("kind", "channel", "spent"):
        if channel is not None:
            before, cost = costs.get(str(channel)), number(spent)
            costs[str(channel)] = before if cost is None else (before or 0.0) + cost
    found = []
    for model, each in tables.once(attributed).items():
        for channel, cost in sorted(costs.items()):
            value = None if each.worth is None else each.worth.get(channel, 0.0)
            gain = None if value is None or cost is None else value - cost
            found.append(Return(channel, model, value, cost, ratio(gain, cost)))
    return tuple(found)
