"""Replacement of lone surrogates, which UTF-8 cannot encode, when an edit is made."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
T = TypeVar("T")


def storable(value: T) -> T:
    """A text, or a node with all its texts, with U+FFFD for each lone surrogate.

    The length of a text stays the same, and a value without lone surrogates is the very same object.
    """
    if isinstance(value, str):
        if value.isascii():
            return value
        return cast("T", _LONE_SURROGATE.sub("\ufffd", value) if _LONE_SURROGATE.search(value) else value)
    if isinstance(value, tuple):
        items = tuple(map(storable, value))
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else cast("T", items)
    if is_dataclass(value) and not isinstance(value, type):
        changed = _changes(value)
        return cast("T", replace(cast("Any", value), **changed)) if changed else value
    return value


def make_storable(edit: object) -> None:
    """Make a frozen edit's own texts storable, in its `__post_init__`."""
    for name, value in _changes(edit).items():
        object.__setattr__(edit, name, value)


def _changes(item: Any) -> dict[str, object]:  # noqa: ANN401 - any dataclass
    """The fields of a dataclass whose values are not storable, with their replacements."""
    current = {name: getattr(item, name) for name in _names(cast("Any", type(item)))}
    fixed = {name: storable(value) for name, value in current.items()}
    return {name: value for name, value in fixed.items() if value is not current[name]}


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass."""
    return tuple(field.name for field in fields(kind))
