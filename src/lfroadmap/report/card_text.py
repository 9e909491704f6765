"""A card as plain text, to be pasted into a message."""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.report.note_lines import note_lines
from lfroadmap.roadmap.calculators.columns import column_key
from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, Calculator, Card, Field, Task
from lfroadmap.roadmap.progress import card_tally, iso_day
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import clean, one_line
from lfroadmap.words import Words


def card_text(card: Card, labels: Labels, words: Words) -> str:
    """A card as plain text, to be pasted into a message: its title, fields, tasks, notes and tables."""
    counted = card_tally(card)
    head = f"{one_line(labels.of(card))} ({counted.done}/{counted.total}, {counted.percent}%)"
    fields = [f"{labels.of(field)}: {value}" for field, value in _values(card, labels, words)]
    tasks = (_task(task, labels, words) for task in card.tasks)
    lines = [head, *fields, *tasks, *note_lines(card, labels, words)]
    return "\n".join([*lines, *(line for each in card.calculators for line in _table(each, labels, words))])


def _table(calculator: Calculator, labels: Labels, words: Words) -> Iterator[str]:
    """A calculator's title, and its rows with something in them."""
    yield one_line(labels.of(calculator))
    for row in calculator.rows:
        cells = [
            f"{words(column_key(calculator.kind, column))} {one_line(text)}"
            for column in CALCULATOR_COLUMNS[calculator.kind]
            if column != "name" and (text := getattr(row, column)).strip()
        ]
        if cells:
            yield f"{one_line(labels.of(row))}: {', '.join(cells)}"


def _task(task: Task, labels: Labels, words: Words) -> str:
    """A task with who has it and its day: when it was done, else when it is due."""
    typed = task.done_on if task.done else task.due
    day = iso_day(typed)
    written = words.day(day) if day else one_line(typed)
    if written and not task.done:
        written = words("report.due", day=written)
    parts = (one_line(labels.of(task)), one_line(task.owner), written)
    return f"{'☑' if task.done else '☐'} {' · '.join(part for part in parts if part)}"


def _values(card: Card, labels: Labels, words: Words) -> Iterator[tuple[Field, str]]:
    """The filled fields with their values as shown."""
    for field in card.fields:
        day = iso_day(field.value) if field.kind == "date" else None
        if day:
            yield field, words.day(day)
        elif field.kind == "choice" and field.value:
            yield field, labels.option(field, field.value)
        elif field.value.strip():
            yield field, clean(field.value).strip()
