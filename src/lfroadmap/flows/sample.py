"""A sample log of events: journeys whose measures are known beforehand, at random moments."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from lfroadmap.files import write_whole

_START = datetime(2026, 1, 5, tzinfo=UTC)
_DAYS = 180
"""The last event is on this day."""
_QUIET_DAYS = 35
"""Days before the last event in which only the active customers do something."""
_SEED = 18
HEADS = ("customer", "time", "kind", "channel", "stage", "value", "cost")
_COSTS = {"ads": "1.50", "webinar": "4.00"}
_STAGES = {"visit": "interest", "click": "interest", "call": "talk", "quote": "offer"}


class Step(NamedTuple):
    """An event of a journey."""

    day: int
    kind: str
    channel: str


class Journey(NamedTuple):
    """What customers of a sort do; `back` is the place of the step that they come back with."""

    customers: int
    steps: tuple[Step, ...]
    back: int = 0
    is_active: bool = False


JOURNEYS = (
    Journey(60, (Step(0, "visit", "ads"), Step(3, "click", "mail"), Step(7, "quote", "sales"),
                 Step(10, "purchase", "sales"))),
    Journey(40, (Step(0, "visit", "blog"), Step(0, "visit", "ads"), Step(5, "quote", "sales"),
                 Step(10, "purchase", "referral")), back=1),
    Journey(120, (Step(0, "visit", "blog"), Step(2, "click", "mail"))),
    Journey(30, (Step(0, "visit", "ads"), Step(0, "visit", "mail"), Step(4, "quote", "webinar")), back=1),
    Journey(25, (Step(0, "visit", "blog"), Step(4, "click", "mail")), is_active=True),
    Journey(15, (Step(0, "visit", "referral"), Step(5, "quote", "sales"), Step(9, "purchase", "sales"),
                 Step(25, "upsell", "sales"))),
    Journey(20, (Step(0, "visit", "blog"), Step(8, "purchase", ""), Step(0, "visit", "mail"),
                 Step(4, "purchase", "mail")), back=2),
)  # fmt: skip
"""Lost ones, those who come back, buyers at once, and buyers who buy again."""


def days_away(place: int) -> int:
    """The days that the customer at a place of a journey is away before coming back."""
    return 40 + place % 21


def write_sample(path: Path) -> int:
    """Write the log as CSV; returns the number of events. Raises OSError, also where something is there."""
    rows = sorted(_rows(Random(_SEED)))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADS)
    for moment, customer, kind, channel, value in rows:
        stage, cost = _STAGES.get(kind, "customer"), _COSTS.get(channel, "")
        writer.writerow((customer, f"{moment:%Y-%m-%dT%H:%M:%SZ}", kind, channel, stage, value, cost))
    write_whole(path, text.getvalue().encode(), replace=False)
    return len(rows)


def _rows(random: Random) -> Iterator[tuple[datetime, str, str, str, str]]:
    numbers = list(range(1, sum(journey.customers for journey in JOURNEYS) + 1))
    random.shuffle(numbers)
    for journey in JOURNEYS:
        for place in range(journey.customers):
            yield from _events(journey, place, f"c{numbers.pop():03}", random)


def _events(
    journey: Journey, place: int, customer: str, random: Random
) -> Iterator[tuple[datetime, str, str, str, str]]:
    """The events of a customer; each part of the journey is at one time of the day."""
    away = days_away(place) if journey.back else 0
    length = _length(journey) + away
    latest = _DAYS - _QUIET_DAYS - length
    day = _DAYS - length - place % 15 if journey.is_active else random.randrange(latest)
    clock = timedelta(0, 60 * (place % 1440 if journey.is_active else random.randrange(1440)))
    base = day
    for at, step in enumerate(journey.steps):
        if journey.back and at == journey.back:
            base += journey.steps[at - 1].day + away
        value = str(100 + 10 * (place % 5) - 5 * at) if step.kind in ("purchase", "upsell") else ""
        yield _START + timedelta(base + step.day) + clock, customer, step.kind, step.channel, value


def _length(journey: Journey) -> int:
    """The days of a journey without those away."""
    first = journey.steps[journey.back - 1].day if journey.back else 0
    return first + journey.steps[-1].day
