"""The changes between two states of a roadmap: progress, lateness, tasks, dates, KPIs, owners.

Nodes are matched by their ids. Labels are taken in one language, so that two snapshots in different
languages differ only where somebody changed something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lfroadmap.roadmap import relation_changes as related
from lfroadmap.roadmap.calculator_changes import CellChange, cell_changes, rows_of
from lfroadmap.roadmap.kpi_turns import KpiTurn, kpi_turns
from lfroadmap.roadmap.late_changes import Days, LateChange, LateWord, late_changes
from lfroadmap.roadmap.measure_changes import MeasureChange, measure_changes
from lfroadmap.roadmap.model import Calculator, CalculatorRow, Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.note_changes import NoteChange, ReadingChange, note_changes, reading_changes
from lfroadmap.roadmap.progress import Standing, iso_day, number_in, role_value, standing
from lfroadmap.roadmap.shifts import Shift, overall_shift, stage_shifts
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.value_changes import PartWord, ValueChange, binding_changes, measurement_changes
from lfroadmap.words import Language, words

TaskWord = Literal["done", "reopened", "added", "removed", "reworded"]
TASK_WORDS: tuple[TaskWord, ...] = ("done", "reopened", "added", "removed", "reworded")


@dataclass(frozen=True, slots=True)
class TaskChange:
    """One kind of change of a task; a task that was done and reworded has one of each."""

    word: TaskWord
    id: str
    text: str
    stage: str
    card: str
    was: str = ""
    """The text before, where it was reworded."""
    owner: str = ""
    """Who has it: its own owner, or else its card's; only of a task that was done."""
    done_on: str = ""
    """When it was done, as it is written there; only of a task that was done."""


@dataclass(frozen=True, slots=True)
class KpiChange:
    """A KPI that was added, removed or changed."""

    word: Literal["added", "removed", "changed"]
    id: str
    measure: str
    unit: str
    before: str
    after: str
    """The current value, as typed."""
    moved: float | None
    """Difference of the current values; None where either is not a number."""
    target_before: str
    target_after: str
    standing_before: Standing
    standing_after: Standing


@dataclass(frozen=True, slots=True)
class PartChange:
    """A stage, a card, a calculator, a row of one, or the roadmap itself: added, removed or renamed.

    So are measurements; those that came are one together, and so are those that went.
    """

    word: PartWord
    id: str
    title: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes; a part without changes is empty, but `stages` has a row for every stage."""

    title: str
    overall: Shift
    stages: tuple[Shift, ...]
    late: tuple[LateChange, ...]
    tasks: tuple[TaskChange, ...]
    dates: tuple[ValueChange, ...]
    kpis: tuple[KpiChange, ...]
    owners: tuple[ValueChange, ...]
    parts: tuple[PartChange, ...]
    values: tuple[ValueChange, ...]
    """Fields of cards that are neither dates nor owners."""
    notes: tuple[NoteChange, ...] = ()
    readings: tuple[ReadingChange, ...] = ()
    cells: tuple[CellChange, ...] = ()
    """Of the tables of calculators."""
    turned: tuple[KpiTurn, ...] = ()
    """KPIs whose last measured value is worse than the one before it, where that is new."""
    measures: tuple[MeasureChange, ...] = ()
    """Of the last measurement of flows."""
    bindings: tuple[ValueChange, ...] = ()
    """The measures of flows that KPIs are bound to, as readings store their source."""
    relations: tuple[related.RelationChange, ...] = ()
    repeats: tuple[ValueChange, ...] = ()
    """The rules of tasks that repeat, as they are stored."""

    @property
    def is_empty(self) -> bool:
        """True if nothing in it changed."""
        edited = self.tasks or self.dates or self.kpis or self.owners or self.parts or self.values
        more = self.late or self.notes or self.readings or self.cells or self.measures or self.bindings
        return not (edited or more or self.relations or self.repeats)

    def late_with(self, word: LateWord) -> tuple[LateChange, ...]:
        """The changes of lateness of one kind."""
        return tuple(change for change in self.late if change.word == word)

    def tasks_with(self, word: TaskWord) -> tuple[TaskChange, ...]:
        """The task changes of one kind."""
        return tuple(change for change in self.tasks if change.word == word)


def compare(then: Roadmap, now: Roadmap, language: Language, days: Days | None = None) -> Comparison:
    """The changes from `then` to `now`, with labels in one language; without `days` not of lateness."""
    old, new = _Side(then, language), _Side(now, language)
    title = new.labels.of(now)
    values = tuple(_field_changes(old, new))
    tasks = tuple(_task_values(old, new, "due"))
    return Comparison(
        title,
        overall_shift(then, now, new.labels, days),
        tuple(stage_shifts(then, now, old.labels, new.labels, days)),
        tuple(late_changes(then, now, old.labels, new.labels, days)) if days else (),
        tuple(_task_changes(old, new)),
        _with_days((*(change for kind, change in values if kind == "date"), *tasks)),
        tuple(_kpi_changes(old, new)),
        (
            *(change for kind, change in values if kind == "owner"),
            *_task_values(old, new, "owner"),
            *related.kpi_owner_changes(old.kpis, new.kpis, old.labels, new.labels),
        ),
        tuple(_part_changes(old, new)),
        tuple(change for kind, change in values if kind == ""),
        tuple(note_changes(then, now, old.labels, new.labels)),
        tuple(reading_changes(then, now, old.labels, new.labels)),
        tuple(cell_changes(then, now, old.labels, new.labels)),
        _new_turns(old, new),
        measure_changes(then, now),
        tuple(binding_changes(then, now, new.labels)),
        tuple(related.relation_changes(then, now, old.labels, new.labels)),
        tuple(related.repeat_changes(then, now, new.labels)),
    )


class _Side:
    """One of the two roadmaps, with its nodes by id and its labels."""

    def __init__(self, roadmap: Roadmap, language: Language) -> None:
        self.roadmap = roadmap
        self.labels = Labels(roadmap.template, language)
        self.stages = {stage.id: stage for stage in roadmap.stages}
        self.cards = {card.id: (stage, card) for stage in roadmap.stages for card in stage.cards}
        self.tasks = {
            task.id: (stage, card, task) for stage, card in self.cards.values() for task in card.tasks
        }
        self.fields = {field.id: (card, field) for _, card in self.cards.values() for field in card.fields}
        self.kpis = {kpi.id: kpi for kpi in roadmap.kpis}

    def value_text(self, field: Field) -> str:
        """The value of a field as shown; a choice's option as its label."""
        return (
            self.labels.option(field, field.value) if field.kind == "choice" and field.value else field.value
        )

    def task_change(self, word: TaskWord, where: tuple[Stage, Card, Task], was: str = "") -> TaskChange:
        stage, card, task = where
        of = self.labels.of
        change = TaskChange(word, task.id, of(task), of(stage), of(card), was)
        if word != "done":
            return change
        return replace(change, owner=task.owner or role_value(card, "owner"), done_on=task.done_on)


def _task_changes(old: _Side, new: _Side) -> Iterator[TaskChange]:
    for task_id, where in new.tasks.items():
        before = old.tasks.get(task_id)
        if before is None:
            yield new.task_change("added", where)
        if where[2].done and not (before and before[2].done):
            yield new.task_change("done", where)
        if before is not None:
            yield from _same_task(old, new, before, where)
    for task_id, where in old.tasks.items():
        if task_id not in new.tasks:
            yield old.task_change("removed", where)


def _same_task(
    old: _Side, new: _Side, before: tuple[Stage, Card, Task], where: tuple[Stage, Card, Task]
) -> Iterator[TaskChange]:
    if before[2].done and not where[2].done:
        yield new.task_change("reopened", where)
    was = old.labels.of(before[2])
    if was != new.labels.of(where[2]):
        yield new.task_change("reworded", where, was)


def _field_changes(old: _Side, new: _Side) -> Iterator[tuple[Literal["date", "owner", ""], ValueChange]]:
    """The changed fields of cards, each with its category."""
    for field_id in dict.fromkeys((*new.fields, *old.fields)):
        here, there = new.fields.get(field_id), old.fields.get(field_id)
        then, now = old.value_text(there[1]) if there else "", new.value_text(here[1]) if here else ""
        item = here or there
        if then == now or item is None:
            continue
        card, field = item
        labels = new.labels if here else old.labels
        change = ValueChange(field_id, labels.of(field), labels.of(card), then, now)
        both = [side[1] for side in (here, there) if side]  # a reset may have made another kind of it
        is_date, is_owner = (any(f.kind == "date" for f in both), any(f.role == "owner" for f in both))
        yield "date" if is_date else "owner" if is_owner else "", change


def _task_values(old: _Side, new: _Side, name: Literal["due", "owner"]) -> Iterator[ValueChange]:
    """The changed dates or owners of tasks in both states; a new task's own are no change."""
    for task_id, (_, card, task) in new.tasks.items():
        before = old.tasks.get(task_id)
        then: str = getattr(before[2], name) if before else ""
        now: str = getattr(task, name)
        if before is not None and then != now:
            yield ValueChange(task_id, new.labels.of(task), new.labels.of(card), then, now)


def _with_days(changes: tuple[ValueChange, ...]) -> tuple[ValueChange, ...]:
    return tuple(replace(change, days=_days(change.before, change.after)) for change in changes)


def _days(then: str, now: str) -> int | None:
    before, after = iso_day(then), iso_day(now)
    return (after - before).days if before and after else None


def _kpi_changes(old: _Side, new: _Side) -> Iterator[KpiChange]:
    for kpi_id in dict.fromkeys((*new.kpis, *old.kpis)):
        change = _kpi_change(old, new, old.kpis.get(kpi_id), new.kpis.get(kpi_id))
        if change is not None:
            yield change


def _kpi_change(old: _Side, new: _Side, there: Kpi | None, here: Kpi | None) -> KpiChange | None:
    kpi, labels = (here, new.labels) if here else (there, old.labels)
    assert kpi is not None
    target_then = old.labels.kpi(there, "target") if there else ""
    target_now = new.labels.kpi(here, "target") if here else ""
    before = standing(there, target_then) if there else Standing("")
    after = standing(here, target_now) if here else Standing("")
    then, now = there.current if there else "", here.current if here else ""
    if there and here and (then, target_then, before) == (now, target_now, after):
        return None
    a, b = number_in(then), number_in(now)
    moved = None if a is None or b is None else round(b - a, 9)
    word: Literal["added", "removed", "changed"] = (
        "changed" if there and here else "added" if here else "removed"
    )
    measure, unit = labels.kpi(kpi, "measure") or kpi.id, labels.kpi(kpi, "unit")
    return KpiChange(word, kpi.id, measure, unit, then, now, moved, target_then, target_now, before, after)


def _new_turns(old: _Side, new: _Side) -> tuple[KpiTurn, ...]:
    """The KPIs that turned the wrong way in a value that was not measured before."""
    known = {(turn.id, turn.day, turn.after) for turn in kpi_turns(old.roadmap, old.labels)}
    turns = kpi_turns(new.roadmap, new.labels)
    return tuple(turn for turn in turns if (turn.id, turn.day, turn.after) not in known)


def _part_changes(old: _Side, new: _Side) -> Iterator[PartChange]:
    was, now = old.labels.of(old.roadmap), new.labels.of(new.roadmap)
    if was != now:
        yield PartChange("renamed", new.roadmap.id, now, was)
    of_measurements = measurement_changes(old.roadmap, new.roadmap, words(new.labels.language))
    yield from (PartChange(*each) for each in of_measurements)
    before = {key: old.labels.of(node) for key, node in _parts(old).items()}
    after = {key: new.labels.of(node) for key, node in _parts(new).items()}
    for key, title in after.items():
        if key not in before:
            yield PartChange("added", key, title)
        elif before[key] != title:
            yield PartChange("renamed", key, title, before[key])
    yield from (PartChange("removed", key, title) for key, title in before.items() if key not in after)


def _parts(side: _Side) -> dict[str, Stage | Card | Calculator | CalculatorRow]:
    cards = {card.id: card for _, card in side.cards.values()}
    calculators = {each.id: each for card in cards.values() for each in card.calculators}
    rows = {row_id: found[2] for row_id, found in rows_of(side.roadmap).items()}
    return {**side.stages, **cards, **calculators, **rows}
