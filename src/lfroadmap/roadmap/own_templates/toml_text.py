"""Writing a template's table as TOML, as a person would lay it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Table = Mapping[str, Any]
_SECTIONS = ("stages", "cards", "kpis")
"""Lists whose entries have a header each; other lists are written in place."""
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')
_NAMES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def toml_text(table: Table, comment: str = "") -> str:
    """The table as TOML; the lines of `comment` stand above it."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    return "\n".join([*lines, "", *_section(table, "")]).strip("\n") + "\n"


def _section(table: Table, path: str) -> Iterator[str]:
    for name, value in table.items():
        if name not in _SECTIONS:
            yield f"{name} = {_value(value)}"
    for name in _SECTIONS:
        for entry in table.get(name, ()):
            header = f"{path}{name}"
            yield ""
            yield f"[[{header}]]"
            yield from _section(entry, f"{header}.")


def _value(value: object, *, is_inside: bool = False) -> str:
    """A value; a list has a line for each entry, unless it is inside an inline table, which has one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        pairs = (f"{name} = {_value(each, is_inside=True)}" for name, each in value.items())
        return "{ " + ", ".join(pairs) + " }"
    assert isinstance(value, Sequence)
    if not value or is_inside:
        return "[" + ", ".join(_value(each, is_inside=True) for each in value) + "]"
    return "[\n" + "".join(f"  {_value(each, is_inside=True)},\n" for each in value) + "]"


def quoted(text: str) -> str:
    """A text as a TOML string on one line."""
    return '"' + _SPECIAL.sub(lambda found: _escaped(found[0]), text) + '"'


def _escaped(sign: str) -> str:
    return _NAMES.get(sign) or f"\\u{ord(sign):04x}"
