"""All templates that a roadmap can be made of: the built-in ones, and a person's own."""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.templates import load, names
from lfroadmap.usecases.own_templates import own_names, own_template, usable_templates
from lfroadmap.words import Language


def known_names() -> tuple[str, ...]:
    """The built-in templates, then a person's own."""
    return (*names(), *(name for name in own_names() if name not in names()))


def template_roadmap(name: str, roadmap_id: str, language: Language) -> Roadmap:
    """A new roadmap of a template, one of a person's own with its words in a language.

    Raises RoadmapError where there is no such template, or it is broken.
    """
    if name in names():
        return load(name).roadmap(roadmap_id)
    if (own := own_template(name)) is None:
        raise RoadmapError("no_template", name=name, known=", ".join(known_names()))
    return own.roadmap(roadmap_id, language)


def usable_roadmaps(language: Language) -> Iterator[tuple[str, Roadmap]]:
    """Name of each template that can be used, and a roadmap of it."""
    for name in names():
        yield name, load(name).roadmap("template")
    for own in usable_templates():
        yield own.name, own.roadmap("template", language)
