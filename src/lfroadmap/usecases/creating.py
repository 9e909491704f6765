"""New roadmaps from templates."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from lfroadmap.machine import new_id
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.templates import DEFAULT, load, names
from lfroadmap.store.folder.companions import nfc
from lfroadmap.store.folder.naming import is_valid_name
from lfroadmap.store.library.library import Library
from lfroadmap.usecases.author import author
from lfroadmap.words import Language


def new_roadmap(name: str, template: str = DEFAULT, language: Language = "en") -> Roadmap:
    """A new roadmap of a template, under an id that no other roadmap has; its title is its name.

    One that is named as its template, as the first one is, has the template's title in the reader's language.
    Of a person's own template it has the words in `language`. Raises RoadmapError.
    """
    name = nfc(name)
    roadmap = load(template).roadmap(new_id()) if template in names() else _own(template, language)
    return roadmap if name == template else replace(roadmap, title=name)


def _own(template: str, language: Language) -> Roadmap:
    from lfroadmap.usecases.known_templates import template_roadmap  # noqa: PLC0415 - few starts need it

    return template_roadmap(template, new_id(), language)


def name_of_file(source: str) -> str:
    """A name for what is read from a file: the file's own, without the day that an export puts in it."""
    stem = re.sub(r"[-_ ]?\d{4}-\d{2}-\d{2}( ?\(\d+\))?$", "", "" if source == "-" else Path(source).stem)
    name = "".join(c for c in stem if unicodedata.category(c)[0] in "LNM" or c in "-_ ")
    own = name.strip("-_ ")[:40] or "imported"
    return next(wanted for wanted in (own, f"{own}-plan", "imported") if is_valid_name(wanted, is_new=True))


def create_first(library: Library) -> str:
    """Create the built-in roadmap for a person who has none yet; returns its name."""
    library.create(DEFAULT, new_roadmap(DEFAULT), author())
    return DEFAULT
