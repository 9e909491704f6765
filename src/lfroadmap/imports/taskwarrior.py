"""`task export` of Taskwarrior: a JSON list of tasks, or a task a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lfroadmap.imports.json_lists import cell_of, objects, parsed
from lfroadmap.imports.sheet import MAX_COLUMNS, MAX_ROWS, Sheet
from lfroadmap.roadmap.table_rows import NumberedRow

_ROLES = {"description": "task", "status": "done", "end": "done_on", "due": "due", "assignee": "owner"}
_LINES = re.compile(rb"\}\s*,?\s*\r?\n\s*\{")


def is_taskwarrior(text: str) -> bool:
    """True if JSON begins with a task of Taskwarrior."""
    return all(f'"{key}"' in text for key in ("description", "status", "uuid", "entry"))


def taskwarrior_sheet(data: bytes) -> Sheet:
    """The tasks as a sheet, numbered as in the file; raises BrokenSnapshot."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        data = b"[" + _LINES.sub(b"},\n{", data.strip()).rstrip(b",") + b"]"
    return Sheet("", _rows(objects(parsed(data))), is_list=True)


def _rows(tasks: list[dict[str, object]]) -> Iterator[NumberedRow]:
    keys = [*dict.fromkeys((*_ROLES, *(key for task in tasks for key in task)))][:MAX_COLUMNS]
    yield 0, [_ROLES.get(key, key) if key != "id" else "number" for key in keys]
    for n, task in enumerate(tasks[:MAX_ROWS], 1):
        yield n, [cell_of(task.get(key)) for key in keys]
