"""Pasted lists: a task a line, each read like a line that is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lfroadmap.roadmap.edits import Edit, between
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.task_line import PastedTask, read_pasted_tasks, read_task_line
from lfroadmap.text import clean
from lfroadmap.ui.context import Context


def pasted_tasks(text: str, context: Context, before: str = "", after: str = "") -> tuple[Task, ...]:
    """The tasks of a paste; `before` and `after` are what is written around the place of the paste."""
    lines = [*read_pasted_tasks(clean(text))]
    if lines:
        lines[0] = lines[0]._replace(text=before + lines[0].text)
        lines[-1] = lines[-1]._replace(text=lines[-1].text + after)
    return tuple(_tasks(lines, context))


def _tasks(lines: Iterable[PastedTask], context: Context) -> Iterator[Task]:
    today, owners = context.today(), context.owners()
    for pasted in lines:
        line = read_task_line(pasted.text, today, owners)
        done_on = today.isoformat() if pasted.done else ""
        yield Task(context.new_id(), line.text, pasted.done, done_on, line.due or "", line.owner or "")


def add_tasks(tasks: Iterable[Task], card: str, after: str) -> Iterator[Edit]:
    """The edits that add tasks to a card, one behind the other."""
    for task in tasks:
        yield Add(task, card, after)
        after = task.id


def fill_task(task: Task, first: Task) -> Iterator[Edit]:
    """The edits that give a task that is being written the values of the first task of a paste."""
    yield from between(task, replace(first, id=task.id))
