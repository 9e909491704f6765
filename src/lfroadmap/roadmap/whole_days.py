"""The days of tasks in a roadmap that was read: a day or nothing, and what an older file had instead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from lfroadmap.roadmap.model import TASK_DAYS, Roadmap, Task
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Language


class NoDay(NamedTuple):
    """A value that stood where a day must, and was left out."""

    task: str
    attribute: str
    value: str


def with_days(roadmap: Roadmap, language: Language) -> tuple[Roadmap, tuple[NoDay, ...]]:
    """The roadmap with nothing but days under days, and the values that were left out."""
    labels = Labels(roadmap.template, language)
    found: list[NoDay] = []

    def checked(task: Task) -> Task:
        wrong = [name for name in TASK_DAYS if getattr(task, name) and iso_day(getattr(task, name)) is None]
        found.extend(NoDay(labels.of(task), name, getattr(task, name)) for name in wrong)
        empty: dict[str, Any] = dict.fromkeys(wrong, "")
        return replace(task, **empty) if wrong else task

    stages = tuple(
        replace(
            stage,
            cards=tuple(replace(card, tasks=tuple(map(checked, card.tasks))) for card in stage.cards),
        )
        for stage in roadmap.stages
    )
    return (replace(roadmap, stages=stages) if found else roadmap), tuple(found)
