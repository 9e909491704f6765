"""Nodes and edits as plain JSON-able values, and back: how the store writes them down.

The exchange format that people keep is `schema`'s; this one is told from the dataclasses alone, leaves
defaults out, and is never read but by the product itself. A file may have been made by anybody all the same:
what comes back has the classes and types that the dataclasses say, or ValueError is raised.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar, cast, get_args

from lfroadmap.roadmap.batch import Batch, ResetAll, is_nested_within
from lfroadmap.roadmap.edit import Edit, NoChange
from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import CHILDREN, Better, Kind, Node, Roadmap, Role, TextDirection
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.surrogates import storable
from lfroadmap.roadmap.tree import LAST, children

T = TypeVar("T")
Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]

NODES = tuple(CHILDREN)
EDITS: tuple[type, ...] = (
    Add, Batch, Move, NoChange, Remove, Rename, ResetAll, SetField, SetKpi, SetTask, SpliceText, Tick,
)  # fmt: skip
_TYPES = {kind.__name__: kind for kind in (*NODES, *EDITS)}
_SORT = "is"
"""The key that names the class; no dataclass has a field of this name."""
_DEEPEST = 20
"""Edits of edits of edits; ours are two deep."""
_LARGE, _DENSE = 8_000_000, 10
"""A text longer than that has a list or a map in so many characters at most; every node of ours is longer."""
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a surrogate pair, as JSON writes it: we write none, and the disk takes none."""


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
    held: dict[str, object] = dict(plain)
    kind = _TYPES.get(str(held.pop(_SORT, "")))
    if kind is None:
        raise ValueError("unknown class")
    return make(kind, held)


def make(kind: type[T], values: dict[str, Any]) -> T:
    """A node or an edit of these values, in the form of JSON; raises ValueError where they do not fit."""
    types, others = _shape(cast("Any", kind))
    for name, value in values.items():
        allowed = types.get(name)
        if allowed is None and name in others:
            values[name] = others[name](value)
        elif allowed is None or type(value) not in allowed:
            raise ValueError(f"{kind.__name__}.{name}")
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from None


def dump(value: Node | Roadmap | Edit) -> str:
    """The value as one line of JSON."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def load_edit(text: str) -> Edit:
    """The edit that `dump` wrote; raises ValueError."""
    edit = _loaded(text)
    if not isinstance(edit, Edit) or not is_nested_within(edit, _DEEPEST):
        raise ValueError("not an edit")
    return edit


def load_roadmap(text: str) -> Roadmap:
    """The roadmap that `dump` wrote; raises ValueError."""
    roadmap = _loaded(text)
    if not isinstance(roadmap, Roadmap):
        raise ValueError("not a roadmap")
    check_ids(roadmap)
    return storable(roadmap) if _HALF.search(text) else roadmap


def check_ids(roadmap: Roadmap) -> None:
    """Raise ValueError where two nodes have one id, or one has an id that no node may have."""
    ids = ["", LAST, *_ids(Roadmap, [roadmap])]
    if len(set(ids)) < len(ids):
        raise ValueError("an id twice, or none")


def _ids(kind: type, above: Sequence[Node | Roadmap]) -> list[str]:
    """The ids of nodes of a class and of all that is in them, class by class, which is quick."""
    ids = [node.id for node in above]
    for name, below in CHILDREN[kind]:
        ids += _ids(below, [child for node in above for child in children(node, name)])
    return ids


def _loaded(text: str) -> Any:  # noqa: ANN401 - as from_plain
    try:
        if len(text) > _LARGE and _DENSE * (text.count("[") + text.count("{")) > len(text):
            raise ValueError("more lists than there can be nodes")
        return from_plain(json.loads(text))
    except (TypeError, RecursionError) as error:  # no text, or too deep to be read
        raise ValueError("not of ours") from error


class _Shape(NamedTuple):
    """What the fields of a class hold."""

    types: Mapping[str, frozenset[type]]
    """Name -> the types of JSON that are taken as they are."""
    others: Mapping[str, Callable[[Any], object]]
    """Name -> what makes the value out of JSON."""


@cache
def _shape(kind: type) -> _Shape:
    annotations = {field.name: str(field.type) for field in fields(kind)}
    return _Shape(
        {name: _SIMPLE[annotation] for name, annotation in annotations.items() if annotation in _SIMPLE},
        {name: _OTHERS[annotation] for name, annotation in annotations.items() if annotation not in _SIMPLE},
    )


def _one_of(allowed: tuple[str, ...], value: object) -> object:
    if value not in allowed:
        raise ValueError(f"none of {allowed}")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if type(value) is not list or any(type(item) is not str for item in value):
        raise ValueError("no texts")
    return tuple(value)


def _made(kinds: tuple[type, ...], value: Plain) -> object:
    made = from_plain(value)
    if type(made) not in kinds:
        raise ValueError(f"a {type(made).__name__} in the wrong place")
    return made


def _several(kinds: tuple[type, ...], value: object) -> object:
    if type(value) is not list:
        raise ValueError("no list")
    return tuple([_made(kinds, item) for item in value])


_SIMPLE: dict[str, frozenset[type]] = {
    "str": frozenset((str,)),
    "str | None": frozenset((str, type(None))),
    "bool": frozenset((bool,)),
    "int": frozenset((int,)),
}
_OTHERS: dict[str, Callable[[Any], object]] = {
    "tuple[str, ...]": _texts,
    **{f"tuple[{kind.__name__}, ...]": partial(_several, (kind,)) for kind in NODES},
    "tuple[Edit, ...]": partial(_several, EDITS),
    "Roadmap": partial(_made, (Roadmap,)),
    "Node": partial(_made, NODES[1:]),
    "Kind": partial(_one_of, get_args(Kind)),
    "Role": partial(_one_of, get_args(Role)),
    "TextDirection": partial(_one_of, get_args(TextDirection)),
    "Better": partial(_one_of, get_args(Better)),
}
"""How the dataclasses write the types of their fields -> what may stand there."""


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
