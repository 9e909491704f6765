"""The notes of a card and of its tasks as a node of the report."""

from __future__ import annotations

from lfroadmap.report.nodes import Entry, Notes
from lfroadmap.report.note_lines import card_notes, describe_origin
from lfroadmap.roadmap.model import Card
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words


def note_section(card: Card, labels: Labels, words: Words) -> Notes | None:
    """The notes of a card and of its tasks; None where there are none."""
    entries = tuple(
        Entry(
            describe_origin(note, words) or words("report.note_undated"),
            note.text or "",
            words("report.note_on", task=labels.of(task)) if task else "",
        )
        for note, task in card_notes(card)
    )
    return Notes(words("report.notes_title"), entries) if entries else None
