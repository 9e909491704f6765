"""The arguments of a tool: their JSON Schema, and checking what an assistant gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lfroadmap.errors import UsageError
from lfroadmap.roadmap.due import MOST_DAYS
from lfroadmap.text import one_line
from lfroadmap.words import SafeText, Words

LONGEST_TEXT = 100_000
"""Characters of a text that are taken."""
MOST_EDITS = 500
"""Edits that one call takes."""
_SHOWN = 60
"""Characters of a wrong name that a message repeats."""

EXAMPLE = SafeText('{"do": "tick", "task": "…"}')
"""An edit, for messages."""
Values = dict[str, Any]


class Shape(NamedTuple):
    """The arguments of a tool; all but the flags, the numbers and the edits are texts."""

    needs: tuple[str, ...] = ()
    may_have: tuple[str, ...] = ()


FLAGS = ("yes", "late", "due_this_week", "open")
"""Arguments that are true or false."""
NUMBERS = {"days": MOST_DAYS}
"""Arguments that are whole numbers from 0, with the greatest that is taken; digits in a text are, too."""
LISTS = ("edits",)
"""Arguments that are lists of edits, as `apply` reads them."""


def input_schema(
    shape: Shape, words: Words, edit: Mapping[str, Any], *, writes: bool = False
) -> dict[str, Any]:
    """The JSON Schema of the arguments; `edit` is that of one edit.

    What `writes` has the day of a value where others name a moment of the roadmap.
    """
    described = {name: words(f"assistant.argument_{name}") for name in (*shape.needs, *shape.may_have)}
    if writes and "at" in described:
        described["at"] = words("assistant.day_of_value")
    return {
        "type": "object",
        "properties": {name: _type(name, edit) | {"description": text} for name, text in described.items()},
        "required": list(shape.needs),
        "additionalProperties": False,
    }


def _type(name: str, edit: Mapping[str, Any]) -> dict[str, Any]:
    if name in FLAGS:
        return {"type": "boolean"}
    if name in NUMBERS:
        return {"type": "integer", "minimum": 0, "maximum": NUMBERS[name]}
    if name in LISTS:
        return {"type": "array", "items": dict(edit), "minItems": 1, "maxItems": MOST_EDITS}
    return {"type": "string", "maxLength": LONGEST_TEXT}


def checked(tool: str, shape: Shape, given: Mapping[str, Any] | None) -> Values:
    """The arguments that were given, without those that are null; raises UsageError for any that is wrong."""
    values = {name: value for name, value in (given or {}).items() if value is not None}
    known = (*shape.needs, *shape.may_have)
    for name, value in values.items():
        if name not in known:
            shown = one_line(name)[:_SHOWN]
            raise UsageError("assistant_argument", tool=tool, name=shown, known=list(known))
        if name in NUMBERS:
            values[name] = _number(name, value)
        else:
            _check(name, value)
    for name in shape.needs:
        if name not in values:
            raise UsageError("assistant_missing", tool=tool, name=name)
    return values


def _number(name: str, value: object) -> int:
    """A whole number, which some programs send as a text."""
    most = NUMBERS[name]
    text = value.strip() if isinstance(value, str) else ""
    if text.isascii() and text.isdecimal() and len(text) <= len(str(most)):
        value = int(text)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise UsageError("assistant_number", name=name, most=most)
    return value


def _check(name: str, value: object) -> None:
    if name in FLAGS:
        if not isinstance(value, bool):
            raise UsageError("assistant_flag", name=name)
    elif name in LISTS:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise UsageError("assistant_edits", name=name, example=EXAMPLE)
        if len(value) > MOST_EDITS:
            raise UsageError("assistant_many", name=name, most=MOST_EDITS)
    elif not isinstance(value, str):
        raise UsageError("assistant_text", name=name)
    elif len(value) > LONGEST_TEXT:
        raise UsageError("assistant_long", name=name, most=LONGEST_TEXT)
