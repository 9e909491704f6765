"""The notes of a card and of its tasks in the order in which they are shown, and as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.roadmap.model import Card, Note, Task
from lfroadmap.roadmap.notes import newest_first, written
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import Words


def card_notes(card: Card) -> tuple[tuple[Note, Task | None], ...]:
    """The notes of a card and of its tasks, each with its task, the newest first."""
    tasks = {note.id: task for task in card.tasks for note in task.notes}
    notes = newest_first((*card.notes, *(note for task in card.tasks for note in task.notes)))
    return tuple((note, tasks.get(note.id)) for note in notes)


def describe_origin(note: Note, words: Words) -> str:
    """When a note was written and by whom; empty where neither is known."""
    return " · ".join(part for part in (describe_time(note, words), one_line(note.author)) if part)


def describe_time(note: Note, words: Words) -> str:
    """When a note was written; empty where that is unknown."""
    day, clock = written(note)
    return " ".join(part for part in (words.day(day) if day else "", clock) if part)


def note_lines(card: Card, labels: Labels, words: Words) -> Iterator[str]:
    """The same as lines of plain text."""
    for note, task in card_notes(card):
        parts = (describe_origin(note, words), one_line(labels.of(task)) if task else "")
        head = " · ".join(part for part in parts if part)
        yield f"{head}: {one_line(note.text or '')}" if head else one_line(note.text or "")
