"""What UTF-8 cannot hold is let go where an edit is made, so that the screen and the disk agree on it."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

_HALF = re.compile("[\ud800-\udfff]")
T = TypeVar("T")


def storable(value: T) -> T:
    """A text, or a node with all texts in it, with U+FFFD for each half of a surrogate pair.

    The length of a text stays, and a value without any such half is the very same object.
    """
    if isinstance(value, str):
        return cast("T", _HALF.sub("\ufffd", value) if _HALF.search(value) else value)
    if isinstance(value, tuple):
        items = tuple(map(storable, value))
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else cast("T", items)
    if is_dataclass(value) and not isinstance(value, type):
        changed = _changes(value)
        return cast("T", replace(cast("Any", value), **changed)) if changed else value
    return value


def hold_storable(edit: object) -> None:
    """Make a frozen edit's own texts storable, while it is being made."""
    for name, value in _changes(edit).items():
        object.__setattr__(edit, name, value)


def _changes(held: Any) -> dict[str, object]:  # noqa: ANN401 - any dataclass
    """The fields whose values are not storable as they are, with what they should be."""
    both = {field.name: getattr(held, field.name) for field in fields(held)}
    better = {name: storable(value) for name, value in both.items()}
    return {name: value for name, value in better.items() if value is not both[name]}
