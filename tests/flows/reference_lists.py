"""The lists of flows by brute force, event by event, for comparing with the queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from flow_events import Event, point
from lfroadmap.flows.parameters import DAY, LEAST
from reference import Flow, Json, Log, at_risk, month, share, total
from reference_paths import path_rows, roi
from reference_stages import (
    bottleneck,
    cost_per_channel,
    cost_per_stage,
    funnel,
    longest_stay,
    movers,
    time_in_stage,
)


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


def hot_cold(log: Log) -> list[Json]:
    states = [*engagement(log).values()]
    found: Json = {
        trend: sum(state[0] == trend for state in states) for trend in ("rising", "steady", "falling")
    }
    return [found | {"ready": sum(state[1] for state in states), "at_risk": len(at_risk(log))}]


def return_curve(log: Log) -> list[Json]:
    exits = [flow for flow in log.flows if flow.state == "exit"]
    found: list[Json] = []
    for days in (1, 3, 7, 14, 30, 60, 90, 120, 180, 270, 365, 540, 730):
        old = [flow for flow in exits if log.at - flow.end >= days * DAY]
        back = [flow for flow in old if flow.next_start and flow.next_start - flow.end <= days * DAY]
        if days > log.p.gap_days and old:
            found.append(
                {"days": days, "share": len(back) / len(old), "returned": len(back), "exits": len(old)}
            )
    return found


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
    "hot_cold": hot_cold,
    "return_curve": return_curve,
    "line": line,
}
