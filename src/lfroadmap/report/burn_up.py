"""Burn-up: the tasks done by day against the days on which all tasks are due, and how the plan grew."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from rich.console import Group
from rich.text import Text

from lfroadmap.report.charts.columns import Columns, labelled, sampled
from lfroadmap.report.charts.marks import Mark, Marks
from lfroadmap.report.drawing import Drawing
from lfroadmap.report.formatting import format_short_day
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.task_index import Plan
from lfroadmap.words import Words

HEIGHT = 8
"""Lines of the chart in a report."""
ROWS = 12
"""Most days that are named in a table."""


class BurnUp(NamedTuple):
    """Tasks done and tasks due by day, both summed from the first day on."""

    title: str
    today: date
    done: tuple[tuple[date, int], ...]
    """Days up to today, each with the tasks done at its end; at least today."""
    plan: tuple[tuple[date, int], ...]
    """Days on which tasks are due, each with all that are due by then."""
    total: int
    texts: tuple[str, ...]
    """The figures: done of all, what was due by today, and how many tasks have no day."""
    now: str
    """The word for today."""
    names: tuple[str, str]
    """The first and the last day, formatted."""
    planned: tuple[tuple[date, int], ...] = ()
    """The tasks in the plan as it was: days up to today, each with their number from then on; empty where it
    always was the same, or the past is not known."""

    @property
    def most(self) -> int:
        """The number of tasks at the top of the chart; at least 1."""
        return max(self.total, 1, *(count for _, count in self.planned))

    def span(self) -> tuple[date, date]:
        """The first and the last day; at least a day lies between them."""
        first = self.done[0][0]
        last = max([self.today, *(day for day, _ in self.plan)])
        return min(first, last - timedelta(1)), last

    def columns(self, width: int) -> Columns:
        """The chart in so many columns, each of them as at its last day."""
        first, last = self.span()
        days = (last - first).days
        places = [days * (at + 1) / width for at in range(width)]
        now = self.column(width)
        done = sampled([((day - first).days, count) for day, count in self.done], places)
        done = (*done[:now], self.done[-1][1], *(None,) * (width - now - 1))
        plan = sampled([((day - first).days, count) for day, count in self.plan], places)
        size = sampled([((day - first).days, count) for day, count in self.planned], places)
        size = (*size[: now + 1], *(None,) * (width - now - 1)) if self.planned else ()
        return Columns(done, 0, self.most, now, plan if self.plan else (), size=size)

    def column(self, width: int) -> int:
        """The column of today."""
        first, last = self.span()
        share = (self.today - first).days / (last - first).days
        return max(0, min(int(share * width), width - 1))

    def lines(self, width: int, height: int) -> list[Marks]:
        """The chart with its numbers beside it and its days below."""
        most = self.most
        size = len(str(most)) + 1
        chart = self.columns(max(width - size, 1))
        tall = max(height - 1, 1)
        numbers = {0: str(most), tall // 2: str(most * (tall - tall // 2) // tall)}
        out = [
            (Mark(numbers.get(at, "").rjust(size - 1) + " ", "muted"), *line)
            for at, line in enumerate(chart.lines(tall))
        ]
        return [*out, (Mark(" " * size, "muted"), *self._days(max(width - size, 1)))]

    def _days(self, width: int) -> Marks:
        now, (first, last) = self.column(width), self.names
        labels = {
            max(now - len(self.now) // 2, 0): Mark(self.now, "accent"),
            width - len(last): Mark(last, "muted"),
        }
        return labelled({**labels, 0: Mark(first, "muted")} if 0 not in labels else labels, width)

    def figures(self) -> list[tuple[date, int | None, int]]:
        """Some days with the tasks done by then, None in the future, and those due by then."""
        first, last = self.span()
        step = max((last - first).days / (ROWS - 1), 1)
        days = {first + timedelta(round(step * n)) for n in range(ROWS)} | {self.today, last}
        return self._at(day for day in days if day <= last)

    def days(self) -> list[tuple[date, int | None, int]]:
        """As `figures`, for every day on which one of the numbers changes."""
        return self._at({day for day, _ in (*self.done, *self.plan, *self.planned)})

    def planned_by(self, day: date) -> int | None:
        """The tasks that were in the plan on a day; None in the future."""
        return None if day > self.today or not self.planned else _upto(self.planned, day)

    def _at(self, days: Iterable[date]) -> list[tuple[date, int | None, int]]:
        return [(day, self._done_by(day), self._due_by(day)) for day in sorted(days)]

    def _done_by(self, day: date) -> int | None:
        return None if day > self.today else _upto(self.done, day)

    def _due_by(self, day: date) -> int:
        return _upto(self.plan, day)

    def __rich__(self) -> Group:
        chart = Drawing(lambda width: self.lines(width, HEIGHT), 20)
        return Group(chart, *(Text(text, "muted") for text in self.texts))


def burn_up(plan: Plan, activity: Activity, done: int, today: date, words: Words) -> BurnUp | None:
    """The burn-up, with `done` tasks done today; None where there are no tasks."""
    total = sum(plan.due.values()) + plan.undated
    if not total:
        return None
    days = sorted(plan.due)
    due = tuple(zip(days, accumulate(plan.due[day] for day in days), strict=True))
    by_day = activity.done_by(today, done)
    by_now = _upto(due, today)
    planned = _grown(activity.planned_by(today, total), by_day[0][0])
    texts = [words("burn_up.done", done=done, total=total)]
    texts += [words.plural("burn_up.due", by_now)] if due else []
    texts += [words.plural("burn_up.undated", plan.undated)] if plan.undated else []
    texts += _growth(planned, today, words)
    first, last = by_day[0][0], max([today, *days])
    names = (format_short_day(first, today, words), format_short_day(last, today, words))
    title, now = words("burn_up.title"), words("days.today")
    return BurnUp(title, today, by_day, due, total, tuple(texts), now, names, planned)


def _grown(planned: tuple[tuple[date, int], ...], first: date) -> tuple[tuple[date, int], ...]:
    """The plan by day from the first day of the chart on; empty where it always was the same."""
    began = (first, _upto(planned, first))
    shown = (began, *(entry for entry in planned if entry[0] > first)) if planned else ()
    return shown if len({count for _, count in shown}) > 1 else ()


def _growth(planned: tuple[tuple[date, int], ...], today: date, words: Words) -> list[str]:
    """How the plan grew, in words; nothing where it did not."""
    if not planned:
        return []
    (first, before), (_, now) = planned[0], planned[-1]
    key = "burn_up.grew" if now > before else "burn_up.shrank" if now < before else "burn_up.changed"
    return [words(key, before=before, now=now, day=format_short_day(first, today, words))]


def _upto(steps: tuple[tuple[date, int], ...], day: date) -> int:
    at = bisect_right(steps, day, key=lambda step: step[0])
    return steps[at - 1][1] if at else 0
