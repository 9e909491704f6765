"""New roadmaps from templates."""

from __future__ import annotations

from lfroadmap.machine import author, new_id
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.templates import DEFAULT, load
from lfroadmap.store.library.library import Library


def new_roadmap(template: str = DEFAULT) -> Roadmap:
    """A new roadmap of a template, under an id that no other roadmap has."""
    return load(template).roadmap(new_id())


def create_first(library: Library) -> str:
    """Create the built-in roadmap for a person who has none yet; returns its name."""
    library.create(DEFAULT, new_roadmap(), author())
    return DEFAULT
