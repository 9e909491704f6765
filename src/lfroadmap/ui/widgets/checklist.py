"""The checklist of a card: tick, add, reword, remove, move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import compress, count
from operator import is_not
from typing import ClassVar, cast

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.strip import Strip

from lfroadmap.roadmap.edits import Rename, Tick
from lfroadmap.roadmap.model import Card, Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.tree import insert
from lfroadmap.text import one_line
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.editable_list import EditableList, LineEdit
from lfroadmap.ui.widgets.inline_editor import Exit
from lfroadmap.ui.widgets.row_drawing import Cell, reading_x, row, wrap

MARK_WIDTH = 3
FEW = 50
"""Changed rows that are repainted one by one; of more, all rows are measured again, which is quicker."""


class Checklist(EditableList):
    """The tasks of a card, one row each; an empty list shows how to add the first."""

    hints: ClassVar[Place] = "checklist"
    BINDINGS: ClassVar[list[BindingType]] = bindings("checklist")

    def __init__(self, card: Card, context: Context) -> None:
        super().__init__(context)
        self.card = card
        self.tasks = card.tasks
        """The card's tasks, and among them the one that is being added and has no letter yet."""

    # showing

    def show(self, card: Card) -> None:
        """Show the card's tasks as they are now; the cursor stays on its task."""
        self.card = card
        self.show_rows()

    def show_rows(self) -> None:
        """Show the card's tasks and the draft."""
        draft, tasks = self.draft, self.card.tasks
        now = cast("tuple[Task, ...]", insert(tasks, draft.node, draft.after)) if draft else tasks
        here, before, self.tasks = self.selected, self.tasks, now
        if before is now:
            return
        if not self._repaint(before):
            self.remeasure()
        if here and self.selected and self.selected.id != here.id:
            ids = [task.id for task in now]
            self.put_cursor(ids.index(here.id) if here.id in ids else self.cursor)
        self.place_editor()

    def _repaint(self, before: tuple[Task, ...]) -> bool:
        """Repaint the few rows that changed; False where many did, or where rows came, went or grew."""
        now = self.tasks
        if len(before) != len(now):
            return False
        changed = list(compress(count(), map(is_not, before, now)))
        if len(changed) > FEW or not all(self._same_height(before[i], now[i]) for i in changed):
            return False
        for index in changed:
            self.refresh_row(index)
        return True

    def _same_height(self, a: Task, b: Task) -> bool:
        width = self.size.width - MARK_WIDTH
        return len(wrap(self._text(a), width)) == len(wrap(self._text(b), width))

    def _text(self, task: Task) -> str:
        return self.context.labels.of(task)

    def row_count(self) -> int:
        """One row a task; one with a hint where there is none."""
        return len(self.tasks) or 1

    def row_height(self, index: int, width: int) -> int:
        """As many lines as the text needs beside its mark."""
        if not self.tasks:
            return 1
        return len(wrap(self._text(self.tasks[index]), width - MARK_WIDTH))

    def row_heights(self, width: int) -> Iterable[int]:
        """The heights of all rows; most texts are so short that they need no look."""
        room, text = width - MARK_WIDTH, self._text
        short = room // 2  # no character takes more than two columns
        return [
            1 if len(words := text(task)) <= short else len(wrap(words, room)) for task in self.tasks
        ] or [1]

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw the mark and the text."""
        if not self.tasks:
            hint = self.context.words("checklist.empty")
            return [row([Cell("", MARK_WIDTH, Style()), Cell(hint, 0, self.tone("dim"))], width, base)]
        task = self.tasks[index]
        mark = Cell(" ☑ " if task.done else " ☐ ", MARK_WIDTH, self.tone("green" if task.done else "dim"))
        style = self.tone("dim") if task.done else Style()
        lines = wrap(self._text(task), width - MARK_WIDTH)
        blank = Cell("", MARK_WIDTH, Style())
        return [
            row([mark if n == 0 else blank, Cell(line.text, 0, style, line=line)], width, base)
            for n, line in enumerate(lines)
        ]

    # what a person does

    @property
    def selected(self) -> Task | None:
        """The task under the cursor."""
        return self.tasks[self.cursor] if self.tasks else None

    @property
    def to_copy(self) -> str:
        """The text of the task under the cursor."""
        return one_line(self._text(self.selected)) if self.selected else ""

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
        """Check or uncheck the task."""
        if task := self.selected:
            self.context.change(Tick(task.id, not task.done, self.context.today().isoformat()))

    def action_add(self) -> None:
        """Begin a new task below the cursor."""
        if self.is_writing:
            return
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
        """Take the task out; undo brings it back."""
        if task := self.selected:
            self.context.change(Remove(task.id))

    def action_shift(self, rows: int) -> None:
        """Move the task up or down."""
        if move := self.shift_by(self.cursor, rows, self.tasks, self.card.id):
            to = self.cursor + rows
            self.context.change(move)
            self.move_to(to)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Tick by the mark: at once, for when the button comes up the rows may have moved."""
        event.prevent_default()
        super().on_mouse_down(event)
        if self._on_mark(event) and not self._is_draft(self.selected):
            self.context.settle()
            self.action_tick()

    def on_click(self, event: events.Click) -> None:
        """Reword by a double click on the text."""
        if event.chain == 2 and not self._on_mark(event):
            self.action_edit()

    def _on_mark(self, event: events.MouseEvent) -> bool:
        return reading_x(event.x, self.size.width) < MARK_WIDTH

    def _is_draft(self, task: Task | None) -> bool:
        return self.draft is not None and task is self.draft.node

    # editing in place

    def editor_region(self) -> Region:
        """The first line of the text under the cursor."""
        area = self.row_region(self.cursor)
        return Region(MARK_WIDTH, area.y, max(area.width - MARK_WIDTH, 4), 1)

    def _edit(self, task: Task, *, adding: bool) -> None:
        """Edit the task under the cursor; one that is added goes again where nothing is written."""

        def done(way: Exit, kept: bool) -> None:
            if way == "enter" and adding and kept:
                self.action_add()

        self.edit_line(
            LineEdit(
                self._text(task),
                change=lambda text: Rename(task.id, text),
                fill=lambda text: replace(task, text=text),
                restore=lambda: Remove(task.id) if adding else Rename(task.id, task.text),
                done=done,
                is_valid=lambda text: bool(text.strip()),
            )
        )
