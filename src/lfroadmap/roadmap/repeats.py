"""Rules by which tasks repeat: as they are stored, as people write them, and the day of the next one.

A rule is `week`, `month` or `N days`; `month 31` is a month whose day was cut to the end of a shorter one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.words import LANGUAGES, words

MOST_DAYS = 3650
"""Most days from one to the next."""
_RULE = re.compile(r"week|month(?: (?P<on>29|30|31))?|(?P<days>[1-9]\d{0,3}) days", re.ASCII)
_NAMED = {
    "never": "", "day": "1 days", "week": "week", "month": "month", "two_days": "2 days",
    "two_weeks": "14 days",
}  # fmt: skip
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
_WEEK = 7


_NEXT = re.compile(r"\.\d{4}-\d{2}-\d{2}(?:-\d+)?$", re.ASCII)
"""The end of the id of a task that another made."""


def series(task_id: str) -> str:
    """The id of the first of the tasks that came of each other by being ticked."""
    return _NEXT.sub("", task_id)


def came_again(tasks: Iterable[Task]) -> dict[str, Task]:
    """Id of a done task that came again since -> the one of its series that stands for all of them now."""
    there = tuple(tasks)
    if not any(task.repeat for task in there):
        return {}
    now: dict[str, Task] = {}
    for task in there:
        before = now.get(series(task.id))
        if before is None or before.done or not task.done:
            now[series(task.id)] = task
    last = ((task, now[series(task.id)]) for task in there if task.repeat and task.done)
    return {task.id: one for task, one in last if one is not task}


def is_rule(repeat: str) -> bool:
    """True for a rule as it is stored; a task with anything else does not repeat."""
    found = _RULE.fullmatch(repeat)
    return found is not None and int(found["days"] or 1) <= MOST_DAYS


def parse_repeat(typed: str) -> str | None:
    """The rule that a text means, empty for never; None where it means none."""
    from lfroadmap.roadmap.import_words import plain_text  # noqa: PLC0415 - no rule is read at the start

    text = plain_text(typed)
    if not text or is_rule(text):
        return text
    known = _known()
    tokens = text.split()
    if len(tokens) > 1 and known.get(tokens[0]) == "every":
        tokens = tokens[1:]
    for name in (text, " ".join(tokens)):
        if (key := known.get(name, "")) in _NAMED:
            return _NAMED[key]
    if len(tokens) == 2 and tokens[0].isascii() and tokens[0].isdecimal():
        return _counted(int(tokens[0]), known.get(tokens[1], ""))
    return None


@cache
def _known() -> dict[str, str]:
    """A word of a rule in any language -> its key."""
    from lfroadmap.roadmap.import_words import plain_text  # noqa: PLC0415

    return {
        plain_text(word): key
        for key in (*_NAMED, *_UNITS, "every")
        for language in LANGUAGES
        for word in words(language)(f"repeats.{key}").split(",")
    }


def _counted(number: int, unit: str) -> str | None:
    days = number * _UNITS.get(unit, 0)
    if not 1 <= days <= MOST_DAYS:
        return None
    return "week" if unit in ("week", "weeks") and number == 1 else f"{days} days"


def next_due(repeat: str, due: str, day: date) -> date:
    """The first day of a rule behind the day that it was due, and not before `day`, on which it is ticked.

    Without a valid due day it is counted from `day`. The last possible day where it would be beyond.
    """
    start = iso_day(due)
    try:
        if step := _days(repeat):
            late = (day - start).days if start else 0
            return (start or day) + timedelta(days=step * max(1, -(-late // step)))
        return _in_months(start or day, day, _day_of_month(repeat, start or day))
    except OverflowError:
        return date.max


def following(repeat: str, due: str, day: date) -> str:
    """The rule of the next one: that of a month knows the day that a shorter month cut."""
    if _days(repeat):
        return repeat
    on = _day_of_month(repeat, iso_day(due) or day)
    return f"month {on}" if on > 28 else "month"


def day_cut(repeat: str) -> int:
    """The day of the month that a rule goes back to where there is one; 0 for any other rule."""
    found = _RULE.fullmatch(repeat)
    return int(found["on"] or 0) if found else 0


def days_of(repeat: str) -> int:
    """The days of a rule that counts days; 0 for any other."""
    found = _RULE.fullmatch(repeat)
    return int(found["days"] or 0) if found else 0


def _days(repeat: str) -> int:
    """The days from one to the next; 0 for a month."""
    return _WEEK if repeat == "week" else days_of(repeat)


def _day_of_month(repeat: str, start: date) -> int:
    """The day of the month that is meant: the one that was cut, unless somebody moved it meanwhile."""
    on = day_cut(repeat)
    return on if on and start.day == _cut(start.year, start.month, on) else start.day


def _in_months(start: date, day: date, on: int) -> date:
    """The first of the months behind a day whose day is not before another."""
    months = max(1, (day.year - start.year) * 12 + day.month - start.month)
    found = _months_later(start, months, on)
    return found if found >= day else _months_later(start, months + 1, on)


def _months_later(start: date, months: int, on: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, _cut(year, month + 1, on))


def _cut(year: int, month: int, on: int) -> int:
    from calendar import monthrange  # noqa: PLC0415 - no rule is followed at the start

    return min(on, monthrange(year, month)[1])
