"""Progress: tasks done, tone of a share, days left, standing of a KPI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from lfroadmap.roadmap.model import Card, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.target_period import OwnBaseline, period_baseline

Tone = Literal["low", "half", "high"]
"""The tone of the bar of a share."""
StandingTone = Literal["late", "risk", "done"]
"""The tone of the word that says how a KPI goes."""


class Thresholds(NamedTuple):
    """Percentages from which a bar is half full, and high, and days within which a day is a risk."""

    orange: int = 34
    green: int = 67
    risk_days: int = 7


DEFAULT_THRESHOLDS = Thresholds()


class Tally(NamedTuple):
    """Tasks done, and all tasks."""

    done: int
    total: int

    @property
    def share(self) -> float:
        """Tasks done of all tasks, 0.0 to 1.0; 0.0 where there are none."""
        return self.done / self.total if self.total else 0.0

    @property
    def percent(self) -> int:
        """The share as a whole number, rounded down so that 100 means that all is done."""
        return self.done * 100 // self.total if self.total else 0

    def tone(self, thresholds: Thresholds = DEFAULT_THRESHOLDS, *, late: bool) -> Tone | None:
        """The tone of its bar; None for 0 % of what is not late."""
        return tone_of(self.percent, thresholds) if self.percent or late else None


def tone_of(percent: float, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Tone:
    """The tone of the bar of a percentage."""
    if percent >= thresholds.green:
        return "high"
    return "half" if percent >= thresholds.orange else "low"


def card_tally(card: Card) -> Tally:
    """The tally of the card's checklist."""
    return Tally([task.done for task in card.tasks].count(True), len(card.tasks))


def stage_tally(stage: Stage) -> Tally:
    """The tally of all checklists of the stage; each task weighs the same."""
    return _sum([card_tally(card) for card in stage.cards])


def tally(roadmap: Roadmap) -> Tally:
    """The tally of all checklists of the roadmap."""
    return _sum([stage_tally(stage) for stage in roadmap.stages])


def _sum(tallies: list[Tally]) -> Tally:
    return Tally(sum(t.done for t in tallies), sum(t.total for t in tallies))


_CHUNK = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def changed_tasks(before: tuple[Task, ...], after: tuple[Task, ...]) -> list[int]:
    """The places where two tuples of equal length differ.

    Tuples compare in C where most tasks are the same objects: 10,000 take a tenth of a millisecond.
    """
    out: list[int] = []
    for start in range(0, len(after), _CHUNK):
        old, new = before[start : start + _CHUNK], after[start : start + _CHUNK]
        if old != new:
            out += [start + n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a is not b]
    return out


def _tally_after(previous: tuple[Card, Tally] | None, card: Card) -> Tally:
    """The tally of a card that was edited; of the same number of tasks only the changed ones are counted."""
    if previous is None or len(previous[0].tasks) != len(card.tasks):
        return card_tally(card)
    (old, counted), new = previous, card.tasks
    gained = sum(new[at].done - old.tasks[at].done for at in changed_tasks(old.tasks, new))
    return Tally(counted.done + gained, counted.total)


class Counts:
    """The tallies of a roadmap that is being edited; only changed tasks are counted again.

    `update` compares by identity: an edit leaves untouched cards the same objects.
    """

    def __init__(self, roadmap: Roadmap) -> None:
        self._cards: dict[str, tuple[Card, Tally]] = {}
        self.stages: dict[str, Tally] = {}
        self.overall = Tally(0, 0)
        self.update(roadmap)

    def update(self, roadmap: Roadmap) -> None:
        """Count the cards that are not the same objects as before."""
        previous, self._cards, self.stages = self._cards, {}, {}
        for stage in roadmap.stages:
            for card in stage.cards:
                entry = previous.get(card.id)
                if entry is None or entry[0] is not card:
                    entry = (card, _tally_after(entry, card))
                self._cards[card.id] = entry
            self.stages[stage.id] = _sum([self._cards[card.id][1] for card in stage.cards])
        self.overall = _sum(list(self.stages.values()))

    def card(self, card_id: str) -> Tally:
        """The tally of one card."""
        return self._cards[card_id][1]


def role_value(card: Card, role: str) -> str:
    """The value of the card's first field with that role; empty where there is none."""
    return next((field.value for field in card.fields if field.role == role), "")


def iso_day(text: str) -> date | None:
    """The day of a valid date value; None for anything else."""
    if len(text) != 10 or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def days_left(card: Card, today: date) -> int | None:
    """Days to the card's deadline, negative when late; None where it has no valid one."""
    day = iso_day(role_value(card, "deadline"))
    return (day - today).days if day else None


StandingWord = Literal[
    "", "no_current", "bad_current", "no_baseline", "bad_baseline", "contradicts",
    "worse", "same", "on_the_way", "reached",
]  # fmt: skip
"""`bad_current` and `bad_baseline`: something is written there that is no number."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Progress of a KPI towards its target."""

    word: StandingWord
    percent: int | None = None
    """Share of the way from baseline to target, in percent; None where it is undefined."""

    @property
    def tone(self) -> StandingTone | None:
        """The tone of the word; None where it is good or bad to nobody, such as half of the way."""
        return _STANDING_TONES.get(self.word)


_STANDING_TONES: dict[StandingWord, StandingTone] = {
    "worse": "late", "contradicts": "risk", "reached": "done"
}  # fmt: skip


_NUMBER = re.compile(
    r"(?:(?<!\w)(?:\+\s*|[-−–]))?"  # after a letter it is a hyphen, as in `ל-35%`; before a space, a dash
    r"(?:\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
)


def number_in(text: str) -> float | None:
    """The first number in a text; None where there is none, or where it is beyond 1e15.

    A comma before three digits groups them (`1,200`); any other is a decimal one (`1,5`).
    """
    match = first_number(text)
    value = float(plain_number(match[0])) if match else None
    return None if value is None or abs(value) > 1e15 else value


def first_number(text: str) -> re.Match[str] | None:
    """The place of the first number in a text."""
    return _NUMBER.search(text)


NumberProblem = Literal["", "not_a_number", "too_large"]


def number_problem(text: str) -> NumberProblem:
    """Why a text is no number that can be counted with; empty where it is one, or has no letter or digit."""
    if number_in(text) is not None or not any(map(str.isalnum, text)):
        return ""
    return "too_large" if _NUMBER.search(text) else "not_a_number"


def plain_number(typed: str) -> str:
    """A number as `first_number` finds it with a point for its decimals, without groups."""
    plain = re.sub(r"\s", "", typed).replace("−", "-").replace("–", "-")
    grouped = re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain)
    return plain.replace(",", "") if grouped else plain.replace(",", ".")


def is_relative(target: str) -> bool:
    """Whether the target is a number with a sign, which starts from the baseline."""
    match = _NUMBER.search(target)
    return match is not None and match[0][0] in "+-−–"


def own_baseline(kpi: Kpi, target: str) -> OwnBaseline:
    """What the target starts from: the KPI's baseline, or the value before the target's own period."""
    return period_baseline(kpi, target) if kpi.readings and is_relative(target) else OwnBaseline(kpi.baseline)


def goal_of(target: str, baseline: float | None) -> float | None:
    """The goal as a number; None where it is undefined.

    A number with a sign starts from the baseline: `+20% a quarter` and `−15%` are percents of it, `+5` and
    `-3 days` are added to it. Any other number (`35%`, `12 days`) is the goal itself.
    """
    match, value = _NUMBER.search(target), number_in(target)
    if not match or value is None:
        return None
    if not is_relative(target):
        return value
    percent = target[match.end() :].lstrip().startswith("%")
    if baseline is None or (percent and baseline == 0):
        return None
    step = abs(baseline) * value / 100 if percent else value
    return round(baseline + step, 9)  # 0.1 + 0.02 is 0.12000000000000001, which 0.12 must still reach


def standing(kpi: Kpi, target: str) -> Standing:
    """The KPI's standing; `target` is its text in the reader's language.

    Without a baseline an absolute target can only be reached or not.
    """
    start = own_baseline(kpi, target).value
    current, baseline = number_in(kpi.current), number_in(start)
    goal = goal_of(target, baseline)
    if _contradicts(kpi, target, baseline, goal):
        return Standing("contradicts")
    if current is None:
        return Standing("bad_current" if number_problem(kpi.current) else "no_current")
    if goal is None:
        return _without_baseline(start) if number_in(target) is not None else Standing("")
    up = _goes_up(kpi, target, baseline, goal)
    if current >= goal if up else current <= goal:
        return Standing("reached", 100)
    return _without_baseline(start) if baseline is None else _on_the_way(baseline, current, goal)


def _contradicts(kpi: Kpi, target: str, baseline: float | None, goal: float | None) -> bool:
    """Whether the target leads from the baseline away from the better direction."""
    if baseline is not None and goal is not None:
        step = goal - baseline
    else:
        step = (number_in(target) or 0) if is_relative(target) else 0
    return step > 0 if kpi.better == "down" else step < 0 if kpi.better == "up" else False


def _without_baseline(start: str) -> Standing:
    return Standing("bad_baseline" if number_problem(start) else "no_baseline")


def _on_the_way(baseline: float, current: float, goal: float) -> Standing:
    """Progress towards a goal that is not reached; below 0 and beyond 1 the KPI moved away from it."""
    if current == baseline:
        return Standing("same", 0)
    way = (current - baseline) / (goal - baseline) if goal != baseline else 0.0
    return Standing("on_the_way", min(int(round(way * 100, 9)), 99)) if 0 < way < 1 else Standing("worse", 0)


def goes_up(kpi: Kpi, target: str) -> bool:
    """Whether higher values of the KPI are better, as its direction says, or else its target."""
    baseline = number_in(own_baseline(kpi, target).value)
    goal = goal_of(target, baseline)
    return _goes_up(kpi, target, None if goal is None else baseline, goal or 0.0)


def _goes_up(kpi: Kpi, target: str, baseline: float | None, goal: float) -> bool:
    if kpi.better:
        return kpi.better == "up"
    if baseline is not None and goal != baseline:
        return goal > baseline
    value = number_in(target)
    return value is None or value >= 0
