"""Saving a roadmap as a template of a person's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.own_templates.saving import table_of
from lfroadmap.roadmap.own_templates.toml_text import toml_text
from lfroadmap.roadmap.templates import names
from lfroadmap.usecases.own_templates import (
    check_name,
    own_names,
    own_template,
    parse_template,
    template_path,
    write_template,
)
from lfroadmap.words import Words


def save_template(roadmap: Roadmap, name: str, words: Words, *, answers: bool, replace: bool) -> Path:
    """Write a roadmap as a template, with what people filled in or without it; returns the path.

    Raises RoadmapError for a name that no template can have, for one that is taken unless it may be replaced,
    and for a roadmap of which no template can be made.
    """
    name = check_name(name)
    path = template_path(name)
    if not replace and name in own_names():
        raise RoadmapError("template_exists", name=name, path=path)
    table = table_of(roadmap, _about(roadmap.template), answers=answers)
    text = toml_text(table, words("template_file.comment", name=name))
    try:
        parse_template(name, text, path)
    except RoadmapError as error:
        raise RoadmapError("template_unfit", faults=error.facts["faults"]) from error
    return write_template(name, text, replace=replace)


def _about(template: str) -> Mapping[str, Mapping[str, str]]:
    """The texts about a person's own template that no roadmap of it has."""
    if template in names():
        return {}
    try:
        own = own_template(template)
    except RoadmapError:  # it is broken: the roadmap itself has all that is needed
        return {}
    return own.table if own else {}
