"""The checklist of a card: tick, add, reword, remove, move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import compress, count
from operator import is_not
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.strip import Strip

from lfroadmap.roadmap.edits import Rename, Tick
from lfroadmap.roadmap.model import Card, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.text import one_line
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.inline_editor import How, InlineEditor
from lfroadmap.ui.widgets.line_list import LineList
from lfroadmap.ui.widgets.row_drawing import Cell, reading_x, row, wrap

MARK_WIDTH = 3
FEW = 50
"""Changed rows that are drawn anew one by one; of more, all rows are measured again, which is quicker."""


class Checklist(LineList):
    """The tasks of a card, one row each; an empty list shows how to add the first."""

    hints: ClassVar[Place] = "checklist"
    BINDINGS: ClassVar[list[BindingType]] = bindings("checklist")

    def __init__(self, card: Card, context: Context) -> None:
        super().__init__()
        self.card = card
        self.context = context
        self.editor: InlineEditor | None = None
        self._draft: Task | None = None
        self._draft_at = 0

    # showing

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The card's tasks, and among them the one that is being added and has no letter yet."""
        tasks, draft, at = self.card.tasks, self._draft, self._draft_at
        return tasks if draft is None else (*tasks[:at], draft, *tasks[at:])

    def show(self, card: Card) -> None:
        """Show the card's tasks as they are now; the cursor stays on its task."""
        here = self.selected
        before, self.card = self.card.tasks, card
        if before is card.tasks:
            return
        if self._draft and self._draft.id in {task.id for task in card.tasks}:
            self._draft = None
        self._draft_at = min(self._draft_at, len(card.tasks))
        if not self._repaint(before):
            self.remeasure()
        if here and self.selected and self.selected.id != here.id:
            ids = [task.id for task in self.tasks]
            self.put_cursor(ids.index(here.id) if here.id in ids else self.cursor)
        if self.editor:
            self.editor.place(self._text_region(self.cursor))

    def _repaint(self, before: tuple[Task, ...]) -> bool:
        """Draw anew the few rows that changed; False where many did, or where rows came, went or grew."""
        now = self.card.tasks
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
        at = self.cursor if self._draft is None or self.cursor < self._draft_at else self.cursor - 1
        return self.card.tasks[at].id if 0 <= at < len(self.card.tasks) else self.card.id

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
        self.context.settle()
        self._draft = Task(self.context.new_id(), "")
        self._draft_at = self.cursor + 1 if self.card.tasks else 0
        self.remeasure()
        self.move_to(self._draft_at)
        self._edit(adding=True)

    def action_edit(self) -> None:
        """Reword the task in its place."""
        if self.selected:
            self.context.settle()
            self._edit(adding=False)

    def action_remove(self) -> None:
        """Take the task out; undo brings it back."""
        if task := self.selected:
            self.context.change(Remove(task.id))

    def action_shift(self, rows: int) -> None:
        """Move the task up or down."""
        tasks, at = self.card.tasks, self.cursor
        if self._draft or self.editor:  # the rows are not the card's tasks, or one of them is being worded
            return
        if not tasks or not 0 <= at + rows < len(tasks):
            return
        behind = at + rows if rows > 0 else at + rows - 1
        after = tasks[behind].id if behind >= 0 else ""
        self.context.change(Move(tasks[at].id, self.card.id, after))
        self.move_to(at + rows)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Tick by the mark: at once, for when the button comes up the rows may have moved."""
        event.prevent_default()
        super().on_mouse_down(event)
        if self._on_mark(event) and self.selected is not self._draft:
            self.context.settle()
            self.action_tick()

    def on_click(self, event: events.Click) -> None:
        """Reword by a double click on the text."""
        if event.chain == 2 and not self._on_mark(event):
            self.action_edit()

    def _on_mark(self, event: events.MouseEvent) -> bool:
        return reading_x(event.x, self.size.width) < MARK_WIDTH

    # editing in place

    def _text_region(self, index: int) -> Region:
        area = self.row_region(index)
        return Region(MARK_WIDTH, area.y, max(area.width - MARK_WIDTH, 4), 1)

    def _edit(self, *, adding: bool) -> None:
        task = self.selected
        if task is None or self.editor:
            return

        def typed(text: str) -> None:
            self._word(task, text)

        def left(how: How, text: str) -> None:
            # the mouse button that went down elsewhere is still to be handled, on the rows as they were drawn
            if how != "blur" or not self.call_later(self._leave, task, how, text, adding):
                self._leave(task, how, text, adding)

        region = self._text_region(self.cursor)
        self.editor = InlineEditor(self._text(task), region, typed, left)
        self.mount(self.editor)
        self.screen.set_focus(self.editor)

    def _word(self, task: Task, text: str) -> None:
        """Give the task its words; a new one is added with its first letter."""
        if self._draft is None:
            self.context.change(Rename(task.id, text))
            return
        after = self.card.tasks[self._draft_at - 1].id if self._draft_at else ""
        self.context.change(Add(replace(task, text=text), self.card.id, after))

    def _leave(self, before: Task, how: How, text: str, adding: bool) -> None:
        self.editor = None
        empty = not text.strip()
        if self._draft is not None:
            self._drop_draft()
        elif adding and (empty or how == "cancel"):
            self.context.change(Remove(before.id))
        elif empty or how == "cancel":
            self.context.change(Rename(before.id, before.text))
        self.context.settle()
        if how != "blur":
            self.screen.set_focus(self)
        if how == "enter" and adding and not empty:
            self.action_add()

    def _drop_draft(self) -> None:
        """Take the row of the new task away; the cursor stays on its task, or goes to the one above."""
        if self.cursor >= self._draft_at:
            self.cursor = max(self.cursor - 1, 0)
        self._draft = None
        self.remeasure()
