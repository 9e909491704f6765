"""Importing the row of a task: which task it is, in which card, and what it changes.

A row finds its task by id, else by its words within its own card. Only a row with the id moves a task.
"""

from __future__ import annotations

from dataclasses import replace

from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.roadmap.edits import Edit, Rename, SetTask, Tick
from lfroadmap.roadmap.import_index import ImportIndex, text_of
from lfroadmap.roadmap.import_notes import note_edits, notes_of
from lfroadmap.roadmap.import_words import read_mark
from lfroadmap.roadmap.model import TASK_DETAILS, Card, Stage, Task
from lfroadmap.roadmap.notes import cell_of
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.repeats import parse_repeat
from lfroadmap.roadmap.structure import Add, Move
from lfroadmap.roadmap.table_rows import Outcome, Remark, Row, RowImport, UnusableRow, format_mark, matches

Changes = tuple[tuple[str, str, str], ...]


class TaskImport:
    """The import of one row of a task."""

    def __init__(self, index: ImportIndex, row: Row) -> None:
        self.index, self.row, self.cells = index, row, row.cells
        self.labels, self.day = index.labels, index.setting.day
        self.remarks = [*row.remarks]
        self.is_day_assumed = False

    def result(self) -> RowImport:
        """What the row comes to; raises UnusableRow."""
        stage = self.index.stage_of(self.cells, self.remarks)
        known = self.index.tasks.get(text_of(self.cells, "id"))
        if known is not None:
            here, task = known
            return self._change(task, here, self._named_card(stage, here) or here)
        text = text_of(self.cells, "task")
        if not text:
            raise UnusableRow("no_words")
        card = self._own_card(stage)
        found = self.index.tasks_with(text, card)
        if len(found) > 1:
            raise UnusableRow("which_one")
        if found:
            here, task = self.index.tasks[found[0]]
            return self._change(task, here, here)
        return self._add(text, card or self._fallback_card(stage))

    # the card

    def _named_card(self, stage: Stage | None, here: Card | None) -> Card | None:
        """The card that the row names; None where it names none."""
        name = text_of(self.cells, "card")
        if not name:
            return None
        found = self.index.cards_named(name, stage)
        if here is not None and any(card.id == here.id for card in found):
            return here
        if len(found) > 1:
            raise UnusableRow("which_card", name)
        if not found and self.index.setting.choices.create_cards:
            return self.index.new_card(name, stage)
        if not found:
            self.index.missing_cards[name] += 1
            raise UnusableRow("no_such_card", name)
        return found[0]

    def _own_card(self, stage: Stage | None) -> Card | None:
        """The card that the row's words are looked for in; None for all of them."""
        if named := self._named_card(stage, None):
            return named
        if chosen := self.index.setting.choices.card.strip():
            return self._chosen_card(chosen, stage)
        group = text_of(self.cells, "group")
        found = self.index.cards_named(group, stage) if group else []
        if not found and group and self.index.setting.choices.create_cards:
            return self.index.new_card(group, stage)
        return found[0] if len(found) == 1 else None

    def _chosen_card(self, name: str, stage: Stage | None) -> Card:
        found = self.index.cards_named(name, stage) or self.index.cards_named(name, None)
        if len(found) > 1:
            raise UnusableRow("which_card", name)
        return found[0] if found else self.index.new_card(name, stage)

    def _fallback_card(self, stage: Stage | None) -> Card:
        """The card for a row that names none: the only one, else one named after the file."""
        if group := text_of(self.cells, "group"):
            self.index.missing_cards[group] += 1
        if len(self.index.cards) == 1:
            return self.index.cards[0][1]
        if not self.index.setting.fallback:
            raise UnusableRow("no_card")
        return self._chosen_card(self.index.setting.fallback, stage)

    # the changes

    def _add(self, text: str, card: Card) -> RowImport:
        done, on_day = self._mark(False, "")
        details = {column: self._detail(column, "") for column in TASK_DETAILS}
        notes = notes_of(self.index, self.cells)
        bare = Task(self.index.setting.new_id(), text, done, on_day, notes=notes)
        # mypy cannot see that a detail is one of the dataclass's names
        task = replace(bare, **details)  # type: ignore[arg-type]
        values = [("card", "", self.labels.of(card))]
        values += [(column, "", value) for column, value in details.items() if value]
        if done:
            values.append(("done", "", format_mark(done, on_day)))
        values += [("notes", "", cell_of((note,))) for note in notes]
        edits = (*self.index.take_pending(), Add(task, card.id))
        return self._row("add", text, tuple(values), edits, task.id)

    def _change(self, task: Task, here: Card, target: Card) -> RowImport:
        self.index.claim(task.id)
        edits, changes = self._task_edits(task)
        if target.id != here.id:
            edits = (*self.index.take_pending(), Move(task.id, target.id), *edits)
            changes = (("card", self.labels.of(here), self.labels.of(target)), *changes)
        outcome: Outcome = "change" if edits else "same"
        what = self.labels.of(task)
        return self._row(outcome, what, changes, edits, task.id)

    def _row(
        self, outcome: Outcome, what: str, changes: Changes, edits: tuple[Edit, ...], node: str
    ) -> RowImport:
        return RowImport(
            "tasks", self.row.line, outcome, what, changes, edits=edits, remarks=tuple(self.remarks),
            is_day_assumed=self.is_day_assumed, node=node,
        )  # fmt: skip

    def _task_edits(self, task: Task) -> tuple[tuple[Edit, ...], Changes]:
        edits: list[Edit] = []
        changes: list[tuple[str, str, str]] = []
        text = text_of(self.cells, "task")
        by_id = text_of(self.cells, "id") == task.id  # found by its text, which is then the same
        if by_id and text and not matches(text, *(labels.of(task) for labels in self.index.all_labels)):
            edits.append(Rename(task.id, text))
            changes.append(("task", self.labels.of(task), text))
        mark = self._mark(task.done, task.done_on)
        if mark != (task.done, task.done_on if task.done else ""):
            edits.append(Tick(task.id, *mark))
            changes.append(("done", format_mark(task.done, task.done_on), format_mark(*mark)))
        for column in TASK_DETAILS:
            now: str = getattr(task, column)
            value = self._detail(column, now)
            if value != now and not matches(value, now):
                edits.append(SetTask(task.id, column, value))
                changes.append((column, now, value))
                self._note_swapped(column, now, value, by_id=by_id)
        added, notes = note_edits(self.index, self.cells, task)
        return (*edits, *added), (*changes, *notes)

    def _note_swapped(self, column: str, now: str, value: str, *, by_id: bool) -> None:
        """Note a day that is the present one with day and month the other way round."""
        old, new = iso_day(now), iso_day(value)
        if by_id and old and new and (old.year, old.month, old.day) == (new.year, new.day, new.month):
            self.remarks.append(Remark("swapped", column, now))

    def _mark(self, was_done: bool, was_on: str) -> tuple[bool, str]:
        """The mark that the row gives its task, and the day it was done; a day alone is a mark too."""
        typed, on_day = self.cells.get("done"), self._day(self.cells.get("done_on", ""), was_on, "done_on")
        done: bool | None = was_done
        if typed is not None and (typed.strip() or not on_day):
            done = read_mark(typed)
            done = True if done is None and on_day else done  # the day says what the word does not
        elif on_day:
            done = True
        if done is None:
            self.remarks.append(Remark("bad_mark", "done", typed or ""))
            done = was_done
        if not done:
            if on_day and typed and typed.strip():
                self.remarks.append(Remark("done_on_open", "done_on", on_day))
            return False, ""
        if not on_day or matches(on_day, was_on):
            self.is_day_assumed = not was_done and not on_day
            on_day = was_on if was_done else self.day.isoformat()
        return True, on_day

    def _detail(self, column: str, there: str) -> str:
        """The row's value for a detail of its task; `there` where it has none."""
        value = self.cells.get(column, there)
        if column == "repeat":
            return self._rule(value, there)
        return self._day(value, there, column) if column == "due" else value

    def _rule(self, typed: str, there: str) -> str:
        """A rule of repeating as it is stored; `there` for a text that is none, which is noted."""
        if typed == there or matches(typed, there):
            return there
        rule = parse_repeat(typed)
        if rule is None:
            self.remarks.append(Remark("bad_repeat", "repeat", typed))
        return there if rule is None else rule

    def _day(self, typed: str, there: str, column: str) -> str:
        """A day as `YYYY-MM-DD`; `there` for a text that is none, which is noted."""
        if typed == there or not typed.strip():
            return typed.strip()
        if iso_day(typed):
            return typed
        if matches(typed, there):
            return there
        try:
            return read_day(typed, self.day).isoformat()
        except NotADay:
            self.remarks.append(Remark("not_day", column, typed))
            return there


def task_import(index: ImportIndex, row: Row) -> RowImport:
    """The import of one row of a task; raises UnusableRow."""
    return TaskImport(index, row).result()
