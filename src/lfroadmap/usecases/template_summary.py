"""The templates in short: what each is, for whom, and how much is in it."""

from __future__ import annotations

from typing import TypedDict

from lfroadmap.roadmap.model import Card, Kpi, Stage, Task
from lfroadmap.roadmap.templates import Labels, load
from lfroadmap.roadmap.tree import places
from lfroadmap.words import Language


class TemplateSummary(TypedDict):
    """A template as `templates --json` prints it."""

    name: str
    title: str
    about: str
    audience: str
    stages: int
    cards: int
    tasks: int
    kpis: int


def summary_of(name: str, language: Language) -> TemplateSummary:
    """A template in short, in one language; raises RoadmapError where there is none of that name."""
    roadmap, labels = load(name).roadmap(name), Labels(name, language)
    kinds = [type(place.node) for place in places(roadmap)]
    return {
        "name": name,
        "title": labels.of(roadmap),
        "about": labels.about(roadmap),
        "audience": labels.audience,
        "stages": kinds.count(Stage),
        "cards": kinds.count(Card),
        "tasks": kinds.count(Task),
        "kpis": kinds.count(Kpi),
    }
