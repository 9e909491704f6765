"""The deadlines of a roadmap's cards as a timeline."""

from __future__ import annotations

from datetime import date

from lfroadmap.report.formatting import HEALTH_SIGNS, HEALTH_TONES, format_days
from lfroadmap.report.timeline import Lane, Timeline, TimelineMark
from lfroadmap.roadmap.health import RISK_DAYS, card_health
from lfroadmap.roadmap.model import Card, Roadmap, Stage
from lfroadmap.roadmap.progress import card_tally, iso_day, role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

LANES = 40
"""Number of deadlines up to which each card has a lane; beyond it, each stage has one."""


def timeline(roadmap: Roadmap, words: Words, today: date, risk_days: int = RISK_DAYS) -> Timeline | None:
    """The timeline, or None where no card has a valid deadline."""
    formatter = _Formatter(Labels(roadmap.template, words.language), words, today, risk_days)
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
    def __init__(self, labels: Labels, words: Words, today: date, risk_days: int) -> None:
        self.labels = labels
        self.words = words
        self.today = today
        self.risk_days = risk_days

    def mark(self, card: Card) -> TimelineMark | None:
        day = iso_day(role_value(card, "deadline"))
        if day is None:
            return None
        health = card_health(card, self.today, self.risk_days).health
        text = [self.words.day(day), f"{card_tally(card).percent}%"]
        if health in ("late", "at_risk"):
            days = format_days((day - self.today).days, self.words)
            text.append(f"{HEALTH_SIGNS[health]} {days}")
        return TimelineMark(self.labels.of(card), day, " · ".join(text), HEALTH_TONES[health])

    def stage(self, stage: Stage, marks: list[TimelineMark]) -> Lane:
        return Lane(self.labels.of(stage), self.words.plural("report.cards", len(marks)), tuple(marks))
