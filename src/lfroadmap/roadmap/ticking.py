"""Checking a task: one that repeats makes the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.duplicate import duplicate
from lfroadmap.roadmap.edits import Edit, Tick
from lfroadmap.roadmap.model import Card, Task
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.repeats import following, is_rule, next_due, series
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.templates import Labels

_LONGEST = 900
"""Characters of an id that the id of the next task begins with, so that it stays one that is read."""


def ticked(card: Card, task: Task, on_day: str, labels: Labels, *, done: bool) -> Edit:
    """The edit that checks or unchecks a task of a card; one that repeats gets the next one behind it.

    Unchecking it leaves the next one, and checking it again makes no other. `on_day` is `YYYY-MM-DD`.
    """
    tick = Tick(task.id, done, on_day if done else "")
    made = next_task(card, task, on_day, labels) if done and not task.done and task.repeat else None
    return Batch((tick, Add(made, card.id, task.id))) if made else tick


def next_task(card: Card, task: Task, on_day: str, labels: Labels) -> Task | None:
    """The next of a task that repeats, as it comes when it is done on a day; None where there is none.

    It has the words and the owner, and neither notes nor what the first one waited for.
    """
    day = iso_day(on_day)
    if day is None or not is_rule(task.repeat):
        return None
    due = next_due(task.repeat, task.due, day)
    before = iso_day(task.due)
    if before and due <= before:  # there are no days behind it
        return None
    id_ = _next_id(card, task, due.isoformat())
    rule = following(task.repeat, task.due, day)
    made = duplicate(task, labels, lambda _: id_) if id_ else None
    return replace(made, due=due.isoformat(), repeat=rule, relations=()) if made else None


def _next_id(card: Card, task: Task, due: str) -> str:
    """The id of the next task, the same for all who make it; empty where it is there."""
    first = f"{series(task.id)[:_LONGEST]}.{due}"
    there = {each.id: each for each in card.tasks if each.id.startswith(first)}
    ids: Iterator[str] = chain((first,), (f"{first}-{number}" for number in count(2)))
    for id_ in ids:
        other = there.get(id_)
        if other is None:
            return id_
        if other is not task and not other.done:
            break
    return ""
