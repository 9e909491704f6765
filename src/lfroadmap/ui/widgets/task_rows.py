"""The rows of a checklist: their heights, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress, count
from operator import attrgetter, is_not
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from lfroadmap.roadmap.model import Card, Task
from lfroadmap.roadmap.tree import insert
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.editable_list import EditableList
from lfroadmap.ui.widgets.link_marks import pieces_in, underline
from lfroadmap.ui.widgets.row_drawing import Cell, row, spread, wrap
from lfroadmap.ui.widgets.task_details import Detail, Details, details_of

if TYPE_CHECKING:
    from lfroadmap.report.relation_texts import WaitingState

MARK_WIDTH = 3
EDITOR_WIDTH = 20
"""Columns of the editor of an owner or a day, at most."""
WIDE = 60
"""Columns from which there is room beside that editor for what its text means."""
FEW = 50
"""Changed rows that are repainted one by one; of more, all rows are measured again, which is quicker."""


class Written(NamedTuple):
    """The task that is being edited, which part of it, and how the text is understood until now."""

    task: str
    part: Literal["text", Detail]
    understood: Task | None = None


class TaskRows(EditableList):
    """The tasks of a card, one row each; an empty list shows how to add the first."""

    def __init__(self, card: Card, context: Context) -> None:
        super().__init__(context)
        self.card = card
        self.tasks = card.tasks
        """The card's tasks, and among them the one that is being added and has no letter yet."""
        self.written: Written | None = None
        self._states: dict[str, WaitingState | None] = {}
        """How it stood when the tasks were drawn with what those wait for that have relations."""

    @property
    def selected(self) -> Task | None:
        """The task under the cursor."""
        return self.tasks[self.cursor] if self.tasks else None

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

    def show_written(self, written: Written | None) -> None:
        """Draw the row that is being edited by what is known of its text; None: no row is edited."""
        if written == self.written:
            return
        named = {each.task for each in (self.written, written) if each}
        rows = [(at, task) for at, task in enumerate(self.tasks) if task.id in named]
        before = [self._height(task, self.size.width) for _, task in rows]
        self.written = written
        if before != [self._height(task, self.size.width) for _, task in rows]:
            self.remeasure()
        for at, _ in rows:
            self.refresh_row(at)
        self.place_editor()

    def _repaint(self, before: tuple[Task, ...]) -> bool:
        """Repaint the few rows that changed; False where many did, or where rows came, went or grew."""
        now = self.tasks
        if len(before) != len(now):
            return False
        changed = list(compress(count(), map(is_not, before, now)))
        width = self.size.width
        if len(changed) > FEW or any(
            self._height(before[at], width) != self._height(now[at], width) for at in changed
        ):
            return False
        for index in changed:
            self.refresh_row(index)
        return True

    # measuring

    def text_of(self, task: Task) -> str:
        """The text of a task in the language of the screen."""
        return self.context.labels.of(task)

    def _part(self, task: Task) -> Literal["", "text", Detail]:
        """The part of a task that is being edited."""
        return self.written.part if self.written and self.written.task == task.id else ""

    def details(self, task: Task, width: int) -> Details | None:
        """The end of a task's line in a list of a width; None where it has none."""
        typed = self.written.understood if self.written and self._part(task) else None
        shown = typed or task
        state = self._state(task)
        if not (shown.owner or shown.due or shown.notes or shown.repeat or state):
            return None
        today, risk_days = self.context.today(), self.context.thresholds.risk_days
        room = width - MARK_WIDTH
        return details_of(
            shown, today, self.context.words, room, risk_days, typed=typed is not None, waiting=state
        )

    def _state(self, task: Task) -> WaitingState | None:
        """How it stands with what a task waits for; None where it waits for nothing."""
        relations = self.context.relations() if task.relations else None
        return relations.state(task.id) if relations else None

    def follow_waiting(self) -> None:
        """Draw the tasks again for which what they wait for is another, done or named otherwise."""
        now = {task.id: self._state(task) for task in filter(attrgetter("relations"), self.card.tasks)}
        if now != self._states:
            self._states = now
            self.remeasure()
            self.place_editor()

    def text_width(self, task: Task, width: int) -> int:
        """Columns in which a task's text is wrapped; one more is kept free for the cursor behind it."""
        taken = 0
        if self._part(task) in ("due", "owner"):
            taken = sum(_detail_widths(width)) + 1
        elif details := self.details(task, width):
            taken = details.width + 1
        return max(width - MARK_WIDTH - 1 - taken, 4)

    def _height(self, task: Task, width: int) -> int:
        text, room = self.text_of(task), self.text_width(task, width)
        if len(text) <= room and text.isascii() and text.isprintable():
            return 1
        return len(wrap(text, room))

    def row_count(self) -> int:
        """One row a task; one with a hint where there is none."""
        return len(self.tasks) or 1

    def row_height(self, index: int, width: int) -> int:
        """As many lines as the text needs beside its mark and its details."""
        return self._height(self.tasks[index], width) if self.tasks else 1

    def row_heights(self, width: int) -> Iterable[int]:
        """The heights of all rows; most texts are so short that they need no look."""
        room, text, height = width - MARK_WIDTH - 1, self.text_of, self._height
        # no character takes more than two columns, and the details at most half of them, or a day's
        short, shorter = room // 2, max(room - max(room // 2, EDITOR_WIDTH * 2), 0) // 2
        return [
            1
            if len(text(task)) <= (shorter if task.due or task.owner or task.notes else short)
            else height(task, width)
            for task in self.tasks
        ] or [1]

    # drawing

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw the mark, the text and the details."""
        if not self.tasks:
            hint = self.context.words("checklist.empty")
            return [row([Cell("", MARK_WIDTH, Style()), Cell(hint, 0, self.tone("muted"))], width, base)]
        task = self.tasks[index]
        mark = Cell(" ✓ " if task.done else " □ ", MARK_WIDTH, self.tone("done" if task.done else "muted"))
        style, room = self.tone("muted") if task.done else Style(), self.text_width(task, width)
        blank = Cell("", MARK_WIDTH, Style())
        end = self._end(task, width)
        rest = Cell("", width - MARK_WIDTH - room, Style())
        strips = []
        for number, line in enumerate(wrap(self.text_of(task), room)):
            hidden = self._part(task) == "text"
            shown = Cell("" if hidden else line.text, room, style, line=None if hidden else line)
            strip = row([blank, shown, rest] if number else [mark, shown, *end], width, base)
            strips.append(strip if hidden else underline(strip, pieces_in(line)))
        return strips

    def _end(self, task: Task, width: int) -> list[Cell]:
        """The cells behind the first line of a text."""
        dim, part = self.tone("muted"), self._part(task)
        if part in ("due", "owner"):
            editor, label = _detail_widths(width)
            named = Cell(self._label(task) + " ", label, dim, "end")
            return spread([Cell("", 2, Style()), named, Cell("", editor, Style())])
        details = self.details(task, width)
        if details is None:
            return [Cell("", 1, Style())]
        tone = self.tone(details.tone)
        waiting = self.tone(details.waiting_tone)
        return [Cell("", 2, Style()), *details.cells(dim, tone, waiting)]

    def _label(self, task: Task) -> str:
        """The name of the detail that is being edited, or how its text is understood."""
        assert self.written
        details = self.details(task, 4 * EDITOR_WIDTH)
        if self.written.part == "due" and self.written.understood and details:
            return details.when
        return self.context.words(f"checklist.{self.written.part}")

    # the editor

    def editor_region(self) -> Region:
        """The text under the cursor with all its lines, or the end of its first line."""
        area = self.row_region(self.cursor)
        task = self.selected
        if task and self._part(task) in ("due", "owner"):
            editor, _ = _detail_widths(area.width)
            return Region(area.width - editor, area.y, editor, 1)
        room = self.text_width(task, area.width) + 1 if task else area.width - MARK_WIDTH
        return Region(MARK_WIDTH, area.y, max(room, 4), area.height)


def _detail_widths(width: int) -> tuple[int, int]:
    """Columns of the editor of an owner or a day, and of what its text means, before it."""
    room = width - MARK_WIDTH
    return min(EDITOR_WIDTH, room // 2), min(EDITOR_WIDTH, room // 3) if room >= WIDE else 0
