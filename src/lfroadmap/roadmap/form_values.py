"""Model values from the checked forms of a snapshot."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap.model import CHILDREN, LONGEST, Node, Roadmap
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import LAST, Place, places
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from lfroadmap.roadmap.snapshot_schema import Document, Form


def roadmap_of(document: Document) -> Roadmap:
    """The roadmap of a checked document; texts that equal its template's become the template's again."""
    roadmap = _model_value(document.roadmap, Labels(document.roadmap.template, "en"))
    assert isinstance(roadmap, Roadmap)
    return roadmap


def _model_value(form: Form, labels: Labels) -> Node | Roadmap:
    """The model's own value; a form adds `from_template` to its dataclass, and a task's form `legacy`."""
    kind: type[Any] = type(form).__bases__[0]
    values: dict[str, Any] = {field.name: getattr(form, field.name) for field in fields(kind)}
    values |= {name: text for name, text in getattr(form, "legacy", {}).items() if not values[name]}
    for name, _ in CHILDREN[kind]:
        values[name] = tuple(_model_value(child, labels) for child in values[name])
    for name in form.from_template:
        if labels.template_text(form, name) is not None:
            values[name] = None
    return cast("Node | Roadmap", kind(**values))


def check_ids(roadmap: Roadmap) -> None:
    """Raise BrokenSnapshot for duplicate or reserved ids: every edit finds its node by id alone.

    Also for texts that are too long.
    """
    seen = {"", LAST}
    if roadmap.id in seen:
        raise BrokenSnapshot("snapshot_bad_id", where="roadmap.id")
    seen.add(roadmap.id)
    for place in places(roadmap):
        node_id = place.node.id
        _check_lengths(place)
        if node_id in seen:
            key = "snapshot_bad_id" if node_id in ("", LAST) else "snapshot_double_id"
            raise BrokenSnapshot(key, where=_where(place), id=one_line(node_id)[:60])
        seen.add(node_id)


def _check_lengths(place: Place) -> None:
    """Raise BrokenSnapshot for a text that is longer than such a text can be."""
    for name, most in LONGEST.get(type(place.node), {}).items():
        if len(getattr(place.node, name)) > most:
            raise BrokenSnapshot("snapshot_long", where=_where(place, name), most=f"{most:,}")


def _where(place: Place, name: str = "id") -> str:
    """The JSON path of a node's attribute."""
    path = "".join(f".{name}[{at}]" for name, at in place.steps)
    return f"roadmap{path}.{name}"
