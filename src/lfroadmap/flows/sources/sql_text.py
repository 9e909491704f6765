"""Names and texts as SQL literals of DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

LONGEST_LINE = 16 << 20
"""Characters of a line that is read."""
_USUAL_LINE, _BUFFER = 1 << 21, 1 << 23
"""Bytes of a line that is read without further ado, and of a buffer."""


def text(value: str) -> str:
    """A text as a literal."""
    return "'" + value.replace("'", "''") + "'"


def buffers(longest: int = _USUAL_LINE) -> str:
    """The options of `read_csv` for lines of so many bytes; DuckDB holds several buffers a thread."""
    size = max(longest, _USUAL_LINE)
    return f"max_line_size = {size}, buffer_size = {max(2 * size, _BUFFER)}"


def own_csv(path: Path, columns: Mapping[str, str], longest: int = _USUAL_LINE) -> str:
    """The table in a CSV file that Python wrote, with the types of its columns, and its longest line."""
    types = ", ".join(f"{text(column)}: {text(kind)}" for column, kind in columns.items())
    return (
        f"read_csv({text(str(path))}, auto_detect = false, header = false, delim = ',', quote = '\"',"
        f" escape = '\"', columns = {{{types}}}, {buffers(longest)})"
    )


def name(value: str) -> str:
    """A name as an identifier."""
    return '"' + value.replace('"', '""') + '"'
