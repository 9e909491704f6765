"""The lists of flows by brute force, event by event, for comparing with the queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import groupby, pairwise
from statistics import median

from flow_events import Event
from lfroadmap.flows.parameters import DAY, LEAST
from reference import Flow, Json, Log, Point, month, path_rows, roi, share, total


def point(event: Event) -> Point:
    return event.kind, event.channel


def entry_points(log: Log) -> list[Json]:
    entries = Counter(point(flow.events[0]) for flow in log.flows)
    new = Counter(point(flow.events[0]) for flow in log.flows if flow.number == 1)
    return [
        {
            "kind": kind,
            "channel": channel,
            "entries": n,
            "new": new[kind, channel],
            "reentries": n - new[kind, channel],
            "share": n / len(log.flows),
        }
        for (kind, channel), n in entries.items()
    ]


def exit_points(log: Log) -> list[Json]:
    exits: dict[tuple[str | None, ...], list[Flow]] = defaultdict(list)
    for flow in log.flows:
        if flow.state == "exit":
            last = flow.events[-1]
            exits[last.kind, last.channel, last.stage].append(flow)
    count = sum(map(len, exits.values()))
    return [
        {
            "kind": kind,
            "channel": channel,
            "stage": stage,
            "exits": len(flows),
            "returned": sum(flow.next_start is not None for flow in flows),
            "share": len(flows) / count,
        }
        for (kind, channel, stage), flows in exits.items()
    ]


def _chain(log: Log, own: list[Event], k: int, *, first_entry: bool) -> bool:
    """True if a customer has events of the steps 1 … k in order within the window; ties in step order."""
    placed = sorted((e.moment, p) for e in own if (p := log.place(e)))
    starts = [moment for moment, place in placed if place == 1]
    for start in starts[:1] if first_entry else starts:
        reached, last = 1, (start, 1)
        for step in placed:
            if reached < k and step[1] == reached + 1 and step >= last and step[0] - start <= log.window:
                reached, last = reached + 1, step
        if reached >= k:
            return True
    return False


def funnel(log: Log, *, first_entry: bool) -> list[Json]:
    counts = [
        sum(_chain(log, own, k, first_entry=first_entry) for own in log.customers.values())
        for k in range(1, len(log.p.steps) + 1)
    ]
    return [
        {
            "place": k,
            "step": step,
            "customers": counts[k - 1],
            "rate": share(counts[k - 1], counts[k - 2]) if k > 1 else None,
            "overall": share(counts[k - 1], counts[0]),
        }
        for k, step in enumerate(log.p.steps, 1)
    ]


def bottleneck(log: Log) -> list[Json]:
    rows = funnel(log, first_entry=False)
    steps = []
    for before, after in pairwise(rows):
        have, kept = int(str(before["customers"])), int(str(after["customers"]))
        if have > kept:
            steps.append((kept / have, kept - have, before["step"], after["step"], have, kept))
    if not steps:
        return []
    rate, gain, before_step, after_step, have, kept = min(steps, key=lambda step: step[:2])
    return [
        {
            "before": before_step,
            "after": after_step,
            "customers_before": have,
            "customers_after": kept,
            "rate": rate,
            "loss": -gain,
        }
    ]


def time_in_stage(log: Log) -> list[Json]:
    stays: dict[str, list[int | None]] = defaultdict(list)
    for own in log.customers.values():
        staged = [event for event in own if event.stage is not None]
        runs = [next(run) for _, run in groupby(staged, key=lambda event: event.stage)]
        for arrival, after in zip(runs, [*runs[1:], None], strict=False):
            stays[str(arrival.stage)].append(None if after is None else after.moment - arrival.moment)
    found: list[Json] = []
    for stage, times in stays.items():
        ended = [time / DAY for time in times if time is not None]
        found.append(
            {
                "stage": stage,
                "stays": len(ended),
                "mean_days": share(sum(ended), len(ended)),
                "median_days": median(ended) if ended else None,
                "open": len(times) - len(ended),
            }
        )
    return found


def comeback(log: Log) -> list[Json]:
    events = Counter(map(point, log.events))
    returns = Counter(point(flow.events[0]) for flow in log.flows if flow.follows_exit)
    count = sum(returns.values())
    return [
        {
            "kind": key[0],
            "channel": key[1],
            "returns": n,
            "share_of_returns": n / count,
            "events": events[key],
            "share_of_events": events[key] / len(log.events),
            "lift": (n / count) / (events[key] / len(log.events)),
            "is_ranked": n >= LEAST,
        }
        for key, n in returns.items()
    ]


def _goes_on(log: Log, own: list[Event], event: Event) -> int | None:
    """The moment of the first event of the next step at or behind an event, within the window."""
    next_place = (log.place(event) or 0) + 1
    later = [e.moment for e in own if log.place(e) == next_place and e.moment >= event.moment]
    found = min(later, default=None)
    return found if found is not None and found - event.moment <= log.window else None


def movers(log: Log) -> list[Json]:
    found: list[Json] = []
    for place, stage in enumerate(log.p.steps[:-1], 1):
        met: dict[str, set[Point]] = {}
        reached: set[str] = set()
        for name, own in log.customers.items():
            arrival = next((n for n, e in enumerate(own) if log.place(e) == place), None)
            if arrival is None:
                continue
            end = _goes_on(log, own, own[arrival])
            reached |= set() if end is None else {name}
            start = own[arrival].moment
            met[name] = {
                point(e)
                for e in own[arrival + 1 :]
                if (e.moment < end if end is not None else e.moment - start <= log.window)
            }
        for key in {key for points in met.values() for key in points}:
            with_it = {name for name, points in met.items() if key in points}
            without = met.keys() - with_it
            found.append(
                {
                    "stage": stage,
                    "next_stage": log.p.steps[place],
                    "kind": key[0],
                    "channel": key[1],
                    "customers_with": len(with_it),
                    "reached_with": len(with_it & reached),
                    "share_with": len(with_it & reached) / len(with_it),
                    "customers_without": len(without),
                    "reached_without": len(without & reached),
                    "share_without": share(len(without & reached), len(without)),
                    "is_ranked": min(len(with_it), len(without)) >= LEAST,
                }
            )
    return found


def cost_per_stage(log: Log) -> list[Json]:
    found: list[Json] = []
    for place, stage in enumerate(log.p.steps, 1):
        here = [(name, e) for name, own in log.customers.items() for e in own if log.place(e) == place]
        cost = total([event.cost for _, event in here])
        gone = {name for name, event in here if _goes_on(log, log.customers[name], event) is not None}
        reached = None if place == len(log.p.steps) else len(gone)
        row: Json = {"stage": stage, "cost": cost, "customers": len({name for name, _ in here})}
        found.append(row | {"reached": reached, "cost_per_customer": share(cost, reached or 0)})
    return found


def cost_per_channel(log: Log) -> list[Json]:
    if not log.p.steps:
        reaching: set[tuple[str, str | None]] = set()
    else:
        reaching = {
            (name, event.channel)
            for name, own in log.customers.items()
            for event in own
            if log.place(event) and _goes_on(log, own, event) is not None
        }
    found: list[Json] = []
    for channel in {event.channel for event in log.events if event.channel is not None}:
        cost = total([event.cost for event in log.events if event.channel == channel])
        reached = sum(each[1] == channel for each in reaching)
        row: Json = {"channel": channel, "cost": cost, "reached": reached}
        found.append(row | {"cost_per_customer": share(cost, reached)})
    return found


def cohorts(log: Log) -> list[Json]:
    months: dict[str, list[list[Event]]] = defaultdict(list)
    for own in log.customers.values():
        first = next((event for event in own if log.buys(event)), None)
        if first is not None:
            months[month(first.moment)].append(own)
    found: list[Json] = []
    for name, owns in months.items():
        value = total([event.value for own in owns for event in own])
        purchases = [sum(map(log.buys, own)) for own in owns]
        row: Json = {"cohort": name, "buyers": len(owns), "purchases": sum(purchases), "value": value}
        found.append(row | {"repeated": sum(n > 1 for n in purchases), "ltv": share(value, len(owns))})
    return found


def content(log: Log) -> list[Json]:
    flows: dict[str, list[Flow]] = defaultdict(list)
    for flow in log.flows:
        for name in {event.content for event in flow.events if event.content is not None}:
            flows[name].append(flow)
    return [
        {
            "content": name,
            "flows": len(having),
            "returning": sum(flow.follows_exit for flow in having),
            "lost": sum(flow.state == "exit" for flow in having),
        }
        for name, having in flows.items()
    ]


def satisfaction(log: Log) -> list[Json]:
    stages: dict[str | None, list[float]] = defaultdict(list)
    for event in log.events:
        if event.satisfaction is not None:
            stages[event.stage].append(event.satisfaction)
    every = [answer for answers in stages.values() for answer in answers]
    rows: list[tuple[str, str | None, list[float]]] = [("stage", *each) for each in stages.items()]
    rows += [("all", None, every)] if every else []
    return [{"of": of, "stage": stage, "answers": len(n), "mean": sum(n) / len(n)} for of, stage, n in rows]


def conversations(log: Log) -> list[Json]:
    groups: dict[tuple[str, str | None], list[Event]] = defaultdict(list)
    for flow in log.flows:
        own = log.customers[flow.customer]
        for event in flow.events:
            if event.sentiment is None and event.objection is None and event.readiness is None:
                continue
            groups["stage", event.stage].append(event)
            if flow.state == "exit":
                groups["exit", None].append(event)
            bought = next((e.moment for e in own if e.seq >= event.seq and log.buys(e)), None)
            if bought is not None and bought - event.moment <= log.look_back:
                groups["purchase", None].append(event)
    return [_summary(*key, events) for key, events in groups.items()]


def _summary(of: str, stage: str | None, events: list[Event]) -> Json:
    def mean(values: list[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return share(sum(known), len(known))

    heard = Counter(event.objection for event in events if event.objection is not None)
    return {
        "of": of,
        "stage": stage,
        "conversations": len(events),
        "sentiment": mean([event.sentiment for event in events]),
        "readiness": mean([event.readiness for event in events]),
        "objections": [
            {"objection": name, "times": n} for name, n in sorted(heard.items(), key=lambda o: (-o[1], o[0]))
        ],
    }


def engagement(log: Log) -> dict[str, tuple[str, bool]]:
    """Customer -> trend, and True if ready."""
    found = {}
    for name, own in log.customers.items():
        recent = [event for event in own if log.at - event.moment <= log.gap]
        now = sum(map(log.weight, recent))
        before = sum(log.weight(event) for event in own if log.at - event.moment > log.gap)
        span = log.at - log.gap - own[0].moment
        bought = max((event.seq for event in own if log.buys(event)), default=0)
        score = sum(log.weight(event) for event in recent if event.seq > bought)
        if not recent:
            trend = "away"
        elif span <= 0:
            trend = "new"
        else:
            usual = before * log.gap / span
            trend = "rising" if 4 * now > 5 * usual else "falling" if 4 * now < 3 * usual else "steady"
        found[name] = (trend, score >= log.p.ready_score)
    return found


def hot_and_cold(log: Log) -> list[Json]:
    states = engagement(log).values()
    return [
        {
            "trend": trend,
            "customers": sum(state[0] == trend for state in states),
            "ready": sum(state == (trend, True) for state in states),
        }
        for trend in ("rising", "steady", "falling", "new", "away")
    ]


def line(log: Log) -> list[Json]:
    firsts = [flow for flow in log.flows if flow.number == 1]
    ever = {name for name, own in log.customers.items() if any(map(log.buys, own))}
    first_won = {flow.customer for flow in firsts if any(map(log.buys, flow.events))}
    active = {flow.customer for flow in log.flows if flow.state == "active"}
    first_active = {flow.customer for flow in firsts if flow.state == "active"}
    n = len(log.customers)
    rows = {
        "customers": (n, n),
        "won": (len(first_won), len(ever)),
        "open": (len(first_active - first_won), len(active - ever)),
        "lost": (n - len(first_won | first_active), n - len(ever | active)),
        "close_rate": (share(len(first_won), n), share(len(ever), n)),
        "value": (
            total([event.value for flow in firsts for event in flow.events]),
            total([event.value for event in log.events]),
        ),
    }
    return [{"figure": name, "line": a, "liquid": b} for name, (a, b) in rows.items()]


def longest_stay(log: Log) -> list[Json]:
    timed = [row for row in time_in_stage(log) if row["median_days"] is not None]
    return sorted(timed, key=lambda row: (-float(str(row["median_days"])), str(row["stage"])))[:1]


LISTS: dict[str, Callable[[Log], list[Json]]] = {
    "entry_points": entry_points,
    "exit_points": exit_points,
    "stage_conversion_any": lambda log: funnel(log, first_entry=False),
    "stage_conversion_first": lambda log: funnel(log, first_entry=True),
    "time_in_stage": time_in_stage,
    "longest_stay": longest_stay,
    "bottleneck": bottleneck,
    "paths": lambda log: path_rows(log, "path"),
    "path_sets": lambda log: path_rows(log, "channels"),
    "roi": roi,
    "comeback": comeback,
    "movers": movers,
    "cost_per_stage": cost_per_stage,
    "cost_per_channel": cost_per_channel,
    "cohorts": cohorts,
    "content": content,
    "satisfaction": satisfaction,
    "conversations": conversations,
    "hot_and_cold": hot_and_cold,
    "line": line,
}
