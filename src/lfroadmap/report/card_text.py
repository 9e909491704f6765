"""A card as plain text, to be pasted into a message."""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.roadmap.model import Card, Field
from lfroadmap.roadmap.progress import card_tally, iso_day
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import clean, one_line
from lfroadmap.words import Words


def card_text(card: Card, labels: Labels, words: Words) -> str:
    """A card as plain text, to be pasted into a message: its title, fields and tasks."""
    counted = card_tally(card)
    head = f"{one_line(labels.of(card))} ({counted.done}/{counted.total}, {counted.percent}%)"
    fields = [f"{labels.of(field)}: {value}" for field, value in _values(card, labels, words)]
    tasks = [f"{'☑' if task.done else '☐'} {one_line(labels.of(task))}" for task in card.tasks]
    return "\n".join([head, *fields, *tasks])


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
