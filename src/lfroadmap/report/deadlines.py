"""The deadlines of a roadmap's cards as a timeline."""

from __future__ import annotations

from datetime import date

from lfroadmap.report.formatting import format_days
from lfroadmap.report.timeline import Lane, Timeline, TimelineMark
from lfroadmap.roadmap.model import Card, Roadmap, Stage
from lfroadmap.roadmap.progress import STATE_TONES, card_tally, iso_day, role_value, state_of
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

LANES = 40
"""Number of deadlines up to which each card has a lane; beyond it, each stage has one."""


def timeline(roadmap: Roadmap, words: Words, today: date) -> Timeline | None:
    """The timeline, or None where no card has a valid deadline."""
    formatter = _Formatter(Labels(roadmap.template, words.language), words, today)
    marks_by_stage = [
        (stage, [mark for card in stage.cards if (mark := formatter.mark(card))]) for stage in roadmap.stages
    ]
    count = sum(len(marks) for _, marks in marks_by_stage)
    if not count:
        return None
    if count <= LANES:
        lanes = [Lane(mark.label, mark.text, (mark,)) for _, marks in marks_by_stage for mark in marks]
    else:
        lanes = [formatter.stage(stage, marks) for stage, marks in marks_by_stage if marks]
    return Timeline(words("report.timeline"), tuple(lanes), today, words("days.today"))


def undated(roadmap: Roadmap) -> int:
    """The number of cards without a valid deadline."""
    cards = [card for stage in roadmap.stages for card in stage.cards]
    return sum(iso_day(role_value(card, "deadline")) is None for card in cards)


class _Formatter:
    def __init__(self, labels: Labels, words: Words, today: date) -> None:
        self.labels = labels
        self.words = words
        self.today = today

    def mark(self, card: Card) -> TimelineMark | None:
        day = iso_day(role_value(card, "deadline"))
        if day is None:
            return None
        counted = card_tally(card)
        tone = STATE_TONES.get(state_of(card, counted, self.today))
        text = [self.words.day(day), f"{counted.percent}%"]
        if tone == "red":
            text.append(format_days((day - self.today).days, self.words))
        return TimelineMark(self.labels.of(card), day, " · ".join(text), tone)

    def stage(self, stage: Stage, marks: list[TimelineMark]) -> Lane:
        return Lane(self.labels.of(stage), self.words.plural("report.cards", len(marks)), tuple(marks))
