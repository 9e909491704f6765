"""The deadlines of a roadmap's cards and the days of its open tasks as a timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lfroadmap.report.formatting import HEALTH_SIGNS, format_days
from lfroadmap.report.timeline import Lane, LaneLink, Timeline, TimelineMark
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.health import RISK_DAYS, Health, HealthSummary, card_health, task_health
from lfroadmap.roadmap.model import Card, Roadmap
from lfroadmap.roadmap.progress import Tally, card_tally, iso_day, role_value
from lfroadmap.roadmap.schedule import Group, Grouping, Schedule, Scheduled, starts_behind
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import dots
from lfroadmap.words import Words

LANES = 40
"""Number of days up to which each card and each task has a lane.

Of more, tasks have none; beyond so many cards, each stage has one.
"""


def timeline(
    roadmap: Roadmap,
    words: Words,
    today: date,
    risk_days: int = RISK_DAYS,
    activity: Activity | None = None,
    *,
    whole: bool = False,
    by: Grouping = "stage",
) -> Timeline | None:
    """The timeline, or None where nothing has a valid day; bars begin where a start is known.

    `whole`: each card and each task has a lane, however many there are.
    """
    formatter = MarkFormatter(Labels(roadmap.template, words.language), words, today, activity)
    groups = [*Schedule(roadmap).groups(by)]
    cards = sum(item.task is None for group in groups for item in group.items)
    if not groups or not (cards or whole or fit(roadmap)):
        return None
    if not whole and cards > LANES:
        return formatter.timeline(
            lane for group in groups if (lane := _all_cards(formatter, group, risk_days))
        )
    with_tasks = whole or fit(roadmap)
    shown = [(group, item) for group in groups for item in group.items if with_tasks or item.task is None]
    lanes = (formatter.lane(item, risk_days)._replace(group=_name(formatter, group)) for group, item in shown)
    return formatter.timeline(lanes)._replace(links=_links(roadmap, [item.node.id for _, item in shown]))


def _links(roadmap: Roadmap, shown: list[str]) -> tuple[LaneLink, ...]:
    """Which of the nodes that are shown wait for which."""
    dependencies = Dependencies(roadmap)
    if dependencies.is_empty:
        return ()
    places = {node: at for at, node in enumerate(shown)}
    pairs = (
        (places.get(target), at) for at, node in enumerate(shown) for target in dependencies.targets(node)
    )
    return tuple(LaneLink(target, at) for target, at in pairs if target is not None)


def fit(roadmap: Roadmap) -> bool:
    """True if each card and each task with a day has a lane on the timeline of a report."""
    return sum(len(group.items) for group in Schedule(roadmap).by_stage()) <= LANES


def left_out(roadmap: Roadmap) -> int:
    """The number of open tasks with a day that have no lane on the timeline of a report."""
    items = [item for group in Schedule(roadmap).by_stage() for item in group.items]
    return sum(item.task is not None for item in items) if len(items) > LANES else 0


def _all_cards(formatter: MarkFormatter, group: Group, risk_days: int) -> Lane | None:
    """The lane of the cards of a stage or an owner; None where none has a deadline."""
    marks = [formatter.item(item, risk_days) for item in group.items if item.task is None]
    return formatter.cards(_name(formatter, group), marks) if marks else None


def _name(formatter: MarkFormatter, group: Group) -> str:
    if group.stage:
        return formatter.labels.of(group.stage)
    return group.owner or formatter.words("report.nobody")


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

    def lane(self, item: Scheduled, risk_days: int) -> Lane:
        """The lane of a card or a task."""
        return lane_of(self.item(item, risk_days))._replace(level=int(item.task is not None))

    def item(self, item: Scheduled, risk_days: int) -> TimelineMark:
        """The mark of a card or a task."""
        if item.task is None:
            mark = self.mark(item.card, card_health(item.card, self.today, risk_days), card_tally(item.card))
            assert mark is not None  # it has a day
            return mark
        health = task_health(item.task, self.today, risk_days)
        before = self._before(item.task.id, item.day)
        text = [self.words.day(item.day), *self._left(item.day, health), *self._moved(before)]
        label = self.labels.of(item.task)
        return TimelineMark(label, item.day, dots(text, self.words.direction), health, before=before)

    def mark(self, card: Card, summary: HealthSummary, counted: Tally) -> TimelineMark | None:
        """The mark of a card with its health and its tasks done; None without a valid deadline."""
        day = iso_day(role_value(card, "deadline"))
        if day is None:
            return None
        health = summary.health
        before = self._before(card.id, day)
        text = [self.words.day(day), f"{counted.percent}%", *self._left(day, health), *self._moved(before)]
        if starts_behind(card):
            typed = iso_day(role_value(card, "start"))
            text.append(self.words("timeline_tab.start_behind", day=self.words.day(typed or day)))
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

    def _before(self, node: str, day: date) -> tuple[date, ...]:
        return tuple(each for each in self.activity.slipped.get(node, ()) if each != day)

    def _left(self, day: date, health: Health) -> list[str]:
        """How late it is, or how soon its day is; nothing where neither is the case."""
        days = format_days((day - self.today).days, self.words)
        return [f"{HEALTH_SIGNS[health]} {days}"] if health in ("late", "at_risk") else []

    def _moved(self, before: tuple[date, ...]) -> list[str]:
        return [self.words("report.moved_from", day=self.words.day(before[0]))] if before else []

    def _start(self, card: Card, deadline: date) -> date | None:
        """The day in its field for the start, else its first day of work; None where neither is before."""
        days = (iso_day(role_value(card, "start")), self.activity.first_days.get(card.id))
        return next((day for day in days if day and day < deadline), None)

    def cards(self, name: str, marks: list[TimelineMark]) -> Lane:
        """The lane of a stage or an owner with many marks, which have no bars."""
        bare = tuple(mark._replace(start=None) for mark in marks)
        return Lane(name, self.words.plural("report.cards", len(marks)), bare)

    def timeline(self, lanes: Iterable[Lane]) -> Timeline:
        """The timeline of the lanes."""
        months = tuple(self.words("date.months").split())
        title, now = self.words("report.timeline"), self.words("days.today")
        return Timeline(title, tuple(lanes), self.today, now, months)
