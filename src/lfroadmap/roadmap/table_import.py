"""Importing rows of a table of tasks or KPIs into a roadmap: the changes of each row and their edits.

A row finds its node by id, then by its text. The content of a column wins, also where it is empty; a
missing column changes nothing, and a node without a row stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.roadmap.edits import Edit, Rename, SetKpi, SetTask, Tick
from lfroadmap.roadmap.model import KPI_COLUMNS, KPI_TEXTS, TASK_DETAILS, Card, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move
from lfroadmap.roadmap.table_rows import (
    Outcome,
    Row,
    RowImport,
    Rows,
    TableName,
    UnusableRow,
    format_mark,
    match_key,
    matches,
    parse_better,
    parse_mark,
)
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class TableImport:
    """The changes that a table makes in a roadmap."""

    rows: tuple[RowImport, ...]

    def with_outcome(self, outcome: Outcome) -> tuple[RowImport, ...]:
        """The rows with one outcome."""
        return tuple(step for step in self.rows if step.outcome == outcome)

    @property
    def edit(self) -> Batch:
        """All edits, applied and undone as one."""
        return Batch(tuple(edit for step in self.rows for edit in step.edits))


def import_tables(
    roadmap: Roadmap, tables: tuple[Rows, ...], language: Language, today: date, new_id: Callable[[], str]
) -> TableImport:
    """The import of tables into a roadmap; changes nothing itself."""
    target = _Target(roadmap, language, today, new_id)
    return TableImport(tuple(target.step(table.table, row) for table in tables for row in table.rows))


Changes = tuple[tuple[str, str, str], ...]


class _Target:
    """The roadmap that rows are imported into, with its nodes by id and by text."""

    def __init__(self, roadmap: Roadmap, language: Language, today: date, new_id: Callable[[], str]) -> None:
        self.roadmap, self.date, self.new_id = roadmap, today, new_id
        self.labels = Labels(roadmap.template, language)
        self.all_labels = tuple(Labels(roadmap.template, each) for each in LANGUAGES)
        self.cards = [(stage, card) for stage in roadmap.stages for card in stage.cards]
        self.tasks = {task.id: (card, task) for _, card in self.cards for task in card.tasks}
        self.kpis = {kpi.id: kpi for kpi in roadmap.kpis}
        self.by_name: dict[str, list[tuple[Stage, Card]]] = {}
        for stage, card in self.cards:
            for name in self.names(card):
                self.by_name.setdefault(name, []).append((stage, card))
        self.by_text: dict[tuple[str, str], list[str]] = {}
        """A task's text, and its card's id or nothing -> ids of the tasks with that text."""
        for task_id, (card, task) in self.tasks.items():
            for text in {match_key(labels.of(task)) for labels in self.all_labels}:
                for where in ("", card.id):
                    self.by_text.setdefault((text, where), []).append(task_id)
        self.by_measure: dict[str, list[Kpi]] = {}
        for kpi in roadmap.kpis:
            for measure in {match_key(text) for text in self.kpi_texts(kpi, "measure")}:
                self.by_measure.setdefault(measure, []).append(kpi)
        self.seen: Counter[str] = Counter()

    def step(self, table: TableName, row: Row) -> RowImport:
        """The import of one row."""
        name = "task" if table == "tasks" else "measure"
        what = row.cells.get(name, "").strip() or row.cells.get("id", "")
        try:
            return self.task(row, what) if table == "tasks" else self.kpi(row, what)
        except UnusableRow as error:
            return RowImport(table, row.line, "skip", what, reason=error.reason)

    def claim(self, node_id: str) -> None:
        """Raise UnusableRow where another row is about the same node."""
        self.seen[node_id] += 1
        if self.seen[node_id] > 1:
            raise UnusableRow("twice")

    # tasks

    def task(self, row: Row, what: str) -> RowImport:
        cells = row.cells
        node_id = self.find_task(cells)
        if node_id is None:
            return self.new_task(row, what)
        self.claim(node_id)
        card, task = self.tasks[node_id]
        target = self.card(cells, card)
        edits, changes = self.task_edits(task, cells)
        if target.id != card.id:
            edits = (Move(task.id, target.id), *edits)
            changes = (("card", self.labels.of(card), self.labels.of(target)), *changes)
        outcome: Outcome = "change" if edits else "same"
        return RowImport("tasks", row.line, outcome, self.labels.of(task), changes, edits=edits)

    def find_task(self, cells: Mapping[str, str]) -> str | None:
        """Id of the row's task: by id, else by its text, in the row's card where several have that text."""
        if cells.get("id", "").strip() in self.tasks:
            return cells["id"].strip()
        text = match_key(cells.get("task", ""))
        found = self.by_text.get((text, ""), [])
        if len(found) > 1 and cells.get("card"):
            named = [self.by_text.get((text, card.id), []) for card in self.named_cards(cells)]
            found = [task_id for tasks in named for task_id in tasks]
        if len(found) > 1:
            raise UnusableRow("which_one")
        return found[0] if found else None

    def named_cards(self, cells: Mapping[str, str]) -> list[Card]:
        """The cards that a row names, by their title or id, in the stage that it names, if any."""
        stage = match_key(cells.get("stage", ""))
        found = self.by_name.get(match_key(cells.get("card", "")), [])
        return [card for above, card in found if not stage or stage in self.names(above)]

    def names(self, node: Stage | Card | Task) -> set[str]:
        """The names of a node in a table: its text in any language, and its id."""
        return {match_key(node.id), *(match_key(labels.of(node)) for labels in self.all_labels)}

    def card(self, cells: Mapping[str, str], here: Card | None) -> Card:
        """The card of the row's task; a row that names no card leaves it where it is."""
        if not cells.get("card", "").strip():
            if here is not None or len(self.cards) == 1:
                return here or self.cards[0][1]
            raise UnusableRow("no_card")
        found = self.named_cards(cells)
        if here is not None and any(card.id == here.id for card in found):
            return here
        if len(found) != 1:
            raise UnusableRow("which_card" if found else "no_card")
        return found[0]

    def new_task(self, row: Row, what: str) -> RowImport:
        cells = row.cells
        text = cells.get("task", "").strip()
        if not text:
            raise UnusableRow("no_words")
        card = self.card(cells, None)
        done = parse_mark(cells.get("done", ""))
        on_day = self.day(cells.get("done_on", "")) or self.date.isoformat()
        details = {column: self.detail(column, cells, "") for column in TASK_DETAILS}
        task = Task(self.new_id(), text, done, on_day if done else "", **details)
        changes = (("card", "", self.labels.of(card)),)
        return RowImport("tasks", row.line, "add", what, changes, edits=(Add(task, card.id),))

    def task_edits(self, task: Task, cells: Mapping[str, str]) -> tuple[tuple[Edit, ...], Changes]:
        edits: list[Edit] = []
        changes: list[tuple[str, str, str]] = []
        text = cells.get("task", "").strip()
        by_id = cells.get("id", "").strip() == task.id  # found by its text, which is then the same
        if by_id and text and not matches(text, *(labels.of(task) for labels in self.all_labels)):
            edits.append(Rename(task.id, text))
            changes.append(("task", self.labels.of(task), text))
        if "done" in cells or "done_on" in cells:
            tick = self.tick(task, cells)
            if tick.done != task.done or (tick.done and tick.on_day != task.done_on):
                edits.append(tick)
                changes.append(
                    ("done", format_mark(task.done, task.done_on), format_mark(tick.done, tick.on_day))
                )
        for column in TASK_DETAILS:
            now: str = getattr(task, column)
            value = self.detail(column, cells, now)
            if not matches(value, now):
                edits.append(SetTask(task.id, column, value))
                changes.append((column, now, value))
        return tuple(edits), tuple(changes)

    def tick(self, task: Task, cells: Mapping[str, str]) -> Tick:
        """The mark that a row gives its task; a task that is open has no day."""
        done = parse_mark(cells["done"]) if "done" in cells else task.done
        day = self.day(cells.get("done_on", task.done_on))
        if done and (not day.strip() or matches(day, task.done_on)):
            day = task.done_on if task.done else self.date.isoformat()
        return Tick(task.id, done, day if done else "")

    def detail(self, column: str, cells: Mapping[str, str], there: str) -> str:
        """The row's value for a detail of its task; `there` where it has none."""
        value = cells.get(column, there)
        return self.day(value) if column == "due" else value

    def day(self, typed: str) -> str:
        """A valid day as ISO, any other text as typed."""
        if not typed.strip():
            return ""
        try:
            return read_day(typed, self.date).isoformat()
        except NotADay:
            return typed

    # KPIs

    def kpi(self, row: Row, what: str) -> RowImport:
        cells = row.cells
        kpi = self.find_kpi(cells)
        if kpi is None:
            return self.new_kpi(row, what)
        self.claim(kpi.id)
        edits: list[Edit] = []
        changes: list[tuple[str, str, str]] = []
        for column in KPI_COLUMNS:
            value = self.kpi_value(column, cells)
            if value is None or matches(value, *self.kpi_texts(kpi, column)):
                continue
            if column == "measure" and cells.get("id", "").strip() != kpi.id:
                continue  # found by its text, which is then the same
            edits.append(SetKpi(kpi.id, column, value))
            changes.append((column, self.labels.kpi(kpi, column), value))
        outcome: Outcome = "change" if edits else "same"
        title = self.labels.kpi(kpi, "measure") or kpi.id
        return RowImport("kpis", row.line, outcome, title, tuple(changes), edits=tuple(edits))

    def find_kpi(self, cells: Mapping[str, str]) -> Kpi | None:
        if cells.get("id", "").strip() in self.kpis:
            return self.kpis[cells["id"].strip()]
        measure = match_key(cells.get("measure", ""))
        found = self.by_measure.get(measure, []) if measure else []
        if len(found) > 1:
            raise UnusableRow("which_one")
        return found[0] if found else None

    def kpi_texts(self, kpi: Kpi, column: str) -> tuple[str, ...]:
        return (str(getattr(kpi, column) or ""), *(labels.kpi(kpi, column) for labels in self.all_labels))

    def kpi_value(self, column: str, cells: Mapping[str, str]) -> str | None:
        """The row's value for a column; None where it has none."""
        value = cells.get(column)
        if value is None or (column == "measure" and not value.strip()):
            return None
        return parse_better(value) if column == "better" else value

    def new_kpi(self, row: Row, what: str) -> RowImport:
        values = {column: self.kpi_value(column, row.cells) or "" for column in KPI_COLUMNS}
        if not values["measure"].strip():
            raise UnusableRow("no_words")
        texts = {column: values[column] for column in KPI_TEXTS}
        kpi = Kpi(
            self.new_id(), **texts, baseline=values["baseline"], current=values["current"],
            better=parse_better(values["better"]), unit=values["unit"],
        )  # fmt: skip
        return RowImport("kpis", row.line, "add", what, edits=(Add(kpi, self.roadmap.id),))
