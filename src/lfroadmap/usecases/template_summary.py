"""The templates in short: what each is, for whom, and how much is in it."""

from __future__ import annotations

from typing import TypedDict

from lfroadmap.roadmap.model import Card, Kpi, Stage, Task
from lfroadmap.roadmap.own_templates.making import OwnTemplate
from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.roadmap.tree import places
from lfroadmap.usecases.own_templates import BrokenTemplate, own_templates
from lfroadmap.words import Language, Words


class TemplateSummary(TypedDict):
    """A template as `templates --json` prints it."""

    name: str
    own: bool
    title: str
    about: str
    audience: str
    stages: int
    cards: int
    tasks: int
    kpis: int


class TemplateError(TypedDict):
    """A template that cannot be used."""

    name: str
    own: bool
    error: str


def summaries(words: Words) -> list[TemplateSummary | TemplateError]:
    """The built-in templates in short, and then a person's own, each broken one with the reason."""
    built_in = [summary_of(name, words.language) for name in names()]
    return [*built_in, *(_own_summary(each, words) for each in own_templates())]


def summary_of(name: str, language: Language) -> TemplateSummary:
    """A built-in template in short, in one language; raises RoadmapError where there is none of that name."""
    roadmap, labels = load(name).roadmap(name), Labels(name, language)
    kinds = [type(place.node) for place in places(roadmap)]
    return _summary(name, (labels.of(roadmap), labels.about(roadmap), labels.audience), kinds, own=False)


def _own_summary(template: OwnTemplate | BrokenTemplate, words: Words) -> TemplateSummary | TemplateError:
    if isinstance(template, BrokenTemplate):
        return {"name": template.name, "own": True, "error": words.error(template.error)}
    language = words.language
    kinds = [type(place.node) for place in places(template.roadmap("template", language))]
    title, about, audience = (template.text(name, language) for name in ("title", "about", "audience"))
    return _summary(template.name, (title, about, audience), kinds, own=True)


def _summary(name: str, texts: tuple[str, str, str], kinds: list[type], *, own: bool) -> TemplateSummary:
    title, about, audience = texts
    return {
        "name": name,
        "own": own,
        "title": title,
        "about": about,
        "audience": audience,
        "stages": kinds.count(Stage),
        "cards": kinds.count(Card),
        "tasks": kinds.count(Task),
        "kpis": kinds.count(Kpi),
    }
