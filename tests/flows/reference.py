"""Every measure of flows by brute force, event by event, for comparing with the queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from flow_events import Event
from lfroadmap.flows.parameters import DAY, Parameters

Json = dict[str, object]
Point = tuple[str | None, str | None]
"""Kind and channel."""


class Flow(NamedTuple):
    customer: str
    number: int
    events: list[Event]
    state: str
    follows_exit: bool
    next_start: int | None

    @property
    def end(self) -> int:
        return self.events[-1].moment


class Log:
    """The events that are seen, by customer and in order."""

    def __init__(self, events: list[Event], parameters: Parameters) -> None:
        self.p = parameters
        self.at = (
            parameters.as_of if parameters.as_of is not None else max((e.moment for e in events), default=0)
        )
        self.events = sorted((e for e in events if e.moment <= self.at), key=lambda e: (e.moment, e.seq))
        self.gap = round(parameters.gap_days * DAY)
        self.window = round(parameters.window_days * DAY)
        self.look_back = round(parameters.look_back_days * DAY)
        self.customers: dict[str, list[Event]] = defaultdict(list)
        for each in self.events:
            self.customers[each.customer].append(each)
        self.flows = [flow for name, own in self.customers.items() for flow in self._flows(name, own)]

    def means(self, event: Event, meaning: str) -> bool:
        return event.kind in self.p.kinds(meaning)  # type: ignore[arg-type]

    def buys(self, event: Event) -> bool:
        return self.means(event, "purchase")

    def _flows(self, name: str, own: list[Event]) -> list[Flow]:
        runs: list[list[Event]] = []
        for event in own:
            if not runs or event.moment - runs[-1][-1].moment > self.gap:
                runs.append([])
            runs[-1].append(event)
        states = [self._state(run) for run in runs]
        return [
            Flow(
                name,
                n + 1,
                run,
                states[n],
                n > 0 and states[n - 1] == "exit",
                runs[n + 1][0].moment if n + 1 < len(runs) else None,
            )
            for n, run in enumerate(runs)
        ]

    def _state(self, run: list[Event]) -> str:
        if self.at - run[-1].moment <= self.gap:
            return "active"
        return "won" if any(map(self.buys, run)) else "exit"

    def place(self, event: Event) -> int | None:
        for name in (event.kind, event.stage):
            if name in self.p.steps:
                return self.p.steps.index(name) + 1
        return None

    def weight(self, event: Event) -> Fraction:
        return Fraction(str(self.p.weights.get(event.kind, 1)))


def share(above: float | None, below: float) -> float | None:
    return None if above is None or not below else above / below


def total(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def scalars(log: Log) -> dict[str, float | None]:
    exits = [flow for flow in log.flows if flow.state == "exit"]
    returns = [flow for flow in exits if flow.next_start is not None]
    away = [(flow.next_start - flow.end) / DAY for flow in returns]  # type: ignore[operator]
    buyers = {name: own for name, own in log.customers.items() if any(map(log.buys, own))}
    won = sum(flow.state == "won" for flow in log.flows)
    walked = [path for path in journeys(log) if path.converted]
    n = len(buyers)
    return {
        "events": len(log.events),
        "customers": len(log.customers),
        "flows": len(log.flows),
        "active": sum(flow.state == "active" for flow in log.flows),
        "won": won,
        "exits": len(exits),
        "returns": len(returns),
        "customers_with_exit": len({flow.customer for flow in exits}),
        "customers_with_return": len({flow.customer for flow in returns}),
        "entries": len(log.flows),
        "reentries": len(log.flows) - len(log.customers),
        "buyers": n,
        "purchases": sum(map(log.buys, log.events)),
        "purchases_without_touch": sum(not path.channels for path in walked),
        "at_risk": len(at_risk(log)),
        "return_rate": share(len({f.customer for f in returns}), len({f.customer for f in exits})),
        "return_rate_per_exit": share(len(returns), len(exits)),
        "return_days_mean": share(sum(away), len(away)),
        "return_days_median": median(away) if away else None,
        "entry_share_beyond_first": share(
            sum(log.place(flow.events[0]) != 1 for flow in log.flows), len(log.flows)
        )
        if log.p.steps
        else None,
        "close_rate": share(n, len(log.customers)),
        "win_rate": share(won, won + len(exits)),
        "upsell_rate": share(sum(_upsold(log, own) for own in buyers.values()), n),
        "cross_sell_rate": share(sum(_cross_sold(log, own) for own in buyers.values()), n),
        "repeat_rate": share(sum(sum(map(log.buys, own)) > 1 for own in buyers.values()), n),
        "interaction_quality": share(float(sum(map(log.weight, log.events))), len(log.events)),
        "cac": share(total([event.cost for event in log.events]), n),
        "ltv": share(total([event.value for own in buyers.values() for event in own]), n),
    }


def _later(log: Log, own: list[Event]) -> tuple[Event, list[Event]]:
    first = next(n for n, event in enumerate(own) if log.buys(event))
    return own[first], own[first + 1 :]


def _upsold(log: Log, own: list[Event]) -> bool:
    first, later = _later(log, own)
    return any(
        log.means(event, "upsell")
        or (
            log.buys(event)
            and event.value is not None
            and first.value is not None
            and event.value > first.value
        )
        for event in later
    )


def _cross_sold(log: Log, own: list[Event]) -> bool:
    return any(log.means(event, "cross_sell") for event in _later(log, own)[1])


def at_risk(log: Log) -> list[str]:
    found = []
    for name, own in log.customers.items():
        gaps = sorted(b.moment - a.moment for a, b in pairwise(own))
        away = log.at - own[-1].moment
        if len(gaps) >= 3 and away <= log.gap:
            rank = Fraction(9, 10) * (len(gaps) - 1)
            low = int(rank)
            high = min(low + 1, len(gaps) - 1)
            if away > gaps[low] + (rank - low) * (gaps[high] - gaps[low]):
                found.append(name)
    return found


# ------------------------------------------------------------------ paths


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


def month(moment: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment)).strftime("%Y-%m")
