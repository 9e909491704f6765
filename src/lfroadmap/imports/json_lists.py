"""JSON that other programs export: parsed within limits, and its values as texts of cells."""

from __future__ import annotations

import json
from typing import Any

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap.json_source import as_utf8, check_size


def parsed(data: bytes) -> Any:  # noqa: ANN401 - any JSON
    """The values of a JSON text; raises BrokenSnapshot with the place of a fault."""
    source = as_utf8(data)
    check_size(source)
    try:
        return json.loads(source)
    except json.JSONDecodeError as error:
        raise BrokenSnapshot("snapshot_not_json", line=error.lineno, column=error.colno) from error
    except (RecursionError, ValueError) as error:
        raise BrokenSnapshot("snapshot_not_json", line=1, column=1) from error


def cell_of(value: object) -> str:
    """A value as the text of a cell."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, list):
        return ", ".join(map(cell_of, value))
    if isinstance(value, dict):
        named = value.get("name", value.get("fullName", value.get("description")))
        pairs = (f"{key}: {cell_of(content)}" for key, content in value.items())
        return named if isinstance(named, str) else "; ".join(pairs)
    return str(value)


def objects(value: object) -> list[dict[str, Any]]:
    """The objects in a list; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
