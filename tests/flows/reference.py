"""Every measure of flows by brute force, event by event, for comparing with the queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from flow_events import Event
from lfroadmap.flows.parameters import DAY, MEANINGS, Filters, Parameters

Json = dict[str, object]


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


def _is_measured(event: Event, seen: list[Event], filters: Filters) -> bool:
    own = [each for each in seen if each.customer == event.customer]
    segments = [each.segment for each in own if each.segment is not None]
    return (
        (filters.since is None or event.moment >= filters.since)
        and (filters.channel is None or own[0].channel == filters.channel)
        and (filters.segment is None or segments[-1:] == [filters.segment])
    )


class Log:
    """The events that are seen, by customer and in order."""

    def __init__(self, events: list[Event], parameters: Parameters) -> None:
        self.p = parameters
        self.at = (
            parameters.as_of if parameters.as_of is not None else max((e.moment for e in events), default=0)
        )
        seen = sorted((e for e in events if e.moment <= self.at), key=lambda e: (e.moment, e.seq))
        self.events = [e for e in seen if _is_measured(e, seen, parameters.filters)]
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
        names = [event.kind, *(meaning for meaning in MEANINGS if self.means(event, meaning))]
        return next(
            (Fraction(str(self.p.weights[name])) for name in names if name in self.p.weights), Fraction(1)
        )


def share(above: float | None, below: float) -> float | None:
    return None if above is None or not below else above / below


def total(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


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


def month(moment: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment)).strftime("%Y-%m")
