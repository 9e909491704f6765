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


def pasted_tasks(
    text: str, context: Context, before: str = "", after: str = "", *, tail_first: bool = False
) -> tuple[Task, ...]:
    """The tasks of a paste; `before` and `after` are what is written around the place of the paste.

    What is written behind it is the end of the last task; with `tail_first` of the first.
    """
    lines = [*read_pasted_tasks(clean(text))]
    if lines:
        lines[0] = lines[0]._replace(text=before + lines[0].text)
        tail = 0 if tail_first else -1
        lines[tail] = lines[tail]._replace(text=lines[tail].text + after)
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


def keep_details(task: Task, first: Task) -> Task:
    """The first task of a paste with the details of the task that it goes into, where it names none."""
    done = task if task.done else first
    return replace(
        first,
        done=done.done,
        done_on=done.done_on,
        due=first.due or task.due,
        owner=first.owner or task.owner,
    )


def fill_task(task: Task, first: Task) -> Iterator[Edit]:
    """The edits that give a task that is being written the values of the first task of a paste."""
    yield from between(task, replace(first, id=task.id))
