"""Paths and attribution by brute force, in exact fractions."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

from flow_events import Event
from reference import Json, Log, share, total


class Journey(NamedTuple):
    customer: str
    channels: tuple[str, ...]
    converted: bool
    value: float | None


def journeys(log: Log) -> list[Journey]:
    """The path of every purchase, and of every customer who never bought; repeats collapsed."""
    found = []
    for name, own in log.customers.items():
        places = [n for n, event in enumerate(own) if log.buys(event)]
        starts = [0, *(place + 1 for place in places)]
        for start, end in zip(starts, places, strict=False):
            found.append(_journey(log, name, own[start : end + 1], converted=True))
        if not places:
            found.append(_journey(log, name, own, converted=False))
    return [journey for journey in found if journey.channels or journey.converted]


def _journey(log: Log, name: str, events: list[Event], *, converted: bool) -> Journey:
    end = events[-1]
    near = [e.channel for e in events if e.channel is not None and end.moment - e.moment <= log.look_back]
    channels = tuple(channel for channel, _ in groupby(near))
    return Journey(name, channels, converted, end.value if converted else None)


def path_rows(log: Log, key: str) -> list[Json]:
    groups: dict[tuple[str, ...], list[Journey]] = defaultdict(list)
    for journey in journeys(log):
        if journey.channels:
            path = journey.channels if key == "path" else tuple(sorted(set(journey.channels)))
            groups[path].append(journey)
    return [
        {
            key: list(path),
            "conversions": (won := sum(j.converted for j in group)),
            "non_conversions": len(group) - won,
            "rate": won / len(group),
            "value": total([j.value for j in group]),
        }
        for path, group in groups.items()
    ]


Shares = dict[str, Fraction]


def _spread(pairs: list[tuple[str, Fraction]]) -> Shares:
    found: Shares = defaultdict(Fraction)
    for channel, part in pairs:
        found[channel] += part
    return found


def _shares(path: tuple[str, ...], model: str, rates: dict[tuple[str, ...], Fraction]) -> Shares:
    if model == "first":
        return {path[0]: Fraction(1)}
    if model == "last":
        return {path[-1]: Fraction(1)}
    if model == "shapley":
        return {channel: Fraction(1, len(set(path))) for channel in set(path)}
    if model == "counterfactual":
        gains = [
            max(Fraction(0), rates[path] - rates.get(path[:n] + path[n + 1 :], Fraction(0)))
            for n in range(len(path))
        ]
        if any(gains):
            return _spread([(c, gain / sum(gains)) for c, gain in zip(path, gains, strict=True)])
    return _spread([(channel, Fraction(1, len(path))) for channel in path])


def _markov_shares(walks: list[Journey], channels: list[str]) -> Shares:
    """By removing each channel and solving the chain again, in exact fractions."""
    whole = _conversion_chance(walks, None)
    if not whole:
        return dict.fromkeys(channels, Fraction(0))
    effects = {channel: 1 - _conversion_chance(walks, channel) / whole for channel in channels}
    return {channel: effect / sum(effects.values()) for channel, effect in effects.items()}


def _conversion_chance(walks: list[Journey], removed: str | None) -> Fraction:
    steps: dict[object, dict[object, int]] = defaultdict(lambda: defaultdict(int))
    for journey in walks:
        states: list[object] = [0, *journey.channels, journey.converted + 1]
        for before, after in pairwise(states):
            steps[before][after] += 1
    names = [name for name in steps if name != removed]
    rows = []
    for name in names:
        out = steps[name]
        row = [Fraction(name == other) - Fraction(out.get(other, 0), sum(out.values())) for other in names]
        rows.append([*row, Fraction(out.get(2, 0), sum(out.values()))])
    return _solve(rows)[names.index(0)] if 0 in names else Fraction(0)


def _solve(rows: list[list[Fraction]]) -> list[Fraction]:
    size = len(rows)
    for i in range(size):
        pivot = next(j for j in range(i, size) if rows[j][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [cell / rows[i][i] for cell in rows[i]]
        for j in range(size):
            if j != i:
                rows[j] = [a - rows[j][i] * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [row[-1] for row in rows]


MODELS = ("first", "last", "linear", "markov", "shapley", "counterfactual")


def credits(log: Log) -> tuple[Json, dict[str, dict[str, float] | None]]:
    """Credits in conversions, and in money."""
    walks = [journey for journey in journeys(log) if journey.channels]
    channels = sorted({channel for journey in walks for channel in journey.channels})
    won = [journey for journey in walks if journey.converted]
    counts: dict[tuple[str, ...], list[bool]] = defaultdict(list)
    for journey in walks:
        counts[journey.channels].append(journey.converted)
    rates = {path: Fraction(sum(ends), len(ends)) for path, ends in counts.items()}
    conversions: Json = {}
    money: dict[str, dict[str, float] | None] = {}
    fixed = _markov_shares(walks, channels)
    has_money = any(journey.value is not None for journey in won)
    for model in MODELS:
        parts = [fixed if model == "markov" else _shares(journey.channels, model, rates) for journey in won]
        conversions[model] = {c: float(sum(part.get(c, Fraction(0)) for part in parts)) for c in channels}
        money[model] = (
            {
                c: sum(
                    float(part.get(c, Fraction(0))) * (j.value or 0)
                    for part, j in zip(parts, won, strict=True)
                )
                for c in channels
            }
            if has_money
            else None
        )
    return conversions, money


def roi(log: Log) -> list[Json]:
    costs: dict[str, list[float | None]] = defaultdict(list)
    for event in log.events:
        if event.channel is not None:
            costs[event.channel].append(event.cost)
    found: list[Json] = []
    for model, values in credits(log)[1].items():
        for channel, spent in costs.items():
            value, cost = None if values is None else values.get(channel, 0.0), total(spent)
            gain = None if value is None or cost is None else value - cost
            row: Json = {"channel": channel, "model": model, "value": value, "cost": cost}
            found.append(row | {"roi": share(gain, cost or 0)})
    return found
