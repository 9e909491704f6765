"""The deadlines of a roadmap's cards as a timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lfroadmap.report.formatting import HEALTH_SIGNS, format_days
from lfroadmap.report.timeline import Lane, Timeline, TimelineMark
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.health import RISK_DAYS, HealthSummary, card_health
from lfroadmap.roadmap.model import Card, Roadmap, Stage
from lfroadmap.roadmap.progress import Tally, card_tally, iso_day, role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import dots
from lfroadmap.words import Words

LANES = 40
"""Number of deadlines up to which each card has a lane; beyond it, each stage has one."""


def timeline(
    roadmap: Roadmap,
    words: Words,
    today: date,
    risk_days: int = RISK_DAYS,
    activity: Activity | None = None,
) -> Timeline | None:
    """The timeline, or None where no card has a valid deadline; bars begin where a start is known."""
    formatter = MarkFormatter(Labels(roadmap.template, words.language), words, today, activity)
    marks_by_stage = [
        (
            stage,
            [
                mark
                for card in stage.cards
                if (mark := formatter.mark(card, card_health(card, today, risk_days), card_tally(card)))
            ],
        )
        for stage in roadmap.stages
    ]
    count = sum(len(marks) for _, marks in marks_by_stage)
    if not count:
        return None
    if count <= LANES:
        lanes = [
            lane_of(mark)._replace(group=formatter.labels.of(stage))
            for stage, marks in marks_by_stage
            for mark in marks
        ]
    else:
        lanes = [formatter.stage(stage, marks) for stage, marks in marks_by_stage if marks]
    return formatter.timeline(lanes)


def lane_of(mark: TimelineMark) -> Lane:
    """A lane with one mark."""
    return Lane(mark.label, mark.text, (mark,))


def undated(roadmap: Roadmap) -> int:
    """The number of cards without a valid deadline."""
    cards = [card for stage in roadmap.stages for card in stage.cards]
    return sum(iso_day(role_value(card, "deadline")) is None for card in cards)


class MarkFormatter:
    """Makes the marks of a timeline, and the timeline of them."""

    def __init__(self, labels: Labels, words: Words, today: date, activity: Activity | None = None) -> None:
        self.labels = labels
        self.words = words
        self.today = today
        self.activity = activity or Activity()

    def mark(self, card: Card, summary: HealthSummary, counted: Tally) -> TimelineMark | None:
        """The mark of a card with its health and its tasks done; None without a valid deadline."""
        day = iso_day(role_value(card, "deadline"))
        if day is None:
            return None
        health = summary.health
        text = [self.words.day(day), f"{counted.percent}%"]
        if health in ("late", "at_risk"):
            days = format_days((day - self.today).days, self.words)
            text.append(f"{HEALTH_SIGNS[health]} {days}")
        before = tuple(each for each in self.activity.slipped.get(card.id, ()) if each != day)
        if before:
            text.append(self.words("report.moved_from", day=self.words.day(before[0])))
        start = self._start(card, day)
        return TimelineMark(
            self.labels.of(card),
            day,
            dots(text, self.words.direction),
            health,
            start,
            counted.share,
            before,
        )

    def _start(self, card: Card, deadline: date) -> date | None:
        """The day in its field for the start, else its first day of work; None where neither is before."""
        days = (iso_day(role_value(card, "start")), self.activity.first_days.get(card.id))
        return next((day for day in days if day and day < deadline), None)

    def stage(self, stage: Stage, marks: list[TimelineMark]) -> Lane:
        """The lane of a stage with many marks, which have no bars."""
        bare = tuple(mark._replace(start=None) for mark in marks)
        return Lane(self.labels.of(stage), self.words.plural("report.cards", len(marks)), bare)

    def timeline(self, lanes: Iterable[Lane]) -> Timeline:
        """The timeline of the lanes."""
        months = tuple(self.words("date.months").split())
        title, now = self.words("report.timeline"), self.words("days.today")
        return Timeline(title, tuple(lanes), self.today, now, months)
