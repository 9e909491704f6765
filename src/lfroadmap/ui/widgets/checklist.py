"""The checklist of a card: tick, add, reword, set day and owner, remove, move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.model import Task
from lfroadmap.text import one_line
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.widgets.inline_editor import Exit
from lfroadmap.ui.widgets.removal import report_removed
from lfroadmap.ui.widgets.row_drawing import reading_x
from lfroadmap.ui.widgets.task_details import Detail, Part
from lfroadmap.ui.widgets.task_rows import MARK_WIDTH, TaskRows, Written

_STARTED_BY: dict[str, str] = {"notes": "task_notes", "repeat": "repeat_task", "waiting": "wait_for"}
"""Part of a line's end -> the action that a click on it starts."""


class Checklist(TaskRows):
    """The tasks of a card with what a person can do to them."""

    hints: ClassVar[Place] = "checklist"
    BINDINGS: ClassVar[list[BindingType]] = bindings("checklist")

    @property
    def to_copy(self) -> str:
        """The text of the task under the cursor."""
        return one_line(self.text_of(self.selected)) if self.selected else ""

    @property
    def place_id(self) -> str:
        """The id to come back to: the task under the cursor, or the card where there is none.

        A task without a letter is in no roadmap yet; the one above it stands for it.
        """
        fresh = self.draft.node.id if self.draft else ""
        above = [
            task.id for task in self.tasks[max(self.cursor - 1, 0) : self.cursor + 1] if task.id != fresh
        ]
        return above[-1] if above else self.card.id

    def action_copy_card(self) -> None:
        """Copy the card as plain text."""
        from lfroadmap.report.card_text import card_text  # noqa: PLC0415
        from lfroadmap.report.formulas import guard_lines  # noqa: PLC0415 - loaded when something is copied

        text = card_text(self.card, self.context.labels, self.context.words)
        self.app.copy_to_clipboard(guard_lines(text))  # a sheet makes a cell of each line

    def action_tick(self) -> None:
        """Check or uncheck the task; one that repeats makes the next one."""
        from lfroadmap.roadmap.ticking import ticked  # noqa: PLC0415 - behind the first picture, as all edits

        if task := self.selected:
            day, labels = self.context.today().isoformat(), self.context.labels
            self.context.change(ticked(self.card, task, day, labels, done=not task.done))

    def action_add(self) -> None:
        """Begin a new task below the cursor."""
        if self.is_writing:
            return
        from lfroadmap.roadmap.structure import Add  # noqa: PLC0415

        here = self.selected
        fresh = Task(self.context.new_id(), "")
        self.context.settle()
        self.draft = Add(fresh, self.card.id, here.id if here else "")
        self.show_rows()
        self.move_to(self.tasks.index(fresh))
        self._edit(fresh, adding=True)

    def action_edit(self) -> None:
        """Reword the task in its place."""
        if self.selected and not self.editor:
            self.context.settle()
            self._edit(self.selected, adding=False)

    def action_remove(self) -> None:
        """Remove the task; undo brings it back."""
        from lfroadmap.roadmap.structure import Remove  # noqa: PLC0415

        if task := self.selected:
            self.context.change(Remove(task.id))
            if task not in self.tasks:
                report_removed(self, self.text_of(task), self.context.words)

    def action_shift(self, rows: int) -> None:
        """Move the task up or down."""
        if move := self.shift_by(self.cursor, rows, self.tasks, self.card.id):
            to = self.cursor + rows
            self.context.change(move)
            self.move_to(to)

    # the mouse, and what is pasted

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Tick by the mark: at once, for when the button comes up the rows may have moved."""
        event.prevent_default()
        super().on_mouse_down(event)
        if self._on_mark(event) and not self._is_draft(self.selected):
            self.context.settle()
            self.action_tick()

    def on_click(self, event: events.Click) -> None:
        """Edit the owner or the day by a click on it, the text by a double click; open a link with Ctrl."""
        if self._on_mark(event):
            return
        if event.ctrl:
            self.call_later(self.run_action, "app.start('open_link')")
            return
        part = self._part_at(event)
        if part in _STARTED_BY:
            self.call_later(self.run_action, f"app.start('{_STARTED_BY[part]}')")
        elif part in ("due", "owner"):
            self.action_edit_detail(part)
        elif event.chain == 2:
            self.action_edit()

    def _on_mark(self, event: events.MouseEvent) -> bool:
        return reading_x(event.x, self.size.width) < MARK_WIDTH

    def _part_at(self, event: events.Click) -> Part | None:
        """The part of a line's end that is under the mouse."""
        task, width = self.selected, self.size.width
        details = self.details(task, width) if task else None
        if details is None or event.y != self.row_region(self.cursor).y:
            return None
        column = reading_x(event.x, width) - (width - details.width)
        return details.part_at(column) if column >= 0 else None

    def _is_draft(self, task: Task | None) -> bool:
        return self.draft is not None and task is self.draft.node

    def on_paste(self, event: events.Paste) -> None:
        """Add the lines of a paste as tasks below the cursor."""
        event.stop()
        if not self.editor:
            here = self.selected
            self._add_pasted(event.text, here.id if here else "")

    def _add_pasted(self, text: str, after: str) -> None:
        from lfroadmap.ui.widgets.task_pasting import add_tasks, pasted_tasks  # noqa: PLC0415 - at the first paste

        if tasks := pasted_tasks(text, self.context):
            self.context.settle()
            self._take_pasted(add_tasks(tasks, self.card.id, after), tasks[-1].id)

    def _paste_lines(self, rewords: bool, text: str) -> bool:
        """Take a paste of several lines into the text that is being written; False for a single line.

        The first goes into the text, the others become tasks below it. The end of a text that is being
        reworded stays its end; of a new one it goes to the last.
        """
        from lfroadmap.ui.widgets.task_pasting import (  # noqa: PLC0415 - loaded at the first paste
            add_tasks,
            fill_task,
            keep_details,
            pasted_tasks,
        )

        editor, task = self.editor, self.selected
        if editor is None or task is None:
            return False
        start, end = sorted(editor.selection)
        around = editor.value[:start], editor.value[end:]
        tasks = pasted_tasks(text, self.context, *around, tail_first=rewords)
        if len(tasks) < 2:
            return False
        if draft := self.draft:
            edits = add_tasks(tasks, self.card.id, draft.after)
        else:
            first = tasks[0]
            if rewords:
                self.context.settle()
                first = keep_details(task, first)
            edits = chain(fill_task(task, first), add_tasks(tasks[1:], self.card.id, task.id))
        self.editor = self.draft = None
        editor.close()
        self.show_written(None)
        self.screen.set_focus(self)
        self._take_pasted(edits, tasks[-1].id)
        return True

    def _take_pasted(self, edits: Iterable[Edit], last: str) -> None:
        """Do the edits of a paste as one undo step; the cursor goes to the last of its tasks."""
        from lfroadmap.roadmap.batch import Batch  # noqa: PLC0415

        self.context.change(Batch(tuple(edits)))
        self.context.settle()
        self.move_to(next((at for at, task in enumerate(self.tasks) if task.id == last), self.cursor))

    # editing in place

    def _edit(self, task: Task, *, adding: bool) -> None:
        """Edit the text of the task under the cursor; one that is added goes where nothing is written."""
        from lfroadmap.ui.widgets.task_editing import edit_text  # noqa: PLC0415 - loaded at the first edit

        def done(way: Exit, kept: bool) -> None:
            self.show_written(None)
            if way == "enter" and adding and kept:
                self.action_add()

        def understood(shown: Task | None) -> None:
            self.show_written(Written(task.id, "text", shown))

        edit = edit_text(task, self.text_of(task), self.context, understood, done, adding=adding)
        understood(None)
        self.edit_line(replace(edit, pasted=partial(self._paste_lines, not adding)))

    def action_edit_detail(self, detail: Detail) -> None:
        """Edit the owner or the day of the task under the cursor, at the end of its line."""
        from lfroadmap.ui.widgets.task_editing import edit_detail  # noqa: PLC0415 - loaded at the first edit

        task = self.selected
        if task is None or self.is_writing:
            return

        def done(way: Exit, kept: bool) -> None:
            self.show_written(None)

        def understood(shown: Task | None) -> None:
            self.show_written(Written(task.id, detail, shown))

        self.context.settle()
        understood(None)
        self.edit_line(edit_detail(task, detail, self.context, understood, done))
