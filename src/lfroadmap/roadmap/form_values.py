"""The model's values of a snapshot whose forms were checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.model import CHILDREN, Node, Roadmap
from lfroadmap.roadmap.schema import words_key
from lfroadmap.roadmap.tree import LAST, Place, places
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from lfroadmap.roadmap.snapshot_schema import Document, Form


def roadmap_of(document: Document) -> Roadmap:
    """The roadmap of a checked document, with the words that are its template's given back to it."""
    template = document.roadmap.template
    known = templates.load(template).words["en"] if template in templates.names() else {}
    roadmap = _bare(document.roadmap, known)
    assert isinstance(roadmap, Roadmap)
    return roadmap


def _bare(form: Form, known: Mapping[str, str]) -> Node | Roadmap:
    """The model's own value; a form adds one attribute to the dataclass that it stands for."""
    sort: type[Any] = type(form).__bases__[0]
    given: dict[str, Any] = {field.name: getattr(form, field.name) for field in fields(sort)}
    for name, _ in CHILDREN[sort]:
        given[name] = tuple(_bare(child, known) for child in given[name])
    for name in form.from_template:
        if words_key(form, name) in known:
            given[name] = None
    return cast("Node | Roadmap", sort(**given))


def check_ids(roadmap: Roadmap) -> None:
    """Every edit finds its node by its id alone, so one id must never stand for two."""
    seen = {"", LAST}
    if roadmap.id in seen:
        raise BrokenSnapshot("snapshot_bad_id", where="roadmap.id")
    seen.add(roadmap.id)
    for place in places(roadmap):
        node_id = place.node.id
        if node_id in seen:
            key = "snapshot_bad_id" if node_id in ("", LAST) else "snapshot_double_id"
            raise BrokenSnapshot(key, where=_where(place), id=one_line(node_id)[:60])
        seen.add(node_id)


def _where(place: Place) -> str:
    """The JSON path of a node's id."""
    path = "".join(f".{name}[{at}]" for name, at in place.steps)
    return f"roadmap{path}.id"
