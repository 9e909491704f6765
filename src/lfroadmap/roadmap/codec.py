"""Nodes and edits as plain JSON-able values, and back: how the store writes them down.

The exchange format that people keep is `schema`'s; this one is told from the dataclasses alone, leaves
defaults out, and is never read but by the product itself.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, cast

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edit import Edit, NoChange
from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import CHILDREN, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, Remove

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]

NODES = tuple(CHILDREN)
EDITS: tuple[type, ...] = (
    Add, Batch, Move, NoChange, Remove, Rename, ResetAll, SetField, SetKpi, SetTask, SpliceText, Tick,
)  # fmt: skip
_TYPES = {kind.__name__: kind for kind in (*NODES, *EDITS)}
_SORT = "is"
"""The key that names the class; no dataclass has a field of this name."""


def to_plain(value: Node | Roadmap | Edit) -> dict[str, Plain]:
    """A node or an edit as a dict, without what is at its default."""
    out: dict[str, Plain] = {_SORT: type(value).__name__}
    for name, default in _defaults(cast("Any", type(value))):
        held = getattr(value, name)
        if held != default:
            out[name] = _plain(held)
    return out


def from_plain(plain: Plain) -> Any:  # noqa: ANN401 - the caller names the class that must come back
    """What `to_plain` was given; raises ValueError for anything that it never made."""
    if not isinstance(plain, dict):
        raise ValueError("not a node or an edit")
    held = dict(plain)
    kind = _TYPES.get(str(held.pop(_SORT, "")))
    if kind is None:
        raise ValueError("unknown class")
    try:
        return kind(**{name: _value(value) for name, value in held.items()})
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from None


def dump(value: Node | Roadmap | Edit) -> str:
    """The value as one line of JSON."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def load_edit(text: str) -> Edit:
    """The edit that `dump` wrote; raises ValueError."""
    edit = from_plain(json.loads(text))
    if not isinstance(edit, EDITS):
        raise ValueError("not an edit")
    return cast("Edit", edit)


def load_roadmap(text: str) -> Roadmap:
    """The roadmap that `dump` wrote; raises ValueError."""
    roadmap = from_plain(json.loads(text))
    if not isinstance(roadmap, Roadmap):
        raise ValueError("not a roadmap")
    return roadmap


@cache
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    """The names of a dataclass's fields with their defaults; MISSING equals no value."""
    return tuple(
        (field.name, field.default) for field in fields(kind) if field.default is not MISSING
    ) + tuple((field.name, MISSING) for field in fields(kind) if field.default is MISSING)


def _plain(value: object) -> Plain:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int):
        return value
    return to_plain(cast("Node", value))


def _value(plain: Plain) -> object:
    if isinstance(plain, list):
        return tuple(_value(item) for item in plain)
    return from_plain(plain) if isinstance(plain, dict) else plain
