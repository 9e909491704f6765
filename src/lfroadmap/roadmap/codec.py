"""Nodes and edits as plain JSON values and back: the form in which the store writes them.

The exchange format is in `schema`; this one follows from the dataclasses alone, leaves defaults out, and is
read only by the product itself. A file can be forged all the same, so what is read has the classes and types
that the dataclasses declare, or ValueError is raised.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, fields
from functools import cache, partial
from itertools import chain, islice, repeat
from typing import Any, NamedTuple, TypeVar, cast, get_args

from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.model import (
    CHILDREN,
    Better,
    CalculatorKind,
    Kind,
    Node,
    Origin,
    RelationKind,
    Roadmap,
    Role,
    TextDirection,
)
from lfroadmap.roadmap.node_ids import check_ids
from lfroadmap.roadmap.surrogates import storable

T = TypeVar("T")
Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]

NODES = tuple(CHILDREN)
_NODE_KINDS = {kind.__name__: kind for kind in NODES}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_CLASS_KEY = "is"
"""The key that names the class; no dataclass has a field of this name."""
_UPPER = frozenset(kind for kind, below in CHILDREN.items() if any(CHILDREN[child] for _, child in below))
"""The classes with more than one level below them."""
FEW = 20
"""Nodes that are read one by one: only of more it is quicker to read their columns."""
_DEEPEST = 20
"""Allowed nesting of batches; the product nests two deep."""
_LARGE, _DENSE = 8_000_000, 10
"""A text longer than `_LARGE` has a list or a map at most every `_DENSE` characters; nodes are longer."""
_LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""A lone surrogate as JSON escapes it: the product writes none, and the disk takes none."""


def to_plain(value: Node | Roadmap | Edit) -> dict[str, Plain]:
    """A node or an edit as a dict, without attributes at their default."""
    out: dict[str, Plain] = {_CLASS_KEY: type(value).__name__}
    for name, default in _defaults(cast("Any", type(value))):
        own = getattr(value, name)
        if own != default:
            out[name] = _plain(own)
    return out


def from_plain(plain: Plain) -> Any:  # noqa: ANN401 - the caller names the class that must come back
    """The value that `to_plain` was given; raises ValueError for anything that it never produced."""
    if not isinstance(plain, dict):
        raise ValueError("not a node or an edit")
    values: dict[str, object] = dict(plain)
    kind = _kind(str(values.pop(_CLASS_KEY, "")))
    if kind is None:
        raise ValueError("unknown class")
    if kind is Roadmap and (made := _by_columns(kind, [plain])):
        return made[0]
    return make(kind, values)


def edit_kinds() -> tuple[type[Edit], ...]:
    """The classes of edits that are written; loaded with the first of them: opening a roadmap reads none."""
    from lfroadmap.roadmap.edit_kinds import EDITS  # noqa: PLC0415

    return EDITS


def _kind(name: str) -> type | None:
    """The class of a node or an edit; None where there is none of that name."""
    if kind := _NODE_KINDS.get(name):
        return kind
    return next((kind for kind in edit_kinds() if kind.__name__ == name), None)


def make(kind: type[T], values: dict[str, Any]) -> T:
    """A node or an edit with these values, in their JSON form; raises ValueError where they do not fit."""
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


def simple_types(kind: type) -> Mapping[str, frozenset[type]]:
    """The names of a class's fields whose JSON values are taken as they are, with the types of these."""
    return _shape(cast("Any", kind)).types


def make_readable(kind: type[T], values: dict[str, Any]) -> tuple[T, int]:
    """A node with the values that fit, and the number of those that do not; the others get their default."""
    fitting: dict[str, Any] = {}
    for name, value in values.items():
        with suppress(ValueError):
            make(kind, {"id": "", name: value})
            fitting[name] = value
    return make(kind, fitting), len(values) - len(fitting)


def dump(value: Node | Roadmap | Edit) -> str:
    """The value as one line of JSON."""
    return _encode(to_plain(value))


def load_edit(text: str) -> Edit:
    """The edit that `dump` wrote; raises ValueError."""
    from lfroadmap.roadmap.batch import is_nested_within  # noqa: PLC0415 - see `edit_kinds`

    edit = _parsed(text)
    if not isinstance(edit, Edit) or not is_nested_within(edit, _DEEPEST):
        raise ValueError("not an edit")
    return edit


def load_roadmap(text: str) -> Roadmap:
    """The roadmap that `dump` wrote; raises ValueError."""
    roadmap = _parsed(text)
    if not isinstance(roadmap, Roadmap):
        raise ValueError("not a roadmap")
    check_ids(roadmap)
    return storable(roadmap) if "\\u" in text and _LONE_SURROGATE.search(text) else roadmap


def _parsed(text: str) -> Any:  # noqa: ANN401 - as from_plain
    try:
        if len(text) > _LARGE and _DENSE * (text.count("[") + text.count("{")) > len(text):
            raise ValueError("more lists than there can be nodes")
        return from_plain(json.loads(text))
    except (TypeError, RecursionError) as error:  # too deeply nested, or not a text
        raise ValueError("not of ours") from error


class _Shape(NamedTuple):
    """The types that the fields of a class take."""

    types: Mapping[str, frozenset[type]]
    """Name -> the JSON types that are taken as they are."""
    others: Mapping[str, Callable[[Any], object]]
    """Name -> the function that makes the value from JSON."""


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


def _instance(kinds: tuple[type, ...], value: Plain) -> object:
    made = from_plain(value)
    if type(made) not in kinds:
        raise ValueError(f"a {type(made).__name__} in the wrong place")
    return made


def _instances(kinds: tuple[type, ...], value: object) -> object:
    if type(value) is not list:
        raise ValueError("no list")
    return tuple([_instance(kinds, item) for item in value])


def _leaves(kind: type, value: object) -> object:
    """Nodes of a class of which there may be many, and few have children."""
    if type(value) is not list:
        raise ValueError("no list")
    made = _by_columns(kind, value) if len(value) > FEW else None
    return _instances((kind,), value) if made is None else tuple(made)


def _by_columns(kind: type, items: list[Any]) -> list[Any] | None:
    """Nodes of a class, read column by column, in C; None where reading one by one says what is wrong."""
    try:
        return _from_columns(kind, items)
    except (TypeError, ValueError):
        return None


def _from_columns(kind: type, items: list[Any]) -> list[Any]:
    """Nodes with all that is in them, those of a class together; raises TypeError or ValueError."""
    if not items:
        return []
    if {*map(type, items)} != {dict} or {item.get(_CLASS_KEY) for item in items} != {kind.__name__}:
        raise ValueError("another class")
    names, defaults = {*chain.from_iterable(items)}, dict(_defaults(kind))
    if not names <= {_CLASS_KEY, *defaults}:
        raise ValueError("another name")
    made: list[Any] = [*map(object.__new__, repeat(kind, len(items)))]
    for name, default in defaults.items():
        is_given = name in names or default is MISSING
        column = _column(kind, name, [item.get(name, default) for item in items]) if is_given else None
        # frozen, but nobody has them yet
        deque(map(kind.__dict__[name].__set__, made, repeat(default) if column is None else column), maxlen=0)
    return made


def _column(kind: type, name: str, values: list[Any]) -> Sequence[object]:
    """The values that an attribute of several nodes has; raises TypeError or ValueError."""
    types, others = _shape(kind)
    if name in types:
        if not {*map(type, values)} <= types[name]:
            raise ValueError(f"{kind.__name__}.{name}")
        return values
    below = dict(CHILDREN[kind]).get(name)
    if below is None and {*map(type, values)} == {str}:  # of the few words each is looked at once
        deque(map(others[name], {*values}), maxlen=0)
        return values
    if below is None:
        default = dict(_defaults(kind))[name]
        return [value if value is default else others[name](value) for value in values]
    if any(type(value) is not list and value != () for value in values):
        raise ValueError("no list")
    made = iter(_from_columns(below, [*chain.from_iterable(values)]))
    return [tuple(islice(made, len(value))) for value in values]


_SIMPLE: dict[str, frozenset[type]] = {
    "str": frozenset((str,)),
    "str | None": frozenset((str, type(None))),
    "bool": frozenset((bool,)),
    "int": frozenset((int,)),
}
_OTHERS: dict[str, Callable[[Any], object]] = {
    "tuple[str, ...]": _texts,
    **{f"tuple[{kind.__name__}, ...]": partial(_instances, (kind,)) for kind in NODES},
    **{f"tuple[{kind.__name__}, ...]": partial(_leaves, kind) for kind in NODES if kind not in _UPPER},
    "tuple[Edit, ...]": lambda values: _instances(edit_kinds(), values),
    "Roadmap": partial(_instance, (Roadmap,)),
    "Node": partial(_instance, NODES[1:]),
    "CalculatorKind": partial(_one_of, get_args(CalculatorKind)),
    "RelationKind": partial(_one_of, get_args(RelationKind)),
    "Origin": partial(_one_of, get_args(Origin)),
    "Kind": partial(_one_of, get_args(Kind)),
    "Role": partial(_one_of, get_args(Role)),
    "TextDirection": partial(_one_of, get_args(TextDirection)),
    "Better": partial(_one_of, get_args(Better)),
}
"""Type annotation of a dataclass field -> the function that reads its values."""


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
