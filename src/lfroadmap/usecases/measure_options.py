"""The options of `measure` as typed, read into values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lfroadmap.errors import UsageError
from lfroadmap.flows.parameters import LONGEST, Filters
from lfroadmap.flows.sources.times import ORDERS, Order
from lfroadmap.machine import now
from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.usecases.comma_lists import comma_list

Pairs = tuple[tuple[str, str], ...]
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,20})?", re.ASCII)
_TIME = re.compile(r"(\d{1,7}(?:\.\d{1,20})?)\s*([dhm]?)", re.ASCII | re.IGNORECASE)
_OF_A_DAY = {"": 1, "d": 1, "h": 24, "m": 24 * 60}
_YEARS = range(1900, 2200)
NOW = ("now", "עכשיו")
_FORMS = {
    "--map": "customer=user_id,time=ts,kind=event",
    "--kinds": "purchase=won,upsell=upgrade",
}  # fmt: skip


def pairs_of(typed: str | None, option: str) -> Pairs:
    """Names with their values, behind commas; raises UsageError."""
    found = []
    for part in comma_list(typed or ""):
        name, sign, value = part.partition("=")
        if not sign or not name.strip():
            raise UsageError("flows_map_form", option=option, form=_FORMS[option], part=part[:80])
        found.append((name.strip(), value.strip()))
    return tuple(found)


def column_pairs(typed: str | None) -> Pairs:
    """The columns of `--map`; a kind behind `time.` stays as typed."""
    pairs = pairs_of(typed, "--map")
    return tuple(
        (f"time.{role[5:].strip()}" if role.lower().startswith("time.") else _role(role), head)
        for role, head in pairs
    )


def _role(typed: str) -> str:
    return typed.lower().replace(" ", "_").replace("-", "_")


def kind_pairs(typed: str | None) -> Pairs:
    """The meanings of `--kinds`, each with a kind."""
    return tuple((_role(meaning), kind) for meaning, kind in pairs_of(typed, "--kinds"))


def order_of(typed: str | None) -> Order:
    """The order of day and month as typed; raises UsageError."""
    for order in ORDERS:
        if typed is not None and typed.strip().lower() == order:
            return order
    if typed is not None:
        raise UsageError("dates_order", value=typed[:80], known=", ".join(ORDERS))
    return ""


def days_of(typed: str | None, option: str, default: float) -> float:
    """A number of days, also as `12h` or `30m`; raises UsageError."""
    if typed is None:
        return default
    found = _TIME.fullmatch(typed.strip())
    number = float(found[1]) / _OF_A_DAY[found[2].lower()] if found else -1
    if not 0 <= number <= LONGEST:
        raise UsageError("flows_number", option=option, typed=typed[:80])
    return int(number) if number == int(number) else number


def moment_of(typed: str | None, zone: str, option: str = "--as-of", *, start: bool = False) -> int | None:
    """A moment in milliseconds since 1970: of a day its end, with `start` its beginning, in the zone.

    A day is also written as elsewhere: `31.3.2026`, `yesterday`, `אתמול`. Raises UsageError.
    """
    if typed is None:
        return None
    text = typed.strip()
    try:
        day, moment = _day_of(text, zone), datetime.min
        if day is None:
            moment = now() if text.lower() in NOW else datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError("flows_as_of", option=option, typed=typed[:80]) from error
    if (day or moment).year not in _YEARS:
        raise UsageError("flows_as_of", option=option, typed=typed[:80])
    if day is None:
        return _milliseconds(moment, zone)
    begins = datetime.combine(day, time(0))
    return _milliseconds(begins, zone) if start else _milliseconds(begins + timedelta(days=1), zone) - 1


def _day_of(text: str, zone: str) -> date | None:
    """The day that a text is; None where it is a moment, or nothing of the sort."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        try:
            return read_day(text, now().astimezone(ZoneInfo(zone)).date())
        except NotADay:
            return None


def filters_of(channel: str | None, segment: str | None, since: int | None) -> Filters:
    """The filters as typed: a segment is `COLUMN=VALUE`; raises UsageError."""
    if channel is not None and not channel.strip():
        raise UsageError("flows_empty_channel")
    if segment is None:
        return Filters(channel and channel.strip(), since=since)
    head, sign, value = (part.strip() for part in segment.partition("="))
    if not head or not sign or not value:
        raise UsageError("flows_segment_form", typed=segment[:80])
    return Filters(channel and channel.strip(), head, value, since)


def period_of(typed: str | None) -> float | None:
    """The days of the period that measures are compared over; raises UsageError."""
    if typed is None:
        return None
    days = days_of(typed, "--period", 0)
    if not days:
        raise UsageError("flows_period", typed=typed[:80])
    return days


def _milliseconds(moment: datetime, zone: str) -> int:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return round(moment.timestamp() * 1000)


def steps_of(typed: str | None) -> tuple[str, ...]:
    """The steps of a funnel; raises UsageError for one that stands twice, and for no more than one."""
    if typed is None:
        return ()
    steps = tuple(step.strip() for step in comma_list(typed))
    if len(steps) < 2 or not all(steps) or len(set(steps)) < len(steps) or len(steps) > 50:
        raise UsageError("flows_steps", typed=typed[:80])
    return steps


def weights_of(typed: str | None) -> Mapping[str, float] | None:
    """The weights of kinds; None for the defaults. Raises UsageError."""
    if typed is None:
        return None
    weights: dict[str, float] = {}
    for part in comma_list(typed):
        kind, sign, weight = part.rpartition("=")
        if not sign or not kind.strip() or kind.strip() in weights or not _NUMBER.fullmatch(weight.strip()):
            raise UsageError("flows_weight", part=part[:80])
        weights[kind.strip()] = float(weight)
    if not weights:
        raise UsageError("flows_weight", part=typed[:80])
    return weights
