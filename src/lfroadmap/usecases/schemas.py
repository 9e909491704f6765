"""The JSON Schemas of what commands print and read."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from lfroadmap.usecases import edit_lines

Schema = dict[str, Any]
_FOLDER = Path(__file__).parents[1] / "content" / "schemas"


def _snapshot() -> Schema:
    from lfroadmap.roadmap.snapshot_reader import json_schema  # noqa: PLC0415 - imports pydantic

    return json_schema()


def _file(command: str) -> Schema:
    schema: Schema = json.loads((_FOLDER / f"{command}.json").read_text("utf-8"))
    return schema


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "show": _snapshot,
    "apply": edit_lines.schema,
    **{
        command: partial(_file, command)
        for command in (
            "list",
            "templates",
            "templates-diff",
            "guide",
            "calc",
            "measure",
            "bind",
            "portfolio",
            "due",
            "people",
            "search",
            "list-tasks",
            "show-timeline",
            "history",
            "diff",
            "snapshot",
            "bin",
            "settings",
            "doctor",
            "team",
            "hooks",
            "analysis",
        )
    },
}
"""Command -> the schema of what it prints with `--json`, or reads as `apply`.

Beside them that of what hooks are given, and of an export for analysis.
"""
