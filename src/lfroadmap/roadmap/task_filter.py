"""Narrowing the tasks of a roadmap: by owner, lateness, week, stage, health and words, combined."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import NamedTuple, cast

from lfroadmap.roadmap.health import RISK_DAYS, WORST_FIRST, Health, is_late, task_health
from lfroadmap.roadmap.matching import fold
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.named_nodes import likest_of
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.search_entries import SearchEntry, owner_of
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.weeks import week_start
from lfroadmap.text import match_key
from lfroadmap.words import LANGUAGES, Language, words


class Today(NamedTuple):
    """The day on which something is late, and what that depends on."""

    day: date
    risk_days: int = RISK_DAYS
    week_starts: int = 0
    """The first day of a week, 0 for Monday to 6 for Sunday."""

    def week(self) -> tuple[date, date]:
        """The first and the last day of this week."""
        first = week_start(self.day, self.week_starts)
        return first, first + timedelta(6)


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks are wanted, as a person writes it; an empty part asks for nothing."""

    owner: str = ""
    is_late: bool = False
    is_due_this_week: bool = False
    is_open: bool = False
    stage: str = ""
    health: str = ""
    text: str = ""

    @property
    def is_on(self) -> bool:
        """True if it asks for tasks: words alone may stand in anything."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "text")

    def changed(self, part: str, value: str | bool) -> TaskFilter:
        """The filter with another value of one part, which is a text or a bool as before."""
        return replace(self, **{part: value})  # type: ignore[arg-type]

    def plain(self) -> dict[str, str | bool]:
        """The parts that ask for something."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name))}


class Meant(NamedTuple):
    """The people, stages or healths that a part of a filter may mean."""

    ids: frozenset[str]
    names: tuple[str, ...]


def meant_owners(wanted: str, owners: Iterable[str]) -> Meant:
    """The owners whom a text may mean, of these names: the keys of the names, and the names."""
    names: dict[str, str] = {}
    for name in owners:
        names.setdefault(match_key(name), name)
    found = likest_of(fold(wanted), {key: (fold(name),) for key, name in names.items()})
    return Meant(frozenset(found), tuple(names[key] for key in found))


def meant_stages(wanted: str, roadmap: Roadmap, language: Language) -> Meant:
    """The stages that a text may mean by their id or their name in any language: ids, and names."""
    labels = [Labels(roadmap.template, each) for each in LANGUAGES]
    texts = {
        stage.id: [
            fold(text)
            for text in (
                stage.id,
                stage.id.rpartition(".")[2],
                *(each.of(stage) for each in labels),
                *(each.short(stage) for each in labels),
            )
        ]
        for stage in roadmap.stages
    }
    found = likest_of(fold(wanted), texts)
    own = Labels(roadmap.template, language)
    return Meant(frozenset(found), tuple(own.of(stage) for stage in roadmap.stages if stage.id in found))


def meant_healths(wanted: str, language: Language) -> Meant:
    """The healths that a text may mean by their name in any language or in JSON."""
    names = {
        health: [fold(each) for each in (health, health.replace("_", "-"), *_health_names(health))]
        for health in WORST_FIRST
    }
    found = likest_of(fold(wanted), names)
    return Meant(frozenset(found), tuple(words(language)(f"health.{health}") for health in found))


def _health_names(health: Health) -> list[str]:
    return [words(language)(f"health.{health}") for language in LANGUAGES]


class TaskTest:
    """Says of entries whether they are tasks, or notes of tasks, that a filter wants.

    `owners` are the names among which the filter's is looked for. A part that may mean several means all of
    them, so that results come while it is typed.
    """

    def __init__(
        self, wanted: TaskFilter, roadmap: Roadmap, owners: Iterable[str], today: Today, language: Language
    ) -> None:
        self._on = today
        self._week = today.week()
        self._tests: list[Callable[[SearchEntry], bool]] = []
        if wanted.stage:
            self._stages = meant_stages(wanted.stage, roadmap, language).ids
            self._tests.append(self._is_in_stage)
        if wanted.is_open:
            self._tests.append(self._is_open)
        if wanted.is_late:
            self._tests.append(self._is_late)
        if wanted.is_due_this_week:
            self._tests.append(self._is_due_this_week)
        if wanted.owner:
            self._owners = meant_owners(wanted.owner, owners).ids
            self._known_owners: dict[str, bool] = {}
            self._tests.append(self._is_owned)
        if wanted.health:
            self._healths = cast("frozenset[Health]", meant_healths(wanted.health, language).ids)
            self._tests.append(self._has_health)

    def __call__(self, entry: SearchEntry) -> bool:
        """True for a task, or a note of one, that the filter wants."""
        return entry.task is not None and all(test(entry) for test in self._tests)

    def _is_in_stage(self, entry: SearchEntry) -> bool:
        return entry.stage is not None and entry.stage.id in self._stages

    def _is_open(self, entry: SearchEntry) -> bool:
        return entry.task is not None and not entry.task.done

    def _is_late(self, entry: SearchEntry) -> bool:
        return entry.task is not None and is_late(entry.task, self._on.day)

    def _is_due_this_week(self, entry: SearchEntry) -> bool:
        day = iso_day(entry.task.due) if entry.task and entry.task.due else None
        return day is not None and self._week[0] <= day <= self._week[1]

    def _is_owned(self, entry: SearchEntry) -> bool:
        owner = owner_of(entry)
        known = self._known_owners.get(owner)
        if known is None:
            known = self._known_owners[owner] = match_key(owner) in self._owners
        return known

    def _has_health(self, entry: SearchEntry) -> bool:
        task = entry.task
        return task is not None and task_health(task, self._on.day, self._on.risk_days) in self._healths
