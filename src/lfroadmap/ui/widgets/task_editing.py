"""The parts of a task as they are edited in place: its text, its owner, its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.roadmap.edit import NOTHING
from lfroadmap.roadmap.edits import Edit, Rename, SetTask
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.task_line import TaskLine, match_owner, read_task_line
from lfroadmap.text import one_line
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.completion import complete_line, complete_owner, completes
from lfroadmap.ui.widgets.editable_list import LineEdit
from lfroadmap.ui.widgets.inline_editor import Exit
from lfroadmap.ui.widgets.task_details import Detail

Understood = Callable[[Task | None], None]
"""Called with the task as its text is understood; None where that is nothing but the text."""
Done = Callable[[Exit, bool], None]


def edit_text(
    task: Task, text: str, context: Context, understood: Understood, done: Done, *, adding: bool
) -> LineEdit:
    """The text of a task; the owner and the day that it names are set when it is left."""
    today, owners, before = context.today(), context.owners(), one_line(text)

    def read(typed: str) -> TaskLine:
        return read_task_line(typed, today, owners) if typed != before else TaskLine(typed)

    def show(typed: str) -> str:
        line = read(typed)
        understood(_with(task, line) if _names_something(line) else None)
        return typed

    def finish(typed: str) -> Edit:
        line = read(typed)
        if not _names_something(line):
            return NOTHING
        named = _with(task, line)
        own = task.text if line.text == before else line.text
        return Batch(
            (Rename(task.id, own), SetTask(task.id, "owner", named.owner), SetTask(task.id, "due", named.due))
        )

    return LineEdit(
        text,
        change=lambda typed: Rename(task.id, show(typed)),
        fill=lambda typed: replace(task, text=show(typed)),
        restore=lambda: Remove(task.id) if adding else Rename(task.id, task.text),
        done=done,
        is_valid=lambda typed: bool(typed.strip()),
        finish=finish,
        complete=completes(complete_line, owners),
    )


def _names_something(line: TaskLine) -> bool:
    return line.owner is not None or line.due is not None


def _with(task: Task, line: TaskLine) -> Task:
    """The task with the owner and the day that a line names; those that it does not name stay."""
    return replace(
        task,
        owner=task.owner if line.owner is None else line.owner,
        due=task.due if line.due is None else line.due,
    )


def edit_detail(task: Task, detail: Detail, context: Context, understood: Understood, done: Done) -> LineEdit:
    """The owner or the day of a task; an empty text clears it."""
    kind = _owner if detail == "owner" else _due
    return kind(task, context, understood, done)


def _owner(task: Task, context: Context, understood: Understood, done: Done) -> LineEdit:
    owners = context.owners()

    def change(typed: str) -> Edit:
        return SetTask(task.id, "owner", match_owner(" ".join(typed.split()), owners))

    return LineEdit(
        task.owner,
        change=change,
        fill=lambda typed: task,
        restore=lambda: SetTask(task.id, "owner", task.owner),
        done=done,
        kind="cell",
        complete=completes(complete_owner, owners),
    )


def _due(task: Task, context: Context, understood: Understood, done: Done) -> LineEdit:
    today, words = context.today(), context.words
    written = iso_day(task.due)
    before = words.day(written) if written else one_line(task.due)

    def read(typed: str) -> str:
        """The day as it is stored; raises NotADay."""
        return read_day(typed, today).isoformat() if typed.strip() else ""

    def change(typed: str) -> Edit:
        try:
            due = read(typed)
        except NotADay:
            understood(None)
            return NOTHING
        understood(replace(task, due=due, owner="") if due else None)
        return SetTask(task.id, "due", due)

    def wrong(typed: str) -> str:
        if typed == before:
            return ""
        try:
            read(typed)
        except NotADay as error:
            return words("field.not_this", value=one_line(typed), reason=words(f"date.{error.reason}"))
        return ""

    return LineEdit(
        before,
        change=change,
        fill=lambda typed: task,
        restore=lambda: SetTask(task.id, "due", task.due),
        done=done,
        kind="cell",
        wrong=wrong,
    )
