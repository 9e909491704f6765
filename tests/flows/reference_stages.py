"""The lists about steps and stages by brute force, event by event."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, pairwise
from statistics import median

from flow_events import Event, Point, point
from lfroadmap.flows.parameters import DAY, LEAST
from reference import Json, Log, share, total


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


def longest_stay(log: Log) -> list[Json]:
    timed = [row for row in time_in_stage(log) if row["median_days"] is not None]
    return sorted(timed, key=lambda row: (-float(str(row["median_days"])), str(row["stage"])))[:1]
