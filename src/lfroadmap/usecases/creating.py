"""New roadmaps from templates."""

from __future__ import annotations

from dataclasses import replace

from lfroadmap.machine import author, new_id
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.templates import DEFAULT, load
from lfroadmap.store.folder.companions import nfc
from lfroadmap.store.library.library import Library


def new_roadmap(name: str, template: str = DEFAULT) -> Roadmap:
    """A new roadmap of a template, under an id that no other roadmap has; its title is its name.

    One that is named as its template, as the first one is, has the template's title in the reader's language.
    """
    name = nfc(name)
    return replace(load(template).roadmap(new_id()), title=None if name == template else name)


def create_first(library: Library) -> str:
    """Create the built-in roadmap for a person who has none yet; returns its name."""
    library.create(DEFAULT, new_roadmap(DEFAULT), author())
    return DEFAULT
