"""The deadlines of a roadmap's cards as a timeline."""

from __future__ import annotations

from datetime import date

from lfroadmap.report.formatting import told_days
from lfroadmap.report.timeline import Lane, Timeline, TimelineMark
from lfroadmap.roadmap.model import Card, Roadmap, Stage
from lfroadmap.roadmap.progress import State, Tone, card_tally, iso_day, role_value, state_of
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

LANES = 40
"""Most cards that get a lane each; of more, each stage gets one."""

_TONES: dict[State, Tone] = {"late": "red", "soon": "orange", "done": "green"}


def timeline(roadmap: Roadmap, words: Words, today: date) -> Timeline | None:
    """The timeline, or None where no card has a settled deadline."""
    formatter = _Formatter(Labels(roadmap.template, words.language), words, today)
    marked = [
        (stage, [mark for card in stage.cards if (mark := formatter.mark(card))]) for stage in roadmap.stages
    ]
    count = sum(len(marks) for _, marks in marked)
    if not count:
        return None
    if count <= LANES:
        lanes = [Lane(mark.label, mark.told, (mark,)) for _, marks in marked for mark in marks]
    else:
        lanes = [formatter.stage(stage, marks) for stage, marks in marked if marks]
    return Timeline(words("report.timeline"), tuple(lanes), today, words("days.today"))


def undated(roadmap: Roadmap) -> int:
    """How many cards have no settled deadline."""
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
        tone = _TONES.get(state_of(card, counted, self.today))
        told = [self.words.day(day), f"{counted.percent}%"]
        if tone == "red":
            told.append(told_days((day - self.today).days, self.words))
        return TimelineMark(self.labels.of(card), day, " · ".join(told), tone)

    def stage(self, stage: Stage, marks: list[TimelineMark]) -> Lane:
        return Lane(self.labels.of(stage), self.words.plural("report.cards", len(marks)), tuple(marks))
